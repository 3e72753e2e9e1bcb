//! Word documents and other files that are no text: what is read, what is left out, what is refused; and one text in every format.
#![cfg(all(feature = "docx", feature = "html"))]
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use duiqi::train::text::LineKind;
use duiqi::{Document, ErrorKind, Format, PassageKind, Source};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#;

const STYLES: &str = r#"<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="1"/></w:style>
<w:style w:styleId="Punkte"><w:name w:val="Points"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="a3"><w:name w:val="List Bullet 2"/></w:style><w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="x"><w:name w:val="Circle"/><w:basedOn w:val="x"/></w:style>"#;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let styles = format!("<w:styles {NAMESPACES}>{STYLES}</w:styles>");
    archive(&[("word/document.xml", document.as_bytes()), ("word/styles.xml", styles.as_bytes())])
}

/// The lines of a source with a letter for their kinds.
fn lines(source: &Source) -> String {
    let letter = |kind: &LineKind| match kind {
        LineKind::Text => 'T',
        LineKind::Heading => 'H',
        LineKind::Item => 'I',
        _ => 'R',
    };
    let kinds = source.line_kinds().unwrap();
    assert_eq!(source.text().lines().count(), kinds.len());
    source.text().lines().zip(kinds).map(|(line, kind)| format!("{} {line}\n", letter(kind))).collect()
}

#[test]
fn cases() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/reading/docx.txt");
    let file = fs::read_to_string(path).unwrap().replace('⇥', "\t");
    let mut seen = 0;
    for case in file.split("\n=== ").skip(1) {
        let (name, case) = case.split_once('\n').unwrap();
        let (body, expected) = case.rsplit_once("\n---\n").unwrap();
        let source = Source::from_bytes(name, &docx(body)).unwrap();
        assert_eq!(lines(&source).trim_end(), expected.trim_end(), "{name}");
        check(&Document::read(source, Format::Auto).unwrap(), Format::Docx);
        seen += 1;
    }
    assert!(seen > 12, "{seen} cases only");
}

/// A document with parts beside its text: (name, type of relation, XML inside of the outermost element, its name).
fn with_parts(body: &str, parts: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let document = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let relation = |(k, (name, kind, ..)): (usize, &(&str, &str, &str, &str))| {
        format!("<Relationship Id=\"r{k}\" Type=\"http://x/relationships/{kind}\" Target=\"{name}\"/>")
    };
    let relations: String = parts.iter().enumerate().map(relation).collect();
    let relations = format!("<Relationships>{relations}</Relationships>");
    let texts: Vec<(String, String)> = parts
        .iter()
        .map(|(name, _, xml, root)| (format!("word/{name}"), format!("<w:{root} {NAMESPACES}>{xml}</w:{root}>")))
        .collect();
    let mut all =
        vec![("word/document.xml", document.as_bytes()), ("word/_rels/document.xml.rels", relations.as_bytes())];
    all.extend(texts.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())));
    archive(&all)
}

fn paragraph(inner: &str) -> String {
    format!("<w:p><w:r><w:t>{inner}</w:t></w:r></w:p>")
}

