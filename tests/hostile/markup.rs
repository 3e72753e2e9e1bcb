//! Markup, archives and characters that no editor writes.

use std::fmt::Write as _;
use std::io::Write as _;

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::bounded::QUICK;
use crate::place::{Outcome, Place};

const MB: u64 = 1 << 20;

#[test]
fn deeply_nested_markup() {
    let place = Place::empty();
    let deep = 100_000;
    let nested = |open: &str, words: &str, close: &str| format!("{}{words}{}", open.repeat(deep), close.repeat(deep));
    place.put("html", format!("<!DOCTYPE html><html><body>{}</body></html>", nested("<div>", "Some words.", "</div>")));
    place.put("spans", format!("<!DOCTYPE html><html><body>{}</body></html>", nested("<b><i>", "Some words.", "")));
    place.put(
        "tables",
        format!("<!DOCTYPE html><html><body>{}</body></html>", nested("<table><tr><td>", "Some words.", "")),
    );
    place.put("quotes", format!("# A\n\n{}\n", nested("> ", "Some words.", "")));
    place.put("items", format!("# A\n\n{}\n", nested("- ", "Some words.", "")));
    place.put("stars", format!("# A\n\n{}\n", nested("**a ", "Some words.", " b**")));
    place.put("links", format!("# A\n\n{}\n", nested("[a", "Some words.", "](b)")));
    place.put("ticks", format!("# A\n\n{}\n", (1..1500).map(|k| "`".repeat(k) + "a").collect::<String>()));
    for name in ["html", "spans", "tables", "quotes", "items", "stars", "links", "ticks"] {
        let out = place.done(QUICK, &["segment", name]);
        assert!(name == "ticks" || out.contains("Some words."), "{name}");
    }
    let mut steps = String::from("# A\n\n");
    for k in 0..2000 {
        writeln!(steps, "{}- some", " ".repeat(2 * k)).unwrap();
    }
    place.put("steps", steps);
    place.done(QUICK, &["segment", "steps"]);
    place.put("json", nested("[", "", "]")).put("open.json", nested("{\"segments\":", "", ""));
    for name in ["json", "open.json"] {
        place.run_within(QUICK, &["segment", name]);
        place.refused(QUICK, &["segment", "--from", "json", name], &[name]);
    }
    place.put("tmx", format!("<tmx>{}</tmx>", nested("<a>", "Some words.", "</a>")));
    place.refused(QUICK, &["segment", "tmx"], &["tmx: its elements are nested more than 1000 deep", "--max-nesting"]);
    place.refused(QUICK, &["check", "tmx"], &["--max-nesting"]);
    place.put("docx", word_document(&nested("<w:p>", "", "</w:p>"), ""));
    place.refused(
        QUICK,
        &["segment", "docx"],
        &["docx, word/document.xml: its elements are nested more than 1000 deep", "--max-nesting"],
    );
}

