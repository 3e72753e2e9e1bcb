//! Which lines of a page are its main text.
//!
//! Readability finds the part of the page, but it also leaves out what it takes for clutter: names of speakers, short answers,
//! headings. So a line inside that part goes only if it looks like an aside by its tags as well. Where Readability finds too little
//! (transcripts of many small elements, one of two languages), the page as a whole is taken, without its asides.

use std::collections::{BTreeSet, HashMap};

use dom_smoothie::{Config, Readability};

use super::names::Aside;
use super::walk::{Line, Page, walk};
use crate::document::block::BlockKind;
use crate::document::left_out::Reason;
use crate::text::is_han;

/// Of the letters outside of asides, the part must hold so many in a hundred, of Han and of Latin letters each. Of 101 pages of a
/// manual and of the longer pages among the tests' the part has 71 to 100; where Readability takes one of two languages, it has none of
/// the other.
const LEAST_PERCENT: usize = 40;

/// Letters of a script from which on its share counts: a menu of languages has less.
const LEAST_LETTERS: usize = 120;

/// Lines with nothing but links in a row that are a menu.
const MENU_LINES: usize = 3;

/// Lines between the title and the part that may be a byline, a date and a summary.
const TITLE_LINES: usize = 8;

/// Percent of a line's bytes that are links where it is one.
const LINK_PERCENT: usize = 80;

/// Bytes of a page above which Readability is not asked: it takes some seconds there, and such pages are books or lists.
const READABILITY_BYTES: usize = 4 << 20;

/// Letters of a page up to which all of it is its text: Readability itself is content with a part from 500 characters on.
const SHORT_PAGE: usize = 500;

/// Bytes of a line from which on it is found as a part of another; shorter ones are so by chance.
const LEAST_BYTES: usize = 12;

/// Lines compared at most for one line that Readability has changed.
const WINDOW: usize = 64;

/// For each line, the reason why it is not part of the main text; `None` if it is.
pub(super) fn select(text: &str, page: &Page) -> Vec<Option<Reason>> {
    let menus = menus(&page.lines);
    let reason = |(k, kept): (usize, bool)| match &page.lines[k] {
        _ if kept => None,
        _ if menus.any[k] => Some(Reason::Links),
        line if line.aside.is_some() => Some(Reason::Aside),
        _ => Some(Reason::OutsideMain),
    };
    chosen(text, page, &menus).into_iter().enumerate().map(reason).collect()
}

/// For each line whether it belongs to the main text.
fn chosen(text: &str, page: &Page, menus: &Menus) -> Vec<bool> {
    let found = found_by_readability(text, page);
    let asides = Asides::of(page, &found);
    let whole: Vec<bool> = page.lines.iter().map(|line| !asides.holds(line)).collect();
    if let (Some(&first), Some(&last)) = (found.first(), found.last()) {
        let title = title(page, first, &whole);
        let start = title.filter(|title| first - title <= TITLE_LINES).unwrap_or(first);
        let part: Vec<bool> = (0..page.lines.len())
            .map(|k| {
                let inside = (start..=last).contains(&k) && whole[k] && !menus.any[k];
                inside
                    || title == Some(k)
                    || (found.contains(&k) && !asides.is_clutter(&page.lines[k]) && !menus.announced[k])
            })
            .collect();
        if !is_too_little(&page.lines, &part, &whole) {
            return part;
        }
    }
    let body: Vec<bool> = whole.iter().zip(&menus.any).map(|(whole, menu)| *whole && !menu).collect();
    // A page of nothing but asides and links is what it is.
    [body, whole].into_iter().find(|kept| kept.contains(&true)).unwrap_or_else(|| vec![true; page.lines.len()])
}

