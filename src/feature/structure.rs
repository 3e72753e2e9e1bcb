//! Features of layout and speech: passages, turns, speakers, headings. Evidence like any other, never hard cuts: real
//! transcripts drop labels, merge turns and lose whole exchanges.

use super::{Context, Sink};
use crate::evidence::Place;
use crate::lattice::Cell;

pub(super) fn structure(context: &Context<'_>, cell: Cell, sink: &mut impl Sink) {
    let (zh, en) = (&context.bitext.zh.places[cell.zh()], &context.bitext.en.places[cell.en()]);
    let both = !zh.is_empty() && !en.is_empty();
    let flag = |x: bool| f32::from(u8::from(x && both));
    // Texts as they come have more null beads and other merges than lists of segments, which editors have gone through.
    let structured = |x: bool| f32::from(u8::from(context.bitext.structured && x));
    sink.put("structured", "null_zh", structured(en.is_empty()));
    sink.put("structured", "null_en", structured(zh.is_empty()));
    sink.put("structured", "merge_zh", structured(zh.len() > 1 && both));
    sink.put("structured", "merge_en", structured(en.len() > 1 && both));
    let mut starts = |start: &'static str, inner: &'static str, is_start: fn(&Place) -> bool| {
        let (z, e) = (zh.first().is_some_and(is_start), en.first().is_some_and(is_start));
        sink.put(start, "both", flag(z && e));
        sink.put(start, "one", flag(z != e));
        let (z, e) = (count_inner(zh, is_start), count_inner(en, is_start));
        sink.put(inner, "both", if both { z.min(e) } else { 0.0 });
        sink.put(inner, "one", if both { (z - e).abs() } else { 0.0 });
    };
    starts("turn", "turn_inner", |p| p.turn_start);
    starts("passage", "passage_inner", |p| p.passage_start);
    let (z, e) = (zh.first().and_then(|p| p.speaker), en.first().and_then(|p| p.speaker));
    sink.put("speaker", "same", flag(z.is_some() && z == e));
    sink.put("speaker", "differs", flag(z.is_some() && e.is_some() && z != e));
    let (z, e) = (zh.iter().any(|p| p.heading), en.iter().any(|p| p.heading));
    sink.put("heading", "both", flag(z && e));
    sink.put("heading", "one", flag(z != e));
}

fn count_inner(places: &[Place], is_start: impl Fn(&Place) -> bool) -> f32 {
    places.iter().skip(1).filter(|p| is_start(p)).count() as f32
}
