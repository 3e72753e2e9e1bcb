//! Our files in the hands of others, and theirs in ours, by `tests/outside/check_xml.py`. What is not installed is skipped, and said.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use duiqi::train::evaluate::texts_of;
use duiqi::{Alignment, Bitext, Lang};

use super::{FORMS, SAMPLES, cases, root, source};

/// What the script says; `None` where a tool is absent.
fn script(arguments: &[&str], input: &str) -> Option<String> {
    // Another Python than the usual one may have the packages.
    let python = std::env::var("DUIQI_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut command = Command::new(&python);
    command.arg(root().join("tests/outside/check_xml.py")).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        println!("skipped: no {python}");
        return None;
    };
    // A script that has no use for its input has closed it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let (said, errors) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr).into_owned());
    assert!(output.status.success(), "{arguments:?}: {said}{errors}");
    said.lines().filter(|line| line.starts_with("skipped: ")).for_each(|line| println!("{line}"));
    (!said.contains("skipped: ")).then_some(said)
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// All samples as files.
fn written(folder: &Path) -> Vec<(PathBuf, &'static Alignment)> {
    let mut files = Vec::new();
    for format in FORMS {
        for (name, alignment) in SAMPLES.iter() {
            let path = folder.join(format!("{}.{}", name.replace([' ', ','], "-"), format.endings()[0]));
            std::fs::write(&path, format.text(alignment)).unwrap();
            files.push((path, alignment));
        }
    }
    files
}

#[test]
fn files_are_valid_by_the_published_rules() {
    let files = written(&folder("valid"));
    for (path, _) in &files {
        let name = path.display().to_string();
        if let Some(said) = script(&["check", &name], "") {
            assert!(said.starts_with("valid: "), "{said}");
        }
    }
}

/// translate-toolkit finds the pairs that are in the alignment.
#[test]
fn another_reader_finds_the_same_pairs() {
    for (path, alignment) in written(&folder("read")) {
        let Some(said) = script(&["read", &path.display().to_string()], "") else { continue };
        let found: Vec<[String; 2]> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (first, second) = (alignment.first(), alignment.first().other());
        let both = alignment.pairs().filter(|p| !p.is_one_sided());
        let expected: Vec<[String; 2]> =
            both.map(|p| [words(p.half(first).text()), words(p.half(second).text())]).collect();
        assert_eq!(found.into_iter().map(|pair| pair.map(words)).collect::<Vec<_>>(), expected, "{}", path.display());
    }
}

/// Files that translate-toolkit writes are read by us.
#[test]
fn files_of_another_maker_are_read() {
    let pairs = [
        ["Tickets are $4 & up.", "票价4美元起。"],
        ["Is 3 < 5, \"of course\"?", "3<5，“当然”吗？"],
        ["The bridge opens in May.", "大桥五月开放。"],
    ];
    let lines: String = pairs.iter().map(|pair| serde_json::to_string(pair).unwrap() + "\n").collect();
    for ending in ["tmx", "xlf", "xliff"] {
        let path = folder("other").join(format!("theirs.{ending}"));
        if script(&["write", &path.display().to_string()], &lines).is_none() {
            continue;
        }
        let bitext = Bitext::read(source(&path)).unwrap();
        assert_eq!((bitext.first(), bitext.notes()), (Lang::En, [].as_slice()), "{ending}");
        let alignment = Alignment::of_bitext(bitext).unwrap();
        let found: Vec<[String; 2]> =
            texts_of(&alignment).iter().map(|p| [p.en().to_owned(), p.zh().to_owned()]).collect();
        assert_eq!(found, pairs.map(|pair| pair.map(str::to_owned)), "{ending}");
    }
}

/// Files that others might have written come out as valid as our own.
#[test]
fn what_was_read_is_valid_again() {
    let folder = folder("again");
    for name in ["harbour.tmx", "museum-2.0.xlf"] {
        let alignment = Alignment::of_bitext(Bitext::read(source(&cases().join(name))).unwrap()).unwrap();
        for format in FORMS {
            let path = folder.join(format!("{name}.{}", format.endings()[0]));
            std::fs::write(&path, format.text(&alignment)).unwrap();
            script(&["check", &path.display().to_string()], "");
        }
    }
}
