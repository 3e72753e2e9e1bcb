//! Sentences taken out, blocks moved and turns given to somebody else: whether `check` says so.

use duiqi::train::evaluate::IndexBead;
use duiqi::{Aligner, Document, Finding, Format, Lang, Source, Span, check, check::Kind};
use duiqi_training::AnyError;
use duiqi_training::gold::GoldText;
use duiqi_training::lines::align;
use duiqi_training::random::Random;

/// Of so many sentences one is taken out.
const EVERY: usize = 20;
/// Sentences of a block that is moved, and how far.
const BLOCK: usize = 20;
const FAR: usize = 60;
/// Turns that are given to somebody else, one at a time.
const TURNS: usize = 12;
/// Characters of the shortest Chinese sentence that is taken out: shorter ones may well be said elsewhere.
const SHORTEST: usize = 8;

pub fn print(texts: &[GoldText]) -> Result<(), AnyError> {
    let (mut dropped, mut moved, mut turns) = ((0, 0), (0, 0), (0, 0));
    for text in texts {
        let mut random = Random(text.path().len() as u64);
        if let Ok(lines) = text.lines() {
            add(&mut dropped, without_some(&lines.en, &lines.zh, &lines.beads, &mut random)?);
            add(&mut moved, with_a_block_moved(&lines.en, &lines.zh, &lines.beads)?);
        }
        add(&mut turns, with_other_speakers(&text.en, &text.zh, &mut random)?);
    }
    for (what, (made, found)) in [
        ("sentences taken out", dropped),
        ("sentences of moved blocks", moved),
        ("turns given to somebody else", turns),
    ] {
        if made > 0 {
            println!("  {what}: {found} of {made} found, recall {:.3}", found as f64 / made as f64);
        }
    }
    Ok(())
}

fn add(sum: &mut (usize, usize), more: (usize, usize)) {
    *sum = (sum.0 + more.0, sum.1 + more.1);
}

fn findings(en: &[String], zh: &[String]) -> Result<Vec<Finding>, AnyError> {
    let aligner = Aligner::builder().langs(Lang::En, Lang::Zh).format(Format::Lines).build()?;
    Ok(check(&align(&aligner, en, zh)?))
}

/// Whether a finding of a kind has the whole of a line among its English.
fn says(findings: &[Finding], kinds: &[Kind], line: &str) -> bool {
    let has = |s: &Span| s.text == line;
    findings.iter().any(|f| kinds.contains(&f.kind) && f.en.iter().any(has))
}

/// One Chinese sentence of [`EVERY`] is gone: is the English one said to be missing?
fn without_some(
    en: &[String],
    zh: &[String],
    gold: &[IndexBead],
    random: &mut Random,
) -> Result<(usize, usize), AnyError> {
    let single = |b: &&IndexBead| b.first().len() == 1 && b.second().len() == 1;
    let beads: Vec<&IndexBead> = gold.iter().filter(single).collect();
    let mut gone: Vec<(usize, usize)> = Vec::new();
    for group in beads.chunks(EVERY) {
        let bead = group[random.below(group.len())];
        let (i, j) = (bead.first()[0], bead.second()[0]);
        if zh[j].chars().count() >= SHORTEST && gone.last().is_none_or(|g| j > g.1 + 3) {
            gone.push((i, j));
        }
    }
    let left: Vec<String> = (0..zh.len()).filter(|j| !gone.iter().any(|g| g.1 == *j)).map(|j| zh[j].clone()).collect();
    let findings = findings(en, &left)?;
    let found = gone.iter().filter(|g| says(&findings, &[Kind::PassageMissing], &en[g.0])).count();
    Ok((gone.len(), found))
}

/// A block of [`BLOCK`] Chinese sentences stands [`FAR`] sentences later.
fn with_a_block_moved(en: &[String], zh: &[String], gold: &[IndexBead]) -> Result<(usize, usize), AnyError> {
    let start = zh.len() / 4;
    if zh.len() < 2 * (start + BLOCK + FAR) / 2 + BLOCK || start + BLOCK + FAR > zh.len() {
        return Ok((0, 0));
    }
    let block = start..start + BLOCK;
    let mut order: Vec<usize> = (0..zh.len()).collect();
    order.drain(block.clone());
    order.splice(start + FAR..start + FAR, block.clone());
    let moved: Vec<String> = order.iter().map(|&j| zh[j].clone()).collect();
    let findings = findings(en, &moved)?;
    let of_block = gold.iter().filter(|b| !b.second().is_empty() && b.second().iter().all(|j| block.contains(j)));
    let lines: Vec<usize> = of_block.flat_map(|b| b.first().to_vec()).collect();
    let found = lines.iter().filter(|&&i| says(&findings, &[Kind::PassageMoved], &en[i])).count();
    Ok((lines.len(), found))
}

/// Chinese turns, one at a time, under the label of another speaker.
fn with_other_speakers(en: &Document, zh: &Document, random: &mut Random) -> Result<(usize, usize), AnyError> {
    let text = zh.source().text();
    let labelled: Vec<_> = zh
        .turns()
        .iter()
        .filter_map(|t| Some((t.label.as_ref()?, t.label_range.clone()?, t.segments.clone())))
        .collect();
    let mut names: Vec<&str> = labelled.iter().map(|l| l.0.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if names.len() < 2 {
        return Ok((0, 0));
    }
    let aligner = Aligner::builder().langs(Lang::En, Lang::Zh).build()?;
    let (mut made, mut found) = (0, 0);
    for _ in 0..TURNS {
        let (label, range, segments) = &labelled[random.below(labelled.len())];
        // A turn of few words is paired with the next one as well as with its own.
        let length: usize = zh.segments()[segments.clone()].iter().map(|s| s.text.chars().count()).sum();
        // 本 and 本·吉尔伯特 are one.
        let same = |name: &str| name.contains(&label.name) || label.name.contains(name);
        let others: Vec<&&str> = names.iter().filter(|n| !same(n)).collect();
        if others.is_empty() {
            continue;
        }
        let other = others[random.below(others.len())];
        let range = zh.source().text_offset(range.start)..zh.source().text_offset(range.end);
        let Some(at) = text[range.clone()].find(&label.name) else { continue };
        if length < 2 * SHORTEST {
            continue;
        }
        let at = range.start + at;
        let changed = format!("{}{other}{}", &text[..at], &text[at + label.name.len()..]);
        let alignment = aligner.align_sources(en.source().clone(), Source::from_text("zh", &changed))?;
        // The finding has what is paired: a "Right." at the beginning may stand alone.
        let own = |text: &str| zh.segments()[segments.clone()].iter().any(|s| s.text == text);
        let here = |f: &Finding| f.kind == Kind::Speaker && f.zh.iter().any(|s| own(&s.text));
        made += 1;
        found += usize::from(check(&alignment).iter().any(here));
    }
    Ok((made, found))
}
