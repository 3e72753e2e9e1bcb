//! The words of a label: name, names in brackets, title.

use super::{
    person,
    shape::{Candidate, Shape, Who},
    stamp::time_stamp,
    words,
};
use crate::{
    document::{Label, sentence::is_blank},
    text::{fold, is_han},
};

/// The greatest number of words of a name in Latin script.
const NAME_WORDS: usize = 5;
/// The greatest number of Han characters of a name. Transliterations have up to about twelve.
const NAME_HAN: usize = 12;

/// Words inside Latin names that are not capitalised.
const PARTICLES: [&str; 18] = [
    "and", "&", "de", "da", "del", "della", "der", "den", "di", "du", "el", "al", "bin", "la", "le", "van", "von", "y",
];

/// Splits a text into name and title at the first dash that is not a hyphen: it has blanks around it, or it is long.
pub(super) fn at_dash(text: &str) -> Option<(&str, &str)> {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '―' | '－');
    for (at, c) in text.char_indices() {
        if !is_dash(c) || at == 0 {
            continue;
        }
        let run: usize = text[at..].chars().take_while(|&c| is_dash(c)).map(char::len_utf8).sum();
        let (name, title) = (&text[..at], &text[at + run..]);
        let blanks = usize::from(name.ends_with(is_blank)) + usize::from(title.starts_with(is_blank));
        let long = run > c.len_utf8();
        if blanks == 2 || (long && (blanks > 0 || c != '-')) || (c != '-' && (blanks > 0 || c == '—')) {
            let (name, title) = (name.trim_matches(is_blank), title.trim_matches(is_blank));
            return (!name.is_empty() && !title.is_empty()).then_some((name, title));
        }
    }
    None
}

/// Reads the words of a label: name, parentheses, title.
pub(super) fn named(text: &str, shape: Shape) -> Option<Candidate> {
    let mut label = Label::default();
    let mut time = None;
    let mut name = text.trim_matches(|c: char| is_blank(c) || c == '*');
    if shape != Shape::Dash
        && let Some((before, title)) = at_dash(name)
    {
        label.title = Some(title.to_owned());
        name = before;
    }
    if let Some(inner) = name.strip_suffix([')', '）']) {
        let open = inner.rfind(['(', '（'])?;
        let inside = inner[open..].trim_start_matches(['(', '（']);
        name = inner[..open].trim_end_matches(is_blank);
        time = time_stamp(inside).map(|(_, seconds)| seconds);
        if time.is_none() {
            parenthesis(inside, name, &mut label);
        }
    }
    if let Some(comma) = name.find([',', '，']) {
        let title = name[comma..].trim_start_matches([',', '，']).trim_matches(is_blank);
        // The text after the comma may also be a company: `Jane Roe, Contoso`.
        let firm = || shape == Shape::Colon && name[..comma].contains(' ') && person::is_name(&name[..comma]);
        if !(words::is_title(title) || is_latin_name(title) && firm()) {
            return None;
        }
        label.title = Some(title.to_owned());
        name = name[..comma].trim_end_matches(is_blank);
    }
    if let Some((office, person)) = at_office(name) {
        label.title = label.title.or(Some(office.to_owned()));
        name = person;
    }
    let folded = fold(name).to_lowercase();
    let base =
        folded.trim_end_matches(|c: char| c.is_ascii_digit() || is_blank(c) || matches!(c, '#' | '.' | '-' | '_'));
    let who = if words::is_role(base) {
        Who::Role
    } else if words::is_question_role(base) {
        Who::Question
    } else if is_name(name, &folded) {
        Who::Name
    } else {
        return None;
    };
    label.name = name.to_owned();
    // Speaker 1 and Speaker 2 are two speakers, but their labels have one key.
    let key = if who == Who::Name { folded } else { base.to_owned() };
    Some(Candidate { shape, who, range: 0..text.len(), label, time, key })
}

