//! The views of a bead: a pair and its halves.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Document, Label, Segment};
use crate::text::Lang;

use super::{Alignment, Bead, Entry, Part, Relation, SharedAnchor, Side};
use crate::anchor::Mention;

/// A bead with its texts, speakers and anchors.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    pub(super) alignment: &'a Alignment,
    pub(super) entry: &'a Entry,
}

impl<'a> Pair<'a> {
    /// The bead of the pair.
    pub(crate) fn bead(&self) -> &'a Bead {
        &self.entry.bead
    }

    /// Number of the pair, from 0: its position among all pairs, those that [`Alignment::at_least`] has left out included.
    pub fn id(&self) -> usize {
        self.entry.id
    }

    /// The English half.
    pub fn en(&self) -> Half<'a> {
        self.half(Lang::En)
    }

    /// The Chinese half.
    pub fn zh(&self) -> Half<'a> {
        self.half(Lang::Zh)
    }

    /// The half in a language.
    pub fn half(&self, lang: Lang) -> Half<'a> {
        Half { side: &self.alignment.sides[lang], segments: self.bead().side(lang), lang }
    }

    /// Whether the pair breaks the order of a parallel alignment because its passage is at another place on the other
    /// side.
    pub fn is_moved(&self) -> bool {
        self.entry.moved
    }

    /// How the halves relate if they are not parallel.
    pub(crate) fn relation_name(&self) -> Option<&'static str> {
        match self.alignment.relation {
            Relation::Comparable => Some("comparable"),
            Relation::Parallel => self.is_moved().then_some("moved"),
        }
    }

    /// Numbers of segments, the caller's first side first: `1-2`.
    pub fn shape(&self) -> String {
        let (a, b) = (self.half(self.alignment.first), self.half(self.alignment.first.other()));
        format!("{}-{}", a.len(), b.len())
    }

    /// Whether one half is empty: what the other says has no counterpart.
    pub fn is_one_sided(&self) -> bool {
        self.bead().is_one_sided()
    }

    /// Posterior probability of the bead, 0 to 1.
    pub fn confidence(&self) -> f64 {
        self.bead().confidence
    }

    /// What both halves have in common.
    pub fn anchors(&self) -> &'a [SharedAnchor] {
        &self.entry.anchors
    }

    /// The part of the article that a half belongs to, where passages are linked.
    pub fn part(&self, lang: Lang) -> Option<Part> {
        self.alignment.structure(lang)?.part(self.half(lang).segments().next()?.passage)
    }

    /// The sentences inside linked passages that probably say the same: English, Chinese, and the confidence. They are
    /// in the order of the Chinese. A parallel alignment has none, because its pairs are already as small as possible.
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = (Half<'a>, Half<'a>, f64)> + use<'a> {
        let (en, zh) = (self.en(), self.zh());
        self.sentence_beads().iter().map(move |b| (en.of(&b.en), zh.of(&b.zh), b.confidence))
    }

    /// [`Pair::sentences`] as indices into the sides.
    #[doc(hidden)]
    pub fn sentence_beads(&self) -> &'a [Bead] {
        &self.entry.sentences
    }

    /// Both halves in rows to stand beside each other, English and Chinese indices of the sides: what [`Pair::sentences`] pairs in
    /// rows of its own, marked with true; what stands between in rows of what is left. In the order of the Chinese.
    pub(crate) fn rows(&self) -> Vec<(Vec<usize>, Vec<usize>, bool)> {
        let bead = self.bead();
        let mut rows: Vec<(Vec<usize>, Vec<usize>, bool)> = Vec::new();
        let paired = |i: &usize| self.sentence_beads().iter().find(|b| b.zh.contains(i));
        for &i in &bead.zh {
            match (paired(&i), rows.last_mut()) {
                (Some(inside), _) if inside.zh.first() == Some(&i) => {
                    rows.push((inside.en.clone(), inside.zh.clone(), true));
                }
                (Some(_), _) => {}
                (None, Some(row)) if !row.2 => row.1.push(i),
                (None, _) => rows.push((Vec::new(), vec![i], false)),
            }
        }
        // Each other English segment behind the one before it.
        let known: Vec<usize> = rows.iter().flat_map(|r| r.0.clone()).collect();
        for &i in bead.en.iter().filter(|i| !known.contains(i)) {
            let before = bead.en.iter().rev().find(|&&b| b < i);
            let at = before.and_then(|b| rows.iter().position(|r| r.0.contains(b))).map_or(0, |k| k + 1);
            match (at.checked_sub(1).filter(|&k| !rows[k].2), rows.get(at).is_some_and(|r| !r.2)) {
                (Some(k), _) => rows[k].0.push(i),
                (None, true) => rows[at].0.insert(0, i),
                (None, false) => rows.insert(at, (vec![i], Vec::new(), false)),
            }
        }
        rows
    }

    /// Whether both halves are said by the same person; `None` where a half is empty or names nobody.
    pub fn same_speaker(&self) -> Option<bool> {
        self.entry.same_speaker
    }
}

