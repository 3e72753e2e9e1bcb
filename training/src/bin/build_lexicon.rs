//! Compiles `data/lexicon/lexicon.bin` from the word lists that `build_lexicon.py` and `related_words.py` in
//! `training/lexicon/` write.
//!
//! `cargo run --release -p duiqi-training --bin build_lexicon -- DIR [data/lexicon/lexicon.bin]`

use std::path::Path;
use std::process::ExitCode;

use duiqi::train::lexicon::{Entry, Lexicon, Related, compile};
use duiqi_training::{AnyError, cli};

/// The path of the lexicon.
const OUT: &str = "data/lexicon/lexicon.bin";

fn main() -> ExitCode {
    let mut args = cli::arguments();
    let options = args.next().map(|dir| (dir, args.next().unwrap_or_else(|| OUT.to_owned())));
    let usage = "build_lexicon DIR [OUT], DIR as written by training/lexicon/build_lexicon.py and related_words.py";
    cli::main(usage, options, |(dir, out)| build(Path::new(dir), out))
}

fn build(dir: &Path, out: &str) -> Result<(), AnyError> {
    let read =
        |name: &str| std::fs::read_to_string(dir.join(name)).map_err(|e| format!("{}: {e}", dir.join(name).display()));
    let cedict = read("cedict.tsv")?;
    let entries: Vec<Entry<'_>> = cedict
        .lines()
        .filter_map(|line| {
            let mut cells = line.splitn(3, '\t');
            Some(Entry { word: cells.next()?, pinyin: cells.next()?, glosses: cells.next()?.split('/').collect() })
        })
        .collect();
    let frequencies = |text: String| -> Vec<(String, f64)> {
        text.lines()
            .filter_map(|line| {
                let (word, p) = line.split_once('\t')?;
                Some((word.to_owned(), p.parse().ok()?))
            })
            .collect()
    };
    let related = read("related.tsv")?;
    let related: Vec<Related<'_>> = related
        .lines()
        .filter_map(|line| {
            let mut cells = line.splitn(3, '\t');
            Some(Related { word: cells.next()?, english: cells.next()?, strength: cells.next()?.parse().ok()? })
        })
        .collect();
    let bytes = compile(&entries, frequencies(read("en.tsv")?), frequencies(read("zh.tsv")?), &related)?;
    std::fs::write(out, &bytes)?;
    println!("{out}: {} bytes", bytes.len());
    let lexicon = Lexicon::from_bytes(bytes)?;
    println!(
        "{} Chinese words, {} English stems, {} pairs, {} syllables",
        lexicon.word_count(),
        lexicon.stem_count(),
        lexicon.pair_count(),
        lexicon.syllables().len()
    );
    Ok(())
}
