//! The corpora that the benches run on: `benches/corpus`.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use corpus::{Corpus, Maker};
use duiqi::train::{
    anchor::{mentions, shared},
    evaluate::beads_of,
    lexicon::Lexicon,
};
use duiqi::{Aligner, Format, Lang, Source};

static MAKER: LazyLock<Maker> = LazyLock::new(|| Maker::of_project(&Lexicon::builtin().unwrap()));

const EN_LINES: usize = 1_500;
const ZH_BY_EN: f64 = 1.4;

fn made(seed: u64) -> Corpus {
    MAKER.mix(EN_LINES, ZH_BY_EN, seed)
}

#[test]
fn a_seed_makes_one_corpus() {
    assert_eq!(made(1).files(), made(1).files());
    assert_ne!(made(1).files(), made(2).files());
}

#[test]
fn every_line_is_in_one_bead() {
    for corpus in [made(1), MAKER.copies(2, 1)] {
        let all = |of: fn(&duiqi::train::evaluate::IndexBead) -> &[usize]| -> Vec<usize> {
            corpus.gold.iter().flat_map(|bead| of(bead).to_vec()).collect()
        };
        assert_eq!(all(|b| b.first()), (0..corpus.en.len()).collect::<Vec<_>>());
        assert_eq!(all(|b| b.second()), (0..corpus.zh.len()).collect::<Vec<_>>());
        assert!(corpus.en.iter().chain(&corpus.zh).all(|line| !line.trim().is_empty() && !line.contains('\n')));
    }
}

#[test]
fn sizes_and_shapes_are_those_asked_for() {
    let corpus = made(1);
    assert_eq!(corpus.en.len(), EN_LINES);
    let ratio = corpus.zh.len() as f64 / corpus.en.len() as f64;
    assert!((ratio - ZH_BY_EN).abs() < 0.1, "{ratio}");
    let of = |shape| corpus.gold.iter().filter(|b| b.shape() == shape).count();
    for shape in [(1, 2), (2, 1), (1, 0), (0, 1)] {
        assert!(of(shape) > 5, "{shape:?}: {}", of(shape));
    }
}

/// Lines recur in real texts, too ("Thank you."), but a text of copies would teach and cost something else.
#[test]
fn lines_differ() {
    let corpus = MAKER.mix(6_000, ZH_BY_EN, 1);
    for lines in [&corpus.en, &corpus.zh] {
        let distinct = lines.iter().collect::<BTreeSet<_>>().len() as f64 / lines.len() as f64;
        assert!(distinct > 0.55, "{distinct}");
    }
}

/// Numbers are changed on both sides alike.
#[test]
fn numbers_agree() {
    let corpus = made(1);
    let (mut stated, mut agree) = (0, 0);
    for bead in corpus.gold.iter().filter(|b| b.shape() == (1, 1)) {
        let en = mentions(&corpus.en[bead.first()[0]], Lang::En);
        let zh = mentions(&corpus.zh[bead.second()[0]], Lang::Zh);
        stated += en.len().min(zh.len());
        agree += shared(&en, &zh).len();
    }
    assert!(stated > 100 && agree as f64 > 0.85 * stated as f64, "{agree} of {stated}");
}

#[test]
fn a_corpus_can_be_aligned() {
    let corpus = made(1);
    let aligner = Aligner::builder().format(Format::Lines).build().unwrap();
    let [en, zh] = corpus.files();
    let alignment = aligner.align_sources(Source::from_text("en", &en), Source::from_text("zh", &zh)).unwrap();
    let f1 = corpus.score(&beads_of(&alignment)).f1();
    assert!(f1 > 0.8, "{f1}");
}
