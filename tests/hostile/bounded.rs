//! Runs of the command within bounds.

use std::fs::{self, File};
use std::process::{Command, Stdio};

use crate::place::{Outcome, Place, text};

/// What a run may take: seconds of processor time, and megabytes of address space.
#[derive(Clone, Copy)]
pub struct Bounds {
    pub seconds: u64,
    pub megabytes: u64,
}

/// For what is refused, or small.
pub const QUICK: Bounds = Bounds { seconds: 20, megabytes: 1024 };
/// For the largest file that is read.
pub const LARGE: Bounds = Bounds { seconds: 240, megabytes: 8 * 1024 };
/// For 400 KB of anything.
pub const PIECE: Bounds = Bounds { seconds: 10, megabytes: 1024 };
/// For what is read or aligned.
pub const LONG: Bounds = Bounds { seconds: 240, megabytes: 6 * 1024 };

impl Place {
    /// Runs the command within bounds, and prints what it took.
    pub fn run_within(&self, bounds: Bounds, arguments: &[&str]) -> Outcome {
        self.run_within_on(bounds, arguments, Stdio::null())
    }

    pub fn run_within_on(&self, bounds: Bounds, arguments: &[&str], stdin: Stdio) -> Outcome {
        let program = std::env::var("DUIQI_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_duiqi").to_owned());
        // The shell tells the time of its child; its memory is looked at while it runs.
        let script = r#"ulimit -t "$1"; ulimit -v "$2"; shift 2; "$@"; status=$?; times >times; exit $status"#;
        let (seconds, kilobytes) = (bounds.seconds.to_string(), (bounds.megabytes * 1024).to_string());
        let out = self.path("stdout");
        let mut child = Command::new("bash")
            .args(["-c", script, "bash", &seconds, &kilobytes, &program])
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(stdin)
            .stdout(File::create(&out).unwrap())
            .stderr(File::create(self.path("stderr")).unwrap())
            .spawn()
            .unwrap();
        let mut most = 0;
        let status = loop {
            most = most.max(resident(child.id()));
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        };
        let [times, out, err] = ["times", "stdout", "stderr"].map(|name| text(&fs::read(self.path(name)).unwrap()));
        println!(
            "{:<50} {:>5} {:>9} {:>6} MB  {} bytes{}",
            arguments.join(" "),
            status.code().map_or("-".to_owned(), |c| c.to_string()),
            times.lines().nth(1).and_then(|l| l.split_whitespace().next()).unwrap_or("?"),
            most / 1024,
            out.len(),
            err.lines().next().map(|l| format!("  {l:.160}")).unwrap_or_default()
        );
        Outcome { status: status.code(), out, err }
    }

    /// A run that is refused with status 2 and one line that says all of `says`.
    pub fn refused(&self, bounds: Bounds, arguments: &[&str], says: &[&str]) {
        let Outcome { status, out, err } = self.run_within(bounds, arguments);
        check_refused(arguments, status, &out, &err, says);
    }

    /// The output of a run that succeeds; notes on standard error are allowed.
    pub fn done(&self, bounds: Bounds, arguments: &[&str]) -> String {
        let Outcome { status, out, err } = self.run_within(bounds, arguments);
        assert_eq!(status, Some(0), "{arguments:?}: {err}");
        out
    }
}

pub fn check_refused(arguments: &[&str], status: Option<i32>, out: &str, err: &str, says: &[&str]) {
    assert_eq!((status, out), (Some(2), ""), "{arguments:?}: {err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(says.iter().all(|s| err.contains(s)), "{says:?} in {err}");
}

/// Kilobytes that the child of a process has had in memory at most.
fn resident(shell: u32) -> u64 {
    let children = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap_or_default();
    let Some(child) = children.split_whitespace().next() else { return 0 };
    let status = fs::read_to_string(format!("/proc/{child}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// `n`, or a tenth of it in a build without optimisation, which takes five to ten times as long.
pub fn scaled(n: usize) -> usize {
    if cfg!(debug_assertions) && std::env::var_os("DUIQI_BIN").is_none() { n / 10 } else { n }
}

/// Segments on both sides of beads written as indices.
pub fn counted(beads: &str) -> (usize, usize) {
    let count = |list: &str| list.split(',').filter(|i| i.contains(char::is_numeric)).count();
    let sides = beads.lines().map(|l| l.split_once(':').unwrap());
    sides.fold((0, 0), |(a, b), (first, second)| (a + count(first), b + count(second)))
}

const INDICES: [&str; 4] = ["align", "--langs=en,zh", "-f", "indices"];

pub fn indices<'a>(more: &[&'a str]) -> Vec<&'a str> {
    INDICES.iter().copied().chain(more.iter().copied()).collect()
}
