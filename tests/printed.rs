//! What comes out of PDF files: the earnings call, printed by a browser and an office program, must align as its Markdown does.
//! Where a program is not installed, the test says so.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "cli")]

mod place;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use duiqi::{Aligner, Alignment, Document, Format, Source};

/// Reached: .995 with Chromium, .992 with LibreOffice, with and without `-layout`.
const LEAST_F1: f64 = 0.97;

fn markdown(lang: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/earnings-call").join(format!("{lang}.md"));
    std::fs::read_to_string(path).unwrap()
}

/// A page of the call, which has headings, paragraphs and strong words only.
fn page(lang: &str) -> String {
    let mut body = String::new();
    for block in markdown(lang).split("\n\n") {
        let level = block.bytes().take_while(|&b| b == b'#').count();
        let tag = if level > 0 { format!("h{level}") } else { "p".to_owned() };
        let mut words = block.trim_start_matches('#').trim().replace('&', "&amp;").replace('<', "&lt;");
        for mark in ["<b>", "</b>"].iter().cycle().take(words.matches("**").count()) {
            words = words.replacen("**", mark, 1);
        }
        body.push_str(&format!("<{tag}>{words}</{tag}>\n"));
    }
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>Call</title>\
         <style>body {{ font: 11pt \"Noto Serif CJK SC\", serif }}</style></head><body>{body}</body></html>"
    )
}

fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok() || Command::new(program).arg("-v").output().is_ok()
}

/// Prints a page; `None` if the program does not.
fn print(program: &str, page: &Path) -> Option<PathBuf> {
    let pdf = page.with_extension("pdf");
    let folder = page.parent()?;
    let mut command = Command::new(program);
    if program == "chromium" {
        command.args(["--headless", "--no-sandbox", "--disable-gpu"]);
        command.arg(format!("--user-data-dir={}", folder.join("profile").display()));
        command.arg(format!("--print-to-pdf={}", pdf.display())).arg(format!("file://{}", page.display()));
    } else {
        command.arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()));
        command.args(["--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir"]).arg(folder).arg(page);
    }
    command.output().ok()?;
    pdf.exists().then_some(pdf)
}

fn text(pdf: &Path, options: &[&str]) -> String {
    let out = Command::new("pdftotext").args(options).arg(pdf).arg("-").output().unwrap();
    String::from_utf8(out.stdout).unwrap()
}

fn aligned(en: (&str, &str), zh: (&str, &str)) -> Alignment {
    let [en, zh] = [en, zh].map(|(name, text)| Source::from_text(name, text));
    Aligner::builder().build().unwrap().align_sources(en, zh).unwrap()
}

/// The letters and digits of each pair.
fn pairs(alignment: &Alignment) -> BTreeSet<[String; 2]> {
    let letters = |text: String| text.chars().filter(|c| c.is_alphanumeric()).collect();
    alignment.pairs().map(|pair| [letters(pair.en().text()), letters(pair.zh().text())]).collect()
}

#[test]
fn a_printed_call_aligns_as_its_original() {
    if !is_there("pdftotext") {
        println!("skipped: pdftotext (poppler-utils) is not installed");
        return;
    }
    let gold = pairs(&aligned(("en.md", &markdown("en")), ("zh.md", &markdown("zh"))));
    for program in ["chromium", "soffice"] {
        let folder = tempfile::tempdir().unwrap();
        let pdfs: Option<Vec<PathBuf>> = ["en", "zh"]
            .into_iter()
            .map(|lang| {
                let path = folder.path().join(format!("{lang}.html"));
                std::fs::write(&path, page(lang)).unwrap();
                print(program, &path)
            })
            .collect();
        let Some(pdfs) = pdfs else {
            println!("skipped: {program} is not installed, or prints nothing");
            continue;
        };
        for options in [&[][..], &["-layout"]] {
            let [en, zh] = [0, 1].map(|k| text(&pdfs[k], options));
            let found = pairs(&aligned(("en.txt", &en), ("zh.txt", &zh)));
            let f1 = 2.0 * found.intersection(&gold).count() as f64 / (found.len() + gold.len()) as f64;
            let read = Document::read(Source::from_text("en.txt", &en), Format::Auto).unwrap();
            let left_out = read.left_out().len();
            println!("{program} {options:?}: F1 {f1:.3}, {} pairs, {left_out} lines left out", found.len());
            assert!(f1 >= LEAST_F1, "{program} {options:?}: F1 {f1:.3}");
            assert!(program != "chromium" || left_out > 0);
        }
    }
}

/// A program that stands for `pdftotext`: it prints what the file holds behind its first line.
#[cfg(unix)]
fn stand_in(place: &place::Place, does: &str) {
    use std::os::unix::fs::PermissionsExt;
    place.put("pdftotext", format!("#!/bin/sh\n{does}\n"));
    std::fs::set_permissions(place.path("pdftotext"), std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_pdf_file_is_read_through_pdftotext() {
    let place = place::Place::empty();
    place.put("talk.pdf", "%PDF-1.4\nOrla 1\nIt rained\nall day.\n\u{C}Orla 2\nNobody came.\n");
    stand_in(&place, "for file; do [ -f \"$file\" ] && /usr/bin/tail -n +2 \"$file\"; done; true");
    let with = |path: &str| {
        let mut command = place.command(&["segment", "talk.pdf"]);
        command.env("PATH", path);
        let out = command.output().unwrap();
        (out.status.code(), place::text(&out.stdout), place::text(&out.stderr))
    };
    let here = place.folder.path().display().to_string();
    let (status, out, err) = with(&here);
    assert_eq!(status, Some(0), "{err}");
    assert!(out.contains("Nobody came.") && !out.contains("Orla"), "{out}");
    assert!(err.contains("talk.pdf: left out: running headers, footers and page numbers (2)"), "{err}");
    let (status, _, err) = with("/nowhere");
    assert_eq!(status, Some(2));
    assert!(err.contains("pdftotext") && err.contains("install it") && err.contains("save the file as text"), "{err}");
    stand_in(&place, "echo 'Syntax Error: damaged' >&2; exit 1");
    let (status, _, err) = with(&here);
    assert!(status == Some(2) && err.contains("Syntax Error: damaged"), "{err}");
}
