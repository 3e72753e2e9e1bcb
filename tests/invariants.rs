//! What holds for every input, tried on random small bitexts and on random bytes.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

#[cfg(all(feature = "docx", feature = "html", feature = "xml"))]
#[allow(dead_code)]
mod fuzzing;

use std::sync::{Arc, LazyLock};
use std::thread;

use duiqi::train::evaluate::{IndexBead, beads_of};
use duiqi::{Aligner, Alignment, Document, ErrorKind, Format, Lang, OutputFormat, Source};
use encoding_rs::{BIG5, Encoding, GBK};
use proptest::prelude::*;

/// Words with their translations, for random sentences that have something to align; the Chinese is the same in Simplified
/// and Traditional, so that Big5 can write it.
const WORDS: [(&str, &str); 16] = [
    ("river", "河"),
    ("shop", "小店"),
    ("mountain", "山"),
    ("morning", "早上"),
    ("the", "的"),
    ("water", "水"),
    ("Tuesday", "星期二"),
    ("children", "孩子"),
    ("and", "和"),
    ("old", "老"),
    ("Orvane", "Orvane"),
    ("250", "250"),
    ("$3.5 million", "350 万美元"),
    ("12%", "12%"),
    ("moon", "月亮"),
    ("home", "家"),
];

const NAMES: [(&str, &str); 3] = [("Ann Gauss", "安·高斯"), ("Bo Tarn", "博·塔恩"), ("Operator", "主持人")];

/// A line of one side: who speaks (if anybody), words, and how the sentence ends.
#[derive(Clone, Debug)]
struct Line {
    speaker: Option<usize>,
    words: Vec<usize>,
    end: usize,
}

impl Line {
    fn text(&self, lang: Lang) -> String {
        let pick = |pair: (&'static str, &'static str)| if lang == Lang::En { pair.0 } else { pair.1 };
        let mut text = match self.speaker {
            Some(k) => format!("{}{}", pick(NAMES[k]), pick((": ", "："))),
            None => String::new(),
        };
        let words: Vec<&str> = self.words.iter().map(|&w| pick(WORDS[w])).collect();
        // A first word in letters: a number at the start of a line can be the mark of a list.
        if !words.is_empty() {
            text += pick(("Then ", "今天"));
        }
        text += &words.join(pick((" ", "")));
        text + pick([(".", "。"), ("?", "？"), ("!", "！"), ("", ""), (" – \u{201C}", "——"), (";", "；")][self.end])
    }
}

fn line() -> impl Strategy<Value = Line> {
    let words = prop::collection::vec(0..WORDS.len(), 0..9);
    (prop::option::weighted(0.2, 0..NAMES.len()), words, 0..6usize).prop_map(|(speaker, words, end)| {
        // An empty segment is wholly empty.
        if words.is_empty() { Line { speaker: None, words, end: 3 } } else { Line { speaker, words, end } }
    })
}

/// Two sides: most lines in both, some in one of them.
fn bitext() -> impl Strategy<Value = (String, String)> {
    let lines = prop::collection::vec((line(), 0..8u8), 1..14);
    (lines, prop::sample::select(vec!["\n", "\n\n", "\r\n"])).prop_map(|(lines, ending)| {
        let side = |lang: Lang, skip: u8| -> String {
            let kept = lines.iter().filter(|(_, where_)| *where_ != skip).map(|(l, _)| l.text(lang) + ending);
            kept.collect()
        };
        (side(Lang::En, 0), side(Lang::Zh, 1))
    })
}

/// An aligner for a format, English first; made once, because the lexicon takes its time.
fn aligner(format: Format) -> &'static Aligner {
    static LINES: LazyLock<Aligner> = LazyLock::new(|| built(Format::Lines, Lang::En));
    static AUTO: LazyLock<Aligner> = LazyLock::new(|| built(Format::Auto, Lang::En));
    if format == Format::Lines { &LINES } else { &AUTO }
}

fn built(format: Format, first: Lang) -> Aligner {
    Aligner::builder().format(format).langs(first, first.other()).build().unwrap()
}

/// The alignment, or `None` for a text without a segment.
fn aligned(aligner: &Aligner, a: &str, b: &str) -> Option<Alignment> {
    match aligner.align(a, b) {
        Ok(alignment) => Some(alignment),
        Err(error) if error.kind() == ErrorKind::Empty => None,
        Err(e) => panic!("{e}"),
    }
}

/// Whether the characters of `words` stand in `text` in this order, others between them. A blank may stand for the end of a
/// line that was joined to the next one.
fn holds(text: &str, words: &str) -> bool {
    let mut rest = text.chars();
    words.chars().filter(|c| !c.is_whitespace()).all(|c| rest.any(|r| r == c))
}

