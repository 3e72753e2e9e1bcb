//! A record of the input: one line of JSON with a pair of texts or an article.

use std::collections::HashSet;
use std::fmt;

use duiqi::{Format, Lang};
use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::formats::in_strings;

/// Why a record has no alignment.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    /// What is wrong, where, and what to do.
    pub(super) message: String,
}

/// The kinds of fault, as they stand in the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FaultKind {
    /// The line is longer than `--max-record-bytes`.
    TooLong,
    NotUtf8,
    NotJson,
    /// JSON, but no object.
    NotAnObject,
    MissingKey,
    /// Keys that exclude each other, or one that stands there twice.
    ConflictingKeys,
    WrongType,
    /// Half of a surrogate pair, which is no character.
    LoneSurrogate,
    UnknownFormat,
    /// A text without any segment.
    Empty,
    /// A text that is in the other language, or an article that is in one only.
    WrongLanguage,
    /// Anything else that the library refuses.
    Refused,
    /// The program's own fault.
    Panic,
}

impl FaultKind {
    pub(super) fn with(self, message: impl Into<String>) -> Fault {
        Fault { kind: self, message: message.into() }
    }
}

/// The texts of a record.
pub(super) enum Texts {
    Pair { en: Text, zh: Text },
    Article(Text),
}

/// A text, ready to be read.
pub(super) struct Text {
    pub(super) text: String,
    pub(super) format: Format,
    /// Whether it came as an array of segments, which have no byte range in one string.
    pub(super) listed: bool,
}

/// The members of a record's object, not looked into yet; `None` for one that is absent or null.
#[derive(Default)]
pub(super) struct Fields<'a> {
    pub(super) id: Option<&'a RawValue>,
    en: Option<&'a RawValue>,
    zh: Option<&'a RawValue>,
    article: Option<&'a RawValue>,
    format: Option<&'a RawValue>,
    lines: Option<&'a RawValue>,
    /// Those that `--keep` names, in its order.
    pub(super) kept: Vec<(&'a str, &'a RawValue)>,
}

/// What is asked of every record.
pub(super) struct Reading {
    /// Formats of the English and the Chinese text; an article has the first.
    pub(super) formats: (Format, Format),
    /// Names of members to carry over.
    pub(super) keep: Vec<String>,
}

impl Reading {
    /// The members of the object in a line. With a fault, those that stand before it: its `id`, if possible.
    pub(super) fn fields<'a>(&'a self, line: &'a [u8]) -> (Fields<'a>, Result<(), Fault>) {
        let mut fields = Fields::default();
        let (line, broken) = match std::str::from_utf8(line) {
            Ok(line) => (line, None),
            Err(e) => {
                let at = e.valid_up_to();
                let byte = line.get(at).copied().unwrap_or_default();
                let what = format!("byte {at} of the line is not UTF-8 (0x{byte:02X}); JSON is UTF-8, so convert it");
                // What stands before it is text.
                let before = line.get(..at).and_then(|l| std::str::from_utf8(l).ok()).unwrap_or_default();
                (before, Some(FaultKind::NotUtf8.with(what)))
            }
        };
        let mut twice = None;
        let mut json = serde_json::Deserializer::from_str(line);
        let seed = Collect { reading: self, fields: &mut fields, twice: &mut twice };
        let read = seed.deserialize(&mut json).and_then(|()| json.end());
        let mut order = fields.kept.clone();
        order.sort_by_key(|(key, _)| self.keep.iter().position(|k| k == key));
        fields.kept = order;
        let fault = match (broken, read, twice) {
            (Some(fault), ..) => Err(fault),
            (None, Err(e), _) if e.is_data() => Err(FaultKind::NotAnObject
                .with("the line is JSON but not an object; write {\"id\":…,\"en\":\"…\",\"zh\":\"…\"}")),
            (None, Err(e), _) => Err(FaultKind::NotJson.with(format!("the line is not JSON: {}", place_of(&e)))),
            (None, Ok(()), Some(key)) => {
                let what = format!("{key:?} occurs twice; remove one of them");
                Err(FaultKind::ConflictingKeys.with(what))
            }
            (None, Ok(()), None) => Ok(()),
        };
        (fields, fault)
    }

    /// The texts of a record.
    pub(super) fn texts(&self, fields: &Fields<'_>) -> Result<Texts, Fault> {
        let lines = fields.lines.map(|raw| boolean("lines", raw)).transpose()?.unwrap_or(false);
        match (fields.en, fields.zh, fields.article) {
            (Some(en), Some(zh), None) => {
                let (mut a, mut b) = self.formats;
                if let Some(raw) = fields.format {
                    (a, b) = formats(raw)?;
                }
                if lines {
                    (a, b) = (Format::Lines, Format::Lines);
                }
                Ok(Texts::Pair { en: text(Lang::En.code(), en, a)?, zh: text(Lang::Zh.code(), zh, b)? })
            }
            (None, None, Some(article)) if lines => {
                let _ = article;
                let what =
                    "\"lines\" is for a pair; duiqi finds the segments of an article itself, so leave \"lines\" out";
                Err(FaultKind::ConflictingKeys.with(what))
            }
            (None, None, Some(article)) => {
                let format = fields.format.map(formats).transpose()?.unwrap_or(self.formats).0;
                match kind_of(article) {
                    "a string" => Ok(Texts::Article(text("article", article, format)?)),
                    other => Err(FaultKind::WrongType.with(format!("\"article\" is {other}; give a string"))),
                }
            }
            (None, None, None) => {
                let what = "neither \"en\" and \"zh\" nor \"article\" is there; give two texts or an article with both languages";
                Err(FaultKind::MissingKey.with(what))
            }
            (_, _, Some(_)) => {
                let what = "\"article\" is used together with \"en\" or \"zh\"; give either two texts or one article";
                Err(FaultKind::ConflictingKeys.with(what))
            }
            (en, _, None) => {
                let (there, missing) = if en.is_some() { ("en", "zh") } else { ("zh", "en") };
                let what = format!(
                    "\"{there}\" is given, but \"{missing}\" is missing; add it, or put a text in both languages into \"article\""
                );
                Err(FaultKind::MissingKey.with(what))
            }
        }
    }
}

