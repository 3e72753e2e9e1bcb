//! The lexicon: English-Chinese word pairs, word frequencies, readings of characters, and the words that Chinese text is
//! cut into. One compiled file, built in; a caller may replace it or add a glossary.

#[cfg(feature = "train")]
mod compile;
mod cutter;
mod english;
mod format;
mod glossary;

#[cfg(feature = "train")]
pub use compile::{Entry, Related, compile};
pub use english::{Stems, is_stop_word};
pub use glossary::Glossary;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock};

use crate::error::{Error, Result};
use cutter::{Growing, Words};
use format::{Section, Sections, u16_at, u32_at, unpack_probability};

/// Least probability of a word anywhere: the frequency lists end there, and a word that they lack is no rarer than that.
pub const FREQUENCY_FLOOR: f64 = 1e-7;

static BUILTIN: LazyLock<Result<Arc<Lexicon>>> =
    LazyLock::new(|| Lexicon::open(Cow::Borrowed(duiqi_lexicon::LEXICON)).map(Arc::new));

/// A compiled lexicon. Cheap to open: the file is used where it lies; only the cutter is built, with the words that
/// the texts need.
pub struct Lexicon {
    sections: Sections,
    stems: fst::Map<Cow<'static, [u8]>>,
    words: fst::Map<Cow<'static, [u8]>>,
    syllables: Vec<String>,
    cutter: Growing,
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon").field("words", &self.words.len()).field("stems", &self.stems.len()).finish()
    }
}

impl Lexicon {
    /// Returns the lexicon that is built into the crate. The README of `duiqi-lexicon` gives its sources and size.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] if the data in `duiqi-lexicon` is damaged.
    pub fn builtin() -> Result<Arc<Lexicon>> {
        match &*BUILTIN {
            Ok(lexicon) => Ok(Arc::clone(lexicon)),
            Err(e) => Err(e.clone()),
        }
    }

    /// Opens what [`compile`] made.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Model`] for anything else.
    #[cfg(feature = "train")]
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Lexicon> {
        Lexicon::open(Cow::Owned(bytes))
    }

    fn open(bytes: Cow<'static, [u8]>) -> Result<Lexicon> {
        let sections = Sections::split(bytes)?;
        let map = |s| {
            fst::Map::new(sections.cow(s))
                .map_err(|e| Error::model("lexicon", "its index is broken; build the lexicon again").caused_by(e))
        };
        let (stems, words) = (map(Section::Stems)?, map(Section::Words)?);
        let syllables =
            String::from_utf8_lossy(sections.get(Section::Syllables)).split(' ').map(str::to_owned).collect();
        Ok(Lexicon { stems, words, syllables, sections, cutter: Growing::new() })
    }

    /// Id of an English stem, from 0.
    pub fn stem(&self, stem: &str) -> Option<u32> {
        self.stems.get(stem).map(|id| id as u32)
    }

    /// Number of English stems.
    pub fn stem_count(&self) -> usize {
        self.stems.len()
    }

    /// Frequency of an English stem in general language, at least [`FREQUENCY_FLOOR`].
    pub fn stem_probability(&self, stem: u32) -> f64 {
        let packed = u16_at(self.sections.get(Section::StemFrequency), 2 * stem as usize);
        unpack_probability(packed).max(FREQUENCY_FLOOR)
    }

    /// Σ of d² p(word) over the Chinese words that a stem translates: the denominator of t(word|stem).
    pub fn stem_total(&self, stem: u32) -> f64 {
        f64::from(f32::from_bits(u32_at(self.sections.get(Section::StemTotal), 4 * stem as usize)))
    }

    /// Id of a Chinese word (Simplified), from 0.
    pub fn word(&self, word: &str) -> Option<u32> {
        self.words.get(word).map(|id| id as u32)
    }

    /// Number of Chinese words.
    #[cfg(feature = "train")]
    pub fn word_count(&self) -> usize {
        self.words.len()
    }

    /// Number of pairs of a word and a stem.
    #[cfg(feature = "train")]
    pub fn pair_count(&self) -> usize {
        self.sections.get(Section::Pairs).len() / PAIR_BYTES
    }

    /// Frequency of a Chinese word in general language, at least [`FREQUENCY_FLOOR`].
    pub fn word_probability(&self, word: u32) -> f64 {
        self.raw_word_probability(word).max(FREQUENCY_FLOOR)
    }

    fn raw_word_probability(&self, word: u32) -> f64 {
        unpack_probability(u16_at(self.sections.get(Section::WordFrequency), 2 * word as usize))
    }