/// Every segment in one bead, in order.
fn check_beads(alignment: &Alignment) {
    for lang in [Lang::En, Lang::Zh] {
        let side = alignment.side(lang);
        let all: Vec<usize> = alignment.pairs().flat_map(|p| p.half(lang).segments().map(|s| s.index)).collect();
        let expected: Vec<usize> = (0..side.document.segments().len()).collect();
        assert_eq!(all, expected, "each segment once, in order");
    }
    for pair in alignment.pairs() {
        assert!((0.0..=1.0).contains(&pair.confidence()), "{}", pair.confidence());
        assert!(!pair.en().is_empty() || !pair.zh().is_empty());
    }
}

/// Shared anchors of texts that are UTF-8 without a byte order mark stand where they say.
fn check_anchors(alignment: &Alignment) {
    for anchor in alignment.pairs().flat_map(|p| p.anchors()) {
        for (span, lang) in [(&anchor.en, Lang::En), (&anchor.zh, Lang::Zh)] {
            let text = alignment.side(lang).document.source().text();
            assert!(holds(&text[span.start..span.end], &span.text), "{span:?}");
        }
    }
}

/// Offsets of a document read from `text`, which is UTF-8 without a byte order mark: segments and gaps make up the text, and
/// no word is in a gap that is no label.
fn check_offsets(document: &Document, text: &str) {
    let mut whole = String::new();
    let mut at = 0;
    let labels: Vec<_> = document.turns().iter().filter_map(|t| t.label_range.clone()).collect();
    for segment in document.segments() {
        let range = segment.range.clone();
        // Slicing panics off a character's boundary.
        let gap = &text[at..range.start];
        for (k, c) in gap.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            assert!(labels.iter().any(|l| l.contains(&(at + k))), "{c:?} of {gap:?} is in no segment and no label");
        }
        assert!(holds(&text[range.clone()], &segment.text), "{segment:?}");
        whole.push_str(gap);
        whole.push_str(&text[range.clone()]);
        at = range.end;
    }
    whole.push_str(&text[at..]);
    assert_eq!(whole, text);
}

