//! What goes wrong around the command: disks, pipes, files that cannot be read or written, and signals. Whatever it is, there is
//! one clear line, the right status, and no half file.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(all(feature = "cli", unix))]

mod place;

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use place::{EN, Place, ZH, text};

/// A file that is written to as to a full disk.
const FULL: &str = "/dev/full";

/// Every way to a result, on the files of [`place`]. The last argument is an input.
fn commands() -> Vec<Vec<&'static str>> {
    vec![
        vec!["align", "en.txt", "zh.txt"],
        vec!["align", "-f", "html", "en.txt", "zh.txt"],
        vec!["align", "both.txt"],
        vec!["check", "en.txt", "zh.txt"],
        vec!["check", "-f", "html", "en.txt", "zh.txt"],
        vec!["segment", "en.txt"],
        vec!["anchors", "en.txt"],
        vec!["values", "en.txt"],
        vec!["batch", "pairs.jsonl"],
    ]
}

impl Place {
    /// With `pairs.jsonl`, too.
    fn with_pairs(count: usize) -> Place {
        let place = Place::new();
        let pair = |i| format!("{}\n", serde_json::json!({"id": i, "en": EN, "zh": ZH}));
        place.put("pairs.jsonl", (0..count).map(pair).collect::<String>());
        place
    }

    /// The names of all files, sorted.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn with<'a>(command: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [command, more].concat()
}

#[test]
fn a_full_disk_is_said() {
    if !Path::new(FULL).exists() {
        eprintln!("skipped: there is no {FULL}");
        return;
    }
    let place = Place::with_pairs(3);
    for command in commands() {
        let said = place.bad(&with(&command, &["-q", "-o", FULL]));
        assert!(said.contains("/dev/full: the disk is full"), "{command:?}: {said}");
        let full = fs::OpenOptions::new().write(true).open(FULL).unwrap();
        let output = place.command(&with(&command, &["-q"])).stdout(full).output().unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command:?}: {said}");
        assert!(said.contains("standard output: the disk is full"), "{command:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    for others in [&["score", "both.idx", "both.idx"][..], &["completions", "bash"], &["man", "batch"]] {
        place.put("both.idx", "[0]:[0]\n");
        let full = fs::OpenOptions::new().write(true).open(FULL).unwrap();
        let output = place.command(others).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{others:?}");
        assert!(text(&output.stderr).contains("the disk is full"), "{others:?}");
    }
}

/// A disk that is full in the middle of a file: one of some kB, where the system lets us make one.
#[test]
fn a_disk_that_fills_up_leaves_no_half_file() {
    let place = Place::with_pairs(400);
    fs::create_dir(place.path("disk")).unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "duiqi"]).arg(place.path("disk")).output();
    if !mount.is_ok_and(|m| m.status.success()) {
        eprintln!("skipped: no small disk can be mounted here");
        return;
    }
    let unmount = Unmount(place.path("disk"));
    place.put("en.txt", EN.repeat(400));
    place.put("zh.txt", ZH.repeat(400));
    for command in [&["align", "-f", "jsonl", "en.txt", "zh.txt"][..], &["segment", "en.txt"]] {
        let said = place.bad(&with(command, &["-o", "disk/out.jsonl"]));
        assert!(said.contains("disk/out.jsonl: the disk is full; free some space"), "{said}");
        assert_eq!(fs::read_dir(place.path("disk")).unwrap().count(), 0, "{command:?}");
    }
    // What a batch has done stays, and is enough to go on from.
    let said = place.bad(&["batch", "pairs.jsonl", "-o", "disk/out.jsonl"]);
    assert!(said.contains("disk/out.jsonl.part: the disk is full"), "{said}");
    assert!(said.contains("has what is done; --resume continues it"), "{said}");
    fs::copy(place.path("disk/out.jsonl.part"), place.path("out.jsonl.part")).unwrap();
    place.good(&["batch", "-q", "pairs.jsonl", "-o", "out.jsonl", "--resume"]);
    let whole = place.good(&["batch", "-q", "pairs.jsonl"]);
    assert_eq!(fs::read_to_string(place.path("out.jsonl")).unwrap(), whole);
    drop(unmount);
}

struct Unmount(std::path::PathBuf);

