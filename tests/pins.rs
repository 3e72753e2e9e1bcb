//! Beads that are set by hand stand, and the rest is aligned around them.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use duiqi::{Aligner, Alignment, Bead, Format, Lang, Source};
use proptest::prelude::*;

fn bead(en: &[usize], zh: &[usize]) -> Bead {
    Bead { en: en.to_vec(), zh: zh.to_vec(), confidence: 0.0 }
}

fn call(file: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/earnings-call").join(file);
    Source::from_bytes(file, &std::fs::read(path).unwrap()).unwrap()
}

fn shapes(alignment: &Alignment) -> Vec<(Vec<usize>, Vec<usize>)> {
    alignment.beads().map(|b| (b.en.clone(), b.zh.clone())).collect()
}

/// Beads of the aligner, set as they are, change nothing next to them; one that is wrong stands all the same.
#[test]
fn pins_stand_and_the_rest_goes_on() {
    let aligner = Aligner::builder().langs(Lang::En, Lang::Zh).build().unwrap();
    let free = aligner.align_sources(call("en.md"), call("zh.md")).unwrap();
    let right: Vec<Bead> = free.beads().skip(40).step_by(60).cloned().collect();
    let pinned = aligner.align_pinned(call("en.md"), call("zh.md"), &right).unwrap();
    let (before, after) = (shapes(&free), shapes(&pinned));
    let same = after.iter().filter(|s| before.contains(s)).count();
    assert!(same * 100 >= before.len() * 97, "{same} of {} beads as before", before.len());
    // Segments 100 and 101 of the English are merged by hand, with all the Chinese of both.
    let at = |j: usize| free.beads().find(|b| b.en.contains(&j)).unwrap();
    let (one, next) = (at(100), at(104));
    let wrong = Bead {
        en: (one.en[0]..=*next.en.last().unwrap()).collect(),
        zh: (one.zh[0]..=*next.zh.last().unwrap()).collect(),
        confidence: 0.0,
    };
    let pinned = aligner.align_pinned(call("en.md"), call("zh.md"), std::slice::from_ref(&wrong)).unwrap();
    let found = pinned.beads().find(|b| b.en == wrong.en).unwrap();
    assert_eq!((found.zh.clone(), found.confidence), (wrong.zh, 1.0));
    let after = shapes(&pinned);
    let same = after.iter().filter(|s| before.contains(s)).count();
    assert!(same + 12 >= before.len(), "{same} of {} beads as before", before.len());
}

#[test]
fn pins_that_cannot_hold_are_refused() {
    let aligner = Aligner::builder().langs(Lang::En, Lang::Zh).format(Format::Lines).build().unwrap();
    let text = |n: usize, line: &str| Source::from_text("lines", &format!("{line}\n").repeat(n));
    let cases = [
        (vec![bead(&[], &[])], "no segment"),
        (vec![bead(&[0, 2], &[0])], "do not follow"),
        (vec![bead(&[1], &[1]), bead(&[2], &[0])], "after the pin"),
        (vec![bead(&[1], &[1]), bead(&[1], &[])], "after the pin"),
        (vec![bead(&[3], &[0])], "there are only 3"),
    ];
    for (pins, expected) in cases {
        let error = aligner.align_pinned(text(3, "One line."), text(3, "一行。"), &pins).unwrap_err().to_string();
        assert!(error.contains(expected) && error.contains("pins"), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Whatever is pinned, each segment is in exactly one bead, the pins are among the beads, and a segment that is set to stand
    /// alone does.
    #[test]
    fn every_segment_once(en in 1usize..12, zh in 1usize..12, steps in prop::collection::vec((0usize..3, 0usize..3, any::<bool>()), 0..8)) {
        let aligner = Aligner::builder().langs(Lang::En, Lang::Zh).format(Format::Lines).build().unwrap();
        let lines = |n: usize, word: &str| (0..n).map(|k| format!("{word} {}\n", k * 7)).collect::<String>();
        let (mut at, mut pins) = ((0, 0), Vec::new());
        for (m, n, pin) in steps {
            let (e, z) = ((at.0 + m).min(en), (at.1 + n).min(zh));
            if pin && (e > at.0 || z > at.1) {
                pins.push(Bead { en: (at.0..e).collect(), zh: (at.1..z).collect(), confidence: 0.0 });
            }
            at = (e, z);
        }
        let (a, b) = (Source::from_text("en", &lines(en, "Number")), Source::from_text("zh", &lines(zh, "数字")));
        let alignment = aligner.align_pinned(a, b, &pins).unwrap();
        let all = |lang: Lang| -> Vec<usize> {
            alignment.beads().flat_map(|b| if lang == Lang::En { b.en.clone() } else { b.zh.clone() }).collect()
        };
        prop_assert_eq!(all(Lang::En), (0..en).collect::<Vec<_>>());
        prop_assert_eq!(all(Lang::Zh), (0..zh).collect::<Vec<_>>());
        for pin in &pins {
            let one_sided = pin.en.is_empty() || pin.zh.is_empty();
            let holds = |b: &Bead| if one_sided {
                (b.en.is_empty() || b.zh.is_empty()) && b.en.iter().all(|j| pin.en.contains(j)) && b.zh.iter().all(|i| pin.zh.contains(i))
            } else {
                b.en == pin.en && b.zh == pin.zh
            };
            prop_assert!(alignment.beads().any(holds), "{:?} not in {:?}", pin, alignment.entries());
        }
    }
}