    /// The stems that gloss a Chinese word, each with d: the share of a gloss's information that the stem carries, 0 to 1;
    /// and stems of [`Related`] words, with their strength.
    pub fn glosses(&self, word: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let starts = self.sections.get(Section::PairStart);
        let (a, b) = (u32_at(starts, 4 * word as usize) as usize, u32_at(starts, 4 * word as usize + 4) as usize);
        let bytes = self.sections.get(Section::Pairs).get(a * PAIR_BYTES..b * PAIR_BYTES).unwrap_or_default();
        bytes
            .chunks_exact(PAIR_BYTES)
            .map(|p| (u32::from(u16::from_le_bytes([p[0], p[1]])), f64::from(p[2]) / f64::from(u8::MAX)))
    }

    /// All English stems with their ids, in the order of their bytes.
    #[cfg(feature = "train")]
    pub fn stems(&self) -> Vec<(String, u32)> {
        listed(&self.stems)
    }

    /// All Chinese words with their ids, in the order of their bytes.
    #[cfg(feature = "train")]
    pub fn words(&self) -> Vec<(String, u32)> {
        listed(&self.words)
    }

    /// Pinyin of a character in its most frequent reading, lower case, without tone: `安` is `an`.
    pub fn pinyin(&self, c: char) -> Option<&str> {
        let characters = self.sections.get(Section::Characters);
        let (mut low, mut high) = (0, characters.len() / 4);
        while low < high {
            let middle = usize::midpoint(low, high);
            match u32_at(characters, 4 * middle).cmp(&(c as u32)) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let syllable = u16_at(self.sections.get(Section::Readings), 2 * middle);
                    return self.syllables.get(syllable as usize).map(String::as_str);
                }
            }
        }
        None
    }

    /// All syllables of pinyin, sorted.
    pub fn syllables(&self) -> &[String] {
        &self.syllables
    }

    /// Cuts a run of Han characters (Simplified) into words: the sequence of greatest probability over the lexicon's own
    /// words.
    pub fn cut<'a>(&self, han: &'a str) -> Vec<&'a str> {
        self.cutter.cut(&self.cut_words(), han)
    }

    fn cut_words(&self) -> Words<'_, impl Fn(u32) -> f64> {
        Words { ids: &self.words, probability: |id| self.raw_word_probability(id) }
    }
}

#[cfg(feature = "train")]
fn listed(map: &fst::Map<Cow<'static, [u8]>>) -> Vec<(String, u32)> {
    use fst::Streamer;

    let mut listed = Vec::with_capacity(map.len());
    let mut stream = map.stream();
    while let Some((key, id)) = stream.next() {
        listed.push((String::from_utf8_lossy(key).into_owned(), id as u32));
    }
    listed
}

/// Bytes of a pair in the file: stem id and d.
const PAIR_BYTES: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_opens_at_once() {
        // The fastest of some: a busy machine makes any single one slow.
        let times = (0..5).map(|_| {
            let bytes = duiqi_lexicon::LEXICON.to_vec();
            let start = std::time::Instant::now();
            let lexicon = Lexicon::from_bytes(bytes).unwrap();
            assert!(lexicon.word("苹果").is_some());
            start.elapsed()
        });
        let least = times.min().unwrap();
        assert!(least.as_millis() < 30, "{least:?}");
    }

    #[test]
    fn builtin_lexicon_knows_words_readings_and_cuts() {
        let lexicon = Lexicon::builtin().unwrap();
        let word = lexicon.word("苹果").unwrap();
        let apple = lexicon.stem(Stems::default().stem("apples")).unwrap();
        assert!(lexicon.glosses(word).any(|(stem, d)| stem == apple && d > 0.5));
        // The dictionary has no entry 航天局; its related words have.
        let agency = lexicon.word("航天局").unwrap();
        let space = lexicon.stem(Stems::default().stem("aerospace")).unwrap();
        assert!(lexicon.glosses(agency).any(|(stem, d)| stem == space && d > 0.2));
        assert!(lexicon.stem_probability(apple) > 1e-6 && lexicon.stem_total(apple) > 0.0);
        assert_eq!(lexicon.pinyin('安'), Some("an"));
        assert_eq!(lexicon.pinyin('x'), None);
        assert_eq!(lexicon.cut("我们的云计算业务增长了"), ["我们", "的", "云计算", "业务", "增长", "了"]);
        assert_eq!(lexicon.word("没有这个词的词"), None);
        let (words, stems) = (lexicon.words(), lexicon.stems());
        assert_eq!((words.len(), stems.len()), (lexicon.word_count(), lexicon.stem_count()));
        assert!(words.contains(&("苹果".to_owned(), word)) && stems.contains(&("appl".to_owned(), apple)));
    }
}
