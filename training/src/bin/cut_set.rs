//! Cuts a set of texts with gold into parts, to measure what texts that belong together teach each other.
//!
//! `cargo run --release -p duiqi-training --bin cut_set -- SET_DIR OUT_DIR BEADS`
//!
//! The set must be a set of lines ([`duiqi_training::gold`]). Each part has BEADS gold beads; the last part has the
//! rest.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use duiqi::Lang;
use duiqi::train::evaluate::IndexBead;
use duiqi_training::{AnyError, cli, gold};

fn main() -> ExitCode {
    let arguments: Vec<String> = cli::arguments().collect();
    let options = <[String; 3]>::try_from(arguments).ok();
    cli::main("cut_set SET_DIR OUT_DIR BEADS", options, |[set, out, beads]| {
        println!("{} parts in {out}", cut_set(set, Path::new(out), beads.parse()?)?);
        Ok(())
    })
}

fn cut_set(set: &str, out: &Path, beads: usize) -> Result<usize, AnyError> {
    if beads == 0 {
        return Err("a part must have one bead at least".into());
    }
    fs::create_dir_all(out)?;
    let mut parts = 0;
    for (_, text) in gold::read_lines(set)? {
        for group in text.beads.chunks(beads) {
            parts += 1;
            let name = |ending: &str| out.join(format!("{parts:03}.{ending}"));
            let used = [of(group, IndexBead::first), of(group, IndexBead::second)];
            for (side, lang) in [Lang::En, Lang::Zh].into_iter().enumerate() {
                fs::write(name(lang.code()), take(text.side(lang), &used[side]))?;
                if let Some(verses) = &text.verses {
                    fs::write(name(&format!("{}.verse", lang.code())), take(&verses[side], &used[side]))?;
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

/// The segments of one side that the beads use, ascending.
fn of(beads: &[IndexBead], side: impl Fn(&IndexBead) -> &[usize]) -> Vec<usize> {
    let mut used: Vec<usize> = beads.iter().flat_map(|b| side(b).to_vec()).collect();
    used.sort_unstable();
    used
}

fn take(lines: &[String], indices: &[usize]) -> String {
    indices.iter().filter_map(|&i| lines.get(i)).flat_map(|line| [line, "\n"]).collect()
}
