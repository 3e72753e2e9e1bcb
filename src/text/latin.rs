//! Strings in Latin script that both sides can share: names and abbreviations (AWS, Trainium 2, x86).

use super::Lang;
use super::view::{View, is_letter};

/// Longest string that is a name; longer ones are data.
const LONGEST: usize = 40;

/// English words that are no names, capitalised at the start of a sentence or part of a title in Chinese.
const ORDINARY: &str = " a al et about above across after again against all almost also although am among an and another any are around as at \
away back be because been before behind being below between both but by can could did do does down during each either else \
even ever every everyone everything few first for from get go going good had has have he hello her here hers him his how \
however i if in indeed instead into is it its just last least less let like many may maybe me meanwhile might more moreover \
most much must my near never next no nobody none nor not nothing now of off oh ok okay on once one only onto or other our out \
over own per perhaps please quite rather really right same second see shall she should since so some someone something soon \
still such take than thank thanks that the their them then there therefore these they thing third this those though three \
through thus to today together tomorrow too two under until up upon us very was we well were what whatever when where whether \
which while who whole whom whose why will with within without would yes yet you your ";

/// Capitalised words whose number stands by itself: Chapter 3 is 第三章, Act 2 第二幕.
const NUMBERED: &str = " chapter section part page table figure fig volume vol day act verse step item note no number article \
exhibit appendix room line lines level grade class phase stage round week season episode nearly approximately roughly exactly \
top mid post pre nov dec ";

/// Characters after a number that, in Chinese, separate it from the name before it: measure words, magnitudes, units,
/// parts of dates, ranges.
const MEASURES: &str = "个位名人家次年月日天岁元块台只条件项倍层本张页章节届辆座所种秒米公吨周季场部篇句支艘架颗片份批期代处户口点时大级号楼\
把根匹对杯瓶间栋幢步遍趟回顿声群头幅集款轮吋寸尺亩升克斤里类组队枚股十百千万亿多余分%美小英至到";

fn listed(list: &str, word: &str) -> bool {
    // Words of the lists are apart by blanks on both sides, so that no part of a word is found.
    let mut padded = String::with_capacity(word.len() + 2);
    padded.extend([" ", word, " "]);
    !word.is_empty() && list.contains(&padded)
}

/// Whether a word (lower case) is no name though it begins with a capital.
pub(crate) fn is_ordinary(word: &str) -> bool {
    listed(ORDINARY, word)
}

/// Reads the string at `at` (a letter, or a digit that letters follow). Returns the index after it. If it can be an
/// anchor, also returns the key that must be equal for two strings to match: lower case, without hyphens and without
/// the blank before its number.
pub(crate) fn read(view: &View, at: usize, lang: Lang) -> (usize, Option<String>) {
    let mut end = extent(view, at);
    if end - at > LONGEST {
        return (end, None);
    }
    let letters = view.slice(at, end);
    let digits = letters.iter().any(|c| c.is_ascii_digit());
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    // Most words.
    if lang == Lang::En && capitals == 0 && !digits {
        return (end, None);
    }
    let mut key: String =
        view.slice(at, end).iter().filter(|c| !matches!(c, '-' | '.')).flat_map(|c| c.to_lowercase()).collect();
    key = key.replace('’', "'");
    // The unit of a number before it (7cm) is no name.
    if capitals == 0 && !digits && view.before(at).is_ascii_digit() {
        return (end, None);
    }
    // U.S. and IT are no pronouns.
    let abbreviation = letters.contains(&'.') || (capitals == 2 && letters.len() == 2);
    let ordinary = !abbreviation && listed(ORDINARY, &key);
    if !digits && ordinary {
        return (end, None);
    }
    // A name and its number: "Trainium 2" is Trainium2.
    let next = view.skip_blank(end);
    if next > end
        && !digits
        && !ordinary
        && !listed(NUMBERED, &key)
        && let Some(stop) = plain_number(view, next).filter(|&stop| joins(view, at, stop, lang, capitals))
    {
        key.extend(view.slice(next, stop));
        end = stop;
    }
    let long = key.chars().count() > 1;
    (end, long.then_some(key))
}