/// Notes stand behind the text, in the order of their references; what else stands beside the text is counted.
#[test]
fn notes_are_read_and_the_rest_is_counted() {
    let body = r#"<w:p><w:r><w:t>The kiln is old.</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r></w:p>
<w:p><w:r><w:t>It is </w:t></w:r><w:del w:id="1"><w:r><w:delText>hot</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>cold</w:t></w:r></w:ins><w:r><w:t> now.</w:t></w:r>
<w:r><w:endnoteReference w:id="1"/></w:r><w:r><w:commentReference w:id="0"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Unseen.</w:t></w:r><w:r><w:t>Seen.</w:t></w:r></w:p>"#;
    let note = |kind: &str, id: u8, words: &str| format!("<w:{kind} w:id=\"{id}\">{}</w:{kind}>", paragraph(words));
    let footnotes = format!(
        "<w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote>{}{}{}",
        paragraph("---"),
        note("footnote", 2, "Since May."),
        note("footnote", 3, "Built in 1911."),
        note("footnote", 4, "Nobody refers to this.")
    );
    let endnotes = note("endnote", 1, "Lund, The kiln, page 9.");
    let (header, footer) = (paragraph("The kiln"), paragraph("7"));
    let parts = [
        ("footnotes.xml", "footnotes", footnotes.as_str(), "footnotes"),
        ("endnotes.xml", "endnotes", endnotes.as_str(), "endnotes"),
        ("header1.xml", "header", header.as_str(), "hdr"),
        ("footer1.xml", "footer", footer.as_str(), "ftr"),
    ];
    let source = Source::from_bytes("notes", &with_parts(body, &parts)).unwrap();
    let expected =
        ["The kiln is old.", "It is cold now.", "Seen.", "Built in 1911.", "Since May.", "Lund, The kiln, page 9."];
    assert_eq!(source.text().lines().collect::<Vec<_>>(), expected);
    let document = Document::read(source, Format::Auto).unwrap();
    check(&document, Format::Docx);
    let reasons: Vec<String> = document.left_out().iter().map(|left| left.reason.to_string()).collect();
    let expected = [
        "deletions",
        "pieces of hidden text",
        "comments",
        "notes that the text does not refer to",
        "headers and footers",
    ];
    assert_eq!(reasons, expected);
    // Nothing stands beside this one.
    let plain = Source::from_bytes("plain", &docx(&paragraph("The kiln is old."))).unwrap();
    assert!(Document::read(plain, Format::Auto).unwrap().left_out().is_empty());
}

/// Which part holds the text, the package says; one that says two things is refused.
#[test]
fn packages_say_what_they_hold() {
    let text = |words: &str| format!("<w:document {NAMESPACES}><w:body>{}</w:body></w:document>", paragraph(words));
    let relations = |targets: &[&str]| {
        let one = |target: &&str| format!("<Relationship Type=\"http://x/officeDocument\" Target=\"{target}\"/>");
        format!("<Relationships>{}</Relationships>", targets.iter().map(one).collect::<String>())
    };
    let types = |parts: &[(&str, &str)]| {
        let one = |(part, kind): &(&str, &str)| {
            format!("<Override PartName=\"{part}\" ContentType=\"application/vnd.{kind}.main+xml\"/>")
        };
        format!("<Types>{}</Types>", parts.iter().map(one).collect::<String>())
    };
    const WORD: &str = "openxmlformats-officedocument.wordprocessingml.document";
    const SHEET: &str = "openxmlformats-officedocument.spreadsheetml.sheet";
    let (one, two) = (text("The kiln is old."), text("The kiln is new."));
    let package = |types: &str, relations: &str| {
        let parts = [
            ("[Content_Types].xml", types),
            ("_rels/.rels", relations),
            ("content/main.xml", one.as_str()),
            ("word/document.xml", two.as_str()),
        ];
        let parts: Vec<(&str, &[u8])> =
            parts.iter().filter(|p| !p.1.is_empty()).map(|(name, xml)| (*name, xml.as_bytes())).collect();
        archive(&parts)
    };
    let read = |bytes: &[u8]| Source::from_bytes("case", bytes).map(|source| source.text().trim().to_owned());
    let main = types(&[("/content/main.xml", WORD)]);
    // The relation decides; without one, the types do; without both, the usual name.
    assert_eq!(read(&package(&main, &relations(&["content/main.xml"]))).unwrap(), "The kiln is old.");
    assert_eq!(read(&package(&main, &relations(&["./content/../content/main.xml"]))).unwrap(), "The kiln is old.");
    assert_eq!(read(&package(&main, "")).unwrap(), "The kiln is old.");
    assert_eq!(read(&package("", "")).unwrap(), "The kiln is new.");
    let both = types(&[("/content/main.xml", WORD), ("/word/document.xml", WORD)]);
    assert_eq!(read(&package(&both, &relations(&["/word/document.xml"]))).unwrap(), "The kiln is new.");
    for bytes in [package(&main, &relations(&["content/main.xml", "word/document.xml"])), package(&both, "")] {
        let error = read(&bytes).unwrap_err();
        assert!(error.kind() == ErrorKind::Malformed && error.what().contains("several main parts"), "{error}");
    }
    let sheet = package(&types(&[("/content/main.xml", SHEET)]), &relations(&["content/main.xml"]));
    let error = read(&sheet).unwrap_err();
    assert!(error.kind() == ErrorKind::Unsupported && error.what().contains("not a Word document"), "{error}");
    // A file whose main part has another name is no mere archive.
    let elsewhere = archive(&[
        ("[Content_Types].xml", main.as_bytes()),
        ("_rels/.rels", relations(&["content/main.xml"]).as_bytes()),
        ("content/main.xml", one.as_bytes()),
    ]);
    assert_eq!(read(&elsewhere).unwrap(), "The kiln is old.");
}

