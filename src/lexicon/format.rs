//! The compiled lexicon as bytes: sections that are used where they lie, so that loading costs nothing.
//!
//! Layout, all numbers little-endian: magic, number of sections (u32), length of each section (u32), the sections.

use std::borrow::Cow;

use crate::error::{Error, Result};

/// First bytes of a compiled lexicon; the last digit is the version of the layout.
const MAGIC: &[u8; 8] = b"DUIQILX1";

/// The sections, in their order in the file.
#[derive(Clone, Copy)]
pub(super) enum Section {
    /// `fst` map: English stem → stem id.
    Stems,
    /// u16 a stem: [`pack_probability`] of its frequency.
    StemFrequency,
    /// f32 a stem: Σ over its words of d² p(word).
    StemTotal,
    /// `fst` map: Chinese word → word id.
    Words,
    /// u16 a word: [`pack_probability`] of its frequency.
    WordFrequency,
    /// u32 a word, and one more: where its pairs begin.
    PairStart,
    /// Three bytes a pair: stem id (u16), d (u8, in 255ths).
    Pairs,
    /// u32 a character with a reading, ascending.
    Characters,
    /// u16 a character: which syllable.
    Readings,
    /// Syllables, apart by spaces.
    Syllables,
}

const SECTIONS: usize = 10;

/// The sections of a lexicon.
pub(super) struct Sections([Cow<'static, [u8]>; SECTIONS]);

impl Sections {
    pub(super) fn get(&self, section: Section) -> &[u8] {
        &self.0[section as usize]
    }

    pub(super) fn cow(&self, section: Section) -> Cow<'static, [u8]> {
        self.0[section as usize].clone()
    }

    /// Joins sections to one file.
    #[cfg(feature = "train")]
    pub(super) fn join(sections: [Vec<u8>; SECTIONS]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend((SECTIONS as u32).to_le_bytes());
        for s in &sections {
            out.extend((s.len() as u32).to_le_bytes());
        }
        out.extend(sections.iter().flatten());
        out
    }

    /// Cuts a file into its sections; borrowed bytes stay borrowed.
    pub(super) fn split(bytes: Cow<'static, [u8]>) -> Result<Sections> {
        let broken =
            |what: &str| Error::model("lexicon", format!("{what}; build the lexicon again as training/README.md says"));
        let header = MAGIC.len() + 4 + 4 * SECTIONS;
        if bytes.len() < header || !bytes.starts_with(MAGIC) {
            return Err(broken("this is not a compiled lexicon of this version"));
        }
        let mut start = header;
        let mut ranges = Vec::with_capacity(SECTIONS);
        for k in 0..SECTIONS {
            let end = start + u32_at(&bytes, MAGIC.len() + 4 + 4 * k) as usize;
            ranges.push(start..end);
            start = end;
        }
        if start != bytes.len() {
            return Err(broken("it is cut short or too long"));
        }
        let mut ranges = ranges.into_iter();
        Ok(Sections(std::array::from_fn(|_| {
            let range = ranges.next().unwrap_or_default();
            match &bytes {
                Cow::Borrowed(b) => Cow::Borrowed(&b[range]),
                Cow::Owned(b) => Cow::Owned(b[range].to_vec()),
            }
        })))
    }
}

/// The u32 at byte `at`.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// The u16 at byte `at`.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

/// Steps of a packed probability in one unit of its logarithm: 0.04% each, so that 1e-9 still fits.
const STEPS: f64 = 2500.0;

/// A probability in 16 bits, by its logarithm; 0 is `u16::MAX`.
#[cfg(feature = "train")]
pub(super) fn pack_probability(p: f64) -> u16 {
    if p <= 0.0 { u16::MAX } else { (-p.ln() * STEPS).round().clamp(0.0, f64::from(u16::MAX - 1)) as u16 }
}

/// The inverse of [`pack_probability`].
pub(super) fn unpack_probability(packed: u16) -> f64 {
    if packed == u16::MAX { 0.0 } else { (-f64::from(packed) / STEPS).exp() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_survive_packing() {
        for p in [1.0, 0.03, 1e-4, 2.5e-8, 1e-9] {
            let back = unpack_probability(pack_probability(p));
            assert!((back / p - 1.0).abs() < 4e-4, "{p} {back}");
        }
        assert_eq!(unpack_probability(pack_probability(0.0)), 0.0);
    }

    #[test]
    fn a_cut_file_is_refused() {
        let whole = Sections::join(std::array::from_fn(|k| vec![k as u8; k]));
        assert!(Sections::split(Cow::Owned(whole.clone())).is_ok());
        for n in [0, 7, 20, whole.len() - 1] {
            assert!(Sections::split(Cow::Owned(whole[..n].to_vec())).is_err(), "{n}");
        }
    }
}