/// One half of a pair: consecutive segments of a side, or none.
#[derive(Clone, Copy, Debug)]
pub struct Half<'a> {
    side: &'a Side,
    segments: &'a [usize],
    lang: Lang,
}

impl<'a> Half<'a> {
    /// The language.
    #[doc(hidden)]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    pub(crate) fn side(&self) -> &'a Side {
        self.side
    }

    /// The document that the segments stand in.
    #[doc(hidden)]
    pub fn document(&self) -> &'a Document {
        &self.side.document
    }

    /// Number of segments.
    #[doc(hidden)]
    pub fn len(&self) -> usize {
        self.segments.len()
    }

    /// Whether the other half has no counterpart.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The segments, in order.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = &'a Segment> + use<'a> {
        let side = self.side;
        self.segments.iter().map(move |&i| side.segment(i))
    }

    /// Each segment, with its numbers and names.
    pub(crate) fn mentions(&self) -> impl Iterator<Item = (&'a Segment, &'a [Mention])> + use<'a> {
        let (side, lang) = (self.side, self.lang);
        self.segments.iter().map(move |&i| (side.segment(i), side.mentions(i, lang)))
    }

    /// The words of all segments: apart by a space in English, and in Chinese where Latin letters or digits would run
    /// into each other (subtitles break lines between two names).
    pub fn text(&self) -> String {
        self.joined(|segment| Cow::Borrowed(&segment.text))
    }

    /// What `words` makes of all segments, joined likewise.
    pub(crate) fn joined(&self, words: impl Fn(&'a Segment) -> Cow<'a, str>) -> String {
        let mut text = String::new();
        for segment in self.segments() {
            let words = words(segment);
            let touching = text.ends_with(is_latin) && words.starts_with(is_latin);
            let apart = self.lang == Lang::En || touching;
            if apart && !text.is_empty() && !words.is_empty() {
                text.push(' ');
            }
            text.push_str(&words);
        }
        text
    }

    /// The half with other segments, as indices of the side.
    pub(crate) fn of<'b>(self, segments: &'b [usize]) -> Half<'b>
    where
        'a: 'b,
    {
        Half { side: self.side, segments, lang: self.lang }
    }

    /// Index of the turn of the first segment, where the document has turns.
    #[doc(hidden)]
    pub fn turn(&self) -> Option<usize> {
        self.segments().next()?.turn
    }

    /// Bytes of the caller's input from the first segment to the last one, gaps between them included.
    pub fn range(&self) -> Option<Range<usize>> {
        let first = self.segments().next()?;
        Some(first.range.start..self.segments().last()?.range.end)
    }

    /// Who says the first segment, where that is known.
    pub fn speaker(&self) -> Option<&'a Label> {
        self.speaker_of(self.segments().next()?)
    }

    /// Who says one of the segments, where that is known.
    #[doc(hidden)]
    pub fn speaker_of(&self, segment: &Segment) -> Option<&'a Label> {
        self.side.document.speaker(segment.index)
    }
}

fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && (c as u32) < FIRST_UNSPACED
}

/// Scripts from here on (CJK symbols, kana, Han) are written without spaces.
const FIRST_UNSPACED: u32 = 0x2E80;
