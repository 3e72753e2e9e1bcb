//! The lexicon of [duiqi](https://docs.rs/duiqi), a library that aligns English and Chinese texts. It has a dictionary
//! and a table of how names are transcribed.
//!
//! Both files are adaptations of CC-CEDICT and wordfreq, so they have the licence of these sources, CC BY-SA 4.0. They
//! are in a crate of their own because the code of duiqi has another licence. `README.md` names the sources and
//! describes the file layouts.

#![forbid(unsafe_code)]
#![no_std]

/// The compiled dictionary: words of both languages, their frequencies, which words translate each other, and the
/// readings of characters. `duiqi::lexicon::Lexicon` reads it.
pub static LEXICON: &[u8] = include_bytes!("../lexicon.bin");

/// How names are transcribed between Latin letters and Chinese syllables, as tab-separated lines. The first lines of
/// the table explain the format.
pub static TRANSCRIPTION: &str = include_str!("../transcription.tsv");