impl Drop for Unmount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_closed_pipe_ends_quietly_everywhere() {
    let place = Place::with_pairs(300);
    // More than a pipe holds.
    place.put("en.txt", EN.repeat(600));
    place.put("zh.txt", ZH.repeat(600));
    place.put("both.txt", format!("{}\n{}", EN.repeat(300), ZH.repeat(300)));
    for command in commands() {
        let mut child =
            place.command(&with(&command, &["-q"])).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{command:?}");
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let place = Place::with_pairs(1);
    let names = place.names();
    for command in commands() {
        let (_, before) = command.split_last().unwrap();
        for (file, says) in
            [("none", "there is no such file"), (".", "this is a folder"), ("/proc/self/mem", "os error")]
        {
            if file.starts_with("/proc") && !Path::new(file).exists() {
                eprintln!("skipped: there is no {file}");
                continue;
            }
            let said = place.bad(&with(before, &[file, "-o", "out"]));
            assert!(said.starts_with(&format!("duiqi: {file}")) && said.contains(says), "{command:?} {file}: {said}");
            assert_eq!(said.lines().count(), 1, "{said}");
        }
    }
    assert_eq!(place.names(), names, "nothing is left");
}

/// Somebody who may do less than root.
fn nobody(command: &mut Command) -> &mut Command {
    const NOBODY: u32 = 65534;
    if fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0) {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

#[test]
fn what_is_forbidden_is_said() {
    let place = Place::with_pairs(1);
    let mode = |name: &str, mode: u32| fs::set_permissions(place.path(name), PermissionsExt::from_mode(mode)).unwrap();
    mode(".", 0o755);
    if nobody(&mut place.command(&["--version"])).output().is_err() {
        eprintln!("skipped: the command cannot be run as somebody else");
        return;
    }
    let run = |arguments: &[&str]| {
        let output = nobody(&mut place.command(arguments)).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stderr)
    };
    place.put("secret", ZH);
    place.put("open/old", "old");
    mode("secret", 0);
    mode("open/old", 0o666);
    mode("open", 0o555);
    for command in commands() {
        let (_, before) = command.split_last().unwrap();
        let said = run(&with(before, &["secret"]));
        assert!(said.contains("secret: permission denied; check who may read"), "{command:?}: {said}");
        for target in ["open/new", "open/old"] {
            let said = run(&with(&command, &["-q", "-o", target]));
            assert!(said.contains("permission denied to make a file in this folder"), "{command:?}: {said}");
        }
    }
    assert_eq!(fs::read_to_string(place.path("open/old")).unwrap(), "old");
    assert_eq!(fs::read_dir(place.path("open")).unwrap().count(), 1);
    mode("open", 0o755);
}

#[test]
fn an_input_is_never_written_over() {
    let place = Place::with_pairs(1);
    place.put("terms.tsv", "shop\t商店\n");
    symlink("en.txt", place.path("link.txt")).unwrap();
    fs::hard_link(place.path("en.txt"), place.path("hard.txt")).unwrap();
    fs::create_dir(place.path("sub")).unwrap();
    let before = place.names();
    for command in commands() {
        let input = *command.last().unwrap();
        let around = format!("sub/../{input}");
        for target in [input, &around] {
            let said = place.bad(&with(&command, &["-o", target]));
            assert!(said.contains(&format!("this is {input}, which is read")), "{command:?}: {said}");
        }
    }
    for target in ["link.txt", "hard.txt", "zh.txt", "terms.tsv"] {
        let said = place.bad(&["align", "-f", "tsv", "--glossary", "terms.tsv", "en.txt", "zh.txt", "-o", target]);
        assert!(said.contains("which is read; give another file"), "{target}: {said}");
    }
    // Moses writes two files, and what is left out goes into a third.
    for (from, to) in [("en.txt", "corpus.en"), ("zh.txt", "corpus.zh"), ("zh.txt", "corpus.unpaired.jsonl")] {
        fs::copy(place.path(from), place.path(to)).unwrap();
    }
    place.bad(&["align", "-f", "moses", "-o", "corpus", "corpus.en", "zh.txt"]);
    place.bad(&["align", "-f", "moses", "-o", "corpus", "en.txt", "corpus.zh"]);
    place.bad(&["align", "-o", "corpus.tmx", "en.txt", "corpus.unpaired.jsonl"]);
    for (name, text) in [("en.txt", EN), ("zh.txt", ZH), ("corpus.en", EN), ("corpus.unpaired.jsonl", ZH)] {
        assert_eq!(fs::read_to_string(place.path(name)).unwrap(), text, "{name}");
    }
    assert_eq!(place.names().len(), before.len() + 3);
}

#[test]
fn links_stay_links_and_streams_are_written_to() {
    let place = Place::with_pairs(2);
    for command in [&["align", "-f", "tsv", "en.txt", "zh.txt"][..], &["batch", "-q", "pairs.jsonl"]] {
        let expected = place.good(command);
        place.put("real", "old");
        let _ = fs::remove_file(place.path("link"));
        symlink("real", place.path("link")).unwrap();
        place.good(&with(command, &["-o", "link"]));
        assert!(place.path("link").is_symlink());
        assert_eq!(fs::read_to_string(place.path("real")).unwrap(), expected);
        fs::remove_file(place.path("real")).unwrap();
        let said = place.bad(&with(command, &["-o", "link"]));
        assert!(said.contains("link: this is a link to a file that is not there"), "{said}");
        for name in
            ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().filter(|n| **n == "-" || Path::new(n).exists())
        {
            assert_eq!(place.good(&with(command, &["-o", name])), expected, "{name}");
            // Into a file that has something in it already, as in `(echo a; duiqi … -o /dev/stdout) > all`.
            place.put("all", "a\n");
            let all = fs::OpenOptions::new().append(true).open(place.path("all")).unwrap();
            assert!(place.command(&with(command, &["-o", name])).stdout(all).status().unwrap().success());
            assert_eq!(fs::read_to_string(place.path("all")).unwrap(), format!("a\n{expected}"), "{name}");
        }
        assert!(place.bad(&with(command, &["-o", "none/out"])).contains("there is no such folder"));
        assert!(place.bad(&with(command, &["-o", "."])).contains("this is a folder"));
    }
    assert!(place.names().iter().all(|name| !name.starts_with(".duiqi-") && !name.ends_with(".part")));
}

const SIGINT: i32 = 2;
const SIGTERM: i32 = 15;

/// Waits until something is so; a test that waits in vain has failed.
fn until(what: &str, mut so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < Duration::from_secs(60), "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn send(signal: i32, child: &Child) {
    let kill = Command::new("kill").arg(format!("-{signal}")).arg(child.id().to_string()).status();
    assert!(kill.unwrap().success());
}

/// Signals that end a process. What started the tests may have SIGINT ignored, as a shell does in the background, and so do their
/// children then.
fn heard() -> Vec<i32> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    let ignored = mask.is_some_and(|mask| mask & (1 << (SIGINT - 1)) != 0);
    if ignored {
        eprintln!("skipped: SIGINT is ignored here");
        return vec![SIGTERM];
    }
    vec![SIGINT, SIGTERM]
}

