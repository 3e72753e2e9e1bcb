//! What a command costs. The command runs as the only child of a small process of its own, because the system keeps one peak
//! for all children of a process together.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeVal;

/// First argument of the process between, followed by the file for standard output and the command.
const BETWEEN: &str = "--between";

/// What a run of a command took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Processor time of all its threads, in user and system mode.
    pub cpu: Duration,
    /// Most memory that it held at one time, in bytes. Not less than what the process between holds, some 3 MB.
    pub peak: u64,
    pub wall: Duration,
}

impl Cost {
    /// Of some runs: the least time, since noise only adds to it, and the greatest peak.
    fn join(self, other: Cost) -> Cost {
        Cost { cpu: self.cpu.min(other.cpu), peak: self.peak.max(other.peak), wall: self.wall.min(other.wall) }
    }
}

/// Does the work of the process between, if this is one, and says so.
pub fn is_between() -> bool {
    let mut args = std::env::args_os().skip(1);
    if args.next().as_deref() != Some(OsStr::new(BETWEEN)) {
        return false;
    }
    let (out, program) = (args.next().expect("file"), args.next().expect("program"));
    let out = std::fs::File::create(out).expect("file for standard output");
    let start = Instant::now();
    let status = Command::new(program).args(args).stdin(Stdio::null()).stdout(out).status().expect("command");
    let wall = start.elapsed();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("usage");
    println!("{} {} {} {}", status.success(), microseconds(&usage), usage.max_rss() * 1024, wall.as_micros());
    true
}

fn microseconds(usage: &Usage) -> i64 {
    let of = |time: TimeVal| time.tv_sec() * 1_000_000 + time.tv_usec();
    of(usage.user_time()) + of(usage.system_time())
}

/// Runs a command so many times; its standard output goes to `out`.
///
/// # Errors
/// What the command said when it failed.
pub fn run(times: usize, out: &Path, command: &[OsString]) -> Result<Cost, String> {
    let costs: Result<Vec<Cost>, String> = (0..times).map(|_| once(out, command)).collect();
    costs?.into_iter().reduce(Cost::join).ok_or_else(|| "no run".to_owned())
}

fn once(out: &Path, command: &[OsString]) -> Result<Cost, String> {
    let this = std::env::current_exe().map_err(|e| e.to_string())?;
    let output = Command::new(this).arg(BETWEEN).arg(out).args(command).output().map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let figures: Vec<&str> = said.split_ascii_whitespace().collect();
    let ["true", cpu, peak, wall] = figures[..] else {
        let error = String::from_utf8_lossy(&output.stderr);
        return Err(format!("failed: {}", error.lines().last().unwrap_or(&said)));
    };
    let number = |text: &str| text.parse::<u64>().map_err(|e| e.to_string());
    Ok(Cost {
        cpu: Duration::from_micros(number(cpu)?),
        peak: number(peak)?,
        wall: Duration::from_micros(number(wall)?),
    })
}