proptest! {
    // A finding becomes a test of its own, so no file remembers it.
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn segments_are_in_one_bead_each_and_in_their_place((en, zh) in bitext(), lines: bool) {
        let format = if lines { Format::Lines } else { Format::Auto };
        let Some(alignment) = aligned(aligner(format), &en, &zh) else { return Ok(()) };
        check_beads(&alignment);
        check_anchors(&alignment);
        check_offsets(&alignment.side(Lang::En).document, &en);
        check_offsets(&alignment.side(Lang::Zh).document, &zh);
        if lines {
            let texts = |lang| -> Vec<String> {
                alignment.side(lang).document.segments().iter().map(|s| s.text.clone()).collect()
            };
            prop_assert_eq!(texts(Lang::En).len(), en.lines().count());
            prop_assert_eq!(texts(Lang::Zh).len(), zh.lines().count());
        }
    }

    #[test]
    fn the_same_input_gives_the_same_bytes((en, zh) in bitext(), lines: bool) {
        let aligner = aligner(if lines { Format::Lines } else { Format::Auto });
        let Some(alignment) = aligned(aligner, &en, &zh) else { return Ok(()) };
        let once = OutputFormat::Jsonl.text(&alignment);
        let again = || aligned(aligner, &en, &zh).map(|a| OutputFormat::Jsonl.text(&a));
        let runs: Vec<Option<String>> = thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(again)).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        for run in runs {
            prop_assert_eq!(run.as_ref(), Some(&once));
        }
    }

    #[test]
    fn exchanged_inputs_give_the_mirrored_result((en, zh) in bitext(), lines: bool) {
        static LINES: LazyLock<Aligner> = LazyLock::new(|| built(Format::Lines, Lang::Zh));
        static AUTO: LazyLock<Aligner> = LazyLock::new(|| built(Format::Auto, Lang::Zh));
        let (format, mirror) = if lines { (Format::Lines, &*LINES) } else { (Format::Auto, &*AUTO) };
        let (straight, flipped) = (aligned(aligner(format), &en, &zh), aligned(mirror, &zh, &en));
        let (Some(straight), Some(flipped)) = (straight, flipped) else { return Ok(()) };
        let mirrored: Vec<IndexBead> = beads_of(&flipped).into_iter().map(IndexBead::flipped).collect();
        prop_assert_eq!(beads_of(&straight), mirrored);
        let confidences = |a: &Alignment| -> Vec<f64> { a.beads().map(|b| b.confidence).collect() };
        prop_assert_eq!(confidences(&straight), confidences(&flipped));
        let swapped = |text: String| -> Vec<String> {
            let swap = |l: &str| l.split_once(':').map(|(a, b)| format!("{b}:{a}")).unwrap();
            text.lines().map(swap).collect()
        };
        let straight: Vec<String> = OutputFormat::Indices.text(&straight).lines().map(str::to_owned).collect();
        prop_assert_eq!(straight, swapped(OutputFormat::Indices.text(&flipped)));
    }

    /// All that is said of pairs is the same whichever text came first, but for the shape, which begins with it.
    #[test]
    fn exchanged_inputs_say_the_same((en, zh) in bitext()) {
        static MIRROR: LazyLock<Aligner> = LazyLock::new(|| built(Format::Auto, Lang::Zh));
        let named = |text: &str, name: &str| Source::from_text(name, text);
        let straight = aligner(Format::Auto).align_sources(named(&en, "en"), named(&zh, "zh"));
        let flipped = MIRROR.align_sources(named(&zh, "zh"), named(&en, "en"));
        let (Ok(straight), Ok(flipped)) = (straight, flipped) else { return Ok(()) };
        prop_assert_eq!(said(&straight), said(&flipped));
        prop_assert_eq!(straight.confidence(), flipped.confidence());
        prop_assert_eq!(straight.speakers(), flipped.speakers());
        prop_assert_eq!(straight.omissions().len(), flipped.omissions().len());
    }

    /// Passages of one side in another order: what stands elsewhere is said to, and all else is in order.
    #[test]
    fn moved_passages_keep_every_segment(lines in prop::collection::vec(line(), 14..30), cut in 5..9usize, k in 0..3usize) {
        let spoken = |lines: &[Line], lang| -> String {
            let numbered = lines.iter().enumerate().map(|(i, l)| format!("{} {}{}", 1000 + i * 37, l.text(lang), "\n"));
            numbered.collect()
        };
        let (en, zh) = (spoken(&lines, Lang::En), spoken(&lines, Lang::Zh));
        let mut turned: Vec<&str> = zh.lines().collect();
        turned.rotate_left(if k == 0 { 0 } else { cut });
        let turned = turned.join("\n");
        let Some(alignment) = aligned(aligner(Format::Lines), &en, &turned) else { return Ok(()) };
        let mut seen = vec![0; alignment.side(Lang::Zh).segments.len()];
        let mut last = None;
        for pair in alignment.pairs() {
            for segment in pair.zh().segments() {
                seen[segment.index] += 1;
                if !pair.is_moved() {
                    prop_assert!(last.replace(segment.index).is_none_or(|l| l < segment.index));
                }
            }
        }
        prop_assert!(seen.iter().all(|&n| n == 1), "{:?}", seen);
        let all: Vec<usize> = alignment.pairs().flat_map(|p| p.en().segments().map(|s| s.index)).collect();
        prop_assert_eq!(all, (0..lines.len()).collect::<Vec<_>>());
    }

    /// Several texts aligned together: the results do not depend on the order of the texts, nor on what cannot be aligned.
    #[test]
    fn a_pool_has_no_order(texts in prop::collection::vec(bitext(), 1..4)) {
        let aligner = aligner(Format::Auto);
        let source = |text: &str| Source::from_text("t", text);
        let outcome = |texts: &[(String, String)]| -> Vec<Option<String>> {
            let all = aligner.align_pool(texts.iter().map(|(en, zh)| (source(en), source(zh))));
            all.into_iter().map(|a| a.ok().map(|a| OutputFormat::Jsonl.text(&a))).collect()
        };
        let straight = outcome(&texts);
        let backwards: Vec<(String, String)> = texts.iter().rev().cloned().collect();
        let mut turned = outcome(&backwards);
        turned.reverse();
        prop_assert_eq!(straight, turned);
    }

    #[test]
    fn the_encoding_makes_no_difference((en, zh) in bitext()) {
        // A few words in front, by which any reader would recognise the language.
        let zh = format!("他在河上看月亮，她在家中吃早上的水果。\n我和老人在山上，孩子不想回家。\n{zh}");
        let run = |en: Vec<u8>, zh: Vec<u8>| {
            let (en, zh) = (Source::from_bytes("en", &en).unwrap(), Source::from_bytes("zh", &zh).unwrap());
            let alignment = match aligner(Format::Auto).align_sources(en, zh) {
                Ok(alignment) => alignment,
                Err(error) if error.kind() == ErrorKind::Empty => return Vec::new(),
                Err(e) => panic!("{e}"),
            };
            let pair = |p: duiqi::Pair<'_>| (p.en().text(), p.zh().text(), p.confidence());
            alignment.pairs().map(pair).collect()
        };
        let expected = run(en.clone().into_bytes(), zh.clone().into_bytes());
        for encoding in [GBK, BIG5] {
            prop_assert_eq!(&expected, &run(en.clone().into_bytes(), encoded(&zh, encoding)), "{}", encoding.name());
        }
        prop_assert_eq!(&expected, &run(utf16(&en, u16::to_le_bytes), utf16(&zh, u16::to_be_bytes)));
    }

    #[test]
    fn no_bytes_make_it_panic(a in bytes(), b in bytes(), lines: bool) {
        static GUESSING: LazyLock<[Aligner; 2]> = LazyLock::new(|| {
            [Format::Lines, Format::Auto].map(|f| Aligner::builder().format(f).build().unwrap())
        });
        let aligner = &GUESSING[usize::from(lines)];
        if let (Ok(a), Ok(b)) = (Source::from_bytes("a", &a), Source::from_bytes("b", &b)) {
            if let Ok(alignment) = aligner.align_sources(a.clone(), b) {
                check_beads(&alignment);
                prop_assert!(!OutputFormat::Table.text(&alignment).is_empty());
            }
            if let Ok(alignment) = aligner.align_article_source(a) {
                for &format in OutputFormat::ALL {
                    // Linked passages have no ladder, texts without times no subtitles, and what has no counterpart no place in
                    // some forms.
                    let timed = [OutputFormat::Srt, OutputFormat::Vtt, OutputFormat::Ass].contains(&format);
                    let ordered = timed || format == OutputFormat::Ladder;
                    let some = format.takes_one_sided() && !ordered;
                    prop_assert!(!some || !format.text(&alignment).is_empty());
                }
            }
        }
    }
}

