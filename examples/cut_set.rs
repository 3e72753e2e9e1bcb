//! Cuts a set of texts with gold into parts: what texts that belong together are, to see what they teach each other.
//!
//! `cargo run --release --example cut_set -- SET_DIR OUT_DIR BEADS`
//!
//! A set is a folder of `NNN.en`, `NNN.zh` (a segment a line) and `NNN.gold`, with or without `NNN.en.verse` and `NNN.zh.verse`.
//! Each part has so many gold beads, the last one what is left.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use duiqi::evaluate::{IndexBead, Orientation, parse_beads};
use duiqi::text::Source;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [set, out, beads] = args.as_slice() else {
        eprintln!("usage: cut_set SET_DIR OUT_DIR BEADS");
        return ExitCode::from(2);
    };
    match beads.parse().map_err(Into::into).and_then(|beads| cut_set(Path::new(set), Path::new(out), beads)) {
        Ok(parts) => {
            println!("{parts} parts in {out}");
            ExitCode::SUCCESS
        }
        Err(e) => {
            eprintln!("{e}");
            ExitCode::from(2)
        }
    }
}

fn cut_set(set: &Path, out: &Path, beads: usize) -> Result<usize, Box<dyn Error>> {
    if beads == 0 {
        return Err("a part must have one bead at least".into());
    }
    fs::create_dir_all(out)?;
    let entries = fs::read_dir(set).map_err(|e| format!("{}: {e}", set.display()))?;
    let names = entries.filter_map(|f| f.ok()?.file_name().into_string().ok());
    let mut stems: Vec<String> = names.filter_map(|n| n.strip_suffix(".gold").map(str::to_owned)).collect();
    stems.sort();
    let mut parts = 0;
    for stem in stems {
        let read = |ending: &str| fs::read_to_string(set.join(format!("{stem}.{ending}")));
        let gold = parse_beads(&Source::from_text(&stem, &read("gold")?))?;
        let sides = [read("en")?, read("zh")?];
        let lines: Vec<Vec<&str>> = sides.iter().map(|s| s.lines().collect()).collect();
        let verses: Vec<String> = ["en.verse", "zh.verse"].iter().filter_map(|ending| read(ending).ok()).collect();
        let verses: Vec<Vec<&str>> = verses.iter().map(|s| s.lines().collect()).collect();
        let flipped = Orientation::of(&gold, lines[0].len(), lines[1].len()) == Orientation::Flipped;
        let gold: Vec<IndexBead> = if flipped { gold.into_iter().map(IndexBead::flipped).collect() } else { gold };
        for group in gold.chunks(beads) {
            parts += 1;
            let name = |ending: &str| out.join(format!("{parts:03}.{ending}"));
            let used = [of(group, IndexBead::first), of(group, IndexBead::second)];
            for (side, code) in [(0, "en"), (1, "zh")] {
                fs::write(name(code), take(&lines[side], &used[side]))?;
                if let Some(verses) = verses.get(side).filter(|_| verses.len() == 2) {
                    fs::write(name(&format!("{code}.verse")), take(verses, &used[side]))?;
                }
            }
            let place = |side: usize, i: usize| used[side].iter().position(|&u| u == i).unwrap_or(0);
            let list = |side: usize, indices: &[usize]| {
                indices.iter().map(|&i| place(side, i).to_string()).collect::<Vec<_>>().join(",")
            };
            let rows = group.iter().map(|b| format!("[{}]:[{}]\n", list(0, b.first()), list(1, b.second())));
            fs::write(name("gold"), rows.collect::<String>())?;
        }
    }
    Ok(parts)
}

/// Segments of one side that beads use, ascending.
fn of(beads: &[IndexBead], side: impl Fn(&IndexBead) -> &[usize]) -> Vec<usize> {
    let mut used: Vec<usize> = beads.iter().flat_map(|b| side(b).to_vec()).collect();
    used.sort_unstable();
    used
}

fn take(lines: &[&str], indices: &[usize]) -> String {
    indices.iter().filter_map(|&i| lines.get(i)).flat_map(|line| [line, "\n"]).collect()
}
