//! Opens two texts: which of them is English, and whether labels that only one of them has are speakers.

use std::sync::Arc;

use super::{Aligner, Input};
use crate::alignment::Side;
use crate::document::{Document, Unread};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{Lang, PerLang, Source};

impl Aligner {
    /// Reads both texts.
    pub(super) fn prepare(&self, a: Source, b: Source) -> Result<Input> {
        let (first, a, b) = self.open(a, b)?;
        let read = |unread: Unread, lang: Lang| {
            let name = unread.source().name().to_owned();
            let document = unread.read(Some(lang))?;
            if document.segments().is_empty() {
                return Err(Error::empty(&name));
            }
            Ok(document)
        };
        let (mut a, mut b) = (read(a, first)?, read(b, first.other())?);
        // A label on one side only is text, unless it is surely somebody's.
        let spoken = |document: &Document| document.turns().iter().any(|t| t.label.is_some());
        if !spoken(&b) && a.has_doubtful_labels() {
            a = a.without_labels(first)?;
        } else if !spoken(&a) && b.has_doubtful_labels() {
            b = b.without_labels(first.other())?;
        }
        let side = |document: Document| Side::whole(Arc::new(document));
        Ok(self.input(PerLang::of(first, side(a), side(b)), first))
    }

    /// Both texts, and the language of the first one. The second text is in the other language.
    pub(super) fn open(&self, a: Source, b: Source) -> Result<(Lang, Unread, Unread)> {
        if self.langs.is_none()
            && let Some(empty) = [&a, &b].into_iter().find(|source| source.text().trim().is_empty())
        {
            return Err(Error::empty(empty.name()));
        }
        let (a, b) = (Unread::new(a, self.formats.0), Unread::new(b, self.formats.1));
        let first = if self.force { self.langs.map(|(first, _)| first) } else { self.checked_lang(&a, &b)? };
        match first.or_else(|| a.prose().first_lang(b.prose())) {
            Some(first) => Ok((first, a, b)),
            None => {
                let lang = a.prose().lang().unwrap_or(Lang::En);
                Err(same_language(a.source().name(), b.source().name(), lang))
            }
        }
    }

    /// The language of the first text that the caller has given, unless the texts contradict it.
    fn checked_lang(&self, a: &Unread, b: &Unread) -> Result<Option<Lang>> {
        for text in [a, b] {
            text.prose().refuse_other_languages(text.source().name())?;
        }
        let Some((first, second)) = self.langs else { return Ok(None) };
        for (text, lang) in [(a, first), (b, second)] {
            if text.prose().excludes(lang) {
                let what = format!("this text is not in {}, though it was said to be", lang.name());
                return Err(Error::new(ErrorKind::LanguageMismatch(lang), what).in_file(text.source().name()));
            }
        }
        Ok(Some(first))
    }
}

fn same_language(first: &str, second: &str, lang: Lang) -> Error {
    let what = format!(
        "{first} and {second} both look {}, but one must be English and one Chinese; if they are, say which is which",
        lang.name()
    );
    Error::new(ErrorKind::SameLanguage(lang), what)
}
