//! The parts of an article: front matter, summary, remarks, questions, and what a scraper has left between them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::anchor::speaker::is_moderator;
use crate::document::{Document, Label, PassageKind};

/// What a passage of an article belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Part {
    /// Title, date, introduction: what stands before the first heading or the first speaker.
    Front,
    /// Headings with what stands below them, before the first speaker.
    Summary,
    /// What is said before questions are asked.
    Remarks,
    /// Questions and answers, to the end of the talk.
    Questions,
    /// The text of an article in which nobody speaks.
    Body,
    /// Buttons, dates, credits, teasers of other articles, a title that stands twice.
    Leftover,
}

impl Part {
    /// For a reader.
    #[doc(hidden)]
    pub fn name(self) -> &'static str {
        match self {
            Part::Front => "front matter",
            Part::Summary => "summary",
            Part::Remarks => "prepared remarks",
            Part::Questions => "questions and answers",
            Part::Body => "body",
            Part::Leftover => "leftovers",
        }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// The parts of a document, by the look of its lines and by who speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Of each passage of the document.
    parts: Vec<Part>,
    /// Segments at which the language changes though one speaker goes on.
    changes: Vec<usize>,
}

/// Characters of a line that can be a heading or a button, at most.
const SHORT: usize = 100;
/// How such lines begin that a page adds to its text, in lower case and in Simplified characters.
const LEFT: [&str; 51] = [
    "share this",
    "share on",
    "share:",
    "share |",
    "tweet",
    "print",
    "save",
    "copy link",
    "read more",
    "read also",
    "advertisement",
    "sponsored",
    "click here",
    "comments",
    "leave a comment",
    "follow us",
    "subscribe",
    "sign up",
    "newsletter",
    "copyright",
    "©",
    "all rights reserved",
    "article source",
    "(article source",
    "source:",
    "(source",
    "page ",
    "photo:",
    "image:",
    "tags:",
    "分享",
    "转发",
    "收藏",
    "点赞",
    "阅读原文",
    "阅读全文",
    "展开全文",
    "责任编辑",
    "来源：",
    "来源:",
    "（来源",
    "(来源",
    "本文来源",
    "扫码",
    "关注我们",
    "版权",
    "转载",
    "广告",
    "返回顶部",
    "评论",
    "❤",
];
/// The same, where what follows belongs to other articles.
const OTHERS: [&str; 12] = [
    "read next",
    "related articles",
    "related stories",
    "more from",
    "you may also like",
    "recommended",
    "相关阅读",
    "推荐阅读",
    "延伸阅读",
    "下一篇",
    "上一篇",
    "相关文章",
];
/// Other articles are told of behind this share of the passages.
const LATE: f64 = 0.7;

impl Structure {
    /// Looks at a document.
    pub fn of(document: &Document) -> Structure {
        let texts: Vec<String> = (0..document.passages().len()).map(|p| words(document, p)).collect();
        let left = leftovers(&texts);
        let speaks = document.turns().iter().any(|t| t.label.is_some());
        let questions = first_question(document);
        let (mut parts, mut prose, mut headed) = (Vec::with_capacity(texts.len()), false, false);
        for (passage, text) in document.passages().iter().zip(&texts) {
            let heading = passage.kind == PassageKind::Heading || is_heading(text);
            if !left[passage.index] && passage.turn.is_none() {
                // A title stands before all prose.
                headed |= prose && (heading || passage.kind == PassageKind::Item);
                prose |= !heading;
            }
            parts.push(match passage.turn {
                _ if left[passage.index] => Part::Leftover,
                Some(turn) if questions.is_some_and(|q| turn >= q) => Part::Questions,
                Some(_) if speaks => Part::Remarks,
                _ if !speaks => Part::Body,
                _ if headed => Part::Summary,
                _ => Part::Front,
            });
        }
        let passages: Vec<_> = document.passages().iter().filter(|p| !left[p.index]).collect();
        let change = |pair: &[&crate::document::Passage]| {
            let goes_on = pair[0].turn.is_some() && pair[0].turn == pair[1].turn && pair[0].lang != pair[1].lang;
            goes_on.then_some(pair[1].segments.start)
        };
        Structure { changes: passages.windows(2).filter_map(change).collect(), parts }
    }

    /// The part of a passage, by its index in the document.
    pub fn part(&self, passage: usize) -> Option<Part> {
        self.parts.get(passage).copied()
    }

    /// Segments of the document at which the language changes though one speaker goes on.
    pub fn changes(&self) -> &[usize] {
        &self.changes
    }

    /// How many passages each part has, in the order of [`Part`]; those that are there.
    pub fn counts(&self) -> Vec<(Part, usize)> {
        let all = [Part::Front, Part::Summary, Part::Remarks, Part::Questions, Part::Body, Part::Leftover];
        let count = |part: Part| self.parts.iter().filter(|p| **p == part).count();
        all.into_iter().map(|part| (part, count(part))).filter(|c| c.1 > 0).collect()
    }
}

fn words(document: &Document, passage: usize) -> String {
    let segments = document.passages()[passage].segments.clone();
    let texts = segments.filter_map(|s| document.segments().get(s)).map(|s| s.text.as_str());
    texts.collect::<Vec<_>>().join(" ")
}

