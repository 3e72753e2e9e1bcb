//! Decides whether the full stop after an English word belongs to the word: `Dr.`, `No. 5`, `J. P. Morgan`, `U.S.`

use super::{char_at, char_before, is_blank, word_before, word_from, word_start};

/// Abbreviations that are never the last word of a sentence.
const NEVER_LAST: &[&str] =
    &["c.f", "ca", "cf", "dr", "e.g", "eg", "i.e", "ie", "messrs", "mr", "mrs", "ms", "mx", "prof", "viz", "vs"];

/// Titles. With a capital they precede a name; without one they are words of their own (`one rep.`).
const TITLES: &[&str] = &[
    "Adm", "Amb", "Atty", "Brig", "Capt", "Cdr", "Cmdr", "Col", "Cpl", "Det", "Fr", "Gen", "Gov", "Hon", "Insp", "Lt",
    "Maj", "Mme", "Msgr", "Pres", "Pvt", "Rep", "Rev", "Sen", "Sgt", "Supt",
];

/// Abbreviations that may also end a sentence. They end it if the next word is one that opens sentences.
const PERHAPS_LAST: &[&str] = &[
    "al", "approx", "assn", "assoc", "ave", "blvd", "bros", "co", "corp", "dept", "dist", "div", "ed", "eds", "esp",
    "est", "etc", "ext", "ft", "gmbh", "inc", "incl", "jr", "llc", "ln", "ltd", "misc", "mt", "ph.d", "plc", "rd",
    "reg", "sp", "spp", "sq", "sr", "st", "tel", "univ",
];

/// Months and days, only with a capital: `dec`, `mar`, `sat` and `sun` are words or parts of words.
const DATES: &[&str] = &[
    "Apr", "Aug", "Dec", "Feb", "Fri", "Jan", "Jul", "Jun", "Mar", "Mon", "Nov", "Oct", "Sat", "Sep", "Sept", "Sun",
    "Thu", "Thurs", "Tue", "Tues", "Wed",
];

/// Words that are abbreviations only before a number or something in place of a number: `No. 5`, `Fig. S1`, but not a
/// plain `no.`
const BEFORE_NUMBER: &[&str] = &[
    "apt", "art", "b", "bldg", "c", "cap", "ch", "chap", "comm", "d", "eq", "eqs", "fax", "fig", "figs", "fl", "hwy",
    "no", "nos", "op", "p", "para", "paras", "pop", "pp", "pt", "r", "sec", "sect", "v", "ver", "vol", "vols",
];

/// Units. After a number and before a capital, a unit ends the sentence: inside a sentence, no capital follows a unit.
const UNITS: &[&str] = &[
    "cm", "ft", "g", "hr", "hrs", "in", "kg", "km", "lb", "lbs", "m", "mi", "min", "mins", "mm", "oz", "sec", "secs",
    "tbsp", "tsp", "wks", "yd", "yds", "yrs",
];

/// Words that open sentences and rarely follow an abbreviation inside a sentence.
const OPENERS: &[&str] = &[
    "A",
    "About",
    "After",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "Any",
    "Are",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Can",
    "Could",
    "Did",
    "Do",
    "Does",
    "During",
    "Each",
    "Even",
    "Every",
    "Everyone",
    "For",
    "From",
    "Have",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "I'd",
    "I'll",
    "I'm",
    "I've",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "It's",
    "Its",
    "Just",
    "Let",
    "Let's",
    "Many",
    "Maybe",
    "Meanwhile",
    "Most",
    "Much",
    "My",
    "Nobody",
    "None",
    "Not",
    "Nothing",
    "Now",
    "On",
    "Once",
    "Only",
    "Or",
    "Others",
    "Our",
    "Perhaps",
    "Please",
    "See",
    "Several",
    "She",
    "Should",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "Thank",
    "Thanks",
    "That",
    "That's",
    "The",
    "Their",
    "Then",
    "There",
    "There's",
    "These",
    "They",
    "They're",
    "This",
    "Those",
    "Though",
    "Thus",
    "To",
    "Unless",
    "Until",
    "Was",
    "We",
    "We're",
    "We've",
    "Well",
    "Were",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "Will",
    "With",
    "Without",
    "Would",
    "Yes",
    "Yet",
    "You",
    "Your",
];

/// Openers that are also surnames. After an initial they count as surnames.
const SURNAMES: &[&str] = &["An", "Do", "How", "Much", "Most", "So", "Still", "Well", "Will"];

/// Openers after which `St.` and `Dr.` mean a street and a drive.
const AFTER_STREET: &[&str] = &["He", "It", "She", "The", "There", "They", "This", "We"];

/// Words that follow a time of day inside a sentence.
const AFTER_TIME: &[&str] = &[
    "April",
    "August",
    "BST",
    "CET",
    "CST",
    "Central",
    "December",
    "EDT",
    "EST",
    "ET",
    "Eastern",
    "February",
    "Friday",
    "GMT",
    "HKT",
    "January",
    "July",
    "June",
    "MST",
    "March",
    "May",
    "Monday",
    "November",
    "October",
    "PDT",
    "PST",
    "PT",
    "Pacific",
    "Saturday",
    "September",
    "Sunday",
    "Thursday",
    "Tuesday",
    "UTC",
    "Wednesday",
];

