//! Texts that repeat themselves, have no marks, or stand against a single line.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::bounded::{LONG, PIECE, counted, indices, scaled};
use crate::place::{Outcome, Place};

#[test]
fn a_hundred_thousand_speakers() {
    let place = Place::empty();
    let (mut en, mut zh) = (String::new(), String::new());
    for k in 0..scaled(100_000) {
        // Names of two words, all different.
        let part = |mut k: usize| -> String {
            let mut name = String::from("B");
            for _ in 0..4 {
                name.push_str(["an", "er", "il", "os", "ut", "em", "ag"][k % 7]);
                k /= 7;
            }
            name
        };
        writeln!(en, "{} {}: I say {k}.\n", part(k), part(k / 13)).unwrap();
        let han = |k: usize| char::from_u32(0x4E00 + (k % 5000) as u32).unwrap();
        writeln!(zh, "{}{}{}：我说{k}。\n", han(k), han(k / 5000 + 77), han(k / 3)).unwrap();
    }
    place.put("en", en).put("zh", zh);
    place.done(LONG, &["segment", "en"]);
    place.done(LONG, &indices(&["en", "zh"]));
}

#[test]
fn a_megabyte_without_a_mark() {
    let place = Place::empty();
    let bytes = scaled(1 << 20);
    place
        .put("en", "the lamp and a ship of the keeper ".repeat(bytes / 34))
        .put("zh", "灯塔看守人和船上的灯".repeat(bytes / 30));
    place.put("letters", "a".repeat(bytes)).put("signs", "。".repeat(bytes / 3)).put("han", "人".repeat(bytes / 3));
    place.put("dots", ".".repeat(bytes)).put("open", "(“".repeat(bytes / 4)).put("colons", "a:".repeat(bytes / 2));
    place.done(LONG, &indices(&["en", "zh"]));
    place.done(LONG, &indices(&["letters", "han"]));
    for name in ["en", "zh", "letters", "signs", "han", "dots", "open", "colons"] {
        for command in ["segment", "values", "anchors"] {
            place.done(LONG, &[command, name]);
        }
    }
}

/// One short piece over and over, as one line and line by line: whatever begins with it must not look at all that follows.
#[test]
fn one_piece_all_along() {
    let list = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/hostile/pieces.json")).unwrap();
    let pieces: Vec<String> = serde_json::from_slice(&list).unwrap();
    let place = Place::empty();
    let bytes = scaled(400_000);
    let mut slow = Vec::new();
    for (k, piece) in pieces.iter().enumerate() {
        let (line, lines) = (piece.repeat(bytes / piece.len()), format!("{piece}\n").repeat(bytes / (piece.len() + 1)));
        for (name, text) in [("line", line), ("lines", lines)] {
            place.put(name, format!("{text}\nThe end is here.\n最后一句话在这里。\n"));
            for command in ["segment", "values", "anchors"] {
                let Outcome { status, .. } = place.run_within(PIECE, &[command, name]);
                if status != Some(0) {
                    slow.push(format!("{k} {piece:?} {command} {name}: {status:?}"));
                }
            }
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn one_line_50_000_times() {
    let place = Place::empty();
    let n = scaled(50_000);
    place.put("en", "The keeper lit the lamp at dusk.\n".repeat(n)).put("zh", "看守人在黄昏时点亮了灯。\n".repeat(n));
    assert_eq!(counted(&place.done(LONG, &indices(&["--lines", "en", "zh"]))), (n, n));
    assert_eq!(counted(&place.done(LONG, &indices(&["en", "zh"]))), (n, n));
}

#[test]
fn very_unequal_sides() {
    let place = Place::empty();
    // More than a hundred thousand places for one segment: none of them is likely.
    let n = scaled(150_000);
    let many = |words: &str| (0..n).map(|k| words.replace("40", &k.to_string())).collect::<String>();
    place
        .put("one.en", "The keeper lit the lamp, and 40 ships passed.\n")
        .put("one.zh", "看守人点亮了灯，有40艘船经过。\n");
    place
        .put("en", many("The keeper lit the lamp, and 40 ships passed.\n"))
        .put("zh", many("看守人点亮了灯，有40艘船经过。\n"));
    assert_eq!(counted(&place.done(LONG, &indices(&["--lines", "one.en", "zh"]))), (1, n));
    assert_eq!(counted(&place.done(LONG, &indices(&["--lines", "en", "one.zh"]))), (n, 1));
}

#[test]
fn a_mixed_article_of_two_paragraphs() {
    let place = Place::empty();
    let n = scaled(17_000);
    let many = |words: &str| (0..n).map(|k| words.replace("40", &(k % 1000).to_string())).collect::<String>();
    let (en, zh) = (many("The keeper lit the lamp, and 40 ships passed. "), many("看守人点亮了灯，有40艘船经过。"));
    place.put("article", format!("{en}\n\n{zh}\n"));
    place.done(LONG, &["align", "-f", "indices", "article"]);
}

#[test]
fn a_number_of_a_million_digits() {
    let place = Place::empty();
    let n = scaled(1_000_000);
    place
        .put("en", format!("It cost ${} in all.", "9".repeat(n)))
        .put("zh", format!("一共花了{}美元。", "９".repeat(n)));
    place.put("groups", format!("It cost ${} in all.", "9,999".repeat(n / 5))).put("spelled", "九千".repeat(n / 2));
    place
        .put("words", "twenty ".repeat(n / 7))
        .put("dates", "March 5, ".repeat(n / 9))
        .put("points", "1.5.".repeat(n / 4));
    for name in ["en", "zh", "groups", "spelled", "words", "dates", "points"] {
        for command in ["values", "anchors", "segment"] {
            place.done(LONG, &[command, name]);
        }
    }
    place.done(LONG, &indices(&["en", "zh"]));
}
