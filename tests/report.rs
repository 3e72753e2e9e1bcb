//! The report for a browser: what holds for the page as a text, and, where a browser is there, what it does.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "html")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use duiqi::train::alignment::{Entry, Side};
use duiqi::{
    Aligner, Alignment, Bead, Document, Format, Lang, OutputFormat, PerLang, Pins, Relation, Source, check,
    write_findings_html,
};
use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};

/// Texts that try to be more than text.
const HOSTILE: [&str; 7] = [
    "</script><script>alert(1)</script>",
    "<!-- <script> {{ 7 * 7 }} {% raw %}",
    "\"quotes\" 'and' `ticks` & ampersands &amp; &lt;",
    "line\u{2028}separator\u{2029}and\u{85}next",
    "bell\u{7} escape\u{1b}[2J nul\0 delete\u{7f} c1\u{9b}",
    "turned \u{202e}round\u{202c} and\tapart",
    "<img src=x onerror=alert(1)>“引号”＜全角＞",
];

fn side(name: &str, text: &str, lang: Lang) -> Side {
    let source = Source::from_text(name, text);
    Side::whole(Arc::new(Document::read_as(source, Format::Lines, lang).unwrap()))
}

fn bead(en: &[usize], zh: &[usize], confidence: f64) -> Bead {
    Bead { en: en.to_vec(), zh: zh.to_vec(), confidence }
}

fn hostile() -> Alignment {
    let text = HOSTILE.join("\n");
    let beads = (0..HOSTILE.len()).map(|i| bead(&[i], &[i], 0.5)).collect();
    let (en, zh) = (side("</script>\".en", &text, Lang::En), side("<b>\u{1b}&.zh", &text, Lang::Zh));
    Alignment::new(PerLang { en, zh }, Lang::En, Relation::Parallel, beads).unwrap()
}

fn file(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    Source::from_bytes(name, &fs::read(path).unwrap()).unwrap()
}

fn call() -> Alignment {
    let aligner = Aligner::builder().build().unwrap();
    aligner.align_sources(file("earnings-call/en.md"), file("earnings-call/zh.md")).unwrap()
}

fn article() -> Alignment {
    Aligner::builder().build().unwrap().align_article_source(file("mixed-article/article.txt")).unwrap()
}

fn moved() -> Alignment {
    let (en, zh) = (side("en", "one\ntwo\nthree\nfour", Lang::En), side("zh", "三\n一\n二", Lang::Zh));
    let beads = vec![bead(&[0], &[1], 0.9), bead(&[1], &[2], 0.8), bead(&[2], &[0], 0.6), bead(&[3], &[], 0.9)];
    let mut entries: Vec<Entry> = beads.into_iter().map(Entry::from).collect();
    entries[2].moved = true;
    Alignment::new(PerLang { en, zh }, Lang::Zh, Relation::Parallel, entries).unwrap()
}

/// A document of many beads: sentences with numbers and names, some unlike, every 50th only on one side.
fn long(beads: usize) -> Alignment {
    let (mut en, mut zh) = (String::new(), String::new());
    for i in 0..beads {
        let (week, pumps, percent) = (i % 52 + 1, 1000 + i, i % 9 + 1);
        let said = if i % 97 == 0 { pumps * 10 } else { pumps };
        en += &format!(
            "In week {week} the plant in Lund shipped {pumps} TideLine pumps, {percent}% more than planned, and nobody had to work on Sunday.\n"
        );
        if i % 50 == 49 {
            zh += "\n";
        } else {
            zh += &format!(
                "第{week}周，隆德工厂发运了{said}台TideLine泵，比计划多{percent}%，而且没有人需要在星期天上班。\n"
            );
        }
    }
    Aligner::builder()
        .build()
        .unwrap()
        .pair_lines(Source::from_text("long.en", &en), Source::from_text("long.zh", &zh))
        .unwrap()
}

fn samples() -> Vec<(&'static str, Alignment)> {
    let linked = vec![bead(&[1], &[0], 0.95), bead(&[1, 3], &[1], 0.6), bead(&[0], &[], 0.5), bead(&[2], &[], 0.5)];
    let sides = || (side("en", "one\ntwo\nthree\nfour", Lang::En), side("zh", "一\n二", Lang::Zh));
    let (en, zh) = sides();
    let comparable = Alignment::new(PerLang { en, zh }, Lang::En, Relation::Comparable, linked).unwrap();
    let empty = Alignment::new(
        PerLang { en: side("a", "", Lang::En), zh: side("b", "", Lang::Zh) },
        Lang::En,
        Relation::Parallel,
        Vec::<Bead>::new(),
    );
    vec![
        ("hostile", hostile()),
        ("call", call()),
        ("part of the call", call().at_least(0.9).unwrap()),
        ("article", article()),
        ("moved", moved()),
        ("comparable", comparable),
        ("empty", empty.unwrap()),
    ]
}

