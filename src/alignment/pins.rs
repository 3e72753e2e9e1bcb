//! Beads that a reader has fixed: the file that the report exports and `duiqi align --pins` reads.
//!
//! ```json
//! {"duiqi":"pins","version":1,
//!  "en":{"name":"en.md","segments":412},"zh":{"name":"zh.md","segments":340},
//!  "pins":[
//!   {"en":[0,1],"zh":[0]},
//!   {"en":[7],"zh":[]}]}
//! ```

use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::Side;
use crate::error::{Error, Result};
use crate::text::{Lang, PerLang, Source};

/// What the file says it is.
const KIND: &str = "pins";
/// The version of the form that this crate reads and the report writes.
const VERSION: u64 = 1;

/// Beads that a reader has fixed, with what they were made on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pins {
    sides: PerLang<PinnedSide>,
    pins: Vec<Pin>,
}

/// The side that pins were made on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PinnedSide {
    /// Name of the text, as [`Source::name`].
    pub name: String,
    /// Number of segments of the side.
    pub segments: usize,
}

/// A bead that is fixed: consecutive segments of both sides, or of one and none of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// English segments, as indices of [`Side::segments`]; empty where English has no counterpart.
    pub en: Range<usize>,
    /// Chinese segments, likewise.
    pub zh: Range<usize>,
}

#[derive(Deserialize)]
struct File<'a> {
    duiqi: String,
    version: u64,
    en: PinnedSide,
    zh: PinnedSide,
    #[serde(borrow)]
    pins: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    en: Vec<usize>,
    zh: Vec<usize>,
}

impl Pins {
    /// Reads a file of pins. They ascend on both sides without overlapping, and each holds consecutive segments.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] with the line, for a text that is not in this format or breaks one of these
    /// rules.
    pub fn read(source: &Source) -> Result<Pins> {
        let wrong = |line: usize, what: String| Error::malformed(source.name(), line, what);
        let text = source.text();
        let file: File<'_> = serde_json::from_str(text).map_err(|e| {
            wrong(e.line().max(1), "this is not a file of pins; export one from the report".to_owned()).caused_by(e)
        })?;
        if file.duiqi != KIND || file.version != VERSION {
            let (kind, version) = (&file.duiqi, file.version);
            let what = format!(
                "this is {kind:?}, version {version}, but only pins of version {VERSION} can be read; export them again"
            );
            return Err(wrong(1, what));
        }
        let sides = PerLang { en: file.en, zh: file.zh };
        let (mut next, mut pins) = (PerLang::<usize>::default(), Vec::with_capacity(file.pins.len()));
        for (k, raw) in file.pins.iter().enumerate() {
            let offset = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            let refuse = |what: String| wrong(source.line_of(offset), format!("pin {k}: {what}"));
            let lists: Lists = serde_json::from_str(raw.get()).map_err(|e| {
                refuse("this is not a pin; write it like {\"en\":[0,1],\"zh\":[0]}".to_owned()).caused_by(e)
            })?;
            if lists.en.is_empty() && lists.zh.is_empty() {
                return Err(refuse("it is empty on both sides; remove it".to_owned()));
            }
            let lists = PerLang { en: lists.en, zh: lists.zh };
            let mut ranges = PerLang { en: 0..0, zh: 0..0 };
            for lang in Lang::ALL {
                ranges[lang] = consecutive(&lists[lang], next[lang], sides[lang].segments)
                    .map_err(|what| refuse(format!("{}: {what}", lang.name())))?;
                next[lang] = ranges[lang].end;
            }
            pins.push(Pin { en: ranges.en, zh: ranges.zh });
        }
        Ok(Pins { sides, pins })
    }

    /// The pins, in order of both sides.
    #[doc(hidden)]
    pub fn pins(&self) -> &[Pin] {
        &self.pins
    }

    /// What one side was when the pins were made.
    pub(crate) fn side(&self, lang: Lang) -> &PinnedSide {
        &self.sides[lang]
    }

    /// Whether the pins were made on these sides: names (without their folders) and numbers of segments are the same.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Argument`] that says what is different.
    #[doc(hidden)]
    pub fn fit(&self, sides: PerLang<&Side>) -> Result<()> {
        for lang in Lang::ALL {
            let side = sides[lang];
            let (pinned, language) = (self.side(lang), lang.name());
            let (name, segments) = (side.document.source().name(), side.segments.len());
            let what = if file_name(&pinned.name) != file_name(name) {
                format!("they were made for {:?}, but the {language} text is {name:?}", pinned.name)
            } else if pinned.segments != segments {
                let then = pinned.segments;
                format!("they were made when {name} had {then} {language} segments; it has {segments} now")
            } else {
                continue;
            };
            let what = format!("{what}; export them again from a report of these texts");
            return Err(Error::argument("pins", what));
        }
        Ok(())
    }
}

