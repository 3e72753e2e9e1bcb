//! Text among the turns that is not speech: headings of parts, notes of editors, text that a site adds at the end, a
//! summary in the other language.

use super::{Mark, line, words::is_addressed};
use crate::{
    document::{
        block::{Block, BlockKind},
        sentence::is_blank,
    },
    text::{detect_lang, fold, is_han},
};

/// The greatest number of characters of a line that is separate from speech. Longer lines are speech.
const APART: usize = 60;
/// The greatest number of characters of a note in brackets at the end.
const NOTE: usize = 160;
/// The greatest number of characters before the colon of a credit: `Edited by`, 责任编辑.
const HEAD: usize = 24;
/// The number of turns in one language after which a text in the other language does not belong to the last speaker.
const TURNS: usize = 3;

/// Headings between the parts of a call, in text without markup.
#[rustfmt::skip]
const SECTIONS: &[&str] = &[
    "prepared remarks", "presentation", "q&a", "q & a", "q&a session", "question and answer session",
    "question-and-answer session", "questions & answers", "questions and answers", "问答", "问答环节", "提问环节", "自由问答",
    "管理层发言", "管理层陈述", "participants", "call participants", "company participants", "conference call participants",
    "conference participants", "corporate participants", "participant list", "参会人员", "与会人员", "与会嘉宾", "出席人员",
];

/// The text before the colon of a line that names the source of an article.
#[rustfmt::skip]
const SOURCES: &[&str] = &[
    "article source", "news source", "original source", "source", "source of article", "编辑", "责任编辑", "责编", "文章来源", "来源",
    "稿源", "新闻来源", "本文来源", "资料来源",
];

fn is_section(lower: &str) -> bool {
    SECTIONS.contains(&lower)
}

fn is_source(lower: &str) -> bool {
    SOURCES.contains(&lower)
}

/// The text before the colon of a note to the reader.
#[rustfmt::skip]
const NOTES: &[&str] = &[
    "note", "notes", "disclaimer", "editor's note", "editor’s note", "translator's note", "translator’s note", "safe harbor",
    "声明", "免责声明", "特别声明", "版权声明", "注", "注释", "备注", "编者注", "编者按", "译者注", "译注", "风险提示",
];

fn is_note(lower: &str) -> bool {
    NOTES.contains(&lower)
}

/// Returns for each block whether it ends the turn before it without beginning a turn.
pub(in crate::document) fn ends(blocks: &[Block], marks: &[Mark]) -> Vec<bool> {
    let mut ends: Vec<bool> = blocks.iter().map(|b| b.kind == BlockKind::Heading || is_part(b.text.text())).collect();
    let Some(last) = marks.last() else { return ends };
    // Speech begins after the label or on the next line.
    let first = first_said(blocks, last);
    let mut tail = (first + 1).min(blocks.len())..blocks.len();
    if let Some(k) = tail.find(|&k| is_added(blocks, k)) {
        ends[k] = true;
    }
    if let Some(k) = other_half(blocks, marks) {
        ends[k] = true;
    }
    ends
}

/// Whether a block is the heading of a part, or a line that names the source of the whole article.
fn is_part(text: &str) -> bool {
    let text = text.trim_matches(is_blank);
    let line =
        text.trim_matches(|c: char| is_blank(c) || matches!(c, '(' | '（' | '[' | '【' | ')' | '）' | ']' | '】'));
    if line.chars().nth(APART).is_some() {
        return false;
    }
    // 【分析师提问】 is a heading. 【笑】 is a sound.
    let framed = text.starts_with('【') && text.ends_with('】') && line.chars().filter(|&c| is_han(c)).count() > 3;
    let folded = fold(line).to_lowercase();
    // `fold` has changed full-width colons to ASCII colons.
    framed && !line.contains('】')
        || is_section(folded.trim_end_matches(':'))
        || folded.split_once(':').is_some_and(|(head, _)| is_source(head.trim_end()))
}

