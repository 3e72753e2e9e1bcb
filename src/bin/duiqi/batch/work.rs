//! From a line of the input to a line of the output.

use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use duiqi::alignment::Alignment;
use duiqi::document::Format;
use duiqi::text::{Lang, Source};
use duiqi::{Aligner, AlignerBuilder, ErrorKind};

use super::answer::{self, Listed, Origin, Warning, Writing};
use super::input::{Content, Line};
use super::record::{Fault, FaultKind, Fields, Reading, Text, Texts};
use crate::align::doubt;
use crate::failure::{advice, explained};

/// What all threads share.
pub(super) struct Workshop {
    builder: AlignerBuilder,
    /// One for each pair of formats that was asked for.
    aligners: Mutex<HashMap<(&'static str, &'static str), Arc<Aligner>>>,
    reading: Reading,
    writing: Writing,
    /// `--max-record-bytes`, for the message.
    limit: usize,
}

/// What became of a record.
pub(super) struct Done {
    /// The line for the output, with its end.
    pub(super) line: Vec<u8>,
    /// Why it failed, with its place in the input.
    pub(super) fault: Option<String>,
    pub(super) segments: usize,
    pub(super) beads: usize,
}

impl Workshop {
    pub(super) fn new(builder: AlignerBuilder, reading: Reading, writing: Writing, limit: usize) -> Workshop {
        Workshop { builder, aligners: Mutex::default(), reading, writing, limit }
    }

    /// The members of a line that is in hand.
    pub(super) fn fields<'a>(&'a self, line: &'a Line) -> (Fields<'a>, Result<(), Fault>) {
        let (fields, read) = self.reading.fields(line.bytes());
        let fault = match line.content {
            Content::Whole(_) => read,
            Content::TooLong { bytes, .. } => {
                let limit = self.limit;
                let what = format!(
                    "the line has {bytes} bytes, more than the {limit} of --max-record-bytes; split the record, or raise it"
                );
                Err(FaultKind::TooLong.with(what))
            }
        };
        (fields, fault)
    }

    /// Aligns a record. Whatever goes wrong with it stands in its line.
    pub(super) fn align(&self, line: &Line) -> Done {
        let caught = catch_unwind(AssertUnwindSafe(|| {
            let (fields, fault) = self.fields(line);
            let origin = self.origin(line, &fields);
            fault.and_then(|()| self.aligned(&origin)).unwrap_or_else(|fault| failed(line, &origin, &fault))
        }));
        caught.unwrap_or_else(|_| {
            let (fields, _) = self.fields(line);
            let place = PANIC.take().unwrap_or_default();
            let what = format!(
                "duiqi failed on this record ({place}); this is a fault of duiqi: please report it with the record"
            );
            failed(line, &self.origin(line, &fields), &FaultKind::Panic.with(what))
        })
    }

    fn origin<'a>(&self, line: &Line, fields: &'a Fields<'a>) -> Origin<'a> {
        let piece = self.writing.piece;
        let start = (piece && fields.id.is_none()).then(|| start(line.bytes()));
        Origin { fields, line: (!piece).then_some(line.number), start }
    }

    fn aligned(&self, origin: &Origin<'_>) -> Result<Done, Fault> {
        let (mut alignment, listed) = match self.reading.texts(origin.fields)? {
            Texts::Pair { en, zh } => self.pair(&en, &zh)?,
            Texts::Article(article) => {
                let aligner = self.aligner((article.format, article.format))?;
                let source = Source::from_text("article", &article.text);
                (aligner.align_article_source(source).map_err(refused)?, Listed { en: false, zh: false })
            }
        };
        if let Some(least) = self.writing.min_confidence {
            alignment = alignment.at_least(least).map_err(refused)?;
        }
        let warnings: Vec<Warning> = doubt(&alignment, "the two texts")
            .map(|message| Warning { kind: "not-translations", message })
            .into_iter()
            .collect();
        let line = answer::aligned(origin, &alignment, &self.writing, listed, &warnings)
            .map_err(|e| FaultKind::Refused.with(e.to_string()))?;
        let segments = [Lang::En, Lang::Zh].map(|lang| alignment.side(lang).segments.len()).iter().sum();
        Ok(Done { line, fault: None, segments, beads: alignment.beads().len() })
    }

    fn pair(&self, en: &Text, zh: &Text) -> Result<(Alignment, Listed), Fault> {
        let aligner = self.aligner((en.format, zh.format))?;
        let source = |lang: Lang, text: &Text| {
            let source = Source::from_text(lang.code(), &text.text);
            if source.text().trim().is_empty() {
                return Err(no_text(lang.code()));
            }
            Ok(source)
        };
        let alignment = aligner.align_sources(source(Lang::En, en)?, source(Lang::Zh, zh)?).map_err(refused)?;
        Ok((alignment, Listed { en: en.listed, zh: zh.listed }))
    }

    /// The aligner that reads these formats.
    fn aligner(&self, (en, zh): (Format, Format)) -> Result<Arc<Aligner>, Fault> {
        let mut aligners = self.aligners.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (en.name(), zh.name());
        if let Some(aligner) = aligners.get(&key) {
            return Ok(Arc::clone(aligner));
        }
        let built = self.builder.clone().langs(Lang::En, Lang::Zh).formats(en, zh).build().map_err(refused)?;
        Ok(Arc::clone(aligners.entry(key).or_insert(Arc::new(built))))
    }
}