/// The range that a list of indices names, which starts at `next` or behind and ends within `segments`. An empty one
/// stands at `next`.
fn consecutive(list: &[usize], next: usize, segments: usize) -> Result<Range<usize>, String> {
    let (Some(&first), Some(&last)) = (list.first(), list.last()) else { return Ok(next..next) };
    if list.windows(2).any(|w| w[0].checked_add(1) != Some(w[1])) {
        return Err(format!("the segments {list:?} do not follow each other; make two pins of them"));
    }
    if first < next {
        return Err(format!(
            "segment {first} is before the end of an earlier pin; sort the pins, and let none of them overlap"
        ));
    }
    if last >= segments {
        return Err(format!("there is no segment {last}; the side has {segments}, counted from 0"));
    }
    Ok(first..last + 1)
}

/// The last part of a path, whatever separates its parts.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::fmt::Write;
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::document::{Document, Format};

    fn file(en: usize, zh: usize, pins: &str) -> Source {
        let head = format!(r#"{{"duiqi":"pins","version":1,"en":{{"name":"en.md","segments":{en}}},"#);
        Source::from_text(
            "pins.json",
            &format!("{head}\n\"zh\":{{\"name\":\"zh.md\",\"segments\":{zh}}},\n\"pins\":[{pins}]}}\n"),
        )
    }

    fn side(name: &str, segments: usize) -> Side {
        let source = Source::from_text(name, &"x\n".repeat(segments));
        Side::whole(Arc::new(Document::read(source, Format::Lines).unwrap()))
    }

    /// One case a line: pins over 5 English and 4 Chinese segments, then what is said of them, or `ok`.
    #[test]
    fn cases() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/pins.tsv");
        let mut seen = 0;
        for line in std::fs::read_to_string(path).unwrap().lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let (pins, expected) = line.split_once('\t').unwrap();
            let said = match Pins::read(&file(5, 4, pins)) {
                Ok(_) => "ok".to_owned(),
                Err(error) => {
                    let cause = error.source().map(|cause| format!(" {cause}"));
                    format!("{error}{}", cause.unwrap_or_default())
                }
            };
            assert!(if expected == "ok" { said == "ok" } else { said.contains(expected) }, "{pins}: {said}");
            seen += 1;
        }
        assert!(seen > 10, "{seen} cases only");
    }

    #[test]
    fn errors_name_the_line() {
        let error = Pins::read(&file(5, 4, "\n{\"en\":[0],\"zh\":[0]},\n{\"en\":[0],\"zh\":[1]}")).unwrap_err();
        assert!(error.to_string().starts_with("pins.json:5: pin 1: English: segment 0"), "{error}");
        for (text, line) in [("", 1), ("{\n\"duiqi\":3}", 2), ("[]", 1)] {
            let error = Pins::read(&Source::from_text("p", text)).unwrap_err().to_string();
            assert!(error.starts_with(&format!("p:{line}: ")), "{error}");
        }
        let other =
            r#"{"duiqi":"pins","version":2,"en":{"name":"","segments":0},"zh":{"name":"","segments":0},"pins":[]}"#;
        assert!(Pins::read(&Source::from_text("p", other)).unwrap_err().to_string().contains("version 2"));
    }

    #[test]
    fn fit_only_what_they_were_made_on() {
        let pins = Pins::read(&file(5, 4, "")).unwrap();
        let fit = |en: Side, zh: Side| pins.fit(PerLang { en, zh }.as_ref());
        assert!(fit(side("texts/en.md", 5), side("zh.md", 4)).is_ok());
        let said = |en: Side, zh: Side| fit(en, zh).unwrap_err().to_string();
        assert!(said(side("en.md", 6), side("zh.md", 4)).contains("had 5 English segments; it has 6 now"));
        assert!(said(side("en.md", 5), side("other.md", 4)).contains("the Chinese text is \"other.md\""));
    }

    proptest! {
        #[test]
        fn any_beads_are_read_back(shapes in prop::collection::vec((0usize..4, 0usize..4, any::<bool>()), 0..30)) {
            let (mut at, mut text, mut expected) = ((0, 0), String::new(), Vec::new());
            for (a, b, kept) in shapes {
                let (en, zh) = (at.0..at.0 + a, at.1..at.1 + b);
                at = (en.end, zh.end);
                if kept && a + b > 0 {
                    let comma = if text.is_empty() { "" } else { "," };
                    let (e, z): (Vec<usize>, Vec<usize>) = (en.clone().collect(), zh.clone().collect());
                    write!(text, "{comma}\n{{\"en\":{e:?},\"zh\":{z:?}}}").unwrap();
                    expected.push((e, z));
                }
            }
            let pins = Pins::read(&file(at.0, at.1, &text)).unwrap();
            let read: Vec<_> = pins.pins().iter().map(|p| (p.en.clone().collect(), p.zh.clone().collect())).collect();
            prop_assert_eq!(read, expected);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".*", pins in r#"[\[\]{}"enzh:,0-9 ]{0,60}"#) {
            let _ = Pins::read(&Source::from_text("p", &text));
            let _ = Pins::read(&file(5, 4, &pins));
        }
    }
}
