//! `duiqi align`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use duiqi::train::write::TableStyle;
use duiqi::{Aligner, Alignment, Format, Glossary, Lang, Pins, Relation, Source};

use crate::failure::Failure;
use crate::form::Form;
use crate::formats::{Formats, formats};
use crate::input;
use crate::voice::{Progress, note};

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// First text, an article that holds both languages, or a TMX or XLIFF file, whose pairs are kept; `-` is standard input
    a: PathBuf,
    /// Second text, in the other language
    b: Option<PathBuf>,
    /// How to write the result; without it, the ending of the file says it
    #[arg(short, long, value_name = "FORMAT", value_parser = Form::parser())]
    format: Option<Form>,
    /// What the texts are, where it is not to be found out; for two that differ, FORMAT,FORMAT
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    from: Option<Formats>,
    /// Take line i as segment i, split and join nothing: --from lines
    #[arg(long, conflicts_with = "from")]
    lines: bool,
    /// Languages of the first and second text, for `duiqi` not to guess
    #[arg(long, value_name = "en,zh|zh,en", value_parser = langs)]
    langs: Option<Langs>,
    /// List each piece of text that is in no segment, with its line and the reason
    #[arg(long)]
    explain: bool,
    /// Go on even if a text seems to be in another language, or not in the one that --langs says
    #[arg(long)]
    force: bool,
    /// Align in order, or link passages wherever they stand, instead of finding out which it should be
    ///
    /// parallel (one text translates the other) or comparable (both speak of the same things).
    #[arg(long, value_name = "RELATION", value_parser = relation, conflicts_with = "pins")]
    relation: Option<Relation>,
    /// Pairs of terms to rely on: two columns apart by a tab, one in each language
    #[arg(long, value_name = "TSV")]
    glossary: Option<PathBuf>,
    /// Weights of the aligner, as the fitting writes them, instead of the built-in ones
    #[arg(long, value_name = "JSON")]
    weights: Option<PathBuf>,
    /// Leave out pairs that are less sure than this; how many there were is said on standard error
    #[arg(long, value_name = "0..1", value_parser = confidence)]
    min_confidence: Option<f64>,
    /// Beads to keep as they are, as the report exports them; the rest is aligned around them
    #[arg(long, value_name = "JSON", requires = "b")]
    pins: Option<PathBuf>,
    /// Write to this file, which is replaced only when all is done
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Columns of the table
    #[arg(long, value_name = "COLUMNS", default_value_t = TableStyle::default().width)]
    width: usize,
}

const EXAMPLES: &str = "Examples:
  duiqi align article.txt                       both languages in one file
  duiqi align interview.en.txt interview.zh.txt
  duiqi align --relation comparable talk.en.txt summary.zh.txt   passages are linked, wherever they stand
  duiqi align -o pairs.tsv zh.md en.md          the order of the languages does not matter
  duiqi align -o memory.tmx en.docx zh.docx     a translation memory
  duiqi align -o both.vtt en.vtt zh.srt         subtitles in both languages
  duiqi align -o report.html en.md zh.md        to read, to search, to mend in a browser
  duiqi align --pins pins.json -o report.html en.md zh.md   what was mended stays, the rest is aligned around it
  duiqi align -f moses -o corpus en.txt zh.txt  corpus.en, corpus.zh and corpus.unpaired.jsonl
  duiqi align -f tsv --min-confidence 0.8 zh.md en.md   only what is likely right
  duiqi align --lines -f indices 001.zh 001.en  [0,1]:[0] and so on, first file first
  duiqi align -o memory.tmx en.md zh.md         memory.tmx and memory.unpaired.jsonl
  duiqi align -o memory.xlf memory.tmx          the pairs of one form in another
  curl -s URL | duiqi align -f jsonl -";

/// The languages of two texts.
pub(crate) type Langs = (Lang, Lang);

pub(crate) fn langs(value: &str) -> Result<Langs, String> {
    match value {
        "en,zh" => Ok((Lang::En, Lang::Zh)),
        "zh,en" => Ok((Lang::Zh, Lang::En)),
        _ => Err("write en,zh (first text English, second Chinese) or zh,en".to_owned()),
    }
}

fn relation(value: &str) -> Result<Relation, String> {
    match value {
        "parallel" => Ok(Relation::Parallel),
        "comparable" => Ok(Relation::Comparable),
        _ => Err("write parallel or comparable".to_owned()),
    }
}

