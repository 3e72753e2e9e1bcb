//! Pairs that are written as JSON lines are read back as they were.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use duiqi::{Aligner, Alignment, ErrorKind, OutputFormat, SavedPair, Source};
use proptest::prelude::*;

fn file(name: &str) -> Source {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)).unwrap();
    Source::from_bytes(name, &bytes).unwrap()
}

fn read(text: &str) -> duiqi::Result<Vec<SavedPair>> {
    SavedPair::read(&Source::from_text("pairs.jsonl", text))
}

/// Writes, reads, compares with the alignment, and writes again.
fn check(alignment: &Alignment) -> Vec<SavedPair> {
    let written = OutputFormat::Jsonl.text(alignment);
    let saved = read(&written).unwrap();
    assert_eq!(saved.len(), alignment.pairs().len());
    for (saved, pair) in saved.iter().zip(alignment.pairs()) {
        assert_eq!((saved.id, &saved.shape, &*saved.anchors), (pair.id(), &pair.shape(), pair.anchors()));
        assert!((saved.confidence - pair.confidence()).abs() < 1e-4);
        for (segments, half) in [(&saved.en, pair.en()), (&saved.zh, pair.zh())] {
            let texts: Vec<(usize, &str)> = segments.iter().map(|s| (s.index, s.text.as_str())).collect();
            assert_eq!(texts, half.segments().map(|s| (s.index, s.text.as_str())).collect::<Vec<_>>());
            let speaker = segments.first().and_then(|s| s.speaker.as_deref());
            assert_eq!(speaker, half.speaker().map(|label| label.name.as_str()));
        }
        assert_eq!(saved.speaker.as_ref().and_then(|s| s.same).is_some(), pair.same_speaker().is_some());
    }
    let again: String = saved.iter().map(|pair| serde_json::to_string(pair).unwrap() + "\n").collect();
    assert_eq!(again, written);
    saved
}

#[test]
fn texts_and_articles_are_read_back() {
    let aligner = Aligner::builder().build().unwrap();
    for (en, zh) in [("interview/en.txt", "interview/zh.txt"), ("webinar/en.vtt", "webinar/zh.vtt")] {
        let saved = check(&aligner.align_sources(file(en), file(zh)).unwrap());
        assert!(saved.iter().any(|pair| pair.speaker.is_some() && !pair.anchors.is_empty()));
    }
    let saved = check(&aligner.align_article_source(file("mixed-article/article.txt")).unwrap());
    assert!(saved.iter().any(|pair| !pair.sentences.is_empty() && pair.part.is_some()));
    assert_eq!(saved[0].relation.as_deref(), Some("comparable"));
}

#[test]
fn errors_name_the_line() {
    let line = OutputFormat::Jsonl.text(&duiqi::align("It sold 320,000 seats.", "它卖出了32万张票。").unwrap());
    assert!(line.starts_with("{\"schema\":1,\"id\":0,"), "{line}");
    // A field that is not known is passed over; blank lines are, too.
    assert_eq!(read(&format!("\n{}", line.replace("\"id\":0", "\"id\":0,\"new\":[1]"))).unwrap(), read(&line).unwrap());
    for (wrong, said) in [
        (
            line.replace("\"schema\":1", "\"schema\":2"),
            "this is schema 2, and this duiqi reads schema 1; align the texts again",
        ),
        (line.replace("\"schema\":1,", ""), "missing field `schema`"),
        (line.replace("\"shape\":\"1-1\",", ""), "missing field `shape`"),
        (line.replace("\"id\":0", "\"id\":-1"), "invalid value"),
        ("[]".to_owned(), "invalid"),
        ("{".to_owned(), "EOF"),
    ] {
        let error = read(&format!("{line}\n{wrong}")).unwrap_err();
        assert_eq!((error.kind(), error.file(), error.line()), (ErrorKind::Malformed, Some("pairs.jsonl"), Some(3)));
        assert!(error.what().contains(said), "{error}");
    }
}

/// Sentences that can be put together in any way.
const EN: [&str; 6] = [
    "MARA QUIST: It was a good year.",
    "We sold 320,000 seats, \"more than ever\".",
    "Revenue fell 5% to $17.6 billion in May 2025.",
    "Who asked?\\",
    "\u{2028}LEO BRANDT: Trainium2 is late.",
    "A ferry left at noon.",
];
const ZH: [&str; 6] = [
    "玛拉·奎斯特：那一年不错。",
    "我们卖出了32万张票，“比以往都多”。",
    "2025年5月收入下降5%，至176亿美元。",
    "谁问的？\\",
    "利奥·布兰特：Trainium2 晚了。",
    "中午开走了一班渡船。",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_written_is_read_and_written_again(
        en in prop::collection::vec(0usize..EN.len(), 1..8),
        zh in prop::collection::vec(0usize..ZH.len(), 1..8),
        article: bool,
    ) {
        let join = |of: &[&str], which: &[usize]| which.iter().map(|&i| of[i]).collect::<Vec<_>>().join("\n\n");
        let (en, zh) = (join(&EN, &en), join(&ZH, &zh));
        let alignment = if article { duiqi::align_article(&format!("{en}\n\n{zh}")) } else { duiqi::align(&en, &zh) };
        if let Ok(alignment) = alignment {
            check(&alignment);
        }
    }

    #[test]
    fn any_line_is_read_or_refused(text in ".*", change in 0usize..300, by in "[\\[\\]{}\",:0-9a-z]{0,3}") {
        let _ = read(&text);
        let mut line = OutputFormat::Jsonl.text(&duiqi::align("It sold 320,000 seats.", "它卖出了32万张票。").unwrap());
        let at = (0..=change.min(line.len())).rev().find(|&i| line.is_char_boundary(i)).unwrap();
        line.insert_str(at, &by);
        let _ = read(&line);
    }
}
