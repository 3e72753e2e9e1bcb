//! How much an input may hold: bounds that no usual text comes near, against files that are made to exhaust a reader.

use std::fmt;

/// Bounds on one input. An input that exceeds a bound is refused with [`crate::ErrorKind::Limit`] before it costs
/// memory or time.
///
/// A [`Source`](crate::text::Source) carries the limits that it was read within; a document that is read from it keeps them.
///
/// ```
/// use duiqi::{Document, Error, ErrorKind, Format, Limit, Limits, Source};
/// let mut limits = Limits::default();
/// limits.segments = 2;
/// let source = Source::from_bytes_within("talk", "One. Two. Three.".as_bytes(), limits)?;
/// let error = Document::read(source, Format::Auto).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Limit(Limit::Segments));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of a file: 256 MiB, some fifty Bibles. Text of that length takes some gigabytes of memory to align.
    pub bytes: u64,
    /// Bytes that the parts of a packed file (a Word document) may have unpacked, all together: 256 MiB. A book of ten million words
    /// has about as many of XML.
    pub unpacked: u64,
    /// How many times longer than packed a part of more than 4 MiB may be: 300. XML of Word comes to 10 or 20 times, repetitive
    /// tables to 100; a zip bomb has 1,000.
    pub ratio: u64,
    /// Elements of XML (Word, TMX, XLIFF) inside one another: 1,000. Word's own documents have some thirty.
    pub nesting: u64,
    /// Segments of a text: 250,000, some twenty Bibles, which take 2 GB and half a minute to align; where every line is the same as
    /// every other, 6 GB and two minutes. The pairs of TMX and XLIFF files, which are not aligned, are not counted.
    pub segments: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 256 << 20, unpacked: 256 << 20, ratio: 300, nesting: 1000, segments: 250_000 }
    }
}

impl Limits {
    /// No bounds but those of memory: for inputs whose maker is trusted.
    #[doc(hidden)]
    pub fn none() -> Limits {
        Limits { bytes: u64::MAX, unpacked: u64::MAX, ratio: u64::MAX, nesting: u64::MAX, segments: u64::MAX }
    }

    /// The bound on something.
    pub(crate) fn most(&self, limit: Limit) -> u64 {
        match limit {
            Limit::Bytes => self.bytes,
            Limit::Unpacked => self.unpacked,
            Limit::Ratio => self.ratio,
            Limit::Nesting => self.nesting,
            Limit::Segments => self.segments,
        }
    }
}

/// What is bounded: a field of [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::bytes`].
    Bytes,
    /// [`Limits::unpacked`].
    Unpacked,
    /// [`Limits::ratio`].
    Ratio,
    /// [`Limits::nesting`].
    Nesting,
    /// [`Limits::segments`].
    Segments,
}

impl Limit {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Limit; 5] = [Limit::Bytes, Limit::Unpacked, Limit::Ratio, Limit::Nesting, Limit::Segments];

    /// The name of its field in [`Limits`].
    pub(crate) fn name(self) -> &'static str {
        match self {
            Limit::Bytes => "bytes",
            Limit::Unpacked => "unpacked",
            Limit::Ratio => "ratio",
            Limit::Nesting => "nesting",
            Limit::Segments => "segments",
        }
    }

    /// What there is too much of, as the end of a sentence.
    pub(crate) fn exceeded(self, most: u64) -> String {
        match self {
            Limit::Bytes => format!("it has more than {most} bytes"),
            Limit::Unpacked => format!("it unpacks to more than {most} bytes"),
            Limit::Ratio => format!("it unpacks to more than {most} times its size, which only harmful files do"),
            Limit::Nesting => format!("its elements are nested more than {most} deep"),
            Limit::Segments => format!("it has more than {most} segments"),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
