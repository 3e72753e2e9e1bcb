//! Subtitles written, and read again by us and by the parsers of others.

use std::fs;
use std::process::Command;

use duiqi::train::alignment::Side;
use duiqi::{
    Aligner, Alignment, Bead, Document, Error, ErrorKind, Format, Lang, OutputFormat, PerLang, Relation, Source,
};

use crate::checks::{bare, check, root, webinar, words};

#[test]
fn times_travel_to_the_output() {
    let line = OutputFormat::Jsonl.text(&webinar(Lang::En));
    let first: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    assert_eq!(first["en"][0]["time"], serde_json::json!([1.24, 5.59]));
    assert_eq!(first["zh"][0]["time"], serde_json::json!([1.31, 5.95]));
    let plain = duiqi::align("It opens at six.", "六点开门。").unwrap();
    assert!(!OutputFormat::Jsonl.text(&plain).contains("\"time\""));
}

#[test]
fn subtitles_hold_both_languages() {
    for first in [Lang::En, Lang::Zh] {
        let alignment = webinar(first);
        for (output, format) in
            [(OutputFormat::Vtt, Format::Vtt), (OutputFormat::Srt, Format::Srt), (OutputFormat::Ass, Format::Ass)]
        {
            let text = output.text(&alignment);
            let again = Document::read(Source::from_text("written", &text), Format::Auto).unwrap();
            assert_eq!(again.format(), format);
            check(&again, text.len());
            let own = &alignment.side(first).document;
            // What only the other side says has cues of its own among them.
            let mut cues = again.cues().iter();
            for cue in own.cues() {
                let same = |c: &&duiqi::Cue| c.time == cue.time && c.text().lines().next() == Some(cue.text());
                assert!(cues.any(|c| same(&c)), "{first:?} {output}: {cue:?}");
            }
            assert_eq!(words(&again, first), words(own, first), "{output}");
            if first == Lang::En {
                // The sentence without counterpart stands where it is said, before the end of the one before it.
                let other = &alignment.side(Lang::Zh).document;
                let sorted = |text: String| {
                    let mut chars: Vec<char> = text.chars().collect();
                    chars.sort_unstable();
                    chars
                };
                assert_eq!(sorted(words(&again, Lang::Zh)), sorted(words(other, Lang::Zh)), "{output}");
            }
            let speakers = again.turns().iter().filter_map(|t| t.label.as_ref()).count();
            assert_eq!(speakers > 0, format != Format::Srt, "SRT has no names where the input wrote none");
        }
    }
}

#[test]
fn habits_of_srt_are_kept() {
    let en = fs::read_to_string(root().join("tests/cases/reading/timed/habit.srt")).unwrap();
    let zh = "欢迎回到港口节目，我们聊聊船和船上的人。\n五月我们卖出1250张票，六月不到1300张。\n破纪录了吗？\n是的。\n谢谢，汤姆。\n42就是那个数字。\n";
    let alignment = duiqi::align(&en, zh).unwrap();
    let srt = OutputFormat::Srt.text(&alignment);
    for line in [
        "ANNA: Welcome back to the harbour show,",
        "TOM: We sold 1,250 tickets",
        "- Was that a record?",
        "- 破纪录了吗？",
    ] {
        assert!(srt.lines().any(|l| l == line), "{line} in\n{srt}");
    }
    let vtt = OutputFormat::Vtt.text(&alignment);
    assert!(vtt.contains("<v TOM>We sold 1,250 tickets\nin May &lt; 1,300 in June.\n"), "{vtt}");
    let again = Document::read(Source::from_text("written", &vtt), Format::Auto).unwrap();
    let own = &alignment.side(Lang::En).document;
    for cue in own.cues() {
        assert!(again.cues().iter().any(|c| c.text().starts_with(cue.text())), "{cue:?}");
    }
}

