//! The bodies of the fuzz targets without a fuzzer: on the files that come with the project, on damaged copies of them, and on what
//! fuzzing has found. A finding is kept as `tests/cases/regressions/NNN-name.TARGET`.
//!
//! With `DUIQI_SEEDS` the inputs to begin with are written to `fuzz/corpus/`; with `DUIQI_FUZZ_CASES` more damaged copies are tried.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(all(feature = "docx", feature = "html", feature = "xml"))]

mod fuzzing;

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::Index;

use fuzzing::{APART, BODIES};

/// Bytes of a seed: enough for some turns and sentences, and little enough for thousands of runs.
const SEED_BYTES: usize = 1500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn bytes(file: &str) -> Vec<u8> {
    fs::read(root().join(file)).unwrap()
}

/// A part of a file, from one line start to another.
fn part(file: &str, from: usize) -> Vec<u8> {
    let bytes = bytes(file);
    let start =
        bytes.iter().skip(from).position(|b| *b == b'\n').map_or(0, |k| if from == 0 { 0 } else { from + k + 1 });
    let rest = &bytes[start..];
    let end = rest.iter().take(SEED_BYTES).rposition(|b| *b == b'\n').map_or(rest.len().min(SEED_BYTES), |k| k + 1);
    rest[..end].to_vec()
}

const TEXTS: [&str; 10] = [
    "data/interview/en.txt",
    "data/interview/zh.txt",
    "data/earnings-call/en.md",
    "data/earnings-call/zh.md",
    "data/press-release/en.md",
    "data/press-release/zh.md",
    "data/mixed-article/article.txt",
    "data/webinar/en.vtt",
    "data/webinar/zh.vtt",
    "tests/cases/reading/same/talk.html",
];

const TIMED: [&str; 10] = [
    "both.srt",
    "unmarked.srt",
    "voices.vtt",
    "whisper.json",
    "whisper-cpp.json",
    "whisperx.json",
    "hf-pipeline.json",
    "assemblyai.json",
    "deepgram-utterances.json",
    "earnings-call.json",
];

/// Pairs of files for two sides.
const PAIRS: [(&str, &str); 4] = [
    ("data/interview/en.txt", "data/interview/zh.txt"),
    ("data/earnings-call/en.md", "data/earnings-call/zh.md"),
    ("data/webinar/en.vtt", "data/webinar/zh.vtt"),
    ("data/subtitles/en.txt", "data/subtitles/zh.txt"),
];

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// What a fuzzer of a target begins with.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let texts = || TEXTS.iter().flat_map(|f| [part(f, 0), part(f, 2000)]);
    let timed = || TIMED.iter().map(|f| bytes(&format!("tests/cases/reading/timed/{f}")));
    let pairs = || {
        ["tea.tmx", "panel.tmx", "harbour.tmx", "museum-2.0.xlf", "manual-1.2.xlf"]
            .iter()
            .map(|f| bytes(&format!("tests/cases/paired/{f}")))
    };
    match target {
        "segment" => texts().chain(timed()).chain(pairs()).chain(encoded()).collect(),
        "read_formats" => (0..=63u8)
            .step_by(5)
            .flat_map(|choice| texts().chain(timed()).step_by(3).map(move |t| joined(&[&[choice], &t])))
            .collect(),
        "align_lines" | "align_texts" => {
            let from = [0usize, 1000, 2500];
            let pair = |(flags, at): (u8, usize)| {
                PAIRS.iter().map(move |(a, b)| joined(&[&[flags], &part(a, at), &[APART], &part(b, at)]))
            };
            (0..13u8).zip(from.into_iter().cycle()).flat_map(pair).collect()
        }
        "article" => {
            let mixed = PAIRS.iter().map(|(a, b)| joined(&[&part(a, 0), b"\n", &part(b, 0)]));
            mixed.chain((0..4).map(|k| part("data/mixed-article/article.txt", k * 1200))).collect()
        }
        "paired" => pairs().collect(),
        "word_document" => vec![bytes("tests/cases/reading/docx.txt"), DOCUMENT.as_bytes().to_vec()],
        "values_in_text" => {
            let cases = ["chinese.tsv", "english.tsv", "none.tsv"].map(|f| format!("tests/cases/quantities/{f}"));
            let parts = cases.iter().flat_map(|f| (0..12).map(move |k| part(f, k * 900)));
            let names = (0..4).map(|k| part("tests/cases/names/explicit.tsv", k * 900));
            parts.chain(names).chain(texts()).collect()
        }
        "tables" => {
            let pins: &[u8] =
                br#"{"duiqi":"pins","version":1,"en":{"name":"a","segments":9},"zh":{"name":"b","segments":9},
                "pins":[{"en":[0,1],"zh":[0]},{"en":[7],"zh":[]}]}"#;
            let mut all = vec![joined(&[&[0], pins])];
            for (choice, file) in [
                (1, "tests/cases/scoring/ladders.tsv"),
                (1, "tests/cases/scoring/strict.tsv"),
                (2, "data/interview/gold.tsv"),
                (2, "data/subtitles/gold.tsv"),
                (3, "data/earnings-call/gold.tsv"),
                (4, "tests/cases/anchoring/names_same.tsv"),
                (5, "data/weights.json"),
                (6, "data/encoder.json"),
            ] {
                let bytes = bytes(file);
                all.push(joined(&[&[choice], &bytes[..bytes.len().min(8000)]]));
            }
            all
        }
        other => panic!("no seeds for {other}"),
    }
}

