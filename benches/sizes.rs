//! Whole runs of the command over sizes: processor time, peak memory, and F1 against gold. `benches/README.md` says how to run
//! it and keeps the records.
// A benchmark fails like a test.
#![allow(clippy::unwrap_used)]

#[cfg(unix)]
mod corpus;
#[cfg(unix)]
mod whole;

#[cfg(unix)]
fn main() {
    unix::main();
}

#[cfg(not(unix))]
fn main() {
    println!("skipped: processor time and memory of a command are read on Unix only");
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsString;
    use std::fs;
    use std::path::{Path, PathBuf};

    use clap::Parser;
    use duiqi::Source;
    use duiqi::train::{evaluate::parse_beads, lexicon::Lexicon};

    use crate::corpus::{Corpus, Maker};
    use crate::whole::measure::{Cost, is_between, run};
    use crate::whole::peers::Peer;

    /// Chinese lines to an English one in the corpora that are made.
    const ZH_BY_EN: f64 = 1.4;
    /// Of the corpora.
    const SEED: u64 = 1;
    /// Least F1 that counts as aligned: a run that does less is no run to time.
    const MIN_F1: f64 = 0.8;
    /// What is aimed at: seconds for the call, start-up included; growth of the time per sentence from the first size to the last;
    /// seconds and megabytes of the last size.
    const AIMS: (f64, f64, f64, f64) = (0.15, 1.3, 2.0, 200.0);

    /// Whole runs over sizes.
    #[derive(Parser)]
    struct Arguments {
        /// English lines of the corpora made from the texts of the project
        #[arg(long, value_delimiter = ',', default_value = "500,5000,15000,30000")]
        sizes: Vec<usize>,
        /// A set 001.en, 001.zh, 001.gold to run on as well; without it, eval/bible in the folder of shared texts, if it exists
        #[arg(long)]
        set: Option<PathBuf>,
        /// How often the set stands in its corpora
        #[arg(long, value_delimiter = ',', default_value = "1,3,6")]
        copies: Vec<usize>,
        /// Runs of each, of which the least time and the greatest peak are shown
        #[arg(long, default_value_t = 3)]
        runs: usize,
        /// Runs other aligners as well, on corpora of up to so many English lines
        #[arg(long, value_name = "LINES", default_value_t = 0)]
        peers: usize,
        /// Measures this command instead of the one built with the benches
        #[arg(long)]
        duiqi: Option<PathBuf>,
        /// Writes the corpora to this folder and runs nothing
        #[arg(long)]
        write: Option<PathBuf>,
        /// What cargo passes
        #[arg(long, hide = true)]
        bench: bool,
    }

    struct Session {
        duiqi: PathBuf,
        runs: usize,
        peers: usize,
        folder: tempfile::TempDir,
        lexicon: std::sync::Arc<Lexicon>,
        /// Seconds that two lines take.
        start_up: f64,
    }

    pub(crate) fn main() {
        if is_between() {
            return;
        }
        let arguments = Arguments::parse();
        let lexicon = Lexicon::builtin().unwrap();
        let set = arguments.set.clone().or_else(shared_set);
        if let Some(folder) = &arguments.write {
            return write(&arguments, &lexicon, set.as_deref(), folder);
        }
        let mut session = Session {
            duiqi: arguments.duiqi.clone().unwrap_or_else(|| env!("CARGO_BIN_EXE_duiqi").into()),
            runs: arguments.runs,
            peers: arguments.peers,
            folder: tempfile::tempdir().unwrap(),
            lexicon,
            start_up: 0.0,
        };
        session.start();
        let maker = Maker::of_project(&session.lexicon);
        session.family("made", arguments.sizes.iter().map(|&size| maker.mix(size, ZH_BY_EN, SEED)), true);
        match set {
            Some(folder) => {
                let maker = Maker::of_set(&session.lexicon, &folder);
                let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
                session.family(&name, arguments.copies.iter().map(|&copies| maker.copies(copies, SEED)), false);
            }
            None => println!("\nskipped: there is no set of verses; --set names one"),
        }
    }

    /// The texts to look at the method with may lie beside the crate; `DUIQI_SHARED` names another place.
    fn shared_set() -> Option<PathBuf> {
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
        let set = std::env::var_os("DUIQI_SHARED").map_or_else(beside, PathBuf::from).join("eval/bible");
        set.exists().then_some(set)
    }

    fn write(arguments: &Arguments, lexicon: &Lexicon, set: Option<&Path>, folder: &Path) {
        let save = |name: String, corpus: &Corpus| {
            let folder = folder.join(name);
            fs::create_dir_all(&folder).unwrap();
            let [en, zh] = corpus.files();
            let gold: String = corpus.gold.iter().map(|b| format!("{:?}:{:?}\n", b.first(), b.second())).collect();
            for (name, text) in [("001.en", en), ("001.zh", zh), ("001.gold", gold)] {
                fs::write(folder.join(name), text).unwrap();
            }
            println!("{}: {} and {} lines", folder.display(), corpus.en.len(), corpus.zh.len());
        };
        let maker = Maker::of_project(lexicon);
        for &size in &arguments.sizes {
            save(format!("made-{size}"), &maker.mix(size, ZH_BY_EN, SEED));
        }
        if let Some(set) = set {
            let maker = Maker::of_set(lexicon, set);
            for &copies in &arguments.copies {
                save(format!("set-{copies}"), &maker.copies(copies, SEED));
            }
        }
    }

    impl Session {
        fn duiqi(&self, arguments: &[&str]) -> Cost {
            let command: Vec<OsString> =
                std::iter::once(self.duiqi.clone().into()).chain(arguments.iter().map(Into::into)).collect();
            // Small runs are over at once, and noise is a greater part of them.
            run(2 * self.runs + 1, &self.folder.path().join("out"), &command).unwrap()
        }

        fn path(&self, name: &str) -> String {
            self.folder.path().join(name).to_string_lossy().into_owned()
        }

        /// What a run costs before it has done anything, and the call.
        fn start(&mut self) {
            println!("| run | CPU s | wall s | peak MB | |\n| --- | ---: | ---: | ---: | --- |");
            let show = |what: &str, cost: Cost, remark: &str| {
                let (cpu, wall) = (cost.cpu.as_secs_f64(), cost.wall.as_secs_f64());
                println!("| {what} | {cpu:.3} | {wall:.3} | {:.0} | {remark} |", megabytes(cost));
            };
            show("`duiqi --version`", self.duiqi(&["--version"]), "");
            let (en, zh) = (self.path("two.en"), self.path("two.zh"));
            fs::write(&en, "The ferry leaves at nine.\nBring a coat.\n").unwrap();
            fs::write(&zh, "渡轮九点开。\n带一件外套。\n").unwrap();
            let two = self.duiqi(&["align", "--lines", "-f", "indices", &en, &zh]);
            assert_eq!(fs::read_to_string(self.path("out")).unwrap(), "[0]:[0]\n[1]:[1]\n");
            show("`duiqi align`, two lines each", two, "start-up");
            self.start_up = two.cpu.as_secs_f64();
            let call = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/earnings-call");
            let side = |name: &str| call.join(name).to_string_lossy().into_owned();
            let cost = self.duiqi(&["align", "-f", "indices", &side("en.md"), &side("zh.md")]);
            let beads = fs::read_to_string(self.path("out")).unwrap().lines().count();
            assert!(beads > 250, "{beads} beads");
            let aim = verdict(cost.cpu.as_secs_f64(), AIMS.0, "s");
            show("`duiqi align`, the call, 382 and 370 sentences", cost, &aim);
        }

        /// A text in several sizes; `aims`: the last of them is what the aims are about.
        fn family(&self, name: &str, corpora: impl Iterator<Item = Corpus>, aims: bool) {
            println!(
                "\n| {name} | aligner | CPU s | peak MB | µs a sentence | F1 |\n| --- | --- | ---: | ---: | ---: | ---: |"
            );
            let mut by_sentence = Vec::new();
            let mut last = None;
            for corpus in corpora {
                for (file, text) in ["corpus.en", "corpus.zh"].iter().zip(corpus.files()) {
                    fs::write(self.path(file), text).unwrap();
                }
                let duiqi: Vec<OsString> = [&self.duiqi.to_string_lossy(), "align", "--lines", "-f", "indices"]
                    .map(Into::into)
                    .into_iter()
                    .chain([self.path("corpus.en").into(), self.path("corpus.zh").into()])
                    .collect();
                let (cost, f1) = self.scored(self.runs, &duiqi, &corpus).unwrap();
                assert!(f1 > MIN_F1, "F1 {f1}");
                by_sentence.push(show(&corpus, "duiqi", cost, f1, self.start_up));
                last = Some(cost);
                if corpus.en.len() <= self.peers {
                    for peer in Peer::ALL {
                        self.peer(peer, &corpus);
                    }
                }
            }
            if let (Some(first), Some(grown)) = (by_sentence.first(), by_sentence.last()) {
                println!("\ntime per sentence, last by first: {}", verdict(grown / first, AIMS.1, "times"));
            }
            if let Some(cost) = last.filter(|_| aims) {
                let (cpu, peak) = (cost.cpu.as_secs_f64(), megabytes(cost));
                println!("last size: {}, {}", verdict(cpu, AIMS.2, "s"), verdict(peak, AIMS.3, "MB"));
            }
        }

        fn peer(&self, peer: Peer, corpus: &Corpus) {
            let mut command = match peer.find() {
                Ok(command) => command,
                Err(missing) => return println!("| | {} | skipped: {missing} | | | |", peer.name()),
            };
            command.extend(peer.files(&self.lexicon, self.folder.path(), [&corpus.en, &corpus.zh]));
            match self.scored(1, &command, corpus) {
                Ok((cost, f1)) => {
                    show(corpus, peer.name(), cost, f1, 0.0);
                }
                Err(error) => println!("| | {} | {error} | | | |", peer.name()),
            }
        }

        /// Runs a command that prints beads or a ladder.
        fn scored(&self, runs: usize, command: &[OsString], corpus: &Corpus) -> Result<(Cost, f64), String> {
            let out = self.folder.path().join("out");
            let cost = run(runs, &out, command)?;
            let source = Source::from_bytes("beads", &fs::read(&out).map_err(|e| e.to_string())?);
            let beads = source.and_then(|s| parse_beads(&s)).map_err(|e| e.to_string())?;
            Ok((cost, corpus.score(&beads).f1()))
        }
    }

    fn megabytes(cost: Cost) -> f64 {
        cost.peak as f64 / 1e6
    }

    fn verdict(value: f64, aim: f64, unit: &str) -> String {
        let reached = if value <= aim { "reached" } else { "missed" };
        format!("{value:.2} {unit} (aim {aim}: {reached})")
    }

    /// Prints a row; microseconds a sentence of both sides, less what starting takes.
    fn show(corpus: &Corpus, aligner: &str, cost: Cost, f1: f64, start_up: f64) -> f64 {
        let (en, zh) = (corpus.en.len(), corpus.zh.len());
        let cpu = cost.cpu.as_secs_f64();
        let by_sentence = (cpu - start_up).max(0.0) * 1e6 / (en + zh) as f64;
        println!("| {en} × {zh} | {aligner} | {cpu:.2} | {:.0} | {by_sentence:.1} | {f1:.3} |", megabytes(cost));
        by_sentence
    }
}