/// Whether a block after the first words of the last speaker was added by a site or an editor, as its kind shows: a
/// note in brackets, a credit, a short line that is not a sentence, or a line without words.
fn is_added(blocks: &[Block], k: usize) -> bool {
    let text = blocks[k].text.text().trim_matches(is_blank);
    let long = |n: usize| text.chars().nth(n).is_some();
    let bracketed = text.starts_with(['(', '（', '[', '【']) && text.ends_with([')', '）', ']', '】']);
    if bracketed && !long(NOTE) {
        // `(Laughter)` occurs while somebody speaks.
        let sound = ["laugh", "applau", "music", "cheer", "笑", "掌", "音乐", "音樂"];
        let low = text.to_lowercase();
        return !sound.iter().any(|word| low.contains(word))
            && text.contains([':', '：', ' ', '，', '。'])
            && text.chars().filter(|c| c.is_alphabetic()).count() > 8;
    }
    if !text.chars().any(char::is_alphabetic)
        || text.starts_with(['©', '#'])
        || text.contains("://") && !text.contains(' ')
    {
        return true;
    }
    if text.split_once([':', '：']).is_some_and(|(head, _)| is_note(&fold(head).to_lowercase())) {
        return true;
    }
    if long(APART) {
        return false;
    }
    let credit = text.split_once([':', '：']).is_some_and(|(head, value)| {
        head.chars().nth(HEAD).is_none()
            && !value.trim().is_empty()
            && !is_addressed(text)
            && !line::is_sentence(value.trim_matches(is_blank))
    });
    let heading = !line::is_sentence(text) && !is_addressed(text) && !text.ends_with(['—', '-']) && isolated(blocks, k);
    credit || heading
}

/// Whether the speech before a line is punctuated, so that a line without an end mark is different from it.
fn isolated(blocks: &[Block], k: usize) -> bool {
    k > 0 && line::is_sentence(blocks[k - 1].text.text().trim_matches(is_blank))
}

/// Returns the blocks at which text in the other language begins that is not speech: a summary after the last turn, or
/// the title of the other half of an article. All turns before it are in one language, and the text has no first or
/// second person.
fn other_half(blocks: &[Block], marks: &[Mark]) -> Option<usize> {
    // A block may have many marks.
    let languages: Vec<_> = blocks.iter().map(|block| detect_lang(block.text.text())).collect();
    let language = |k: usize| languages.get(k).copied().flatten();
    let silent = |k: usize| !is_addressed(&without_quotes(blocks[k].text.text()));
    let mut main = None;
    for (n, mark) in marks.iter().enumerate() {
        let first = first_said(blocks, mark);
        let own = language(first);
        if *main.get_or_insert(own) != own {
            return None;
        }
        let next = marks.get(n + 1).map(|next| (next.block, language(first_said(blocks, next))));
        let end = next.map_or(blocks.len(), |next| next.0);
        let Some(other) = (first + 1..end).find(|&k| language(k).is_some_and(|lang| Some(lang) != own)) else {
            continue;
        };
        let stays = match next {
            Some((_, lang)) => lang == language(other),
            None => (other..end).all(|k| language(k) != own && silent(k)),
        };
        return (n + 1 >= TURNS && stays && silent(other)).then_some(other);
    }
    None
}

/// Returns the block in which the speech begins: the block of the label, or the next one.
fn first_said(blocks: &[Block], mark: &Mark) -> usize {
    let own = blocks[mark.block]
        .text
        .text()
        .get(mark.range.end..)
        .is_some_and(|rest| rest.contains(|c: char| !c.is_whitespace()));
    mark.block + usize::from(mark.title_follows) + usize::from(!own)
}

/// Returns a text without the parts in quotation marks. A heading may quote speech.
fn without_quotes(text: &str) -> String {
    let mut depth = 0usize;
    text.chars()
        .filter(|&c| {
            depth += usize::from(matches!(c, '“' | '「'));
            let out = depth == 0;
            depth -= usize::from(matches!(c, '”' | '」') && depth > 0);
            out
        })
        .collect()
}
