//! Texts that are aligned together teach each other words.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use duiqi::{Aligner, Alignment, Bead, ErrorKind, Format, Source};

fn data(name: &str, file: &str) -> (Source, Source) {
    let side = |lang: &str, suffix: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name).join(format!("{lang}.{suffix}"));
        Source::from_bytes(&format!("{name} {lang}"), &fs::read(path).unwrap()).unwrap()
    };
    (side("en", file), side("zh", file))
}

fn texts() -> Vec<(Source, Source)> {
    vec![data("earnings-call", "md"), data("interview", "txt"), data("subtitles", "txt")]
}

fn aligner(format: Format) -> Aligner {
    Aligner::builder().format(format).build().unwrap()
}

/// All that the second pass and what follows it decide.
fn outcome(alignment: &Alignment) -> (Vec<Bead>, f64) {
    (alignment.beads().cloned().collect(), alignment.confidence())
}

#[test]
fn a_pool_of_one_is_no_pool() {
    let aligner = aligner(Format::Auto);
    for (en, zh) in texts() {
        let pooled = aligner.align_pool([(en.clone(), zh.clone())]);
        assert_eq!(pooled.len(), 1);
        let alone = aligner.align_sources(en, zh).unwrap();
        assert_eq!(outcome(pooled[0].as_ref().unwrap()), outcome(&alone));
    }
    assert!(aligner.align_pool([]).is_empty());
}

#[test]
fn the_order_of_the_texts_and_what_fails_between_them_change_nothing() {
    let aligner = aligner(Format::Auto);
    let texts = texts();
    let outcomes = |order: &[usize]| -> Vec<(Vec<Bead>, f64)> {
        let mut pairs: Vec<(Source, Source)> = order.iter().map(|&k| texts[k].clone()).collect();
        pairs.insert(1, (Source::from_text("nothing", ""), Source::from_text("something", "有。")));
        let mut results = aligner.align_pool(pairs);
        let failed = results.remove(1);
        assert!(failed.is_err_and(|e| e.kind() == ErrorKind::Empty && e.file() == Some("nothing")));
        let mut found: Vec<_> = order.iter().zip(&results).map(|(&k, r)| (k, outcome(r.as_ref().unwrap()))).collect();
        found.sort_by_key(|f| f.0);
        found.into_iter().map(|f| f.1).collect()
    };
    let first = outcomes(&[0, 1, 2]);
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert!(outcomes(&order) == first, "{order:?}");
    }
    let alone: Vec<_> =
        texts.iter().map(|(en, zh)| outcome(&aligner.align_sources(en.clone(), zh.clone()).unwrap())).collect();
    assert!(first[0] != alone[0] && first[1] != alone[1], "they teach each other nothing");
    assert!(first[2] == alone[2], "subtitles are apart");
}

/// A sentence about a thing that no dictionary has belongs to the one before or to the one behind it, as the other text
/// teaches.
#[test]
fn a_word_that_only_the_other_text_teaches() {
    let en = "The children came home with a dog.\nThe brissel was there.\nThe old man came home with a cat.\n";
    let zh = "孩子们带着狗回家了，鸫砉在那里。\n嘤鞑在那里，老人带着猫回家了。\n";
    let lesson = |word: &str| {
        let contexts = [
            ("A brissel lives in the river.", "河里住着WORD。"),
            ("Nobody has seen the brissel at night.", "夜里没有人见过WORD。"),
            ("My sister bought a brissel on Tuesday.", "星期二我姐姐买了一只WORD。"),
            ("The teacher drew a brissel on the wall.", "老师在墙上画了一只WORD。"),
            ("We gave the brissel some bread.", "我们给了WORD一些面包。"),
            ("It rained, and the brissel slept.", "下雨了，WORD睡着了。"),
        ];
        let en: String = contexts.iter().map(|c| format!("{}\n", c.0)).collect();
        let zh: String = contexts.iter().map(|c| c.1.replace("WORD", word) + "\n").collect();
        (Source::from_text("lesson en", &en), Source::from_text("lesson zh", &zh))
    };
    let aligner = aligner(Format::Lines);
    let beads = |word: &str| {
        let pair = (Source::from_text("en", en), Source::from_text("zh", zh));
        let results = aligner.align_pool([pair, lesson(word)]);
        let beads = results[0].as_ref().unwrap().beads().map(|b| (b.en.clone(), b.zh.clone()));
        beads.collect::<Vec<_>>()
    };
    assert_eq!(beads("鸫砉"), [(vec![0, 1], vec![0]), (vec![2], vec![1])]);
    assert_eq!(beads("嘤鞑"), [(vec![0], vec![0]), (vec![1, 2], vec![1])]);
}
