//! From a text to its values: number by number, then what stands around each.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Date, Direction, Hedge, Meaning, Number, Unit, Value, chinese, english};
use crate::anchor::view::View;
use crate::anchor::{AnchorKind, Mention};
use crate::text::Lang;

/// A value while it is read. Places are characters of the view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    pub(super) hedge: Hedge,
    pub(super) direction: Option<Direction>,
}

impl Draft {
    pub(super) fn new(start: usize, end: usize, meaning: Meaning) -> Draft {
        Draft { start, end, meaning, hedge: Hedge::Exact, direction: None }
    }
}

/// What a language's reader of special expressions finds at a place.
pub(super) enum Special {
    /// A value.
    Value(Draft),
    /// An expression that looks like a number and is none; the index behind it.
    None(usize),
}

/// What one language says around numbers. Each language has one reader; [`values`] does the rest.
pub(super) trait Reader {
    /// An expression that begins at `at` and that [`number`](crate::anchor::number) does not know, or would misread.
    fn special(&self, view: &View, at: usize) -> Option<Special>;
    /// Numbers and dates that begin at `at`; the index to go on from.
    fn number(&self, view: &View, at: usize, out: &mut Vec<Mention>) -> usize;
    /// Whether the number at `start..end` gives a place in an order.
    fn is_ordinal(&self, view: &View, start: usize, end: usize) -> bool;
    /// Whether what stands between two numbers makes a range of them. `start` is where the first begins.
    fn joins(&self, view: &View, start: usize, between: (usize, usize)) -> bool;
    /// Whether what stands between two parts of a date makes one date of them, and whether it says a fiscal year.
    fn joins_dates(&self, view: &View, between: (usize, usize)) -> Option<bool>;
    /// The measure at `at`, behind a number.
    fn unit(&self, view: &View, at: usize) -> Option<(Unit, usize)>;
    /// A minus before `start`: where it begins.
    fn minus(&self, view: &View, start: usize) -> Option<usize>;
    /// A hedge before `start`, and where it begins.
    fn hedge_before(&self, view: &View, start: usize) -> Option<(Hedge, usize)>;
    /// A hedge behind `end`, or inside the number, and the index behind it.
    fn hedge_behind(&self, view: &View, start: usize, end: usize) -> Option<(Hedge, usize)>;
    /// Where the value goes, by the words of its clause: from the end of the value before to the start of the next.
    fn direction(&self, view: &View, draft: &Draft, clause: (usize, usize)) -> Option<Direction>;
}

/// All values in a text, in order, none inside another. Takes time linear in the length of the text.
pub fn values(text: &str, lang: Lang) -> Vec<Value> {
    match lang {
        Lang::En => read(&View::new(text), &english::English),
        Lang::Zh => read(&View::new(text), &chinese::Chinese),
    }
}

fn read(view: &View, reader: &impl Reader) -> Vec<Value> {
    let mut drafts = join_dates(view, reader, drafts(view, reader));
    for draft in &mut drafts {
        measure(view, reader, draft);
    }
    let mut drafts = join_ranges(view, reader, drafts);
    let places: Vec<(usize, usize)> = drafts.iter().map(|d| (d.start, d.end)).collect();
    for (k, draft) in drafts.iter_mut().enumerate() {
        let last = k.checked_sub(1).map_or(0, |k| places[k].1);
        let next = places.get(k + 1).map_or(view.len(), |p| p.0);
        surround(view, reader, draft, (last, next));
        draft.direction = draft.direction.or_else(|| reader.direction(view, draft, (last, next)));
    }
    let value = |d: &Draft| Value {
        range: view.byte(d.start)..view.byte(d.end),
        meaning: d.meaning,
        hedge: d.hedge,
        direction: d.direction,
    };
    drafts.iter().map(value).collect()
}

fn drafts(view: &View, reader: &impl Reader) -> Vec<Draft> {
    let (mut drafts, mut mentions, mut at) = (Vec::new(), Vec::new(), 0);
    while at < view.len() {
        let next = match reader.special(view, at) {
            Some(Special::Value(draft)) => {
                drafts.push(draft);
                draft.end
            }
            Some(Special::None(end)) => end,
            None => {
                let next = reader.number(view, at, &mut mentions);
                let numbers = mentions.drain(..).filter(|m: &Mention| m.kind == AnchorKind::Number);
                drafts.extend(numbers.filter_map(|m| draft(view, reader, &m)));
                next
            }
        };
        at = next.max(at + 1);
    }
    drafts
}

/// A mention of a number as a value.
fn draft(view: &View, reader: &impl Reader, mention: &Mention) -> Option<Draft> {
    let (start, end) = (view.index(mention.range.start), view.index(mention.range.end));
    let unit = mention.unit.as_deref();
    let meaning = match (unit, mention.value) {
        (Some("date"), _) => Meaning::Date(date(&mention.key)?),
        (Some("time"), _) => time(&mention.key)?,
        (Some("month"), Some(value)) => Meaning::Date(Date { month: value.to_u8(), ..Date::default() }),
        (Some("quarter"), Some(value)) => Meaning::Date(Date { quarter: value.to_u8(), ..Date::default() }),
        (Some("year"), Some(value)) => Meaning::Date(Date { year: Some(value.to_u16()?), ..Date::default() }),
        (_, Some(value)) if reader.is_ordinal(view, start, end) => Meaning::Ordinal(value.to_u64()?),
        (_, Some(value)) => match mention.step {
            Some(step) => {
                Meaning::Number(Number { low: value, high: None, step, unit: unit.and_then(Unit::of_symbol) })
            }
            None => fraction(&mention.key, value)?,
        },
        (_, None) => return None,
    };
    Some(Draft::new(start, end, meaning))
}

