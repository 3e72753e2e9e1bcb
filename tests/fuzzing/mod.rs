//! What must hold for any bytes at all. The fuzz targets in `fuzz/` call these bodies, and so does `tests/fuzzed.rs`, which needs
//! no nightly compiler: on damaged copies of the files that come with the project, and on all findings of before.

mod alignment;
mod document;

#[allow(unused_imports)]
pub use alignment::check as check_alignment;

use std::io::Write as _;
use std::sync::LazyLock;

use duiqi::train::{
    alignment::Side,
    anchor::mentions,
    document::sentences,
    encode::EncoderWeights,
    evaluate::{GoldTable, TextGold, merge_verses, parse_beads, strict},
    feature::Weights,
    lexicon::Lexicon,
    text::{detect_lang, fold},
};
use duiqi::{
    Aligner, Bead, Bitext, Document, Error, ErrorKind, Format, Glossary, Lang, Pins, Source, names::Names, values,
};

/// A body: fails where something does not hold for these bytes.
pub type Body = fn(&[u8]);

/// All bodies, by the names of their targets.
pub const BODIES: [(&str, Body); 9] = [
    ("segment", segment),
    ("read_formats", read_formats),
    ("align_lines", align_lines),
    ("align_texts", align_texts),
    ("article", article),
    ("paired", paired),
    ("word_document", word_document),
    ("values_in_text", values_in_text),
    ("tables", tables),
];

/// Parts the two sides of an input: a byte that UTF-8 never has.
pub const APART: u8 = 0xFF;

/// Segments a side up to which a body aligns: an input a fuzzer makes of more takes longer and shows nothing else.
const MOST_SEGMENTS: usize = 200;

/// The default aligner; made once, because the lexicon takes its time.
fn aligner(format: Format) -> &'static Aligner {
    static LINES: LazyLock<Aligner> = LazyLock::new(|| built(Format::Lines));
    static AUTO: LazyLock<Aligner> = LazyLock::new(|| built(Format::Auto));
    if format == Format::Lines { &LINES } else { &AUTO }
}

fn built(format: Format) -> Aligner {
    Aligner::builder().format(format).langs(Lang::En, Lang::Zh).build().unwrap()
}

/// Bytes of any encoding, taken apart as whatever they look like.
pub fn segment(bytes: &[u8]) {
    let Ok(source) = Source::from_bytes("any", bytes) else { return };
    document::check_source(&source, bytes);
    read(&source, Format::Auto, None);
    // The languages in turn, lest an input cost thrice the time.
    read(&source, Format::Auto, Some(if bytes.len().is_multiple_of(2) { Lang::En } else { Lang::Zh }));
}

/// The first byte says in which format the others are read.
pub fn read_formats(bytes: &[u8]) {
    let Some((&choice, rest)) = bytes.split_first() else { return };
    let Ok(source) = Source::from_bytes("any", rest) else { return };
    let format = Format::ALL[usize::from(choice) % Format::ALL.len()];
    let lang = match choice / 16 % 4 {
        1 => Some(Lang::En),
        2 => Some(Lang::Zh),
        _ => None,
    };
    let _ = Document::language(&source, format);
    read(&source, format, lang);
}

fn read(source: &Source, format: Format, lang: Option<Lang>) {
    let document = || match lang {
        Some(lang) => Document::read_as(source.clone(), format, lang),
        None => Document::read(source.clone(), format),
    };
    match document() {
        Ok(read) => {
            document::check(&read);
            assert!(format == Format::Auto || read.format() == format, "{format:?} read as {:?}", read.format());
            assert!(lang.is_none_or(|lang| read.segments().iter().all(|s| s.lang == lang)));
            let again = document().unwrap();
            assert_eq!(again.segments(), read.segments(), "the same each time");
        }
        Err(error) => check_error(&error),
    }
}

/// An error is one that bytes can cause, and says something.
fn check_error(error: &Error) {
    let said = error.to_string();
    assert!(said.len() > 10, "{said}");
    assert!(!matches!(error.kind(), ErrorKind::Model | ErrorKind::Encoder), "of something else than the input: {said}");
}

