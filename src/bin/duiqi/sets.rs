//! Evaluation sets: folders of texts with gold, found, aligned and scored.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use duiqi::train::{
    evaluate::{
        GoldTable, GoldUnit, IndexBead, Orientation, Reliability, Score, StrictScore, TextGold, Units, beads_of, links,
        merge_verses, parse_beads, strict,
    },
    feature::Weights,
};
use duiqi::{Aligner, AlignerBuilder, Alignment, Format, Lang, Source};

use crate::failure::Failure;
use crate::input;
use crate::voice::Progress;

/// A folder with texts and gold.
pub(crate) struct Set {
    pub(crate) folder: PathBuf,
    kind: Kind,
}

enum Kind {
    /// The stems of `NNN.en`, `NNN.zh`, `NNN.gold`.
    Lines(Vec<PathBuf>),
    /// `en.txt`, `zh.txt` (or `.md`), `gold.tsv`.
    Table,
}

/// How sets are aligned.
pub(crate) struct Options {
    /// Which language stands first in the gold, where the numbers of lines do not tell.
    pub(crate) gold_first: Option<Lang>,
    /// Other weights than the built-in ones.
    pub(crate) weights: Option<Weights>,
    /// Whether the texts of a set of lines are aligned together.
    pub(crate) pool: bool,
    /// Texts that are aligned at a time.
    pub(crate) threads: usize,
}

impl Options {
    fn aligner(&self, format: Format) -> Fallible<Aligner> {
        let builder = Aligner::builder().langs(Lang::En, Lang::Zh).format(format);
        Ok(self.weights.iter().cloned().fold(builder, AlignerBuilder::weights).build()?)
    }
}

/// The score of one text.
pub(crate) struct Result {
    pub(crate) name: String,
    pub(crate) outcome: Outcome,
    /// Confidence against truth; none for links and for files of beads, which carry no confidence.
    pub(crate) reliability: Option<Reliability>,
    pub(crate) time: Option<Duration>,
}

pub(crate) enum Outcome {
    Beads(StrictScore),
    Links(Score),
}

type Fallible<T> = std::result::Result<T, Failure>;

/// Folders inside folders are searched this deep: a collection of groups of sets.
const DEPTH: usize = 3;

/// The sets in a folder, in the order of their names.
pub(crate) fn find(folder: &Path) -> Fallible<Vec<Set>> {
    if folder.is_file() {
        return Err(Failure::Message(format!("{}: this is a file; --set takes a folder", folder.display())));
    }
    let mut sets = Vec::new();
    search(folder, DEPTH, &mut sets)?;
    if sets.is_empty() {
        let what = "no set in this folder: neither NNN.en, NNN.zh and NNN.gold nor en.txt, zh.txt and gold.tsv";
        return Err(Failure::Message(format!("{}: {what}", folder.display())));
    }
    Ok(sets)
}

fn search(folder: &Path, depth: usize, sets: &mut Vec<Set>) -> Fallible<()> {
    let failed = |e: std::io::Error| Failure::io(&folder.display().to_string(), &e);
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        entries.push(entry.map_err(failed)?.path());
    }
    entries.sort();
    let gold = entries.iter().filter(|p| p.extension().is_some_and(|e| e == "gold") && p.is_file());
    let stems: Vec<PathBuf> = gold.map(|p| p.with_extension("")).collect();
    if !stems.is_empty() {
        sets.push(Set { folder: folder.to_owned(), kind: Kind::Lines(stems) });
    }
    // A gold without texts of its own belongs to a mixed article.
    let texts = [Lang::En, Lang::Zh].iter().any(|&lang| text_file(folder, lang).is_some());
    if folder.join("gold.tsv").is_file() && texts {
        sets.push(Set { folder: folder.to_owned(), kind: Kind::Table });
    }
    if depth > 0 {
        for inner in entries.iter().filter(|p| p.is_dir()) {
            search(inner, depth - 1, sets)?;
        }
    }
    Ok(())
}

/// Aligns and scores every text of a set.
pub(crate) fn run(set: &Set, options: &Options) -> Fallible<Vec<Result>> {
    match &set.kind {
        Kind::Lines(stems) => run_lines(stems, options),
        Kind::Table => Ok(vec![run_table(&set.folder, options)?]),
    }
}

/// A text of a line set with its gold.
struct Lines {
    name: String,
    sources: [Source; 2],
    gold: Vec<IndexBead>,
    verses: Option<(Vec<String>, Vec<String>)>,
    orientation: Orientation,
}