/// The status that a shell sees.
fn shell_status(status: std::process::ExitStatus) -> Option<i32> {
    status.code().or(status.signal().map(|s| 128 + s))
}

#[test]
fn a_signal_leaves_nothing_half_done() {
    let place = Place::with_pairs(1);
    let pipe = place.path("pipe");
    if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|s| s.success()) {
        eprintln!("skipped: no pipe can be made");
        return;
    }
    place.put("out.tsv", "old");
    let names = place.names();
    for signal in heard() {
        // It waits for its second text.
        let mut child = place.command(&["align", "-o", "out.tsv", "en.txt", "pipe"]).spawn().unwrap();
        let writer = fs::OpenOptions::new().write(true).open(&pipe).unwrap();
        send(signal, &child);
        assert_eq!(shell_status(child.wait().unwrap()), Some(128 + signal));
        drop(writer);
        assert_eq!(fs::read_to_string(place.path("out.tsv")).unwrap(), "old");
        assert_eq!(place.names(), names);
    }
}

/// In the middle of writing: texts whose report takes long enough to be caught at it, if the machine lets us.
#[test]
fn a_signal_while_a_file_is_written_removes_it() {
    let place = Place::new();
    place.put("en.txt", EN.repeat(1500));
    place.put("zh.txt", ZH.repeat(1500));
    let temporary = |place: &Place| place.names().iter().any(|name| name.starts_with(".duiqi-"));
    let mut caught = 0;
    for _ in 0..3 {
        let mut child =
            place.command(&["align", "-q", "-o", "report.html", "--lines", "en.txt", "zh.txt"]).spawn().unwrap();
        until("a temporary file, or the end", || temporary(&place) || child.try_wait().unwrap().is_some());
        send(SIGTERM, &child);
        let status = shell_status(child.wait().unwrap());
        assert!(!temporary(&place), "left behind: {:?}", place.names());
        if status == Some(143) {
            caught += 1;
            assert!(!place.path("report.html").exists());
        } else {
            assert_eq!(status, Some(0));
            fs::remove_file(place.path("report.html")).unwrap();
        }
    }
    assert!(caught > 0, "no run was caught while it wrote");
}