/// Two lists of lines as two texts whose lines are segments.
pub fn align_lines(bytes: &[u8]) {
    let (flags, en, zh) = sides(bytes);
    let few = |text: &str| text.split('\n').count() <= MOST_SEGMENTS;
    if few(&en) && few(&zh) {
        align(&en, &zh, Format::Lines, flags);
    }
}

/// Two texts of any form.
pub fn align_texts(bytes: &[u8]) {
    let (flags, en, zh) = sides(bytes);
    align(&en, &zh, Format::Auto, flags);
}

fn align(en: &str, zh: &str, format: Format, flags: u8) {
    let (en, zh) = (Source::from_text("en", en), Source::from_text("zh", zh));
    let side = |source: &Source, lang| Document::read_as(source.clone(), format, lang).map(|d| d.segments().len());
    let (Ok(n), Ok(m)) = (side(&en, Lang::En), side(&zh, Lang::Zh)) else { return };
    if n.max(m) > MOST_SEGMENTS {
        return;
    }
    let aligner = aligner(format);
    let alignment = match aligner.align_sources(en.clone(), zh.clone()) {
        Ok(alignment) => alignment,
        Err(error) => return check_error(&error),
    };
    alignment::check(&alignment, flags);
    if flags & 1 != 0 {
        let again = aligner.align_sources(en.clone(), zh.clone()).unwrap();
        assert_eq!(again.entries(), alignment.entries(), "the same each time");
    }
    if flags & 2 != 0 {
        // Every third bead set, as a reader sets it.
        let order: Vec<&Bead> = alignment.beads().collect();
        let mut at = (0, 0);
        let pins: Vec<Bead> = order
            .into_iter()
            .skip(usize::from(flags / 16))
            .step_by(3)
            .filter(|bead| {
                let next = |list: &[usize], at: &mut usize| {
                    let fits = list.first().is_none_or(|first| first >= at);
                    if fits {
                        *at = list.last().map_or(*at, |last| last + 1);
                    }
                    fits
                };
                let mut to = at;
                let fits = next(&bead.en, &mut to.0) && next(&bead.zh, &mut to.1);
                if fits {
                    at = to;
                }
                fits
            })
            .cloned()
            .collect();
        let pinned = aligner.align_pinned(en, zh, &pins).unwrap();
        alignment::check(&pinned, flags);
        let stands = |pin: &Bead| pinned.beads().any(|b| (&b.en, &b.zh) == (&pin.en, &pin.zh));
        assert!(pins.iter().all(stands), "{pins:?} in {:?}", pinned.entries());
    }
}

/// Flags and two texts.
fn sides(bytes: &[u8]) -> (u8, String, String) {
    let (flags, rest) = bytes.split_first().map_or((0, bytes), |(f, r)| (*f, r));
    let cut = rest.iter().position(|b| *b == APART).unwrap_or(rest.len() / 2);
    let (a, b) = rest.split_at(cut);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (flags, text(a), text(b.strip_prefix(&[APART]).unwrap_or(b)))
}

/// One text in both languages.
pub fn article(bytes: &[u8]) {
    let Ok(source) = Source::from_bytes("article", bytes) else { return };
    let Ok(document) = Document::read(source.clone(), Format::Auto) else { return };
    if document.segments().len() > MOST_SEGMENTS {
        return;
    }
    match aligner(Format::Auto).align_article_source(source) {
        Ok(alignment) => alignment::check(&alignment, bytes.len() as u8),
        Err(error) => check_error(&error),
    }
}

/// A TMX or XLIFF file.
pub fn paired(bytes: &[u8]) {
    let Ok(source) = Source::from_bytes("paired", bytes) else { return };
    let _ = Format::of_pairs(&source);
    match Bitext::read(source) {
        Ok(bitext) => {
            for lang in [Lang::En, Lang::Zh] {
                document::check(bitext.document(lang));
            }
            assert!(!bitext.is_empty());
            if bitext.len() <= MOST_SEGMENTS {
                alignment::check(&aligner(Format::Auto).pair_bitext(bitext).unwrap(), bytes.len() as u8);
            }
        }
        Err(error) => check_error(&error),
    }
}