fn run_lines(stems: &[PathBuf], options: &Options) -> Fallible<Vec<Result>> {
    let mut texts = Vec::new();
    for stem in stems {
        let sources = [input::read_text(&with_suffix(stem, ".en"))?, input::read_text(&with_suffix(stem, ".zh"))?];
        let path = with_suffix(stem, ".gold");
        let gold = parse_beads(&input::read(&path)?)?;
        let [en, zh] = [0, 1].map(|k: usize| sources[k].text().lines().count());
        let orientation = Orientation::of(&gold, en, zh);
        check_range(&path, &gold, [en, zh], options.gold_first, orientation)?;
        texts.push(Lines { name: stem.display().to_string(), sources, gold, verses: verses(&path)?, orientation });
    }
    // A text that fits both ways goes with the others of its set; without a majority, the gold has English first.
    let votes = |o: Orientation| texts.iter().filter(|t| t.orientation == o).count();
    let usual = if votes(Orientation::Flipped) > votes(Orientation::Straight) { Lang::Zh } else { Lang::En };
    let aligner = options.aligner(Format::Lines)?;
    let aligned = if options.pool {
        let progress = Progress::start("aligning together", None);
        let aligned = aligned_together(&aligner, &texts);
        drop(progress);
        aligned
    } else {
        aligned_apart(&aligner, &texts, options.threads)
    };
    let mut results = Vec::new();
    for (text, (alignment, time)) in texts.into_iter().zip(aligned) {
        let alignment = alignment?;
        let first = options.gold_first.unwrap_or(match text.orientation {
            Orientation::Straight => Lang::En,
            Orientation::Flipped => Lang::Zh,
            Orientation::Either => usual,
        });
        let single = oriented(&alignment, first);
        let mut beads = [single.clone(), text.gold];
        if let Some((en, zh)) = &text.verses {
            let (a, b) = if first == Lang::En { (en, zh) } else { (zh, en) };
            beads = beads.map(|list| merge_verses(&list, a, b));
        }
        let [test, gold] = beads;
        let outcome = Outcome::Beads(strict(&test, &gold));
        let reliability = Some(Reliability::of(&with_confidence(&alignment, &single, test), &gold));
        results.push(Result { name: text.name, outcome, reliability, time: Some(time) });
    }
    Ok(results)
}

/// The texts of a set aligned one by one, in their order, with the time of each.
fn aligned_apart(aligner: &Aligner, texts: &[Lines], threads: usize) -> Vec<(duiqi::Result<Alignment>, Duration)> {
    let progress = Progress::start("aligning", Some(texts.len()));
    let next = AtomicUsize::new(0);
    let one = |text: &Lines| {
        let start = Instant::now();
        let [a, b] = text.sources.clone();
        let alignment = aligner.align_sources(a, b);
        progress.step();
        (alignment, start.elapsed())
    };
    let work = || -> Vec<_> {
        let mine = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&k| k < texts.len()));
        mine.map(|k| (k, one(&texts[k]))).collect()
    };
    let mut done = work_on(threads.min(texts.len()), &work);
    done.sort_by_key(|d| d.0);
    done.into_iter().map(|d| d.1).collect()
}

