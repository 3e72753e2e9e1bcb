//! The stages of an alignment, timed apart on `data/earnings-call`. Inputs are made outside the timed part, and what each
//! stage gives is checked, so that a stage that does nothing cannot look fast. `benches/README.md` keeps the records.
// A benchmark fails like a test.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use duiqi::Aligner;
use duiqi::anchor::mentions;
use duiqi::document::{Document, Format};
use duiqi::evidence::Boundaries;
use duiqi::evidence::Cutter;
use duiqi::feature::Weights;
use duiqi::lexicon::{Glossary, Lexicon};
use duiqi::passes::{Passes, SideInput};
use duiqi::text::{Lang, Source, is_han};
use duiqi::write::OutputFormat;

/// Segments of the two files.
const EN_SEGMENTS: usize = 382;
const ZH_SEGMENTS: usize = 370;

fn main() {
    divan::main();
}

struct Input {
    en: Vec<u8>,
    zh: Vec<u8>,
    en_texts: Vec<String>,
    zh_texts: Vec<String>,
    lexicon: Arc<Lexicon>,
    glossary: Glossary,
}

static INPUT: LazyLock<Input> = LazyLock::new(|| {
    let read =
        |name: &str| fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/earnings-call").join(name)).expect(name);
    let (en, zh) = (read("en.md"), read("zh.md"));
    let texts = |bytes: &[u8], lang| document(bytes, lang).segments().iter().map(|s| s.text.clone()).collect();
    let lexicon = Lexicon::builtin().expect("built-in lexicon");
    let (en_texts, zh_texts) = (texts(&en, Lang::En), texts(&zh, Lang::Zh));
    // The cutter is built with the first word that is cut.
    lexicon.cut("对齐");
    Input { en, zh, en_texts, zh_texts, lexicon, glossary: Glossary::default() }
});

fn source(bytes: &[u8]) -> Source {
    Source::from_bytes("bench", bytes).expect("text")
}

fn document(bytes: &[u8], lang: Lang) -> Document {
    Document::read_as(source(bytes), Format::Auto, lang).expect("a text")
}

fn slices(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn prepared() -> Passes {
    let side = |texts| SideInput { texts: slices(texts), places: Vec::new() };
    let boundaries = Boundaries::default();
    Passes::prepare(&INPUT.lexicon, &INPUT.glossary, &boundaries, side(&INPUT.zh_texts), side(&INPUT.en_texts))
}

fn both() -> BytesCount {
    BytesCount::new(INPUT.en.len() + INPUT.zh.len())
}

#[divan::bench]
fn decode(bencher: Bencher<'_, '_>) {
    bencher.counter(both()).bench(|| {
        let sources = [source(&INPUT.en), source(&INPUT.zh)];
        assert_eq!(sources.each_ref().map(Source::encoding), ["UTF-8"; 2]);
        sources
    });
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let sources = || (source(&INPUT.en), source(&INPUT.zh));
    bencher.counter(both()).with_inputs(sources).bench_values(|(en, zh)| {
        let en = Document::read_as(en, Format::Auto, Lang::En).expect("a text");
        let zh = Document::read_as(zh, Format::Auto, Lang::Zh).expect("a text");
        assert_eq!((en.segments().len(), zh.segments().len()), (EN_SEGMENTS, ZH_SEGMENTS));
        (en, zh)
    });
}

#[divan::bench]
fn find_mentions(bencher: Bencher<'_, '_>) {
    bencher.counter(both()).bench(|| {
        let count = |texts: &[String], lang| texts.iter().map(|t| mentions(t, lang).len()).sum::<usize>();
        let found = count(&INPUT.en_texts, Lang::En) + count(&INPUT.zh_texts, Lang::Zh);
        assert!(found > 500, "{found}");
        found
    });
}

/// The floor: cutting the runs of Han into words, and nothing else.
#[divan::bench]
fn cut_han_alone(bencher: Bencher<'_, '_>) {
    let runs: Vec<&str> =
        INPUT.zh_texts.iter().flat_map(|t| t.split(|c| !is_han(c))).filter(|r| !r.is_empty()).collect();
    let bytes: usize = runs.iter().map(|r| r.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let words: usize = runs.iter().map(|run| INPUT.lexicon.cut(run).len()).sum();
        assert!(words > 3000, "{words}");
        words
    });
}

#[divan::bench]
fn tokenise(bencher: Bencher<'_, '_>) {
    let (en, zh) = (slices(&INPUT.en_texts), slices(&INPUT.zh_texts));
    bencher.counter(both()).bench(|| {
        let mut cutter = Cutter::new(&INPUT.lexicon, &INPUT.glossary);
        let (en, zh) = (cutter.tokens(&en, Lang::En), cutter.tokens(&zh, Lang::Zh));
        assert!(!en.ids.is_empty() && !zh.ids.is_empty());
        (en, zh)
    });
}

/// Tokens, evidence, the path and its band.
#[divan::bench]
fn prepare(bencher: Bencher<'_, '_>) {
    bencher.counter(both()).bench(prepared);
}

/// The small model over the whole band.
#[divan::bench]
fn prune(bencher: Bencher<'_, '_>) {
    let (passes, weights) = (prepared(), Weights::builtin().expect("built-in weights"));
    bencher.counter(both()).bench(|| {
        let lattice = passes.prune(&weights.sentences.prune).expect("lattice");
        assert!(lattice.cells.len() > EN_SEGMENTS);
        lattice
    });
}

/// All passes behind the preparation: pruning, full features twice, learning from the document, the choice.
#[divan::bench]
fn passes(bencher: Bencher<'_, '_>) {
    let (passes, weights) = (prepared(), Weights::builtin().expect("built-in weights"));
    bencher.counter(both()).bench(|| {
        let beads = passes.run(weights).expect("beads");
        assert!(beads.len() > 250, "{}", beads.len());
        beads
    });
}

#[divan::bench]
fn whole(bencher: Bencher<'_, '_>) {
    let aligner = Aligner::builder().build().expect("aligner");
    bencher.counter(both()).bench(|| {
        let alignment = aligner.align_sources(source(&INPUT.en), source(&INPUT.zh)).expect("alignment");
        assert!(alignment.beads().len() > 250);
        black_box(OutputFormat::Jsonl.text(&alignment))
    });
}

/// What a process pays once: the lexicon and its cutter.
#[divan::bench(sample_count = 10)]
fn load_lexicon(bencher: Bencher<'_, '_>) {
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lexicon.bin")).expect("lexicon.bin");
    bencher.with_inputs(|| bytes.clone()).bench_values(|bytes| {
        let lexicon = Lexicon::from_bytes(bytes).expect("lexicon");
        assert_eq!(lexicon.cut("河流").len(), 1);
        lexicon
    });
}
