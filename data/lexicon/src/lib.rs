//! The lexicon of [duiqi](https://docs.rs/duiqi), which aligns English and Chinese texts, and what it knows of how names are
//! transcribed.
//!
//! Both files are adaptations of CC-CEDICT and wordfreq and are under the same licence as those, CC BY-SA 4.0. They stand in a crate of
//! their own, because the code of duiqi is under another one. `README.md` names the sources and says how the files are laid out.

#![forbid(unsafe_code)]
#![no_std]

/// The compiled dictionary: words of both languages, how frequent they are, which translate which, and readings of characters.
/// `duiqi::lexicon::Lexicon` reads it.
pub static LEXICON: &[u8] = include_bytes!("../lexicon.bin");

/// How names are transcribed between Latin letters and Chinese syllables: lines of cells with tabs between them. The first lines say
/// how to read it.
pub static TRANSCRIPTION: &str = include_str!("../transcription.tsv");