/// Segments and gaps are the text; words are in segments or labels.
fn check(document: &Document, format: Format) {
    assert_eq!(document.format(), format);
    let text = document.source().text();
    let mut end = 0;
    for segment in document.segments() {
        let range =
            document.source().text_offset(segment.range.start)..document.source().text_offset(segment.range.end);
        assert!(range.start >= end && range.end > range.start && range.end <= text.len(), "{range:?} behind {end}");
        assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{range:?}");
        let whole = document.locate(segment, 0..segment.text.len());
        assert_eq!(whole, segment.range, "{segment:?}");
        end = range.end;
    }
}

fn case(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/reading/same").join(file)
}

/// What a document says: kind of passage, language, words, speaker.
fn said(document: &Document) -> Vec<String> {
    let segments = document.segments().iter();
    segments
        .map(|s| {
            let kind = document.passages()[s.passage].kind;
            let speaker = document.speaker(s.index).map_or("", |label| label.name.as_str());
            let text: String = s.text.replace('\u{A0}', " ");
            format!("{kind:?} {:?} [{speaker}] {text}", s.lang)
        })
        .collect()
}

/// One text as a web page, in Markdown, as a Word document written by hand and by two word processors, and in plain text.
#[test]
fn every_format_says_the_same() {
    let read = |file: &str, format: Format| {
        let bytes = fs::read(case(file)).unwrap();
        let document = Document::read(Source::from_bytes(file, &bytes).unwrap(), Format::Auto).unwrap();
        check(&document, format);
        said(&document)
    };
    let markdown = read("talk.md", Format::Markdown);
    assert!(markdown.len() > 20, "{markdown:?}");
    assert_eq!(read("talk.html", Format::Html), markdown);
    assert_eq!(read("python-docx.docx", Format::Docx), markdown);
    assert_eq!(read("libreoffice.docx", Format::Docx), markdown);
    // Plain text knows no kinds, so a heading ends no turn; the words and their languages are the same.
    let words = |said: Vec<String>| -> Vec<String> {
        let bare = |line: String| {
            let lang = line.split(' ').nth(1).unwrap_or_default();
            let (_, words) = line.split_once("] ").unwrap();
            format!("{lang} {words}")
        };
        said.into_iter().map(bare).collect()
    };
    assert_eq!(words(read("talk.txt", Format::Plain)), words(markdown));
}

#[test]
fn kinds_become_passages() {
    let body = r#"<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>Ferries</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>They sail at six.</w:t></w:r></w:p>
<w:p><w:r><w:t>渡轮六点开。</w:t></w:r></w:p>"#;
    let source = Source::from_bytes("kinds", &docx(body)).unwrap();
    let document = Document::read(source, Format::Docx).unwrap();
    let kinds: Vec<PassageKind> = document.passages().iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [PassageKind::Heading, PassageKind::Item, PassageKind::Text]);
    assert_eq!(&document.source().text()[document.segments()[2].range.clone()], "渡轮六点开。");
}

fn refused(bytes: &[u8]) -> String {
    let error = Source::from_bytes("file", bytes).unwrap_err();
    assert_eq!(error.file(), Some("file"), "{error}");
    let kinds = [ErrorKind::Unsupported, ErrorKind::Malformed];
    assert!(kinds.contains(&error.kind()) || matches!(error.kind(), ErrorKind::Limit(_)), "{error}");
    error.to_string()
}