#[test]
fn subtitles_of_texts_without_times_are_refused() {
    let alignment = duiqi::align("It opens at six.", "六点开门。").unwrap();
    for format in [OutputFormat::Srt, OutputFormat::Vtt, OutputFormat::Ass] {
        let error = format.write(&alignment, &mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
        let inner = error.get_ref().and_then(|e| e.downcast_ref::<Error>());
        assert_eq!(inner.map(Error::kind), Some(ErrorKind::Untimed), "{error}");
    }
}

/// A side without times gets those of the other, and what stands alone on it goes with the nearest cue.
#[test]
fn one_side_with_times_is_enough() {
    let en =
        "1\n00:00:01,000 --> 00:00:02,000\nIt opens\n\n2\n00:00:02,000 --> 00:00:03,000\nat six. It closes at nine.\n";
    let zh = "六点开门。请准时。\n九点关门。";
    let en = Document::read(Source::from_text("en", en), Format::Srt).unwrap();
    let zh = Document::read(Source::from_text("zh", zh), Format::Plain).unwrap();
    let bead = |en: &[usize], zh: &[usize]| Bead { en: en.to_vec(), zh: zh.to_vec(), confidence: 0.9 };
    let list = vec![bead(&[0], &[0]), bead(&[], &[1]), bead(&[1], &[2])];
    let side = |d: Document| Side::whole(std::sync::Arc::new(d));
    let alignment = Alignment::new(PerLang { en: side(en), zh: side(zh) }, Lang::Zh, Relation::Parallel, list).unwrap();
    let expected = "1\n00:00:01,000 --> 00:00:02,000\nIt opens\n六点\n\n2\n00:00:02,000 --> 00:00:03,000\nat six. It closes at nine.\n开门。请准时。九点关门。\n";
    assert_eq!(OutputFormat::Srt.text(&alignment), expected);
}

/// The styles of an ASS file stay, and so does the form of its lines; a file in another form gets styles of its own.
#[test]
fn styles_are_kept() {
    let read = |file: &str| {
        let bytes = fs::read(root().join("tests/cases/reading/timed").join(file)).unwrap();
        Source::from_bytes(file, &bytes).unwrap()
    };
    let zh = "磨坊，你知道，没有水轮。\n磨坊路\n1961年就卖掉了，再也没有人要。\n花括号也显示出来。\n";
    let text = |a: Source, b: Source| {
        OutputFormat::Ass.text(&Aligner::builder().build().unwrap().align_sources(a, b).unwrap())
    };
    let kept = text(read("styles.ass"), Source::from_text("zh", zh));
    for line in [
        "Title: The mill",
        "Style: Sign,Arial,32",
        "Dialogue: 0,0:00:00.50,0:00:01.50,Sign,,0,0,0,,MILL ROAD\\N{\\fscx75\\fscy75}磨坊路",
    ] {
        assert!(kept.lines().any(|l| l == line), "{line} in\n{kept}");
    }
    assert!(!kept.contains("check the times"), "comments belong to the lines that were");
    let old =
        text(read("old.ssa"), Source::from_text("en", "The mill, as you know, has no wheel.\nIt was sold in 1961.\n"));
    assert!(
        old.contains("\nDialogue: Marked=0,0:00:01.00,0:00:02.50,Default,,0,0,0,,磨坊，你知道，没有水轮。\\N{"),
        "{old}"
    );
    let own = text(Source::from_text("zh", zh), read("styles.ass"));
    assert!(own.contains("\nStyle: Sign,Arial,32\n"), "the side with times is the one with styles\n{own}");
    let new = OutputFormat::Ass.text(&webinar(Lang::En));
    assert!(new.contains("\nStyle: Default,Arial") && new.contains(",Dana Whitlock,0,0,0,,"), "{new}");
}

/// What looks like markup of the format stays words.
#[test]
fn words_cannot_break_out() {
    let hostile = "{\"segments\": [{\"start\": 0, \"end\": 1, \"text\": \"a <i>b</i> &amp; 00:01 --> 00:02 <v X> {\\\\an8} & c \\\\Nd {e}.\"}]}";
    let alignment = duiqi::align(hostile, "一句话。").unwrap();
    let own = words(&alignment.side(Lang::En).document, Lang::En);
    for format in [OutputFormat::Vtt, OutputFormat::Srt, OutputFormat::Ass] {
        let text = format.text(&alignment);
        let again = Document::read(Source::from_text("written", &text), Format::Auto).unwrap();
        assert_eq!(again.cues().len(), 1, "{text}");
        assert_eq!(words(&again, Lang::En), own, "{text}");
    }
    assert!(!OutputFormat::Vtt.text(&alignment).contains("00:01 -->"));
}

/// Runs a script of `tests/outside` on bilingual subtitles; what it must print is one line a cue: milliseconds and words.
fn outside(program: &str, script: &str, format: OutputFormat) {
    let folder = std::env::temp_dir().join(format!("duiqi-{script}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("written.{format}"));
    let text = format.text(&webinar(Lang::En));
    fs::write(&file, &text).unwrap();
    let run = Command::new(program).arg(root().join("tests/outside").join(script)).arg(&file).output();
    let _ = fs::remove_dir_all(&folder);
    let Ok(output) = run else {
        println!("skipped: there is no {program}");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.code() == Some(ABSENT) {
        println!("skipped: {}", said.trim());
        return;
    }
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let again = Document::read(Source::from_text("written", &text), Format::Auto).unwrap();
    let line = |c: &duiqi::Cue| {
        let t = c.time.unwrap();
        let millis = |s: f64| (s * 1e3).round() as u64;
        format!("{} {} {}", millis(t.start), millis(t.end), bare(c.text()))
    };
    let expected: Vec<String> = again.cues().iter().map(line).collect();
    assert!(expected.len() > 60);
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
}

/// Exit status of a script whose parser is not installed.
const ABSENT: i32 = 77;

#[test]
fn another_parser_reads_the_vtt() {
    outside("node", "read_vtt.js", OutputFormat::Vtt);
}

#[test]
fn another_parser_reads_the_srt() {
    outside("python3", "read_srt.py", OutputFormat::Srt);
}
