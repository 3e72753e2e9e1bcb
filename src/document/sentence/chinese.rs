//! Where Chinese sentences end.
//!
//! The rules follow the reference files of translators: 。！？ end a sentence, also inside a quotation. A semicolon, a
//! colon, a dash or an ellipsis in the middle of a line does not.

use super::mark::{note_mark, trailing as trailing_mark};
use super::{char_at, char_before, is_blank, is_closer, is_decimal_point, is_full_stop, is_turn_mark, skip_blanks};
use crate::text::is_han;

/// The length, in characters, of the longest quotation or parenthesis that is kept whole because the sentence continues
/// after it (打出“为什么？怎么办？”的口号). This limit prevents an opening mark without its partner from taking in the rest of the
/// text.
const WHOLE: usize = 80;
/// The length, in characters, of the longest clause after a quotation that only says who spoke: “来吗？”小王问。
const REPORT: usize = 4;
/// The number of Han characters from which a text without punctuation is cut at single spaces. Two lines of a subtitle
/// have fewer.
const LONG: usize = 36;
/// The number of Han characters from which a single wide space is a cut. A heading such as 第一章　开端 has fewer.
const SOME: usize = 10;

/// Returns the bytes where a sentence ends, in ascending order. The end of the text may be missing.
pub(super) fn ends(text: &str) -> Vec<usize> {
    let whole = kept_whole(text);
    let mut kept = whole.iter().copied().peekable();
    let mut ends = Vec::new();
    let (mut at, mut start) = (0, 0);
    while let Some(c) = char_at(text, at) {
        while kept.next_if(|&(_, close)| close <= at).is_some() {}
        if kept.peek().is_some_and(|&(open, _)| open < at) {
            at += c.len_utf8();
            continue;
        }
        let end = if c == '>' && is_turn_mark(text, at) {
            if start < at {
                unpunctuated(text, start, at, &mut ends);
                ends.push(at);
                start = at;
            }
            at += 2;
            continue;
        } else if is_terminator(c) && !is_decimal_point(text, at) {
            let stop = after_stop(text, at);
            at = stop;
            if !ends_sentence(text, start, stop - trailing(text, stop), stop) {
                continue;
            }
            // A note belongs to the sentence before it.
            while let Some(end) = note_mark(text, at).or_else(|| trailing_mark(text, at)) {
                at = end;
            }
            at
        } else {
            at += c.len_utf8();
            continue;
        };
        ends.push(end);
        start = end;
    }
    unpunctuated(text, start, text.len(), &mut ends);
    ends
}

fn is_terminator(c: char) -> bool {
    is_full_stop(c) || matches!(c, '!' | '?' | '.' | '…')
}

fn is_opener(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '（' | '(' | '《' | '〈' | '【' | '〔' | '[')
}

/// Returns the partner of an opening mark.
fn partner(c: char) -> Option<char> {
    Some(match c {
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '（' => '）',
        '(' => ')',
        '《' => '》',
        '〈' => '〉',
        '【' => '】',
        '〔' => '〕',
        _ => return None,
    })
}