fn select<'h>(page: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text of a segment's element, without the label before it and the space behind it.
fn words(element: ElementRef<'_>) -> String {
    let label = Selector::parse(".who").unwrap();
    let label: String = element.select(&label).flat_map(|l| l.text()).collect();
    let text: String = element.text().collect();
    text[label.len()..].trim_end_matches(' ').to_owned()
}

/// A text as the page may show it: control characters by their pictures.
fn shown(text: &str) -> String {
    let picture = |c: char| match c {
        '\t' => '\u{2003}',
        '\u{85}' | '\r' => ' ',
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap(),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c => c,
    };
    text.chars().map(picture).collect::<String>().trim_end_matches(' ').to_owned()
}

/// Every segment of every bead stands in the page, once and as it is.
fn assert_complete(name: &str, alignment: &Alignment, page: &Html) {
    let mut seen = BTreeMap::new();
    for element in select(page, "main .s") {
        let id = element.value().attr("data-i").unwrap().to_owned();
        assert!(seen.insert(id.clone(), words(element)).is_none(), "{name}: {id} twice");
    }
    let mut expected = BTreeMap::new();
    for bead in alignment.beads() {
        for (lang, list) in [(Lang::En, &bead.en), (Lang::Zh, &bead.zh)] {
            let text = |i: usize| shown(&alignment.side(lang).segment(i).text);
            expected.extend(list.iter().map(|&i| (format!("{}{i}", lang.code()), text(i))));
        }
    }
    assert_eq!(seen, expected, "{name}");
}

#[test]
fn pages_are_complete_well_formed_and_always_the_same() {
    for (name, alignment) in samples() {
        let text = OutputFormat::Html.text(&alignment);
        assert!(text == OutputFormat::Html.text(&alignment), "{name}: the same bytes each time");
        let page = Html::parse_document(&text);
        assert!(page.errors.is_empty(), "{name}: {:?}", page.errors);
        assert_complete(name, &alignment, &page);
        let scripts: Vec<String> = select(&page, "script").into_iter().map(|s| s.text().collect()).collect();
        assert_eq!(scripts.len(), 2, "{name}: data and script");
        let data: serde_json::Value = serde_json::from_str(&scripts[0]).unwrap();
        for lang in [Lang::En, Lang::Zh] {
            let side = alignment.side(lang);
            assert_eq!(data[lang.code()]["name"], side.document.source().name(), "{name}");
            assert_eq!(data[lang.code()]["segments"], side.segments.len(), "{name}");
        }
        let ids: Vec<&str> = select(&page, "[id]").iter().filter_map(|e| e.value().attr("id")).collect();
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: no name twice");
        for link in select(&page, "a[href^='#']") {
            assert!(ids.contains(&&link.value().attr("href").unwrap()[1..]), "{name}: {link:?}");
        }
    }
}

#[test]
fn a_page_asks_nothing_of_the_network() {
    let text = OutputFormat::Html.text(&call());
    for word in
        ["http:", "https:", "//cdn", "@import", "url(", " src=", "<link", "fetch(", "XMLHttpRequest", "WebSocket"]
    {
        assert!(!text.contains(word), "{word}");
    }
    assert!(text.contains("default-src 'none'"), "and may not");
}