#[test]
fn files_that_are_no_text_are_named() {
    let utf16 = |name: &str| -> Vec<u8> { name.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let ole = |name: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), utf16(name)].concat();
    for (bytes, says) in [
        (b"%PDF-1.7\n".to_vec(), "PDF"),
        (b"{\\rtf1 hello}".to_vec(), "Rich Text"),
        (ole("WordDocument"), "(.doc); save it as .docx"),
        (ole("EncryptedPackage"), "password"),
        (ole("Workbook"), ".xls"),
        (archive(&[("xl/workbook.xml", b"<a/>")]), "Excel"),
        (archive(&[("ppt/presentation.xml", b"<a/>")]), "PowerPoint"),
        (archive(&[("readme.txt", b"Hello.")]), "zip archive"),
        (b"\x1F\x8B\x08\x00".to_vec(), "compressed"),
    ] {
        let what = refused(&bytes);
        assert!(what.contains(says), "{what}");
    }
    let plain = Document::read(Source::from_text("t", "Hello."), Format::Docx);
    assert!(plain.is_err_and(|e| e.kind() == ErrorKind::WrongFormat && e.line() == Some(1)));
}

#[test]
fn broken_documents_are_refused() {
    let whole = docx("<w:p><w:r><w:t>Hello there.</w:t></w:r></w:p>");
    assert!(refused(&whole[..whole.len() / 2]).contains("zip archive is broken"));
    let part = |xml: &str| archive(&[("word/document.xml", xml.as_bytes())]);
    assert!(refused(&part("<w:document")).contains("word/document.xml: "));
    assert!(refused(&part("<a><b></a>")).contains("word/document.xml: "));
    assert!(refused(&part(&format!("<w:document {NAMESPACES}><w:body>"))).contains("ends too early"));
    assert!(refused(&part("<html>word/document</html>")).contains("not a Word document"));
    let entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>";
    assert!(refused(&part(entity)).contains("entities"));
    assert!(refused(&docx("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>")).contains("entity \"e\""));
    let deep = "<w:sdt>".repeat(2000);
    assert!(refused(&docx(&deep)).contains("nested"));
    let other = archive(&[
        ("word/document2.txt", b"x"),
        ("_rels/.rels", b"<r><a Type='x/officeDocument' Target='word/d.xml'/></r>"),
    ]);
    assert!(refused(&other).contains("word/d.xml is missing"));
}

#[test]
fn a_document_that_unpacks_to_too_much_is_refused() {
    let bomb = docx(&" ".repeat(20 << 20));
    assert!(bomb.len() < 100_000);
    assert!(refused(&bomb).contains("unpacks to more than"));
}

#[test]
fn the_main_part_is_where_the_package_says() {
    let document =
        format!("<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>Hello.</w:t></w:r></w:p></w:body></w:document>");
    let relations = "<Relationships><Relationship Type=\"http://x/officeDocument\" Target=\"/word/document7.xml\"/></Relationships>";
    let bytes = archive(&[("_rels/.rels", relations.as_bytes()), ("word/document7.xml", document.as_bytes())]);
    assert_eq!(Source::from_bytes("x", &bytes).unwrap().text(), "Hello.\n");
}

#[test]
fn a_page_says_its_encoding() {
    let page = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=CHARSET\"></head><body><p>茶</p></body></html>";
    for (label, encoding, name) in [
        ("gb2312", encoding_rs::GBK, "gb18030"),
        ("GBK", encoding_rs::GBK, "gb18030"),
        ("big5", encoding_rs::BIG5, "Big5"),
    ] {
        let text = page.replace("CHARSET", label);
        let (bytes, _, _) = encoding.encode(&text);
        let source = Source::from_bytes("page", &bytes).unwrap();
        assert_eq!(source.encoding(), name);
        assert_eq!(Document::read(source, Format::Auto).unwrap().segments()[0].text, "茶", "{label}");
    }
    // A page in GBK that says it is in Big5 is read as what it is.
    let long = page
        .replace("CHARSET", "big5")
        .replace('茶', "港口的早晨很安静，渔船一条挨着一条停在堤边，渔网挂起来晾着，没有人说话。");
    let (bytes, _, _) = encoding_rs::GBK.encode(&long);
    assert_eq!(Source::from_bytes("page", &bytes).unwrap().encoding(), "gb18030");
}