/// What is wrong with a line of JSON, by its byte; the "line 1" of the parser would mislead.
fn place_of(error: &serde_json::Error) -> String {
    let what = error.to_string();
    let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what);
    format!("{what} at byte {}", error.column())
}

/// A text from a string, or from an array of strings, each of which is a segment.
fn text(key: &str, raw: &RawValue, format: Format) -> Result<Text, Fault> {
    match kind_of(raw) {
        "a string" => Ok(Text { text: string(key, raw)?, format, listed: false }),
        "an array" => {
            let items: Vec<&RawValue> =
                serde_json::from_str(raw.get()).map_err(|e| FaultKind::NotJson.with(e.to_string()))?;
            let mut text = String::with_capacity(raw.get().len());
            for (i, item) in items.iter().enumerate() {
                let name = format!("{key}[{i}]");
                if kind_of(item) != "a string" {
                    let what = format!("\"{name}\" is {}; give strings, each a segment", kind_of(item));
                    return Err(FaultKind::WrongType.with(what));
                }
                // A line feed would begin another segment; a space has as many bytes.
                text.push_str(&string(&name, item)?.replace('\n', " "));
                text.push('\n');
            }
            Ok(Text { text, format: Format::Lines, listed: true })
        }
        other => {
            let what = format!("\"{key}\" is {other}; give a string, or an array of strings, each a segment");
            Err(FaultKind::WrongType.with(what))
        }
    }
}

/// The string in `raw`, which is one.
fn string(key: &str, raw: &RawValue) -> Result<String, Fault> {
    // The line has been parsed once: what is left to be wrong is an escape that stands for no character.
    serde_json::from_str(raw.get()).map_err(|e| {
        let at = e.column();
        let what = format!(
            "\"{key}\" contains half of a surrogate pair (\\uD800 to \\uDFFF) at byte {at} of its value, which is not a character; \
             repair it, or write \\uFFFD instead"
        );
        FaultKind::LoneSurrogate.with(what)
    })
}

fn boolean(key: &str, raw: &RawValue) -> Result<bool, Fault> {
    let wrong = || FaultKind::WrongType.with(format!("\"{key}\" is {}; give true or false", kind_of(raw)));
    serde_json::from_str(raw.get()).map_err(|_| wrong())
}

/// One format for both texts, or two apart by a comma, as `--from` has them.
fn formats(raw: &RawValue) -> Result<(Format, Format), Fault> {
    if kind_of(raw) != "a string" {
        let what = format!("\"format\" is {}; give a name, for example \"markdown\" or \"srt,vtt\"", kind_of(raw));
        return Err(FaultKind::WrongType.with(what));
    }
    in_strings(&string("format", raw)?).map_err(|e| FaultKind::UnknownFormat.with(e))
}

/// What a value is, for a message.
fn kind_of(raw: &RawValue) -> &'static str {
    match raw.get().as_bytes().first() {
        Some(b'"') => "a string",
        Some(b'[') => "an array",
        Some(b'{') => "an object",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// Takes the members of an object as they come, so that those before a fault are known.
struct Collect<'f, 'a> {
    reading: &'a Reading,
    fields: &'f mut Fields<'a>,
    /// The first key that counts and stands there twice.
    twice: &'f mut Option<String>,
}

impl<'a> DeserializeSeed<'a> for Collect<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Collect<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let Collect { reading, fields, twice } = self;
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let kept = reading.keep.iter().find(|k| **k == key);
            let field = match key.as_str() {
                "id" => Some(&mut fields.id),
                "en" => Some(&mut fields.en),
                "zh" => Some(&mut fields.zh),
                "article" => Some(&mut fields.article),
                "format" => Some(&mut fields.format),
                "lines" => Some(&mut fields.lines),
                _ => None,
            };
            let value: &'a RawValue = map.next_value()?;
            if field.is_none() && kept.is_none() {
                continue;
            }
            if let Some(field) = field {
                // What writes tables writes null where a column has nothing.
                *field = Some(value).filter(|raw| raw.get() != "null");
            }
            if let Some(name) = kept {
                fields.kept.push((name, value));
            }
            if seen.contains(&key) {
                twice.get_or_insert(key);
            } else {
                seen.insert(key);
            }
        }
        Ok(())
    }
}
