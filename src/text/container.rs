//! Files that are no text but hold one, told by their first bytes.

/// What a file is by its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A Word document in the form of 2007 and later.
    Docx,
    /// Something else: what it is and what to do.
    Other(&'static str),
}

const PDF: &str = "this is a PDF; give its text, as pdftotext prints it, or a Word document or a web page";
const RTF: &str = "this is a document in Rich Text Format; save it as a Word document (.docx) or as plain text";
const OLD_WORD: &str = "this is a Word document from before 2007 (.doc); save it as .docx";
const OLD_OFFICE: &str =
    "this is an old office file (.xls or .ppt) or an e-mail; save its text as .docx or as plain text";
const LOCKED: &str = "this office file is protected by a password; save it without one";
const SHEET: &str = "this is an Excel workbook; save the sheet as a text with tabs, or its columns as two texts";
const SLIDES: &str = "this is a PowerPoint presentation; save its outline as text or as a Word document";
const OPEN_DOCUMENT: &str = "this is an OpenDocument file (.odt, .ods, .odp); save it as a Word document (.docx)";
const EPUB: &str = "this is an e-book (.epub); give its chapters as web pages or text";
const ZIP: &str = "this is a zip archive, not a text; unpack it and give a file from it";
const PACKED: &str = "this file is compressed; unpack it first";

/// The entry in the archives of office programs that lists the types of their parts.
const OFFICE: &[u8] = b"[Content_Types].xml";

/// Names in an archive, and what has them.
const PARTS: [(&[u8], Container); 6] = [
    (b"word/document", Container::Docx),
    (b"xl/workbook", Container::Other(SHEET)),
    (b"ppt/presentation", Container::Other(SLIDES)),
    (b"mimetypeapplication/vnd.oasis.opendocument", Container::Other(OPEN_DOCUMENT)),
    (b"mimetypeapplication/epub+zip", Container::Other(EPUB)),
    (b"META-INF/container.xml", Container::Other(EPUB)),
];

/// What bytes are, where they are no text but known.
pub(super) fn container(bytes: &[u8]) -> Option<Container> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        // The names stand uncompressed before each part, and again in the list at the end.
        let first = PARTS.iter().filter_map(|(name, is)| Some((find(bytes, name)?, is))).min_by_key(|(at, _)| *at);
        // A main part with another name. The package says what it is.
        let package = || find(bytes, OFFICE).map(|_| Container::Docx);
        return Some(first.map(|(_, is)| is.clone()).or_else(package).unwrap_or(Container::Other(ZIP)));
    }
    let what = match bytes {
        _ if bytes.starts_with(b"%PDF-") => PDF,
        _ if bytes.starts_with(b"{\\rtf") => RTF,
        _ if bytes.starts_with(b"\x1F\x8B")
            || bytes.starts_with(b"7z\xBC\xAF\x27\x1C")
            || bytes.starts_with(b"Rar!\x1A") =>
        {
            PACKED
        }
        _ if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => {
            let has = |name: &str| {
                find(bytes, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()).is_some()
            };
            match () {
                () if has("EncryptedPackage") => LOCKED,
                () if has("WordDocument") => OLD_WORD,
                () => OLD_OFFICE,
            }
        }
        _ => return None,
    };
    Some(Container::Other(what))
}

/// First place of `part`; each byte is looked at about once, whatever the bytes.
fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let first = *part.first()?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|b| *b == first)?;
        if bytes[at..].starts_with(part) {
            return Some(at);
        }
        at += 1;
    }
}