/// Pages that would take hours, or the stack, where a reader goes over them again and again.
#[test]
fn long_pages_take_linear_time() {
    let sentence = "It was a long day for all of us, and nobody had slept for more than an hour. ";
    let pages = [
        "<div>".repeat(100_000),
        "<p>".repeat(100_000),
        "<b>".repeat(20_000) + &"<p>x".repeat(20_000),
        "<a><div>".repeat(20_000),
        "<table><tr><td>".repeat(20_000),
        format!("<p>{sentence}</p>").repeat(20_000),
        format!("<p>{sentence}<br>").repeat(300),
        "</div></p></b>".repeat(50_000),
        "&amp;".repeat(100_000),
        format!("<ul>{}</ul>", "<li><a href=x>one</a>".repeat(50_000)),
        format!("<div class=ad><p>{sentence}").repeat(5_000),
        "<p>ab</p><p>cd</p>".repeat(40_000),
        "<!--".repeat(50_000),
        "<".repeat(200_000),
    ];
    for page in pages {
        let started = std::time::Instant::now();
        let source = Source::from_text("long", &format!("<!doctype html><body>{page}"));
        check(&Document::read(source, Format::Auto).unwrap(), Format::Html);
        let took = started.elapsed().as_secs_f64();
        let start: String = page.chars().take(20).collect();
        println!("{start:?} {} KB: {took:.2} s", page.len() / 1000);
        assert!(took < 30.0, "{start} takes {took:.1} s");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_behind_a_zip_header(bytes in prop::collection::vec(any::<u8>(), 0..300), named in any::<bool>()) {
        let name: &[u8] = if named { b"word/document.xml" } else { b"" };
        let _ = Source::from_bytes("any", &[b"PK\x03\x04", name, &bytes].concat());
    }

    #[test]
    fn a_document_with_a_wrong_byte(at in 0usize..2000, byte in any::<u8>()) {
        let mut bytes = docx("<w:p><w:r><w:t>Hello there.</w:t></w:r></w:p>");
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = Source::from_bytes("any", &bytes);
    }

    #[test]
    fn any_elements(parts in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
        "<w:br/>", "<w:tab/>", "<w:del>", "</w:del>", "<w:txbxContent>", "</w:txbxContent>", "<mc:AlternateContent>", "</mc:AlternateContent>",
        "<mc:Choice>", "</mc:Choice>", "<mc:Fallback>", "</mc:Fallback>", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", "Hello. ", "你好。",
        "&#10;", "&amp;", "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>", "<w:p/>", "<w:tc/>",
    ]), 0..40)) {
        if let Ok(source) = Source::from_bytes("any", &docx(&parts.concat())) {
            prop_assert_eq!(source.text().lines().count(), source.line_kinds().unwrap().len());
            check(&Document::read(source, Format::Auto).unwrap(), Format::Docx);
        }
    }

    #[test]
    fn any_tags(parts in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<a href=x>", "</a>", "<br>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<li>",
        "<ul>", "</ul>", "<nav>", "</nav>", "<script>", "</script>", "<!--", "-->", "<", ">", "\"", "'", "=", "<p class='ad'>", "<h1>", "</h1>",
        "<title>", "</title>", "<svg>", "<path/>", "</svg>", "<pre>", "</pre>", "&amp;", "&quot;", "&nGt;", "&#x4f60;", "&#0;", "&", ";", "&rdquo;",
        "Hello there, everyone. ", "你好，大家。", "Ben: ", "\n", " ", "\t", "\r\n", "\0", "\u{AD}", "\u{2028}", "\u{A0}", "é", "😀", "<ruby>", "<rt>", "<textarea>",
        "<select><option>", "<template>", "<noscript>", "</body>", "<![CDATA[", "]]>", "<p hidden>", "<dialog>", "<math>", "<frameset>",
        "It was a long day for all of us, and nobody, not even the captain, had slept for more than an hour. ",
    ]), 0..60)) {
        let text = parts.concat();
        for start in ["<!doctype html>", "<html><body>", ""] {
            let text = format!("{start}{text}");
            check(&Document::read(Source::from_text("any", &text), Format::Html).unwrap(), Format::Html);
        }
    }
}