/// Splits a label into an office and the name after it: `首席财务官 汤姆·黑尔`, `董事长张伟`, `CEO Jane Roe`.
fn at_office(label: &str) -> Option<(&str, &str)> {
    if !label.chars().any(is_han) {
        let (at, _) = label.match_indices(is_blank).rfind(|&(at, _)| words::is_office(&label[..at].to_lowercase()))?;
        let person = label[at..].trim_matches(is_blank);
        return (person.contains(is_blank) && is_latin_name(person)).then_some((&label[..at], person));
    }
    let apart =
        label.rfind(is_blank).map(|at| (label[..at].trim_end_matches(is_blank), label[at..].trim_matches(is_blank)));
    if let Some((office, person)) = apart
        && person.chars().any(is_han)
        && office.chars().filter(|&c| is_han(c)).count() > 1
        && (words::is_title(office) || person.contains(person::is_joint))
    {
        return Some((office, person));
    }
    // If there is no blank between them, the office must end with a word for an office. Positions are in the folded
    // label.
    let folded = fold(label);
    let end = words::end_of_office(&folded)?;
    let person = &label.char_indices().nth(folded[..end].chars().count()).map(|(at, _)| label.split_at(at))?;
    let named = person.1.contains(person::is_joint) || person::is_name(person.1);
    (named && !words::is_title(person.1) && person.1.chars().nth(1).is_some()).then_some(*person)
}

/// Reads what is in parentheses: `Ben Gilbert，以下简称本`, or a title.
fn parenthesis(inside: &str, name: &str, label: &mut Label) {
    for part in inside.split([',', '，', ';', '；', '、']) {
        let part = part.trim_matches(is_blank);
        let short = ["以下简称为", "以下简称", "以下称为", "以下称", "下称", "简称", "hereinafter ", "hereafter "]
            .iter()
            .find_map(|p| part.strip_prefix(p));
        let other_script = part.chars().any(is_han) != name.chars().any(is_han);
        if let Some(short) = short {
            label.short_name = Some(
                short.trim_matches(|c: char| is_blank(c) || matches!(c, '“' | '”' | '"' | '「' | '」')).to_owned(),
            );
        } else if label.other_name.is_none()
            && other_script
            && !words::is_title(part)
            && is_name(part, &part.to_lowercase())
        {
            label.other_name = Some(part.to_owned());
        } else if label.title.is_none() && !part.is_empty() {
            label.title = Some(part.to_owned());
        }
    }
}

fn is_name(name: &str, folded: &str) -> bool {
    if name.chars().any(is_han) { is_chinese_name(name, folded) } else { is_latin_name(name) }
}

fn is_chinese_name(name: &str, folded: &str) -> bool {
    // In 让-保罗, 让 is the French name Jean.
    let joined = name.contains(person::is_joint);
    let fits = |c: char| {
        (is_han(c) && (words::is_in_names(c) || joined && matches!(c, '让' | '讓')))
            || c.is_ascii_alphabetic()
            || person::is_joint(c)
            || matches!(c, '.' | '．' | ' ' | '\u{3000}')
    };
    let capital = |word: &str| !word.starts_with(|c: char| c.is_ascii_lowercase());
    let han = name.chars().filter(|&c| is_han(c)).count();
    let pieces = name.split(person::is_joint).count();
    name.chars().all(fits)
        && name.split(|c| is_blank(c) || person::is_joint(c)).all(capital)
        && han <= NAME_HAN + 3 * (pieces - 1)
        && !words::is_nobody_zh(folded)
}

fn is_latin_name(name: &str) -> bool {
    let mut count = 0;
    let mut last = "";
    for word in name.split(is_blank).filter(|word| !word.is_empty()) {
        let particle = PARTICLES.contains(&word);
        let lower = word.to_lowercase();
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'));
        let number = count > 0 && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit() || b == b'#');
        if words::is_nobody(lower.trim_end_matches('.'))
            || !(particle && count > 0 || capital && letters || number || count > 0 && words::is_role(word))
            || word.len() > 24
        {
            return false;
        }
        count += 1;
        last = word;
    }
    let role = words::is_role(last) && count > 1;
    (1..=NAME_WORDS).contains(&count) && (role || last.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}