/// A document of every element that the reader knows.
const DOCUMENT: &str = r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Tea &amp; cake</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>First</w:t><w:tab/><w:br/></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>茶</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12%</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><mc:AlternateContent><mc:Choice><w:r><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></w:r></mc:Choice>
<mc:Fallback><w:r><w:t>no</w:t></w:r></mc:Fallback></mc:AlternateContent><w:ins><w:r><w:t>in</w:t></w:r></w:ins>
<w:del><w:r><w:delText>out</w:delText></w:r></w:del><w:r><w:footnoteReference/><w:sym w:char="F0E0"/></w:r></w:p>
</w:body></w:document>"#;

/// Texts in other encodings than UTF-8.
fn encoded() -> Vec<Vec<u8>> {
    let text = String::from_utf8(part("data/interview/zh.txt", 0)).unwrap();
    let utf16: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let gbk = encoding_rs::GB18030.encode(&text).0.into_owned();
    let half = joined(&[&gbk[..gbk.len() / 2], &text.as_bytes()[text.len() / 2..]]);
    vec![utf16, gbk, half]
}

#[test]
fn seeds_are_fine() {
    for (target, body) in BODIES {
        let seeds = seeds(target);
        assert!(!seeds.is_empty(), "{target}");
        let folder = root().join("fuzz/corpus").join(target);
        let writes = std::env::var_os("DUIQI_SEEDS").is_some();
        for (k, seed) in seeds.iter().enumerate() {
            if writes {
                fs::create_dir_all(&folder).unwrap();
                fs::write(folder.join(format!("seed-{k:03}")), seed).unwrap();
            }
            body(seed);
        }
    }
}

/// The findings, each with the target that it was found by.
fn findings() -> Vec<(PathBuf, String)> {
    let folder = root().join("tests/cases/regressions");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let target = |p: &PathBuf| p.extension().unwrap().to_str().unwrap().to_owned();
    paths.into_iter().filter(|p| p.extension().is_some_and(|e| e != "md")).map(|p| (p.clone(), target(&p))).collect()
}

#[test]
fn what_was_found_stays_mended() {
    let mut broken = Vec::new();
    for (path, target) in findings() {
        let bytes = fs::read(&path).unwrap();
        let (_, body) =
            BODIES.into_iter().find(|(name, _)| *name == target).unwrap_or_else(|| panic!("no target {target}"));
        if catch_unwind(|| body(&bytes)).is_err() {
            broken.push(path.display().to_string());
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// A change to an input.
#[derive(Clone, Debug)]
enum Damage {
    Set(Index, u8),
    Cut(Index, usize),
    Put(Index, &'static str),
    Repeat(Index, usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let words = prop::sample::select(vec![
        "\0",
        "\u{FEFF}",
        "\r",
        "\n\n",
        "。",
        "“",
        "&#x",
        "<!--",
        "]]>",
        "-->",
        "{",
        "[",
        "\\ud800",
        "Ann: ",
        "安：",
        "|",
        "```",
        "> ",
        "99999999999999999999",
        "亿",
        "％",
        "1e999",
        "00:00:01.000 --> ",
        "\u{202E}",
        "e\u{301}",
        "<p>",
        "</",
        "\t",
        "1. ",
        "- ",
        "—",
        "二〇",
        "$",
        "–",
        "３",
        "\u{2028}",
        "\u{85}",
        "<w:p>",
        "&amp;",
        "百万分之",
        "half a ",
        "minus ",
        "'",
        "ſ",
        "İ",
        "ǆ",
        "\u{1F1E6}",
    ]);
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (any::<Index>(), 1..40usize).prop_map(|(at, len)| Damage::Cut(at, len)),
        (any::<Index>(), words).prop_map(|(at, word)| Damage::Put(at, word)),
        (any::<Index>(), 1..60usize, 1..9usize).prop_map(|(at, len, times)| Damage::Repeat(at, len, times)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        match damage {
            Damage::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Damage::Cut(at, len) => {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + len).min(bytes.len()));
            }
            Damage::Put(at, word) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, word.bytes());
            }
            Damage::Repeat(at, len, times) => {
                let at = at.index(bytes.len());
                let piece = bytes[at..(at + len).min(bytes.len())].repeat(*times);
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

fn cases() -> u32 {
    std::env::var("DUIQI_FUZZ_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(150)
}

proptest! {
    // A finding becomes a file of its own.
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_break_nothing(
        target in 0..BODIES.len(), seed: Index, damages in prop::collection::vec(damage(), 1..12)
    ) {
        let (name, body) = BODIES[target];
        let seeds = seeds(name);
        let bytes = damaged(seeds[seed.index(seeds.len())].clone(), &damages);
        // Kept, so that it can become a regression.
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("finding.{name}"));
        fs::write(&kept, &bytes).unwrap();
        body(&bytes);
        fs::remove_file(&kept).unwrap();
    }
}
