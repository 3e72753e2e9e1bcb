//! The stages of an alignment, timed apart: on `data/earnings-call`, and on a larger text made from all of `data/`. Inputs are
//! made outside the timed part, allocations are counted, and what each stage gives is checked, so that a stage that does nothing
//! cannot look fast. Behind divan's figures stands a table of each stage as a multiple of the floor. `benches/README.md` keeps the
//! records.
// A benchmark fails like a test.
#![allow(clippy::unwrap_used)]

mod corpus;
mod stage;

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher};
use duiqi::train::lexicon::Lexicon;
use duiqi::{Document, Format, Glossary, Lang, OutputFormat, Source};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// English lines of the larger text, and Chinese lines to one of them.
const LARGE: usize = 5_000;
const ZH_BY_EN: f64 = 1.4;
const SEED: u64 = 1;
/// Runs of each stage for the table of multiples: so many, or as many as fit into the time.
const RUNS: usize = 30;
const LONGEST: Duration = Duration::from_millis(1500);

/// A text that the stages are timed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Text {
    Call,
    Large,
}

impl Text {
    const ALL: [Text; 2] = [Text::Call, Text::Large];

    fn input(self) -> &'static Input {
        match self {
            Text::Call => &CALL,
            Text::Large => &LARGE_TEXT,
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Text::Call => "call",
            Text::Large => "5000",
        })
    }
}

struct Input {
    en: Vec<u8>,
    zh: Vec<u8>,
    format: Format,
    en_texts: Vec<String>,
    zh_texts: Vec<String>,
    lexicon: Arc<Lexicon>,
    glossary: Glossary,
}

static CALL: LazyLock<Input> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/earnings-call");
    let read = |name: &str| fs::read(folder.join(name)).expect(name);
    let input = Input::new(read("en.md"), read("zh.md"), Format::Auto);
    assert_eq!((input.en_texts.len(), input.zh_texts.len()), (382, 370));
    input
});

static LARGE_TEXT: LazyLock<Input> = LazyLock::new(|| {
    let lexicon = Lexicon::builtin().expect("built-in lexicon");
    let corpus = corpus::Maker::of_project(&lexicon).mix(LARGE, ZH_BY_EN, SEED);
    let [en, zh] = corpus.files().map(String::into_bytes);
    let input = Input::new(en, zh, Format::Lines);
    assert_eq!((input.en_texts.len(), input.zh_texts.len()), (corpus.en.len(), corpus.zh.len()));
    input
});

impl Input {
    fn new(en: Vec<u8>, zh: Vec<u8>, format: Format) -> Input {
        let texts = |bytes: &[u8], lang| {
            let document = Document::read_as(source(bytes), format, lang).expect("a text");
            document.segments().iter().map(|s| s.text.clone()).collect()
        };
        let lexicon = Lexicon::builtin().expect("built-in lexicon");
        // The first call that cuts words builds the tokenizer.
        lexicon.cut("对齐");
        let (en_texts, zh_texts) = (texts(&en, Lang::En), texts(&zh, Lang::Zh));
        Input { en, zh, format, en_texts, zh_texts, lexicon, glossary: Glossary::default() }
    }

    fn bytes(&self) -> usize {
        self.en.len() + self.zh.len()
    }
}

fn source(bytes: &[u8]) -> Source {
    Source::from_bytes("bench", bytes).expect("text")
}

/// A stage with its inputs: each call runs it once.
type Run = Box<dyn FnMut()>;

/// A benchmark for each stage, and the list of all.
macro_rules! stages {
    ($($name:ident)*) => {
        $(
            #[divan::bench(args = Text::ALL, max_time = 1)]
            fn $name(bencher: Bencher<'_, '_>, text: Text) {
                let mut run = stage::$name(text.input());
                bencher.counter(BytesCount::new(text.input().bytes())).bench_local(move || run());
            }
        )*
        const STAGES: &[(&str, fn(&'static Input) -> Run)] = &[$((stringify!($name), stage::$name)),*];
    };
}

stages! {
    cut_han_alone decode read find_mentions find_values tokenise dictionary postings anchor_path prepare band_evidence prune
    first_features posteriors learn second_features best_path passes whole
}

/// A form of output, on a text.
#[derive(Clone, Copy, Debug)]
struct Written(OutputFormat, Text);

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.1, self.0)
    }
}

/// All forms but subtitles, which texts without times have no place in.
fn written() -> Vec<Written> {
    let forms = OutputFormat::ALL.iter().filter(|f| !matches!(f, OutputFormat::Srt | OutputFormat::Vtt));
    forms.flat_map(|&form| Text::ALL.map(|text| Written(form, text))).collect()
}

#[divan::bench(args = written(), max_time = 1)]
fn write(bencher: Bencher<'_, '_>, Written(form, text): Written) {
    let run = stage::write(text.input(), form);
    bencher.counter(BytesCount::new(text.input().bytes())).bench_local(run);
}

/// The cost that a process pays once: the lexicon and its tokenizer.
#[divan::bench(sample_count = 10)]
fn load_lexicon(bencher: Bencher<'_, '_>) {
    let run = stage::load_lexicon();
    bencher.bench_local(run);
}

fn main() {
    divan::main();
    let filters: Vec<String> = std::env::args().skip(1).collect();
    if !filters.iter().any(|f| f == "--list" || f == "--test") {
        multiples();
    }
}

/// Each stage as a multiple of cutting the Chinese of the same text into words, by the runs that took least processor time.
fn multiples() {
    println!("\n| stage | {} |", Text::ALL.map(|t| format!("{t} ms | × floor")).join(" | "));
    println!("| --- |{}", " ---: |".repeat(2 * Text::ALL.len()));
    let floor = Text::ALL.map(|text| fastest(stage::cut_han_alone(text.input())));
    let row = |name: &str, make: &dyn Fn(Text) -> Run| {
        let cells: Vec<String> = Text::ALL
            .iter()
            .zip(&floor)
            .map(|(&text, floor)| {
                let took = fastest(make(text)).as_secs_f64();
                format!("{:.2} | {:.1}", took * 1e3, took / floor.as_secs_f64())
            })
            .collect();
        println!("| `{name}` | {} |", cells.join(" | "));
    };
    for (name, make) in STAGES {
        row(name, &|text| make(text.input()));
    }
    for form in written().iter().step_by(Text::ALL.len()) {
        row(&format!("write {}", form.0), &|text| stage::write(text.input(), form.0));
    }
}

/// What this process has used of the processor: on a busy machine the time of day says little.
#[cfg(unix)]
fn processor_time() -> Duration {
    use nix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).expect("clock").into()
}

#[cfg(not(unix))]
fn processor_time() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    BEGUN.elapsed()
}

fn fastest(mut run: Run) -> Duration {
    let begun = Instant::now();
    let mut least = Duration::MAX;
    for _ in 0..RUNS {
        let start = processor_time();
        run();
        least = least.min(processor_time() - start);
        if begun.elapsed() > LONGEST {
            break;
        }
    }
    least
}