#[test]
fn an_interrupted_batch_keeps_what_is_complete() {
    let place = Place::with_pairs(40);
    let whole = place.good(&["batch", "-q", "pairs.jsonl"]);
    let pairs = fs::read_to_string(place.path("pairs.jsonl")).unwrap();
    let (some, rest) = pairs.split_at(pairs.match_indices('\n').nth(19).unwrap().0 + 1);
    for signal in heard() {
        let mut command = place.command(&["batch", "-o", "out.jsonl"]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(some.as_bytes()).unwrap();
        let part = place.path("out.jsonl.part");
        let lines = || fs::read_to_string(&part).unwrap_or_default().lines().count();
        until("20 answers", || lines() == 20);
        // Half a record, and no more: nothing waits for it.
        input.write_all(&rest.as_bytes()[..30]).unwrap();
        send(signal, &child);
        let output = child.wait_with_output().unwrap();
        assert_eq!(shell_status(output.status), Some(128 + signal));
        let said = text(&output.stderr);
        assert!(
            said.contains("20 records, 0 failed")
                && said.contains("out.jsonl.part has what is done; --resume continues it"),
            "{said}"
        );
        assert!(!place.path("out.jsonl").exists());
        assert_eq!(lines(), 20);
        place.good(&["batch", "-q", "pairs.jsonl", "-o", "out.jsonl", "--resume"]);
        assert_eq!(fs::read_to_string(place.path("out.jsonl")).unwrap(), whole);
        fs::remove_file(place.path("out.jsonl")).unwrap();
        // One that has done nothing leaves nothing.
        let mut command = place.command(&["batch", "-o", "out.jsonl"]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(b"{").unwrap();
        until("its file", || part.exists());
        send(signal, &child);
        assert_eq!(shell_status(child.wait().unwrap()), Some(128 + signal));
        assert!(!part.exists() && !place.path("out.jsonl").exists());
    }
}

/// Killed without warning, again and again, until it is done.
#[test]
fn a_batch_that_is_killed_again_and_again_comes_to_its_end() {
    for name in ["out.jsonl", "out.jsonl.zst"] {
        let place = Place::with_pairs(3000);
        let arguments = ["batch", "-q", "pairs.jsonl", "--resume", "-o", name];
        let mut kills = 0;
        for round in 0.. {
            let mut child = place.command(&arguments).spawn().unwrap();
            // Each time it gets a little further.
            std::thread::sleep(Duration::from_millis(60 + 60 * round));
            let _ = child.kill();
            let status = child.wait().unwrap();
            if status.success() {
                break;
            }
            assert_eq!(status.signal(), Some(9));
            kills += 1;
        }
        assert!(kills > 0, "never killed in time");
        let expected = place.good(&["batch", "-q", "pairs.jsonl"]);
        let bytes = fs::read(place.path(name)).unwrap();
        let out = if name.ends_with("zst") { zstd::decode_all(&bytes[..]).unwrap() } else { bytes };
        assert!(text(&out) == expected, "{name} after {kills} kills");
    }
}

/// `nohup` asks for SIGHUP to be ignored, a shell for SIGINT in the background; that is not undone.
#[test]
fn what_whoever_started_us_ignores_stays_ignored() {
    if !Path::new("/proc/self/status").exists() {
        eprintln!("skipped: this system does not tell which signals are ignored");
        return;
    }
    let place = Place::with_pairs(1);
    let script = format!("trap '' HUP INT; exec {} batch -q", env!("CARGO_BIN_EXE_duiqi"));
    let mut child = Command::new("sh")
        .args(["-c", &script])
        .current_dir(place.folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let pairs = fs::read_to_string(place.path("pairs.jsonl")).unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(pairs.as_bytes()).unwrap();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut output, &mut line).unwrap();
    for signal in [1, SIGINT] {
        send(signal, &child);
    }
    input.write_all(pairs.as_bytes()).unwrap();
    drop(input);
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert_eq!(rest.lines().count(), 1);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