/// Returns the byte after the stop at `at` and the marks that follow it.
fn after_stop(text: &str, at: usize) -> usize {
    let mut end = at;
    while let Some(c) = char_at(text, end) {
        if is_blank(c) {
            // `. . .`, or a quotation mark that a blank separates from its sentence.
            let next = skip_blanks(text, end);
            match char_at(text, next) {
                Some('.') if text.get(..end).unwrap_or("").ends_with('.') => end = next + 1,
                Some(quote @ ('”' | '’' | '」' | '』' | '）')) => end = next + quote.len_utf8(),
                _ => break,
            }
            continue;
        }
        // A straight quotation mark before a word opens a quotation. It does not close one.
        let opens = c == '"' && char_at(text, end + 1).is_some_and(|c| c.is_alphanumeric()) && is_even(text, end);
        if !(is_terminator(c) || is_closer(c)) || opens {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// The number of characters in which the partner of a straight quotation mark is looked for, backwards.
const QUOTE_REACH: usize = 200;

/// Whether the number of straight quotation marks shortly before `at` is even.
fn is_even(text: &str, at: usize) -> bool {
    text.get(..at).unwrap_or("").chars().rev().take(QUOTE_REACH).filter(|&c| c == '"').count() % 2 == 0
}

/// Returns the number of bytes of closing marks before `end`.
fn trailing(text: &str, end: usize) -> usize {
    let head = text.get(..end).unwrap_or("");
    head.len() - head.trim_end_matches(is_closer).len()
}

/// Whether a stop ends the sentence that began at `start`. The marks of the stop end at `mark`; closing marks end at
/// `end`.
fn ends_sentence(text: &str, start: usize, mark: usize, end: usize) -> bool {
    let next_at = skip_blanks(text, end);
    let (Some(next), Some(last)) = (char_at(text, next_at), char_before(text, mark)) else { return true };
    let closed = end > mark;
    if matches!(next, '，' | '、' | '；' | '：' | ',' | ';' | ':' | '—' | '～') {
        return false;
    }
    if matches!(last, '.' | '…') {
        let dots = text.get(start..mark).unwrap_or("");
        let dots = &dots[dots.trim_end_matches(['.', '…', ' ']).len()..];
        let strong = text.get(start..mark - dots.len()).and_then(|t| t.chars().next_back()).is_some_and(is_full_stop);
        if dots.trim() == "." {
            return !(closed && next_at == end && is_han(next) && is_term(text, mark))
                && full_stop_ends(text, mark - 1, next_at, next_at > end, next);
        }
        // An ellipsis is a pause. It is an end if a quotation closes with it or a new one follows it.
        return strong || (closed && !continues(text, next_at)) || is_opener(next) && next_at > end;
    }
    if closed && char_before(text, end).is_some_and(|c| c != '"' && c != '\'') {
        return !continues(text, next_at) && !is_report(text, next_at);
    }
    if !is_full_stop(last) && next_at == end && matches!(next, '/' | '=' | '&') {
        return false;
    }
    if !is_full_stop(last) && next_at == end && next.is_alphanumeric() {
        // `?id=3` in an address and Yahoo!奇摩 are not ends; 太好了!OK and `Hello!大家好` are.
        let head = text.get(..mark - last.len_utf8()).unwrap_or("");
        return !head.ends_with(|c: char| c.is_ascii_alphanumeric()) || is_han(next) && ends_english(head);
    }
    !is_report_after_straight_quote(text, end, next_at)
}

fn is_report_after_straight_quote(text: &str, end: usize, next_at: usize) -> bool {
    char_before(text, end) == Some('"') && (continues(text, next_at) || is_report(text, next_at))
}

/// Whether the quotation that a full stop ends at `mark` is a term and not speech, as in “No.”会议: no comma or colon
/// precedes it.
fn is_term(text: &str, mark: usize) -> bool {
    let head = text.get(..mark).unwrap_or("");
    let mut before = head.chars().rev().take(WHOLE).skip_while(|&c| !is_opener(c) && c != '"').skip(1);
    !matches!(before.next(), Some('：' | ':' | '，' | ','))
}

/// Latin words before a mark that are not names.
const EXCLAMATIONS: &[&str] =
    &["bye", "go", "hello", "hey", "hi", "no", "oh", "ok", "sorry", "thanks", "wow", "yeah", "yes"];

/// Whether the Latin word at the end of `head` is an exclamation or the end of an English sentence, and not a name that
/// includes the mark.
fn ends_english(head: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '\'' | '’' | ',' | '-');
    let len: usize = head.chars().rev().take(WHOLE).take_while(|&c| latin(c)).map(char::len_utf8).sum();
    let words: Vec<&str> = head[head.len() - len..].split(' ').filter(|w| !w.is_empty()).collect();
    words.len() > 2 || words.last().is_some_and(|word| EXCLAMATIONS.contains(&word.to_lowercase().as_str()))
}

/// Whether the ASCII full stop at `dot` ends a sentence. `next` is the character at `next_at`; `blank` says whether a
/// blank precedes it.
fn full_stop_ends(text: &str, dot: usize, next_at: usize, blank: bool, next: char) -> bool {
    let head = text.get(..dot).unwrap_or("");
    let Some(before) = head.chars().next_back() else { return false };
    if is_han(before) || matches!(before, '”' | '」' | '）' | ')' | '%' | '％') {
        return blank || !next.is_ascii_digit();
    }
    let word: usize =
        head.chars().rev().take(12).take_while(|c| c.is_alphanumeric() && !is_han(*c)).map(char::len_utf8).sum();
    let word = &head[head.len() - word..];
    if before.is_ascii_digit() {
        // In 6.片厂 and 2. 第二, a number belongs to the text after it. In `2024. 然后` the full stop ends a sentence.
        let opens = head[..head.len() - word.len()].chars().next_back().is_none_or(|c| is_blank(c) || is_full_stop(c));
        return !(opens && word.len() <= 2) && blank && !next.is_ascii_digit();
    }
    // A word in Latin letters ends an English sentence inside the text, unless it is `Inc.`, `No.` or an initial.
    let known = matches!(word, "Corp" | "Bros" | "vs" | "etc" | "al" | "no" | "fig");
    let lower = word.chars().nth(1).is_some() && word.chars().all(char::is_lowercase);
    let long = (lower || word.chars().nth(3).is_some()) && !known;
    (blank || is_han(next)) && long && !char_at(text, next_at).is_some_and(char::is_lowercase)
}

/// Whether the sentence continues at `at`, after a closing mark: with 的, 和 and similar words.
fn continues(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("");
    rest.starts_with(['的', '地', '之', '等', '和', '与', '或', '與', '，', '、', '；', '）'])
}

/// Whether the text at `at` refers to a quotation as a thing: “为什么？”这个问题. This does not apply after 。, where 这 usually
/// opens a sentence.
fn names_quotation(text: &str, close: usize, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("");
    let words =
        ["这样", "这种", "这个", "这句", "这类", "这一", "那样", "那种", "一样", "一词", "一类", "为题", "為題", "這"];
    !text.get(..close).unwrap_or("").ends_with('。') && words.iter().any(|word| rest.starts_with(word))
}

/// Whether a short clause at `at` only says who spoke: 小王问。
fn is_report(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("");
    let mut last = None;
    for c in rest.chars().take(REPORT + 1) {
        if is_full_stop(c) {
            return matches!(last, Some('说' | '道' | '问' | '答' | '喊' | '叫' | '想' | '說' | '問' | '着' | '著'));
        }
        if !is_han(c) {
            return false;
        }
        last = Some(c);
    }
    false
}

/// Returns the outermost quotations and parentheses (byte of the opening mark, byte of the closing mark) that contain a
/// stop but are inside a sentence, in ascending order.
fn kept_whole(text: &str) -> Vec<(usize, usize)> {
    let mut open: Vec<(char, usize, usize)> = Vec::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (count, (at, c)) in text.char_indices().enumerate() {
        if let Some(close) = partner(c) {
            if open.len() == 8 {
                // Deeper nesting is an error in the text: the outermost mark is dropped.
                open.remove(0);
            }
            open.push((close, at, count));
        } else if let Some(depth) = open.iter().rposition(|o| o.0 == c) {
            let (_, from, since) = open[depth];
            open.truncate(depth);
            let next = skip_blanks(text, at + c.len_utf8());
            let title = matches!(c, '》' | '〉');
            let bracket = matches!(c, '）' | ')' | '】' | '〕');
            let goes_on = title
                || continues(text, next)
                || names_quotation(text, at, next)
                || bracket && !ends_with_stop(text, at)
                || bracket && char_at(text, next).is_some_and(|c| is_han(c) && !starts_anew(text, from));
            let speech = text.get(..from).unwrap_or("").ends_with(['：', ':']) && !continues_as_attribute(text, next);
            if count - since <= WHOLE && goes_on && !speech {
                while found.last().is_some_and(|&(inner, _)| inner > from) {
                    found.pop();
                }
                found.push((from, at));
            }
        }
    }
    found
}

fn ends_with_stop(text: &str, at: usize) -> bool {
    char_before(text, at - trailing(text, at)).is_some_and(is_terminator)
}

/// Whether the opening mark at `at` follows a full stop or is at the start.
fn starts_anew(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or("").trim_end_matches(is_blank);
    head.chars().next_back().is_none_or(|c| is_full_stop(c) || is_closer(c))
}

fn continues_as_attribute(text: &str, at: usize) -> bool {
    matches!(char_at(text, at), Some('的' | '之'))
}

/// Adds the ends inside `text[start..end]` if it is Chinese without punctuation: line ends, wide spaces, and in a long
/// text also single spaces between Han characters.
fn unpunctuated(text: &str, start: usize, end: usize, ends: &mut Vec<usize>) {
    let Some(part) = text.get(start..end) else { return };
    let (mut han, mut marks, mut wide, mut lines) = (0usize, 0usize, 0usize, 0usize);
    let mut gaps: Vec<(usize, bool)> = Vec::new();
    let mut before: Option<char> = None;
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_blank(c) {
            han += usize::from(is_han(c));
            marks += usize::from(matches!(c, '，' | '；' | ',' | '。' | '！' | '？' | '、'));
            before = Some(c);
            continue;
        }
        let (mut count, mut line) = (1 + usize::from(c == '\u{3000}'), c == '\n');
        let mut to = at + c.len_utf8();
        while let Some((_, c)) = chars.next_if(|&(_, c)| is_blank(c)) {
            count += 1 + usize::from(c == '\u{3000}');
            line |= c == '\n';
            to += c.len_utf8();
        }
        let Some(&(_, next)) = chars.peek() else { break };
        let left = before.is_some_and(|c| is_han(c) || is_closer(c));
        let cut = left && (is_han(next) || is_opener(next) || next == '-');
        let single = count == 1 && !line;
        if line || (cut || count > 1 && before.is_some_and(|c| is_han(c) || c.is_alphanumeric())) {
            if single && !cut {
                continue;
            }
            wide += usize::from(!single && !line);
            lines += usize::from(line);
            gaps.push((to, single));
        }
    }
    if marks * 20 > han || gaps.is_empty() {
        // There is a comma in every twenty characters, so the text is punctuated, and its line ends come from wrapping.
        return;
    }
    let at_wide = wide + lines > 1 || han >= SOME;
    let at_single = han > LONG && wide == 0 && lines == 0;
    ends.extend(
        gaps.into_iter().filter(|&(_, single)| if single { at_single } else { at_wide }).map(|(to, _)| start + to),
    );
}