/// A Word document with this body, after a declaration of `kind`.
fn word_document(body: &str, kind: &str) -> Vec<u8> {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let xml = format!("{kind}<w:document xmlns:w=\"{space}\"><w:body>{body}</w:body></w:document>");
    packed(&[("word/document.xml", xml.as_bytes())])
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
            .unwrap();
        archive.write_all(part).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_zip_bomb_is_refused() {
    let place = Place::empty();
    let bomb = " ".repeat((64 * MB) as usize);
    place.put("bomb.docx", word_document(&bomb, ""));
    place.put("styles.docx", packed(&[("word/document.xml", b"<a/>"), ("word/styles.xml", bomb.as_bytes())]));
    for name in ["bomb.docx", "styles.docx"] {
        place.refused(QUICK, &["segment", name], &[name, "more than 300 times its size", "--max-ratio"]);
    }
    let more = ["segment", "--max-ratio", "5000", "--max-unpacked", "1000000", "bomb.docx"];
    place.refused(QUICK, &more, &["unpacks to more than 1000000 bytes", "--max-unpacked"]);
    // Many parts of one name, and a part that is an archive itself.
    let many: Vec<(String, &[u8])> = (0..10_000).map(|k| (format!("word/part{k}.xml"), &b"<a/>"[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, part)| (name.as_str(), *part)).collect();
    place.put("many.docx", packed(&many));
    place.refused(QUICK, &["segment", "many.docx"], &["many.docx"]);
}

#[test]
fn entities_are_not_expanded() {
    let place = Place::empty();
    let mut laughs = String::from("<!DOCTYPE a [<!ENTITY l0 \"ha\">");
    for k in 1..30 {
        write!(laughs, "<!ENTITY l{k} \"{}\">", format!("&l{};", k - 1).repeat(10)).unwrap();
    }
    laughs += "]>";
    place.put("secret", "the secret words");
    let outside = format!("<!DOCTYPE a [<!ENTITY x SYSTEM \"file://{}/secret\">]>", place.folder.path().display());
    for (kind, entity) in [(laughs.as_str(), "&l29;"), (outside.as_str(), "&x;")] {
        let unit = format!(
            "<tmx version=\"1.4\"><header srclang=\"en\"/><body><tu><tuv xml:lang=\"en\"><seg>{entity}</seg></tuv>\
             <tuv xml:lang=\"zh\"><seg>好。</seg></tuv></tu></body></tmx>"
        );
        place.put("tmx", format!("{kind}{unit}"));
        place.refused(QUICK, &["check", "tmx"], &["tmx:1", "cannot be read, only &lt;"]);
        place.put("docx", word_document(&format!("<w:p><w:r><w:t>{entity}</w:t></w:r></w:p>"), kind));
        place.refused(QUICK, &["segment", "docx"], &["docx", "entities"]);
        place.put("html", format!("{kind}<html><body><p>Some words {entity} here.</p></body></html>"));
        let out = place.done(QUICK, &["segment", "--from", "html", "html"]);
        assert!(out.len() < 5000 && !out.contains("the secret"), "{out}");
    }
}

#[test]
fn characters_that_are_none() {
    let place = Place::empty();
    let odd = "The \u{202E}first\u{202C} line.\u{FEFF}\u{200B}\n\u{FEFF}Second\u{1}line \u{1b}[31mred\u{7}.\u{85}\u{2028}Third\u{FFFE}.\r\r\n";
    place.put("en", odd.repeat(3)).put("zh", "第一\u{200F}行。\u{FEFF}第二\u{1}行。\n第三行\u{FFFF}。\n");
    for form in ["table", "jsonl", "tsv", "tmx", "xliff", "html", "markdown", "xces"] {
        let out = place.done(QUICK, &["align", "--langs=en,zh", "-f", form, "en", "zh"]);
        assert!(out.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()), "{form}: {out}");
    }
    place.put("nul", "A line.\nAnother \0 line.\n");
    place.refused(QUICK, &["segment", "nul"], &["nul, byte 16: this is not text (0x00)"]);
    place.put("json", r#"{"segments":[{"start":0,"end":1,"text":"Half \ud800 a \udc00\ud800 pair."},{"start":1,"end":2,"text":"\u0000End."}]}"#);
    let out = place.done(QUICK, &["segment", "--from", "json", "json"]);
    assert!(out.contains("Half \u{FFFD} a \u{FFFD}\u{FFFD} pair."), "{out}");
    // Half GB18030, half UTF-8: read as one of them, with a sign for what is not in it, or refused.
    let zh = "灯塔看守人在黄昏时点亮了灯，有四十艘船经过。\n".repeat(2000);
    let mut mixed = encoding_rs::GBK.encode(&zh).0.into_owned();
    mixed.extend_from_slice(zh.as_bytes());
    place.put("mixed", mixed);
    let Outcome { status, err, .. } = place.run_within(QUICK, &["segment", "mixed"]);
    assert!(status == Some(0) || (status == Some(2) && err.contains("is not text")), "{err}");
}