/// Characters of a line that has no id that are shown.
const START: usize = 80;

/// The first characters of a line, U+FFFD for what is not UTF-8.
fn start(line: &[u8]) -> String {
    const LONGEST: usize = 4;
    let enough = line.get(..START * LONGEST).unwrap_or(line);
    String::from_utf8_lossy(enough).chars().take(START).collect()
}

fn failed(line: &Line, origin: &Origin<'_>, fault: &Fault) -> Done {
    // Strings and numbers can always be written; an empty line would break the count.
    let answer = answer::failed(origin, fault).unwrap_or_else(|_| b"null\n".to_vec());
    Done { line: answer, fault: Some(format!("{}: {}", line.place, fault.message)), segments: 0, beads: 0 }
}

/// An error of the library as the fault of a record. Where it speaks of files, it is said otherwise.
fn refused(error: duiqi::Error) -> Fault {
    match error.kind() {
        ErrorKind::Empty => no_text(error.file().unwrap_or_default()),
        ErrorKind::OneLanguage(lang) => {
            let lang = lang.name();
            let what = format!(
                "\"article\" has {lang} text only; it must hold both languages, or give two texts, \"en\" and \"zh\""
            );
            FaultKind::WrongLanguage.with(what)
        }
        ErrorKind::LanguageMismatch(lang) => {
            let (key, found, other) = (lang.code(), lang.other().name(), lang.other().code());
            let what = format!("\"{key}\" looks {found}; put {found} texts into \"{other}\"");
            FaultKind::WrongLanguage.with(what)
        }
        ErrorKind::OtherLanguage => FaultKind::WrongLanguage.with(error.to_string()),
        ErrorKind::WrongFormat => {
            FaultKind::Refused.with(explained(&error, Some("leave out \"format\" and --from".to_owned())))
        }
        kind => FaultKind::Refused.with(explained(&error, advice(kind))),
    }
}

fn no_text(key: &str) -> Fault {
    FaultKind::Empty.with(format!("\"{key}\" has no text; give at least one sentence"))
}

thread_local! {
    /// Where and why this thread has panicked last.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Name of a thread that aligns.
pub(super) const WORKER: &str = "worker";

/// From now on a panic of a thread that aligns is kept for the record that caused it, instead of being printed.
pub(super) fn keep_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() == Some(WORKER) {
            PANIC.set(Some(info.to_string().replace('\n', " ")));
        } else {
            before(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::batch::answer::Form;

    #[test]
    fn a_panic_becomes_the_fault_of_its_record() {
        let broken = |_: Lang, _: &[&str]| -> duiqi::Result<Vec<Vec<f32>>> { panic!("no vectors\ntoday") };
        let builder = Aligner::builder().encoder(Arc::new(broken));
        let reading = Reading { formats: Default::default(), keep: vec![] };
        let writing = Writing { form: Form::Beads, min_confidence: None, piece: false };
        let workshop = Arc::new(Workshop::new(builder, reading, writing, usize::MAX));
        let line = |number, text: &str| Line {
            number,
            place: format!("in:{number}"),
            content: Content::Whole(text.as_bytes().to_vec()),
        };
        keep_panics();
        let worker = std::thread::Builder::new().name(WORKER.to_owned()).spawn(move || {
            let lines =
                [line(1, r#"{"id":7,"en":"It rained.","zh":"下雨了。"}"#), line(2, r#"{"id":8,"en":"It rained."}"#)];
            lines.map(|line| workshop.align(&line))
        });
        let [first, second] = worker.unwrap().join().unwrap();
        let answer: Value = serde_json::from_slice(&first.line).unwrap();
        assert_eq!((&answer["id"], &answer["error"]["kind"]), (&7.into(), &"panic".into()));
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(message.contains("no vectors today") && message.contains("work.rs"), "{message}");
        assert!(first.fault.is_some_and(|fault| fault.starts_with("in:1: duiqi failed on this record")));
        let answer: Value = serde_json::from_slice(&second.line).unwrap();
        assert_eq!((&answer["id"], &answer["error"]["kind"]), (&8.into(), &"missing-key".into()));
    }
}
