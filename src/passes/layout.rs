//! Where segments stand: passages, turns, headings and speakers of two sides, as evidence.

use crate::alignment::Side;
use crate::anchor::speaker::Roster;
use crate::document::{Document, Format, Label, PassageKind};
use crate::evidence::SegmentContext;
use crate::lexicon::Lexicon;
use crate::text::PerLang;

/// Places of all segments of both sides, and the roster that tells whose turns they are.
pub struct Layout {
    /// Places of the segments.
    pub contexts: PerLang<Vec<SegmentContext>>,
    /// Who is who.
    pub roster: Roster,
}

impl Layout {
    /// Looks at two sides.
    pub fn new(sides: PerLang<&Side>, lexicon: &Lexicon) -> Layout {
        let PerLang { en, zh } = sides;
        let roster = Roster::new(&labels(en), &labels(zh), &|c| lexicon.pinyin(c));
        let contexts = PerLang {
            en: contexts(en, &roster, &|label| roster.speaker_id_en(label)),
            zh: contexts(zh, &roster, &|label| roster.speaker_id_zh(label)),
        };
        let mut layout = Layout { contexts, roster };
        // A side without turns says nothing about where the other one's begin, and so with passages.
        layout.drop_where_one_sided(|p| &mut p.turn_start);
        layout.drop_where_one_sided(|p| &mut p.passage_start);
        layout.drop_where_one_sided(|p| &mut p.heading);
        layout
    }

    fn drop_where_one_sided(&mut self, field: impl Fn(&mut SegmentContext) -> &mut bool) {
        let any = self.contexts.as_mut().map(|contexts| contexts.iter_mut().any(|p| *field(p)));
        if any.en != any.zh {
            self.contexts.as_mut().into_iter().flatten().for_each(|place| *field(place) = false);
        }
    }
}

/// Labels of a side's turns, in order, each as often as it occurs.
fn labels(side: &Side) -> Vec<&Label> {
    let document = &side.document;
    let whole = side.segments.len() == document.segments().len();
    let of_side = |turn: &&crate::document::Turn| {
        whole || turn.segments.clone().next().is_some_and(|s| side.segments.binary_search(&s).is_ok())
    };
    document.turns().iter().filter(of_side).filter_map(|t| t.label.as_ref()).collect()
}

fn contexts(side: &Side, roster: &Roster, speaker: &dyn Fn(&Label) -> Option<usize>) -> Vec<SegmentContext> {
    let document: &Document = &side.document;
    if document.format() == Format::Lines {
        return vec![SegmentContext::default(); side.segments.len()];
    }
    (0..side.segments.len())
        .map(|i| {
            let segment = side.segment(i);
            let passage = &document.passages()[segment.passage];
            let turn = segment.turn.map(|t| &document.turns()[t]);
            let speaker = turn.and_then(|t| speaker(t.label.as_ref()?));
            SegmentContext {
                passage_start: passage.segments.start == segment.index,
                turn_start: turn.is_some_and(|t| t.segments.start == segment.index),
                heading: passage.kind == PassageKind::Heading,
                speaker: speaker.map(|id| id as u32),
                open: speaker.is_some_and(|id| roster.is_open(id)),
            }
        })
        .collect()
}
