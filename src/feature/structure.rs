//! Features of layout and speech: passages, turns, speakers, headings. Evidence like any other, never hard cuts: real
//! transcripts drop labels, merge turns and lose whole exchanges.

use super::{Context, Sink};
use crate::evidence::SegmentContext;
use crate::lattice::Cell;

pub(super) fn structure(context: &Context<'_>, cell: Cell, sink: &mut impl Sink) {
    let sides = context.bitext.sides.as_ref();
    let contexts = sides.zip(cell.spans()).map(|(side, span)| &side.contexts[span]);
    let both = cell.is_two_sided();
    let flag = |x: bool| f32::from(u8::from(x && both));
    // Texts as they come have more null beads and other merges than lists of segments, which editors have gone through.
    let structured = |x: bool| f32::from(u8::from(context.bitext.structured && x));
    sink.put("structured", "null_zh", structured(contexts.en.is_empty()));
    sink.put("structured", "null_en", structured(contexts.zh.is_empty()));
    sink.put("structured", "merge_zh", structured(contexts.zh.len() > 1 && both));
    sink.put("structured", "merge_en", structured(contexts.en.len() > 1 && both));
    let mut starts = |start: &'static str, inner: &'static str, is_start: fn(&SegmentContext) -> bool| {
        let first = contexts.map(|side| side.first().is_some_and(is_start));
        sink.put(start, "both", flag(first.en && first.zh));
        sink.put(start, "one", flag(first.en != first.zh));
        let count = contexts.map(|side| count_inner(side, is_start));
        sink.put(inner, "both", if both { count.en.min(count.zh) } else { 0.0 });
        sink.put(inner, "one", if both { (count.en - count.zh).abs() } else { 0.0 });
    };
    starts("turn", "turn_inner", |p| p.turn_start);
    starts("passage", "passage_inner", |p| p.passage_start);
    let speaker = contexts.map(|side| side.first().and_then(|p| p.speaker));
    sink.put("speaker", "same", flag(speaker.en.is_some() && speaker.en == speaker.zh));
    let open = contexts.iter().any(|side| side.first().is_some_and(|p| p.open));
    sink.put("speaker", "differs", flag(!open && speaker.iter().all(|s| s.is_some()) && speaker.en != speaker.zh));
    let heading = contexts.map(|side| side.iter().any(|p| p.heading));
    sink.put("heading", "both", flag(heading.en && heading.zh));
    sink.put("heading", "one", flag(heading.en != heading.zh));
}

fn count_inner(contexts: &[SegmentContext], is_start: impl Fn(&SegmentContext) -> bool) -> f32 {
    contexts.iter().skip(1).filter(|p| is_start(p)).count() as f32
}
