//! Records for `duiqi batch`, made of the texts in `data/`: an earnings call, a press release and an interview in turn, or only the
//! short ones, each with an id and a note that makes it unlike the others.
//!
//! ```sh
//! cargo run --release --example batch_records -- 300 > pairs.jsonl
//! cargo run --release --example batch_records -- 40000 short > short.jsonl
//! ```

use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write, stdout};
use std::path::Path;

use serde_json::json;

const CALL: (&str, &str) = ("earnings-call/en.md", "earnings-call/zh.md");
const RELEASE: (&str, &str) = ("press-release/en.md", "press-release/zh.md");
const INTERVIEW: (&str, &str) = ("interview/en.txt", "interview/zh.txt");

fn main() -> Result<(), Box<dyn Error>> {
    let count: usize = match std::env::args().nth(1) {
        Some(count) => count.parse().map_err(|e| format!("{count}: {e}; say how many records to make"))?,
        None => 3,
    };
    let pairs = match std::env::args().nth(2).as_deref() {
        None => [CALL, RELEASE, INTERVIEW],
        Some("short") => [RELEASE, INTERVIEW, INTERVIEW],
        Some(other) => return Err(format!("{other:?} is neither `short` nor nothing").into()),
    };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let read = |name: &str| fs::read_to_string(data.join(name)).map_err(|e| format!("data/{name}: {e}"));
    let texts: Vec<(String, String)> =
        pairs.iter().map(|(en, zh)| Ok((read(en)?, read(zh)?))).collect::<Result<_, String>>()?;
    let mut out = BufWriter::new(stdout().lock());
    for (id, (en, zh)) in texts.iter().cycle().take(count).enumerate() {
        let en = format!("{en}\nThis is record {id} of the collection.\n");
        let zh = format!("{zh}\n这是文集中的第{id}条记录。\n");
        writeln!(out, "{}", json!({ "id": id, "en": en, "zh": zh }))?;
    }
    out.flush()?;
    Ok(())
}