/// The main part of a Word document, and of one whose bytes are these.
pub fn word_document(bytes: &[u8]) {
    let _ = Source::from_bytes("whole.docx", bytes);
    let (styles, body) = match bytes.iter().position(|b| *b == APART) {
        Some(cut) => (&bytes[..cut], &bytes[cut + 1..]),
        None => (&[][..], bytes),
    };
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in [("word/document.xml", body), ("word/styles.xml", styles)] {
        if name.contains("document") || !part.is_empty() {
            let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            archive.start_file(name, stored).unwrap();
            archive.write_all(part).unwrap();
        }
    }
    let packed = archive.finish().unwrap().into_inner();
    match Source::from_bytes("made.docx", &packed) {
        Ok(source) => {
            let lines = source.text().matches('\n').count();
            assert_eq!(source.line_kinds().map(<[_]>::len), Some(lines), "a kind for each line");
            read(&source, Format::Auto, None);
            read(&source, Format::Docx, Some(Lang::Zh));
        }
        Err(error) => check_error(&error),
    }
}

/// Numbers, names and sentences of a text in either language.
pub fn values_in_text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let folded = fold(&text);
    assert_eq!(fold(&folded), folded, "folding once is enough");
    let _ = detect_lang(&text);
    for lang in [Lang::En, Lang::Zh] {
        let mut end = 0;
        for range in sentences(&text, lang) {
            assert!(range.start >= end && range.start < range.end, "{range:?} behind {end}");
            assert!(text[end..range.start].chars().all(is_blank), "nothing between sentences");
            end = range.end;
        }
        assert!(text[end..].chars().all(is_blank), "nothing behind the sentences");
        for mention in mentions(&text, lang) {
            assert!(text.get(mention.range.clone()).is_some_and(|words| !words.is_empty()), "{mention:?}");
        }
        let found = values(&text, lang);
        for value in &found {
            assert!(text.get(value.range.clone()).is_some_and(|words| !words.is_empty()), "{value:?}");
            assert!(!value.to_string().is_empty());
            assert_eq!(value.agrees(value), value.clone().agrees(value));
        }
        assert_eq!(values(&text, lang), found, "the same each time");
    }
    let names = Names::new().unwrap();
    for pair in names.stated(&text) {
        let _ = format!("{pair:?}");
    }
    let half = (0..=text.len() / 2).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let (a, b) = text.split_at(half);
    let likeness = names.likeness(a, b);
    let _ = format!("{likeness:?}");
    let _ = names.shared(a, b);
}

/// Blank, or without any width: no sentence by itself.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Files with a fixed layout: the first byte says which.
pub fn tables(bytes: &[u8]) {
    let Some((&choice, rest)) = bytes.split_first() else { return };
    if choice % 8 == 7 {
        if let Err(error) = Lexicon::from_bytes(rest.to_vec()) {
            assert!(!error.to_string().is_empty());
        }
        return;
    }
    let Ok(source) = Source::from_bytes("table", rest) else { return };
    let refused = match choice % 8 {
        0 => Pins::read(&source).map(drop),
        1 => parse_beads(&source).map(|beads| {
            let scored = strict(&beads, &beads);
            assert!((0.0..=1.0).contains(&scored.total.f1()), "{scored:?}");
            let lines: Vec<String> = source.text().lines().map(str::to_owned).collect();
            let _ = merge_verses(&beads, &lines, &lines);
        }),
        2 => GoldTable::parse(&source).map(|table| drop((table.beads(), table.links()))),
        3 => TextGold::parse(&source).map(|gold| {
            let side = Document::read(source.clone(), Format::Lines).unwrap();
            let _ = gold.map(&side, &side);
        }),
        4 => Glossary::from_tsv("table", source.text()).map(drop),
        5 => Weights::from_json("table", source.text()).map(drop),
        _ => EncoderWeights::from_json("table", source.text()).map(drop),
    };
    if let Err(error) = refused {
        assert!(error.to_string().len() > 10, "{error}");
    }
}

/// Whether a side is the whole of its document.
fn is_whole(side: &Side) -> bool {
    side.segments.len() == side.document.segments().len()
}