/// All writers on random bitexts and articles: what they write is read back where anything reads it.
#[cfg(all(feature = "docx", feature = "html", feature = "xml"))]
mod written {
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_reads_back((en, zh) in bitext(), lines: bool, sure in 0.0..1.0f64) {
            let format = if lines { Format::Lines } else { Format::Auto };
            let article = aligner(Format::Auto).align_article(&format!("{en}\n{zh}")).ok();
            for alignment in aligned(aligner(format), &en, &zh).into_iter().chain(article) {
                for turn in 0..OutputFormat::ALL.len() {
                    fuzzing::check_alignment(&alignment, turn as u8);
                }
                let least = alignment.clone().at_least(sure).unwrap();
                prop_assert_eq!(least.left_out() + least.beads().len(), alignment.beads().len());
                prop_assert!(least.beads().all(|b| b.confidence >= sure));
            }
        }

        #[test]
        fn documents_of_any_bytes_hold_together(bytes in bytes()) {
            fuzzing::segment(&bytes);
            fuzzing::values_in_text(&bytes);
        }
    }
}

/// What JSON says of each pair, without its shape.
fn said(alignment: &Alignment) -> Vec<serde_json::Value> {
    let text = OutputFormat::Jsonl.text(alignment);
    let pairs = text.lines().map(|line| {
        let mut pair: serde_json::Value = serde_json::from_str(line).unwrap();
        pair.as_object_mut().unwrap().remove("shape");
        pair
    });
    pairs.collect()
}

/// Bytes of all kinds: at random, text with damage, and text full of what readers look for.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "# ",
        "\n",
        "\n\n",
        "Ann: ",
        "安：",
        "“",
        "”",
        "(",
        ")",
        "1. ",
        "- ",
        "|",
        "*",
        ">>",
        "[",
        "](",
        "`",
        "\u{FEFF}",
        "&amp;",
        "<b>",
        "$3.",
        "５",
        "二〇二五年",
        "亿",
        "e\u{301}",
        "👍",
        "\u{200B}",
        "\t",
        "。",
        "…",
        "Dr. ",
        "\u{0}",
        "hello",
        "世界",
        "\r",
        "---\n",
        "~~~\n",
        "％",
        "March 5",
        "三点五",
        "１２：３０",
        "[00:01:02]",
        "\\",
        "ﬁ",
    ]);
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        (bitext(), prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)).prop_map(
            |((en, zh), flips)| {
                let mut bytes = (en + &zh).into_bytes();
                for (at, byte) in flips.into_iter().filter(|_| !bytes.is_empty()).collect::<Vec<_>>() {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                }
                bytes
            }
        ),
        prop::collection::vec(pieces, 0..60).prop_map(|p| p.concat().into_bytes()),
    ]
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{text:?} cannot be written in {}", encoding.name());
    bytes.into_owned()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{FEFF}{text}").encode_utf16().flat_map(bytes).collect()
}

#[test]
fn an_aligner_can_be_shared_and_sent() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&Arc::new(built(Format::Auto, Lang::En)));
    shared(&aligner(Format::Auto).align("One.", "一。").unwrap());
}