#[test]
fn what_looks_like_markup_stays_text() {
    let text = OutputFormat::Html.text(&hostile());
    let page = Html::parse_document(&text);
    assert!(select(&page, "img").is_empty() && select(&page, "main script").is_empty());
    assert!(!text.contains("alert(1)</script>") && !text.contains("<!-- <script>"));
    assert!(text.contains("{{ 7 * 7 }}"), "no template in a text");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn shared_anchors_are_marked_on_both_sides() {
    let alignment = call();
    let page = Html::parse_document(&OutputFormat::Html.text(&alignment));
    let mut groups: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    for cell in select(&page, ".c") {
        let side = cell.value().attr("data-side").unwrap();
        for mark in cell.select(&Selector::parse("mark[data-g]").unwrap()) {
            let group = mark.value().attr("data-g").unwrap().parse().unwrap();
            *groups.entry(group).or_default().entry(side.to_owned()).or_default() += &mark.text().collect::<String>();
        }
    }
    let anchors: Vec<_> = alignment.pairs().flat_map(|p| p.anchors().to_vec()).collect();
    assert!(anchors.len() > 100 && groups.len() + 5 >= anchors.len(), "{} of {}", groups.len(), anchors.len());
    for (group, sides) in &groups {
        let anchor = &anchors[*group];
        // An anchor that lies inside another one is lit with that; of one that only overlaps, the rest is marked.
        for (side, span) in [("en", &anchor.en), ("zh", &anchor.zh)] {
            assert!(sides.get(side).is_none_or(|text| span.text.contains(text.as_str())), "{anchor:?}: {sides:?}");
        }
    }
    let whole = groups
        .iter()
        .filter(|(g, s)| s.get("en") == Some(&anchors[**g].en.text) && s.get("zh") == Some(&anchors[**g].zh.text));
    assert!(whole.count() * 100 >= anchors.len() * 95, "nearly all as they are");
}

#[test]
fn findings_stand_in_the_margin() {
    let alignment = call();
    let findings = check(&alignment);
    let mut bytes = Vec::new();
    write_findings_html(&alignment, &findings, &mut bytes).unwrap();
    let page = Html::parse_document(&String::from_utf8(bytes).unwrap());
    let notes: Vec<String> = select(&page, ".note p").iter().map(|n| n.text().collect()).collect();
    assert_eq!(notes.len(), findings.len());
    for finding in &findings {
        let told = |note: &String| note.to_lowercase() == finding.message.to_lowercase();
        assert!(notes.iter().any(told), "{}", finding.message);
    }
    assert_eq!(select(&page, "#by-kind option[selected]")[0].value().attr("value"), Some("any"));
    assert_complete("findings", &alignment, &page);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_texts_make_a_page(lines in prop::collection::vec((".{0,20}", ".{0,20}", 0.0f64..=1.0), 1..6), zh_first: bool) {
        let clean = |text: &str| text.replace('\n', " ");
        let join = |f: &dyn Fn(&(String, String, f64)) -> String| lines.iter().map(|l| f(l) + "\n").collect::<String>();
        let en = side("en", &join(&|l| clean(&l.0)), Lang::En);
        let zh = side("zh", &join(&|l| clean(&l.1)), Lang::Zh);
        let beads = lines.iter().enumerate().map(|(i, l)| bead(&[i], &[i], l.2)).collect();
        let first = if zh_first { Lang::Zh } else { Lang::En };
        let alignment = Alignment::new(PerLang { en, zh }, first, Relation::Parallel, beads).unwrap();
        let page = Html::parse_document(&OutputFormat::Html.text(&alignment));
        prop_assert!(page.errors.is_empty(), "{:?}", page.errors);
        prop_assert_eq!(select(&page, ".row").len(), lines.len());
        assert_complete("any", &alignment, &page);
    }
}

/// Exit status of the script where there is no browser, or nothing to drive it with.
const SKIPPED: i32 = 77;

#[test]
fn works_in_a_browser() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("report");
    fs::create_dir_all(&folder).unwrap();
    let call = call();
    let mut findings = Vec::new();
    write_findings_html(&call, &check(&call), &mut findings).unwrap();
    fs::write(folder.join("findings.html"), findings).unwrap();
    let pages =
        [("call", &call), ("mixed", &article()), ("hostile", &hostile()), ("moved", &moved()), ("long", &long(5000))];
    for (name, alignment) in pages {
        let started = Instant::now();
        let text = OutputFormat::Html.text(alignment);
        println!("{name}: {} kB, written in {} ms", text.len() / 1000, started.elapsed().as_millis());
        fs::write(folder.join(name).with_extension("html"), text).unwrap();
    }
    let aligner = Aligner::builder().langs(Lang::En, Lang::Zh).build().unwrap();
    let webinar = aligner.align_sources(file("webinar/en.vtt"), file("webinar/zh.vtt")).unwrap();
    fs::write(folder.join("webinar.vtt"), OutputFormat::Vtt.text(&webinar)).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/report.py");
    let python = std::env::var_os("DUIQI_PYTHON").unwrap_or_else(|| "python3".into());
    let Ok(output) = Command::new(&python).arg(script).arg(&folder).output() else {
        println!("skipped: there is no Python to drive a browser");
        return;
    };
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{said}");
    if output.status.code() == Some(SKIPPED) {
        return;
    }
    assert!(output.status.success(), "{said}");
    // What the page exports is what the library reads.
    let name = folder.join("pins.json");
    let pins = Pins::read(&Source::from_bytes("pins.json", &fs::read(name).unwrap()).unwrap()).unwrap();
    pins.fit(PerLang::from_fn(|lang| call.side(lang))).unwrap();
    assert_eq!(pins.pins().len(), 4);
}

/// Every colour that words have, on every ground that they stand on, by the formula of WCAG 2.2 (relative luminance, contrast ratio).
#[test]
fn words_stand_out_from_their_ground() {
    let css = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/write/html/report.css")).unwrap();
    let blocks = css.split('{').filter_map(|part| part.split('}').next());
    let themes: Vec<&str> = blocks.filter(|block| block.contains("--paper: #") && block.contains("--num: #")).collect();
    assert_eq!(themes.len(), 3);
    let luminance = |theme: &str, name: &str| {
        let (_, value) = theme.split_once(&format!("--{name}: #")).unwrap_or_else(|| panic!("no {name}"));
        let hex: String = value.chars().take_while(char::is_ascii_hexdigit).collect();
        let hex = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex };
        let part = |k: usize| {
            let c = f64::from(u8::from_str_radix(&hex[k..k + 2], 16).unwrap()) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
    };
    for theme in themes {
        for ground in ["paper", "raised", "wash"] {
            for words in ["ink", "soft", "faint", "accent", "num", "name", "term", "error", "warning", "info"] {
                let (a, b) = (luminance(theme, words), luminance(theme, ground));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 4.5, "{words} on {ground}: {contrast:.2}");
            }
        }
    }
}