/// The lines of the page that Readability gives back.
fn found_by_readability(text: &str, page: &Page) -> BTreeSet<usize> {
    // Its recursion is as deep as the page.
    if page.deep || text.len() > READABILITY_BYTES {
        return BTreeSet::new();
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(article) = Readability::new(text, None, Some(config)).and_then(|mut r| r.parse()) else {
        return BTreeSet::new();
    };
    matched(&page.lines, &walk(&article.content).lines)
}

/// Letters and digits of a line: what Readability does not change.
fn key(line: &Line) -> String {
    line.text.text().chars().filter(|c| !c.is_whitespace()).collect()
}

/// The lines of the page that are those of `extract`, which come in the same order: first those that stand in the page once,
/// then the others, each between its neighbours.
fn matched(page: &[Line], extract: &[Line]) -> BTreeSet<usize> {
    let keys: Vec<String> = page.iter().map(key).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (k, key) in keys.iter().enumerate() {
        places.entry(key).or_default().push(k);
    }
    let wanted: Vec<String> = extract.iter().map(key).collect();
    let mut found: Vec<Option<usize>> = vec![None; wanted.len()];
    let mut next = 0;
    for (want, found) in wanted.iter().zip(&mut found) {
        if let Some(&[k]) = places.get(want.as_str()).map(Vec::as_slice)
            && k >= next
        {
            (*found, next) = (Some(k), k + 1);
        }
    }
    let mut kept: BTreeSet<usize> = found.iter().flatten().copied().collect();
    // Before the first sure line the nearest place counts, for a menu may say the same.
    let first = found.iter().position(Option::is_some).unwrap_or(0);
    let mut end = found.get(first).copied().flatten().unwrap_or(0);
    for want in wanted[..first].iter().rev() {
        let Some(all) = places.get(want.as_str()) else { continue };
        if let Some(&k) = all.partition_point(|&k| k < end).checked_sub(1).and_then(|i| all.get(i)) {
            kept.insert(k);
            end = k;
        }
    }
    let mut next = 0;
    for (want, found) in wanted.iter().zip(&found).skip(first) {
        if let Some(k) = found {
            next = k + 1;
            continue;
        }
        match places.get(want.as_str()).and_then(|all| all.get(all.partition_point(|&k| k < next))) {
            Some(&k) => {
                kept.insert(k);
                next = k + 1;
            }
            None => next = changed(want, &keys, next, &mut kept),
        }
    }
    kept
}

/// Keeps the lines that Readability has joined to `want`, or the line that `want` is a part of, among those from `next` on; where
/// to look for what follows.
fn changed(want: &str, keys: &[String], next: usize, kept: &mut BTreeSet<usize>) -> usize {
    for (k, key) in keys.iter().enumerate().skip(next).take(WINDOW) {
        if want.len() >= LEAST_BYTES && key.contains(want) {
            kept.insert(k);
            return k;
        }
        let Some(mut rest) = want.strip_prefix(key.as_str()).filter(|_| key.len() >= LEAST_BYTES) else { continue };
        let mut end = k + 1;
        while let Some(behind) = keys.get(end).and_then(|key| rest.strip_prefix(key.as_str())) {
            (rest, end) = (behind, end + 1);
        }
        kept.extend(k..end);
        return end;
    }
    next
}

/// Whether a page is short, or a part of it lacks most letters of the whole, in Latin or in Han.
fn is_too_little(lines: &[Line], part: &[bool], whole: &[bool]) -> bool {
    let letters = |kept: &[bool], han: bool| -> usize {
        let texts = lines.iter().zip(kept).filter(|(_, kept)| **kept).map(|(line, _)| line.text.text());
        texts.flat_map(str::chars).filter(|&c| if han { is_han(c) } else { c.is_alphabetic() && !is_han(c) }).count()
    };
    let all = [true, false].map(|han| (han, letters(whole, han)));
    // A Han character says as much as three letters.
    3 * all[0].1 + all[1].1 <= SHORT_PAGE
        || all.into_iter().any(|(han, all)| all >= LEAST_LETTERS && letters(part, han) * 100 < all * LEAST_PERCENT)
}

/// The line of the page's title: a first-level heading that `<title>` has, too. It stands before the part more often than in it.
fn title(page: &Page, first: usize, whole: &[bool]) -> Option<usize> {
    let name: String = page.title.chars().filter(|c| !c.is_whitespace()).collect();
    let is_title = |k: &usize| page.lines[*k].title && whole[*k] && name.contains(&key(&page.lines[*k]));
    (0..first).rev().find(is_title)
}

/// Which lines are lists of links.
struct Menus {
    any: Vec<bool>,
    /// Lists that a line announces as links to other pages. They are not text, even if Readability says so.
    announced: Vec<bool>,
}

/// Lines that contain only links: [`MENU_LINES`] or more in a row, or fewer if the line before announces them. That
/// line is included.
fn menus(lines: &[Line]) -> Menus {
    let mut menus = Menus { any: vec![false; lines.len()], announced: vec![false; lines.len()] };
    let is_link = |line: &Line| line.linked * 100 >= line.text.text().len() * LINK_PERCENT;
    let mut start = 0usize;
    for k in 0..=lines.len() {
        if lines.get(k).is_some_and(is_link) {
            continue;
        }
        let before = start.checked_sub(1).and_then(|before| lines.get(before));
        let announced = before.is_some_and(|line| announces(line.text.text()));
        if k - start >= MENU_LINES || (k > start && announced) {
            menus.any[start..k].fill(true);
            menus.announced[start..k].fill(announced);
            // A heading belongs to its links if there is nothing else below it.
            let alone = lines.get(k).is_none_or(|next| next.kind == BlockKind::Heading);
            if announced || (alone && before.is_some_and(|line| line.kind == BlockKind::Heading && !line.title)) {
                menus.any[start - 1] = true;
                menus.announced[start - 1] = announced;
            }
        }
        if let Some(line) = lines.get(k).filter(|line| line.linked > 0) {
            // The label and its links on one line.
            let text = line.text.text();
            let (label, rest) = text.split_once([':', '：']).unwrap_or(("", text));
            menus.announced[k] = announces(label) && line.linked * 100 >= rest.trim().len() * LINK_PERCENT;
            menus.any[k] |= menus.announced[k];
        }
        start = k + 1;
    }
    menus
}

/// Words that announce links to other pages.
const ANNOUNCES: [&str; 26] = [
    "also read",
    "further reading",
    "more from us",
    "more on this",
    "more stories",
    "most read",
    "read also",
    "read more",
    "read next",
    "recommended",
    "related",
    "related articles",
    "related content",
    "related links",
    "related posts",
    "related reading",
    "related stories",
    "see also",
    "you may also like",
    "延伸阅读",
    "推荐阅读",
    "热门文章",
    "相关文章",
    "相关新闻",
    "相关链接",
    "相关阅读",
];

/// Whether a line says that links to other pages follow, and nothing else.
fn announces(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    ANNOUNCES.binary_search(&bare.as_str()).is_ok()
}

/// Percent of the main text that an aside holds at most: one with more is the main text in an element with an odd name.
const LIKELY_PERCENT: usize = 50;
/// The same for comments and advertising, which may well be longer than an article.
const SURE_PERCENT: usize = 80;

/// The percentage of a note in the main text that must be links for the note to be a list of links.
const LINKED_PERCENT: usize = 50;

/// Which asides are some.
struct Asides {
    /// Whether an aside or one around it is some.
    real: Vec<bool>,
    /// The same where Readability, too, leaves out most of it, or where it is advertising and the like.
    sure: Vec<bool>,
}

impl Asides {
    fn of(page: &Page, found: &BTreeSet<usize>) -> Asides {
        // Bytes in all, and of what was found.
        let mut sizes = vec![(0usize, 0usize); page.asides.len()];
        let mut main = 0;
        let mut linked = vec![0usize; page.asides.len()];
        for (k, line) in page.lines.iter().enumerate() {
            let len = line.text.text().len();
            let len_found = if found.is_empty() || found.contains(&k) { len } else { 0 };
            main += len_found;
            if let Some(size) = line.aside.and_then(|a| sizes.get_mut(a)) {
                *size = (size.0 + len, size.1 + len_found);
            }
            if let Some(linked) = line.aside.and_then(|a| linked.get_mut(a)) {
                *linked += line.linked;
            }
        }
        // An element stands behind those around it.
        for (k, (_, around)) in page.asides.iter().enumerate().rev() {
            if let Some(around) = around {
                sizes[*around] = (sizes[*around].0 + sizes[k].0, sizes[*around].1 + sizes[k].1);
                linked[*around] += linked[k];
            }
        }
        let (mut real, mut sure) = (Vec::new(), Vec::new());
        for (((all, found), linked), (kind, around)) in sizes.iter().zip(&linked).zip(&page.asides) {
            let most = if *kind == Aside::Sure { SURE_PERCENT } else { LIKELY_PERCENT };
            let small = found * 100 <= main * most;
            let dropped = *kind == Aside::Sure || 2 * found <= *all;
            let inner = *kind == Aside::Inner && linked * 100 < all * LINKED_PERCENT;
            real.push(around.is_some_and(|a| real[a]) || (small && !inner));
            sure.push(around.is_some_and(|a| sure[a]) || (small && dropped && !inner));
        }
        Asides { real, sure }
    }

    fn holds(&self, line: &Line) -> bool {
        line.aside.is_some_and(|a| self.real[a])
    }

    fn is_clutter(&self, line: &Line) -> bool {
        line.aside.is_some_and(|a| self.sure[a])
    }
}