/// The number of words that a phrase such as `At 7 P.M.` stays below. The rest of its sentence still follows.
const PHRASE: usize = 4;
const PHRASE_BYTES: usize = 60;

/// Words whose number opens a caption or a heading.
const CAPTIONS: &[&str] = &[
    "Appendix", "Chapter", "Chart", "Exhibit", "Fig", "Figure", "Item", "Part", "Question", "Section", "Step", "Table",
];

/// Whether a word, with its capital, is one that opens sentences.
pub(super) fn is_opener_word(word: &str) -> bool {
    OPENERS.binary_search(&word.replace('’', "'").as_str()).is_ok()
}

/// Whether the full stop at `at` belongs to the word before it. The sentence began at `start`. The text after the full
/// stop and the following blanks and opening marks is at `next_at`.
pub(super) fn keeps_stop(text: &str, start: usize, at: usize, next_at: usize) -> bool {
    let before = word_before(text, at);
    if before.is_empty() {
        return false;
    }
    let next = word_from(text, next_at);
    let from = at - before.len();
    if numbers(text, start, from, before) {
        return true;
    }
    // `H. L. A. Hart`
    let initial = next.len() == 1 && char_at(text, next_at + 1) == Some('.');
    let opener = is_opener_word(next) && !initial;
    let lower = before.to_lowercase();
    let is_in = |list: &[&str]| list.contains(&lower.as_str());
    let loud = before.len() > 1 && before.bytes().all(|b| b.is_ascii_uppercase());
    if AFTER_STREET.contains(&next) && matches!(before, "Dr" | "St") && follows_name(text, from) {
        return false;
    }
    if is_in(NEVER_LAST) || TITLES.contains(&before) {
        return true;
    }
    if is_in(BEFORE_NUMBER) && stands_for_number(text, next_at, next) {
        return true;
    }
    // `Barlow v. Norton`, `(b. May 4)`.
    if before == "v" && next.starts_with(char::is_uppercase) && !opener {
        return follows_name(text, from);
    }
    if matches!(before, "b" | "d") && matches!(char_before(text, word_start(text, from)), Some('(' | ',' | ';')) {
        return true;
    }
    if is_in(UNITS) && word_before(text, word_start(text, from)).ends_with(|c: char| c.is_ascii_digit()) {
        return !next.starts_with(char::is_uppercase);
    }
    if before.chars().count() == 1 && before.chars().all(char::is_uppercase) {
        // `J. P. Morgan`, but `you and I. We`, `vitamin C. The`.
        return !opener || (SURNAMES.contains(&next) && follows_name(text, from) && before != "I");
    }
    if matches!(lower.as_str(), "a.m" | "p.m") {
        return !opener
            && (AFTER_TIME.contains(&next)
                || !next.starts_with(char::is_uppercase)
                || is_phrase(text, start, from, next_at, next));
    }
    let dotted = before.contains('.')
        && before.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic));
    (dotted || (is_in(PERHAPS_LAST) && !(loud && lower == "est")) || DATES.contains(&before)) && !opener
}

/// Whether a word is the number of the text after it: `1. Introduction`, `IV. Results`, `a. First point`, `Figure 1.2.
/// A map`.
fn numbers(text: &str, start: usize, from: usize, word: &str) -> bool {
    let opens = |at| text.get(start..at).is_some_and(|gap| gap.chars().take(24).all(|c| !c.is_alphanumeric()));
    let roman = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let number = word.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    if opens(from) && (number || (roman && word.len() <= 4) || word.chars().count() == 1) {
        return true;
    }
    let caption = word_before(text, word_start(text, from));
    number && CAPTIONS.contains(&caption) && opens(word_start(text, from) - caption.len())
}

/// Whether the text at `at` can follow an abbreviation such as `No.` as its number: `5`, `S1`, `(7)`, `A`.
fn stands_for_number(text: &str, at: usize, next: &str) -> bool {
    next.contains(|c: char| c.is_numeric())
        || (next.len() == 1 && next.starts_with(|c: char| c.is_ascii_uppercase()) && !matches!(next, "A" | "I"))
        || char_at(text, at) == Some('#')
}

/// Whether the sentence so far is only a phrase of time, as `At 7 P.M.`, or a title follows.
fn is_phrase(text: &str, start: usize, from: usize, next_at: usize, next: &str) -> bool {
    let title = TITLES.contains(&next) || NEVER_LAST.contains(&next.to_lowercase().as_str());
    let short = text.get(start..from).filter(|said| said.len() < PHRASE_BYTES);
    let words = |said: &str| said.split(is_blank).filter(|w| !w.is_empty()).count();
    (title && char_at(text, next_at + next.len()) == Some('.')) || short.is_some_and(|said| words(said) < PHRASE)
}

/// Whether the word before `at` is capitalised, as a first name is.
fn follows_name(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or("").trim_end_matches([' ', '.']);
    word_before(text, head.len()).chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    #[test]
    fn openers_are_sorted() {
        assert!(super::OPENERS.is_sorted());
    }
}