pub(crate) fn confidence(value: &str) -> Result<f64, String> {
    let number = value.parse().ok().filter(|x| (0.0..=1.0).contains(x));
    number.ok_or_else(|| "write a number from 0 to 1, for example 0.8".to_owned())
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let refuse = |what: &str| Err(Failure::Message(what.to_owned()));
    if arguments.b.is_none() && arguments.langs.is_some() {
        return refuse("--langs says the languages of two files, but one is given; add the other or leave --langs out");
    }
    let stdin = |p: &Option<PathBuf>| p.as_deref().is_some_and(input::is_stdin);
    if input::is_stdin(&arguments.a) && stdin(&arguments.b) {
        return refuse("both texts are `-`, but standard input can be read once only; give one of them as a file");
    }
    let form = Form::choose(arguments.format, arguments.output.as_deref())?;
    let besides = [&arguments.b, &arguments.glossary, &arguments.weights, &arguments.pins].into_iter().flatten();
    let inputs: Vec<&Path> = std::iter::once(&arguments.a).chain(besides).map(PathBuf::as_path).collect();
    form.check_targets(arguments.output.as_deref(), &inputs)?;
    let aligner = aligner(arguments, form.shows_omissions())?;
    let a = input::read_text(&arguments.a)?;
    let pins = arguments.pins.as_deref().map(input::read).transpose()?.map(|s| Pins::read(&s)).transpose()?;
    let progress = Progress::start("aligning", None);
    let mut alignment = match (&arguments.b, &pins) {
        (Some(b), Some(pins)) => aligner.align_with_pins(a, input::read_text(b)?, pins)?,
        (Some(b), None) => aligner.align_sources(a, input::read_text(b)?)?,
        (None, _) => one_file(&aligner, a)?,
    };
    drop(progress);
    let pairs = alignment.beads().len();
    if let Some(confidence) = arguments.min_confidence {
        alignment = alignment.at_least(confidence)?;
    }
    form.deliver(&alignment, arguments.output.as_deref(), arguments.width)?;
    if let Some(confidence) = arguments.min_confidence.filter(|_| alignment.left_out() > 0) {
        let left_out = alignment.left_out();
        note(&format!("{left_out} of {pairs} pairs are left out: their confidence is below {confidence}"));
    }
    say_reading(&alignment, arguments.explain);
    say_relation(&alignment, arguments.relation, arguments.b.is_some());
    warn_of_doubt(&alignment, arguments.b.is_some());
    Ok(())
}

/// Reports on standard error how a file puts both languages side by side, and which parts of the texts are in no
/// segment.
pub(crate) fn say_reading(alignment: &Alignment, explain: bool) {
    let documents = Lang::ALL.map(|lang| &alignment.side(lang).document);
    for (k, document) in documents.iter().enumerate() {
        // One file has both sides.
        if k > 0 && Arc::ptr_eq(document, documents[0]) {
            continue;
        }
        let name = document.source().name();
        // Texts that alternate without saying the same are linked like any others.
        if let Some(layout) = document.layout().filter(|_| alignment.relation() == Relation::Parallel) {
            note(&format!("{name}: {layout}, so each text is paired with the one beside it"));
        }
        input::say_left_out(document, explain);
    }
}

/// Says on standard error how the texts relate, where that is not plain: comparable, an article in both languages, or other
/// than was asked for.
fn say_relation(alignment: &Alignment, asked: Option<Relation>, two_files: bool) {
    let what = if two_files { "these two files" } else { "the two halves of this file" };
    match (asked, alignment.detected()) {
        (Some(asked), detected) if asked != detected => {
            let (seem, asked) = (words(detected), words(asked));
            note(&format!("{what} seem to be {seem}; they are taken to be {asked}, as asked"));
        }
        (None, Relation::Comparable) => {
            note(&format!(
                "{what} are {}: passages are linked; --relation parallel aligns them in order",
                words(Relation::Comparable)
            ));
        }
        _ => {}
    }
}

fn words(relation: Relation) -> &'static str {
    match relation {
        Relation::Comparable => "comparable texts",
        _ => "translations of each other",
    }
}

/// Says it on standard error where the texts do not seem to be translations of each other.
pub(crate) fn warn_of_doubt(alignment: &Alignment, two_files: bool) {
    let what = if two_files { "these two files" } else { "the two halves of this file" };
    if let Some(doubt) = doubt(alignment, what) {
        note(&doubt);
    }
}

/// What to say where the texts, called `what`, do not seem to be translations of each other.
pub(crate) fn doubt(alignment: &Alignment, what: &str) -> Option<String> {
    let doubtful = alignment.relation() == Relation::Parallel && alignment.confidence() < DOUBTFUL;
    let percent = alignment.confidence() * 100.0;
    doubtful.then(|| {
        format!("{what} do not seem to say the same (confidence {percent:.0}%): check that one translates the other")
    })
}

/// Confidence of a whole below which the user is told that something is wrong: the literary chapters and the academic text have
/// .84 at least with their own counterparts and .01 at most with each other's.
const DOUBTFUL: f64 = 0.3;

/// One file: an article in both languages, or the pairs of a TMX or XLIFF file as they are.
pub(crate) fn one_file(aligner: &Aligner, source: Source) -> Result<Alignment, Failure> {
    match Format::of_pairs(&source) {
        Some(_) => Ok(aligner.pair_bitext(input::bitext(source)?)?),
        None => Ok(aligner.align_article_source(source)?),
    }
}

fn aligner(arguments: &Arguments, omissions: bool) -> Result<Aligner, Failure> {
    let mut builder = builder(arguments.langs, arguments.from, arguments.glossary.as_deref())?;
    builder = builder.omissions(omissions).force(arguments.force);
    if arguments.lines {
        builder = builder.format(Format::Lines);
    }
    if let Some(relation) = arguments.relation {
        builder = builder.relation(relation);
    }
    if let Some(weights) = input::weights(arguments.weights.as_deref())? {
        builder = builder.weights(weights);
    }
    Ok(builder.build()?)
}

/// The options of an aligner.
pub(crate) fn builder(
    langs: Option<Langs>,
    from: Option<Formats>,
    glossary: Option<&Path>,
) -> Result<duiqi::AlignerBuilder, Failure> {
    let mut builder = Aligner::builder();
    if let Some((a, b)) = from {
        builder = builder.formats(a, b);
    }
    if let Some((a, b)) = langs {
        builder = builder.langs(a, b);
    }
    match glossary {
        Some(path) => with_glossary(builder, path),
        None => Ok(builder),
    }
}

fn with_glossary(builder: duiqi::AlignerBuilder, path: &Path) -> Result<duiqi::AlignerBuilder, Failure> {
    let source = input::read(path)?;
    Ok(builder.glossary(Glossary::from_tsv(source.name(), source.text())?))
}