/// What so many threads, this one among them, make of the same work.
fn work_on<T: Send>(threads: usize, work: &(impl Fn() -> Vec<T> + Sync)) -> Vec<T> {
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for other in others {
            match other.join() {
                Ok(more) => all.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

/// The texts of a set aligned together, with the mean time of each.
fn aligned_together(aligner: &Aligner, texts: &[Lines]) -> Vec<(duiqi::Result<Alignment>, Duration)> {
    let start = Instant::now();
    let alignments = aligner.align_pool(texts.iter().map(|t| t.sources.clone().into()));
    let time = start.elapsed() / texts.len().max(1) as u32;
    alignments.into_iter().map(|a| (a, time)).collect()
}

/// Refuses a gold that speaks of lines that are not there: it belongs to another text.
fn check_range(
    path: &Path,
    gold: &[IndexBead],
    lines: [usize; 2],
    gold_first: Option<Lang>,
    orientation: Orientation,
) -> Fallible<()> {
    let flipped = gold_first.map_or(orientation == Orientation::Flipped, |l| l == Lang::Zh);
    let [first, second] = if flipped { [lines[1], lines[0]] } else { lines };
    let over = |indices: &[usize], n: usize| indices.last().copied().filter(|&i| i >= n);
    for bead in gold {
        if let Some(i) = over(bead.first(), first).or(over(bead.second(), second)) {
            let [en, zh] = lines;
            let what = format!("index {i} is beyond the texts, which have {en} (English) and {zh} (Chinese) lines");
            return Err(Failure::Message(format!("{}: {what}; indices count from 0", path.display())));
        }
    }
    Ok(())
}

fn run_table(folder: &Path, options: &Options) -> Fallible<Result> {
    let gold = input::read(&folder.join("gold.tsv"))?;
    let read = |lang: Lang| match text_file(folder, lang) {
        Some(path) => input::read_text(&path),
        None => input::read_text(&folder.join(format!("{}.txt", lang.code()))),
    };
    let sources = [read(Lang::En)?, read(Lang::Zh)?];
    let name = folder.display().to_string();
    if TextGold::is_text_gold(&gold) {
        let (alignment, time) = timed(&options.aligner(Format::Auto)?, sources)?;
        let [en, zh] = [Lang::En, Lang::Zh].map(|lang| &alignment.side(lang).document);
        let gold = TextGold::parse(&gold)?.map(en, zh)?;
        return Ok(beads_result(name, &alignment, &gold.beads, time));
    }
    let table = GoldTable::parse(&gold)?;
    match table.unit {
        GoldUnit::Line => {
            let (alignment, time) = timed(&options.aligner(Format::Lines)?, sources)?;
            Ok(beads_result(name, &alignment, &table.beads(), time))
        }
        GoldUnit::Paragraph => {
            let [en, zh] = [0, 1].map(|k: usize| Units::of(&sources[k]));
            let (alignment, time) = timed(&options.aligner(Format::Auto)?, sources)?;
            let score = table.score_links(&links(&alignment, &en, &zh));
            Ok(Result { name, outcome: Outcome::Links(score), reliability: None, time: Some(time) })
        }
    }
}

/// The score of an alignment against gold that has English first.
fn beads_result(name: String, alignment: &Alignment, gold: &[IndexBead], time: Duration) -> Result {
    let test = oriented(alignment, Lang::En);
    let outcome = Outcome::Beads(strict(&test, gold));
    let reliability = Some(Reliability::of(&with_confidence(alignment, &test, test.clone()), gold));
    Result { name, outcome, reliability, time: Some(time) }
}

/// The beads of an alignment, of which neighbours were joined, with their confidences: of joined ones the least.
fn with_confidence(alignment: &Alignment, single: &[IndexBead], joined: Vec<IndexBead>) -> Vec<(IndexBead, f64)> {
    let size = |bead: &IndexBead| bead.first().len() + bead.second().len();
    let mut parts = alignment.pairs().zip(single).map(|(pair, bead)| (pair.confidence(), size(bead)));
    let mut out = Vec::with_capacity(joined.len());
    for bead in joined {
        let (mut least, mut left) = (1f64, size(&bead));
        while left > 0 {
            let Some((confidence, size)) = parts.next() else { break };
            least = least.min(confidence);
            left = left.saturating_sub(size);
        }
        out.push((bead, least));
    }
    out
}

/// The text of a set in one language.
fn text_file(folder: &Path, lang: Lang) -> Option<PathBuf> {
    ["txt", "md"].into_iter().map(|e| folder.join(format!("{}.{e}", lang.code()))).find(|p| p.is_file())
}

fn timed(aligner: &Aligner, [en, zh]: [Source; 2]) -> Fallible<(Alignment, Duration)> {
    let start = Instant::now();
    let alignment = aligner.align_sources(en, zh)?;
    Ok((alignment, start.elapsed()))
}

/// The beads of an alignment with the language `first` first.
fn oriented(alignment: &Alignment, first: Lang) -> Vec<IndexBead> {
    let beads = beads_of(alignment);
    if alignment.first() == first { beads } else { beads.into_iter().map(IndexBead::flipped).collect() }
}

/// The verses of each English and each Chinese line, where files with them stand beside a gold file.
pub(crate) fn verses(gold: &Path) -> Fallible<Option<(Vec<String>, Vec<String>)>> {
    if gold.extension().is_none_or(|e| e != "gold") {
        return Ok(None);
    }
    let stem = gold.with_extension("");
    let [en, zh] = [".en.verse", ".zh.verse"].map(|suffix| with_suffix(&stem, suffix));
    if !en.is_file() && !zh.is_file() {
        return Ok(None);
    }
    let read = |path: &Path| -> Fallible<Vec<String>> {
        Ok(input::read(path)?.text().lines().map(|l| l.trim().to_owned()).collect())
    };
    Ok(Some((read(&en)?, read(&zh)?)))
}

/// `001` and `.en` is `001.en`, whatever dots the stem has.
fn with_suffix(stem: &Path, suffix: &str) -> PathBuf {
    let mut name = stem.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
