//! Confidence tells texts that say the same from those that do not, as a whole and in parts.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use duiqi::{Aligner, Alignment, Document, Format, Lang, Pair, Source};

fn data(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file)).unwrap()
}

fn align(en: &str, zh: &str) -> Alignment {
    duiqi::align(en, zh).unwrap()
}

fn two_sided(alignment: &Alignment) -> Vec<f64> {
    alignment.pairs().filter(|p| !p.en().is_empty() && !p.zh().is_empty()).map(|p| p.confidence()).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

#[test]
fn texts_that_belong_together_are_trusted() {
    for (en, zh) in [("earnings-call/en.md", "earnings-call/zh.md"), ("interview/en.txt", "interview/zh.txt")] {
        let alignment = align(&data(en), &data(zh));
        println!("{en}: {:.3}", alignment.confidence());
        assert!(alignment.confidence() > 0.8, "{en}: {}", alignment.confidence());
        assert!(mean(&two_sided(&alignment)) > 0.8);
    }
}

#[test]
fn texts_that_do_not_are_not_trusted() {
    for (en, zh) in [("earnings-call/en.md", "interview/zh.txt"), ("interview/en.txt", "earnings-call/zh.md")] {
        let alignment = align(&data(en), &data(zh));
        let pairs = two_sided(&alignment);
        println!("{en}: {:.3}, pairs {:.3}", alignment.confidence(), mean(&pairs));
        assert!(alignment.confidence() < 0.1, "{en}: {}", alignment.confidence());
        assert!(pairs.iter().all(|&c| c < 0.3), "{en}: {pairs:?}");
        // That a segment has no counterpart is sure then.
        assert!(alignment.pairs().filter(|p| p.en().is_empty() || p.zh().is_empty()).all(|p| p.confidence() > 0.6));
    }
}

/// The second half of one side says the same in the opposite order: what stands beside each other there does not belong
/// together, and the first half is as good as before.
#[test]
fn half_a_text_is_trusted_by_itself() {
    let lines = |file: &str, lang: Lang| -> Vec<String> {
        let document = Document::read_as(Source::from_text(file, &data(file)), Format::Auto, lang).unwrap();
        document.segments().iter().map(|s| s.text.clone()).collect()
    };
    let (en, mut zh) = (lines("earnings-call/en.md", Lang::En), lines("earnings-call/zh.md", Lang::Zh));
    let half = zh.len() / 2;
    zh[half..].reverse();
    let aligner = Aligner::builder().langs(Lang::En, Lang::Zh).format(Format::Lines).build().unwrap();
    let alignment = aligner.align(&en.join("\n"), &zh.join("\n")).unwrap();
    let of = |keep: &dyn Fn(usize) -> bool| -> Vec<f64> {
        let inside = |p: &Pair<'_>| !p.en().is_empty() && p.zh().segments().next().is_some_and(|s| keep(s.index));
        alignment.pairs().filter(inside).map(|p| p.confidence()).collect()
    };
    // The neighbourhood of a bead is some ten beads on either side.
    let (before, behind) = (mean(&of(&|i| i + 15 < half)), mean(&of(&|i| i >= half + 15)));
    println!("before {before:.3}, behind {behind:.3}, whole {:.3}", alignment.confidence());
    assert!(before > 0.8, "{before}");
    assert!(behind < 0.25, "{behind}");
}

#[test]
fn a_single_pair_may_be_sure_or_not() {
    let sure = align("The harbour master counted 47 boats.", "港务长数了47条船。").confidence();
    let wrong = align("The harbour master counted 47 boats.", "昨天晚上她把所有的苹果都送给了邻居。").confidence();
    println!("{sure:.3} {wrong:.3}");
    assert!(sure > 0.7 && wrong < 0.3, "{sure} {wrong}");
}

#[test]
fn pairs_below_a_confidence_are_left_out() {
    let whole = align(&data("interview/en.txt"), &data("interview/zh.txt"));
    let least = whole.pairs().map(|p| p.confidence()).fold(1.0, f64::min);
    let floor = least + 1e-9;
    let below = whole.pairs().filter(|p| p.confidence() < floor).count();
    let kept = whole.clone().at_least(floor).unwrap();
    assert!(below > 0 && kept.beads().len() + below == whole.beads().len());
    assert_eq!((kept.left_out(), kept.confidence()), (below, whole.confidence()));
    assert!(kept.pairs().all(|p| p.confidence() >= floor));
    // What is left is what it was, under the same number.
    for pair in kept.pairs() {
        let same = whole.pairs().nth(pair.id()).unwrap();
        assert_eq!((pair.id(), pair.en().text(), pair.anchors()), (same.id(), same.en().text(), same.anchors()));
    }
    let twice = kept.at_least(1.0).unwrap();
    assert_eq!(twice.left_out(), whole.beads().len() - twice.beads().len());
    assert_eq!(whole.clone().at_least(0.0).unwrap().left_out(), 0);
    for bad in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        assert!(whole.clone().at_least(bad).unwrap_err().to_string().contains("confidence: "), "{bad}");
    }
}