/// Which passages a page has added.
fn leftovers(texts: &[String]) -> Vec<bool> {
    let (mut seen, mut others) = (BTreeSet::new(), false);
    let of = |(i, text): (usize, &String)| {
        let low = text.trim().to_lowercase();
        let short = low.chars().count() <= SHORT;
        let begins = |list: &[&str]| short && list.iter().any(|start| low.starts_with(start));
        others |= i as f64 >= LATE * texts.len() as f64 && begins(&OTHERS);
        // "Thank you." is said often; a title is no sentence.
        let twice = short && is_heading(text) && !seen.insert(low.clone());
        others || begins(&LEFT) || twice || !low.chars().any(char::is_alphabetic)
    };
    texts.iter().enumerate().map(of).collect()
}

/// Whether a line is the heading of a numbered section: II. Operations, 二、业务.
pub(crate) fn is_section(text: &str) -> bool {
    let roman = |number: &str| !number.is_empty() && number.chars().all(|c| "IVX".contains(c));
    let han = |number: &str| !number.is_empty() && number.chars().all(|c| "一二三四五六七八九十".contains(c));
    let numbered = text.split_once(". ").is_some_and(|(number, _)| roman(number))
        || text.split_once('、').is_some_and(|(number, _)| han(number));
    numbered && is_heading(text)
}

/// Whether a line is short and ends like no sentence.
fn is_heading(text: &str) -> bool {
    let text = text.trim_end();
    text.chars().count() <= SHORT
        && !text.ends_with(['.', '!', '?', ':', ';', ',', '。', '！', '？', '：', '；', '，', '…', '"', '”'])
}

/// The turn with which questions begin: of a moderator who speaks of them, though not in the first words; or of a label like Q.
fn first_question(document: &Document) -> Option<usize> {
    let asked = |label: &Label| matches!(label.name.as_str(), "Q" | "Question" | "问" | "提问" | "问题");
    let first = document.turns().iter().find(|t| t.label.is_some())?.index;
    let opens = |t: &&crate::document::Turn| {
        let Some(label) = &t.label else { return false };
        let of = |text: &str| {
            let low = text.to_lowercase();
            ["question", "q&a", "提问", "问题", "问答"].iter().any(|w| low.contains(w))
        };
        let text = |s: usize| document.segments().get(s).is_some_and(|s| of(&s.text));
        asked(label) || (t.index > first && is_moderator(label) && t.segments.clone().any(text))
    };
    document.turns().iter().find(opens).map(|t| t.index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::text::Source;

    fn parts(text: &str) -> (Document, Structure) {
        let document = Document::read(Source::from_text("article", text), Format::Plain).unwrap();
        let structure = Structure::of(&document);
        (document, structure)
    }

    #[test]
    fn numbered_sections() {
        for text in ["II. Infusion: A Recall Nearly Closed", "二、业务进展", "X. Outlook"] {
            assert!(is_section(text), "{text}");
        }
        for text in ["I. We begin.", "Next. Infusion", "2. Infusion", "一、我们开始。", "、业务"] {
            assert!(!is_section(text), "{text}");
        }
    }

    #[test]
    fn a_call() {
        let text = "Share this\n\nFerries call highlights\n\nFerries call highlights\n\nThe company told of its year.\n\n\
            Two points\n\nBoats: Nine new boats were ordered.\n\n\
            Moderator\n\nWelcome to the call.\n\nMara Quist – CEO\n\nIt was a good year.\n\n\
            Moderator\n\nWe now take questions. The first one is from Leo Brandt.\n\nLeo Brandt\n\nHow many boats?\n\n\
            Mara Quist – CEO\n\nNine.\n\n今年我们订了九艘船。\n\nRead next\n\nOlives are dear this year.\n";
        let (document, structure) = parts(text);
        let found: Vec<(Part, String)> =
            document.passages().iter().map(|p| (structure.parts[p.index], words(&document, p.index))).collect();
        let of = |start: &str| found.iter().filter(|f| f.1.starts_with(start)).map(|f| f.0).collect::<Vec<_>>();
        assert_eq!(of("Share"), [Part::Leftover]);
        assert_eq!(of("Ferries call"), [Part::Front, Part::Leftover]);
        assert_eq!(of("The company"), [Part::Front]);
        assert_eq!([of("Two points"), of("Boats")].concat(), [Part::Summary; 2]);
        assert_eq!([of("Welcome"), of("It was")].concat(), [Part::Remarks; 2]);
        assert_eq!([of("We now"), of("How many"), of("Nine."), of("今年")].concat(), [Part::Questions; 4]);
        assert_eq!([of("Read next"), of("Olives")].concat(), [Part::Leftover; 2]);
        let changes: Vec<&str> = structure.changes().iter().map(|&s| document.segments()[s].text.as_str()).collect();
        assert_eq!(changes, ["今年我们订了九艘船。"]);
    }

    #[test]
    fn nobody_speaks() {
        let (_, structure) = parts("The mine\n\nIt closed in 1986.\n\n矿井在1986年关闭。\n");
        assert_eq!(structure.counts(), [(Part::Body, 3)]);
    }
}
