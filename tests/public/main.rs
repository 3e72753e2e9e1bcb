//! What a user of the crate sees: the list in `tests/public_items.txt` is all of it, and each type can go to any thread.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

// `tests/modules.rs` uses the rest.
#[allow(dead_code)]
mod source;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::path::Path;

use source::Crate;

const HEAD: &str = "\
# All that a user of the crate sees, with all features but `train`: each item once, by its shortest path. After a type stand its public
# fields or its variants; `..` says that more may come. Written by `DUIQI_BLESS=1 cargo test --test public`.
";

/// Modules, types, traits, functions, methods and constants: what fits into a morning's reading.
const MOST: usize = 150;

fn listed() -> BTreeSet<String> {
    Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).public_items()
}

#[test]
fn public_items_are_listed() {
    let items = listed();
    let mut text = format!("{HEAD}# {} items, at most {MOST}.\n", items.len());
    for item in &items {
        writeln!(text, "{item}").unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/public_items.txt");
    if std::env::var_os("DUIQI_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (new, old) = (lines(&text), lines(&expected));
    let changes: Vec<String> =
        old.difference(&new).map(|l| format!("- {l}")).chain(new.difference(&old).map(|l| format!("+ {l}"))).collect();
    assert!(
        changes.is_empty(),
        "the public items are others than in tests/public_items.txt:\n{}\nIf that is meant: DUIQI_BLESS=1 cargo test --test public",
        changes.join("\n")
    );
    assert!(items.len() <= MOST, "{} public items; at most {MOST} are wanted", items.len());
}

/// The names of types, each of which goes to any thread and through a caught panic.
macro_rules! safe {
    ($($type:ty),+ $(,)?) => {{
        fn safe<T: Send + Sync + UnwindSafe + RefUnwindSafe>() {}
        $(safe::<$type>();)+
        [$(stringify!($type)),+]
    }};
}

#[test]
fn public_types_go_to_any_thread() {
    let safe = safe![
        duiqi::Aligner,
        duiqi::AlignerBuilder,
        duiqi::Alignment,
        duiqi::AnchorKind,
        duiqi::Bead,
        duiqi::BilingualLayout,
        duiqi::Bitext,
        duiqi::Cue,
        duiqi::Document,
        duiqi::Error,
        duiqi::ErrorKind,
        duiqi::Finding,
        duiqi::Format,
        duiqi::Glossary,
        duiqi::Half<'static>,
        duiqi::Label,
        duiqi::Lang,
        duiqi::LeftOut,
        duiqi::LeftOutReason,
        duiqi::Limit,
        duiqi::Limits,
        duiqi::OutputFormat,
        duiqi::Pair<'static>,
        duiqi::Part,
        duiqi::Passage,
        duiqi::PassageKind,
        duiqi::PerLang<String>,
        duiqi::Pins,
        duiqi::Quantity,
        duiqi::Relation,
        duiqi::Role,
        duiqi::SavedPair,
        duiqi::SavedSegment,
        duiqi::SavedSpeaker,
        duiqi::Segment,
        duiqi::SharedAnchor,
        duiqi::Source,
        duiqi::Span,
        duiqi::Speaker,
        duiqi::SpeakerReason,
        duiqi::Time,
        duiqi::Turn,
        duiqi::Value,
        duiqi::check::Kind,
        duiqi::check::Severity,
        duiqi::check::Slip,
        duiqi::names::Likeness,
        duiqi::names::NameMatch,
        duiqi::names::Names,
        duiqi::names::Reason,
        duiqi::names::StatedPair,
        duiqi::quantity::Date,
        duiqi::quantity::Direction,
        duiqi::quantity::Hedge,
        duiqi::quantity::Number,
        duiqi::quantity::Time,
        duiqi::quantity::Unit
    ];
    let name = |text: &str| text.split(['<', ' ']).next().unwrap_or_default().to_owned();
    let safe: BTreeSet<String> = safe.into_iter().map(name).collect();
    let items = listed();
    let types = items
        .iter()
        .filter_map(|item| item.split_once(": "))
        .filter(|(_, kind)| kind.starts_with("struct") || kind.starts_with("enum"));
    let types: BTreeSet<String> = types.map(|(path, _)| path.to_owned()).collect();
    assert_eq!(safe, types, "each public type stands in this test");
}