/// The end of one or two digits at `at` that no sign, unit or magnitude makes an amount.
fn plain_number(view: &View, at: usize) -> Option<usize> {
    const AMOUNTS: &str = " hundred thousand million billion trillion percent per percentage basis bps dollars yuan euros yen pounds \
cents years months weeks days hours minutes seconds times degrees ";
    let end = view.run(at, |c| c.is_ascii_digit());
    let open = matches!(view.at(end), '.' | ',' | ':' | '/') && view.at(end + 1).is_ascii_digit();
    let sign = matches!(view.at(view.skip_blank(end)), '%' | '-' | '–') || is_letter(view.at(end));
    let amount = listed(AMOUNTS, &view.word(view.skip_blank(end)).0);
    ((1..=2).contains(&(end - at)) && !open && !sign && !amount).then_some(end)
}

/// Whether the number that ends at `stop` belongs to the word at `at`. In Chinese a measure word behind it makes it a
/// number of its own (EC2 3 台); in English a plain word at the start of a sentence proves nothing (Add 3 eggs).
fn joins(view: &View, at: usize, stop: usize, lang: Lang, capitals: usize) -> bool {
    match lang {
        Lang::Zh => {
            let next = view.at(view.skip_blank(stop));
            view.at(at).is_uppercase() | (capitals > 0) && !MEASURES.contains(next)
        }
        Lang::En => {
            let first = at.saturating_sub(2);
            let initial = at == 0
                || matches!(view.slice(first, at), ['.' | '!' | '?' | '"' | '“' | '\n', _] | [_, '"' | '“' | '\n']);
            capitals > 1 || (capitals == 1 && (!initial || !view.at(at).is_uppercase()))
        }
    }
}

/// Index behind the string at `at`: letters and digits, with the marks that hold a name together.
fn extent(view: &View, at: usize) -> usize {
    let mut i = at;
    let mut number = true;
    loop {
        let begin = i;
        i = view.run(i, |c| is_letter(c) || c.is_ascii_digit());
        number &= view.slice(begin, i).iter().all(char::is_ascii_digit);
        let part = i - begin;
        let (mark, next) = (view.at(i), view.at(i + 1));
        let goes_on = match mark {
            // COVID-19, T-Mobile; not AI-powered, and no word without a capital (mid-2025).
            '-' => {
                (next.is_ascii_digit() && !number && has_capital(view, at, i) && digits_behind(view, i + 1) <= 3)
                    || (part == 1 && next.is_uppercase() && is_letter(view.at(begin)))
            }
            '&' => is_letter(next) && part <= 3,
            // U.S., Node.js; not the full stop of a sentence.
            '.' => {
                (part == 1 && next.is_uppercase())
                    || (part > 1 && next.is_ascii_lowercase() && has_capital(view, at, i))
            }
            '\'' | '’' => is_letter(next) && !is_possessive(view, i),
            _ => false,
        };
        if !goes_on || i - at > LONGEST {
            break;
        }
        i += 1;
    }
    let plus = view.run(i, |c| c == '+');
    if plus > i && !is_letter(view.at(plus)) && !view.at(plus).is_ascii_digit() { plus } else { i }
}

fn has_capital(view: &View, start: usize, end: usize) -> bool {
    view.slice(start, end).iter().take(LONGEST).any(|c| c.is_uppercase())
}

fn digits_behind(view: &View, at: usize) -> usize {
    (0..5).take_while(|k| view.at(at + k).is_ascii_digit()).count()
}

/// Whether the apostrophe at `at` begins a possessive: Amazon's.
fn is_possessive(view: &View, at: usize) -> bool {
    matches!(view.at(at + 1), 's' | 'S') && !is_letter(view.at(at + 2))
}