/// `2/3`, or the decimal that a fraction comes to.
fn fraction(key: &str, value: Decimal) -> Option<Meaning> {
    if let Some((over, under)) = key.split_once('/') {
        return Some(Meaning::Fraction { over: over.parse().ok()?, under: under.parse().ok()? });
    }
    let value = value.normalize();
    let (mut over, mut under) = (value.mantissa().to_u64()?, 10u64.checked_pow(value.scale())?);
    for prime in [2, 5] {
        while over % prime == 0 && under % prime == 0 {
            (over, under) = (over / prime, under / prime);
        }
    }
    Some(Meaning::Fraction { over, under })
}

/// The date of a key: `date:2025-10-30`, `date:2025-10`, `date:--10-30`.
fn date(key: &str) -> Option<Date> {
    let date = key.strip_prefix("date:")?;
    let (year, rest) = match date.strip_prefix("--") {
        Some(rest) => (None, rest),
        None => date.split_once('-').map(|(year, rest)| (year.parse().ok(), rest))?,
    };
    let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, day.parse().ok()));
    Some(Date { year, month: Some(month.parse().ok()?), day, ..Date::default() })
}

fn time(key: &str) -> Option<Meaning> {
    let key = key.strip_prefix("time:")?;
    // 3:2 is a score or a ratio.
    if key.split(':').skip(1).any(|p| p.len() != 2) {
        return None;
    }
    let mut parts = key.split(':').map(|p| p.parse::<u8>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().flatten());
    let fits = hour <= 24 && minute < 60 && second.is_none_or(|s| s < 60) && parts.next().is_none();
    fits.then_some(Meaning::Time { hour, minute, second })
}

/// "Third quarter" and "2025" are one date where "of" or nothing stands between.
fn join_dates(view: &View, reader: &impl Reader, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if let Some(last) = out.last_mut()
            && let (Meaning::Date(a), Meaning::Date(b)) = (last.meaning, draft.meaning)
            && let Some(joined) = a.with(b)
            && let Some(fiscal) = reader.joins_dates(view, (last.end, draft.start))
        {
            last.end = draft.end;
            last.meaning = Meaning::Date(Date { fiscal: joined.fiscal || fiscal, ..joined });
        } else {
            out.push(draft);
        }
    }
    out
}

impl Date {
    /// Both parts as one date, if one is the year of the other.
    fn with(self, other: Date) -> Option<Date> {
        let (year, part) = match (self.is_year(), other.is_year()) {
            (true, false) => (self, other),
            (false, true) => (other, self),
            _ => return None,
        };
        (part.year.is_none()).then_some(Date { year: year.year, fiscal: year.fiscal || part.fiscal, ..part })
    }

    fn is_year(self) -> bool {
        self.year.is_some() && !self.decade && self.half.is_none() && self.quarter.is_none() && self.month.is_none()
    }
}

/// Takes in the measure behind a number.
fn measure(view: &View, reader: &impl Reader, draft: &mut Draft) {
    let Meaning::Number(number) = &mut draft.meaning else { return };
    if number.unit.is_none()
        && let Some((unit, end)) = reader.unit(view, draft.end)
    {
        (number.unit, draft.end) = (Some(unit), end);
    }
}

/// "30 to 40 percent": two numbers with what makes a range between them.
fn join_ranges(view: &View, reader: &impl Reader, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if let Some(last) = out.last_mut()
            && let (Meaning::Number(a), Meaning::Number(b)) = (last.meaning, draft.meaning)
            && let Some(range) = range(a, b)
            && reader.joins(view, last.start, (last.end, draft.start))
        {
            (last.end, last.meaning) = (draft.end, Meaning::Number(range));
        } else {
            out.push(draft);
        }
    }
    out
}

fn range(a: Number, b: Number) -> Option<Number> {
    let units = a.unit == b.unit || a.unit.is_none() || b.unit.is_none();
    let rising = a.high.is_none() && b.high.is_none() && a.low < b.low;
    (units && rising).then_some(Number { high: Some(b.low), step: a.step.max(b.step), unit: a.unit.or(b.unit), ..a })
}

/// Takes in the sign and the hedge, as far as they stand in the clause.
fn surround(view: &View, reader: &impl Reader, draft: &mut Draft, clause: (usize, usize)) {
    if let Meaning::Number(number) = &mut draft.meaning
        && let Some(start) = reader.minus(view, draft.start).filter(|&s| s >= clause.0)
    {
        draft.start = start;
        number.low = -number.low;
        number.high = number.high.map(|h| -h);
        if let Some(high) = number.high {
            (number.low, number.high) = (high.min(number.low), Some(high.max(number.low)));
        }
    }
    if matches!(draft.meaning, Meaning::Date(_) | Meaning::Ordinal(_) | Meaning::Order { .. }) {
        return;
    }
    if let Some((hedge, end)) = reader.hedge_behind(view, draft.start, draft.end).filter(|h| h.1 <= clause.1) {
        (draft.hedge, draft.end) = (hedge, end.max(draft.end));
    }
    if let Some((hedge, start)) = reader.hedge_before(view, draft.start).filter(|h| h.1 >= clause.0) {
        (draft.hedge, draft.start) = (hedge, start);
    }
}
