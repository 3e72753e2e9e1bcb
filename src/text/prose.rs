//! The language of a text: how much of its prose is in each language.
//!
//! Only prose counts. Code, web addresses and identifiers are in neither language, and a bracket often gives a term in
//! the other one. Each line is judged as a whole, because a Chinese line may have more Latin words than Han characters.

use std::collections::BTreeSet;

use crate::error::{Error, ErrorKind, Result};
use crate::lang::{Lang, PerLang};
use crate::text::script::{is_cjk_punctuation, is_han};

/// How many Han characters say as much as one English word: 1.5 to 1.8 in parallel text (a Bible has about 158,000 characters
/// for 125,543 words). Chinese prose with product names in Latin script is at the lower end.
pub(crate) const HAN_PER_WORD: f64 = 1.5;

/// A line with more words than this for each Han character is English, even without a function word.
const WORDS_PER_HAN: usize = 4;

/// Common English words that are not names. A line that has one of them and more words than Chinese is English.
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "for", "from", "had", "has", "have", "he", "her",
    "his", "i", "in", "is", "it", "not", "of", "on", "or", "our", "she", "so", "that", "the", "their", "they", "this",
    "to", "was", "we", "were", "what", "which", "who", "will", "with", "would", "you", "your",
];

/// The words and Han characters of a piece of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) words: usize,
    pub(crate) function_words: usize,
    pub(crate) han: usize,
}

impl Count {
    /// Counts outside of brackets, addresses and identifiers.
    pub(crate) fn of(text: &str) -> Count {
        let mut count = Count::default();
        let mut depth = 0usize;
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c.is_ascii_graphic() || is_letter(c) {
                // A word may have letters that are not ASCII.
                let end = rest.find(|c: char| !c.is_ascii_graphic() && !is_letter(c)).unwrap_or(rest.len());
                count.add_token(&rest[..end], &mut depth);
                rest = &rest[end..];
                continue;
            }
            match c {
                '（' => depth += 1,
                '）' => depth = depth.saturating_sub(1),
                _ => count.han += usize::from(depth == 0 && is_han(c)),
            }
            rest = &rest[c.len_utf8()..];
        }
        count
    }

    /// Counts the words of a run of letters and marks, outside of brackets.
    fn add_token(&mut self, token: &str, depth: &mut usize) {
        if is_code(token) {
            return;
        }
        let mut start = 0;
        for (at, c) in token.char_indices().filter(|(_, c)| matches!(c, '(' | ')')).chain([(token.len(), ' ')]) {
            if *depth == 0 {
                self.add_words(&token[start..at]);
            }
            match c {
                '(' => *depth += 1,
                ')' => *depth = depth.saturating_sub(1),
                _ => {}
            }
            start = at + 1;
        }
    }

    fn add_words(&mut self, token: &str) {
        let inside = |c: char| is_letter(c) || matches!(c, '\'' | '’' | '-');
        for word in token.split(|c| !inside(c)).filter(|word| word.starts_with(is_letter)) {
            self.words += 1;
            let word = word.to_ascii_lowercase();
            self.function_words += usize::from(FUNCTION_WORDS.binary_search(&word.as_str()).is_ok());
        }
    }

    pub(crate) fn add(&mut self, other: Count) {
        self.words += other.words;
        self.function_words += other.function_words;
        self.han += other.han;
    }

    /// The amount of text in a language, in English words.
    pub(crate) fn weight(self, lang: Lang) -> f64 {
        match lang {
            Lang::En => self.words as f64,
            Lang::Zh => self.han as f64 / HAN_PER_WORD,
        }
    }

    /// The language of a sentence or line.
    pub(crate) fn lang(self) -> Option<Lang> {
        let zh = self.weight(Lang::Zh);
        match (self.words, self.han) {
            (0, 0) => None,
            (0, _) => Some(Lang::Zh),
            (_, 0) => Some(Lang::En),
            // Product names easily outnumber the Chinese around them. Function words show an English sentence.
            (words, _) if self.function_words > 0 && words as f64 > zh => Some(Lang::En),
            (words, han) if words > WORDS_PER_HAN * han => Some(Lang::En),
            _ => Some(Lang::Zh),
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}')
}

/// Whether a run of ASCII without a space is an address, a path or code.
fn is_code(token: &str) -> bool {
    let domain = |t: &str| {
        let (name, end) = t.rsplit_once('.').unwrap_or_default();
        name.ends_with(|c: char| c.is_ascii_alphanumeric())
            && end.len() >= 2
            && end.starts_with(|c: char| c.is_ascii_lowercase())
            && end.bytes().all(|b| b.is_ascii_alphanumeric())
            && !name.contains(' ')
    };
    token.contains("://")
        || token.contains("www.")
        || token.contains("::")
        || token.contains("()")
        || token.contains("->")
        || token.contains('_')
        || token.split_once('@').is_some_and(|(_, host)| host.contains('.'))
        || domain(token.split('/').next().unwrap_or_default())
}

/// How much of a text is in each language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prose {
    /// Words of English and of Chinese lines. Han characters count as [`HAN_PER_WORD`] says.
    weight: PerLang<f64>,
    /// All Han characters and all Latin words.
    all: Count,
    kana: usize,
    hangul: usize,
    /// Letters of other scripts.
    foreign: usize,
    /// The beginning of the text.
    sample: String,
}

/// The number of bytes of a text that are used to recognise other languages.
const SAMPLE_BYTES: usize = 4000;

/// Of two texts, the one with the greater share of Han is the Chinese one, if this share is at least this large and at
/// least this many times the other share. Two English texts about China rarely differ so much.
const MIN_SHARE: f64 = 0.03;
const MIN_RATIO: f64 = 4.0;
const MIN_HAN: usize = 4;

/// The number of English words that show that a text without Han is not the Chinese one: in a sentence, and in a list
/// of names, which a Chinese text may also have. The same for the Han characters of a text without English words.
const MIN_WORDS: usize = 20;
const MIN_SENTENCE_WORDS: usize = 3;
const MIN_ONLY_HAN: usize = 2;

/// The number of letters of another language at which a text is refused. A few letters may be a quotation or a name.
const MIN_FOREIGN: usize = 20;

/// The share of kana in Japanese is above one third. Chinese texts about Japan quote a few words.
const JAPANESE_SHARE: f64 = 0.15;

/// The number of English words at which a text is examined for another Latin language, and the share of function words
/// in English.
/// Prose has .3 to .5, lists of names and headings .1. Texts in other Latin languages have below .07.
const MIN_LATIN_WORDS: usize = 15;
const FUNCTION_SHARE: f64 = 0.07;

/// Languages in Latin script that a text may be in. Lists of words and names look like rarer ones.
const COMMON_LATIN: [whatlang::Lang; 17] = [
    whatlang::Lang::Ces,
    whatlang::Lang::Dan,
    whatlang::Lang::Deu,
    whatlang::Lang::Fin,
    whatlang::Lang::Fra,
    whatlang::Lang::Hun,
    whatlang::Lang::Ind,
    whatlang::Lang::Ita,
    whatlang::Lang::Nld,
    whatlang::Lang::Nob,
    whatlang::Lang::Pol,
    whatlang::Lang::Por,
    whatlang::Lang::Ron,
    whatlang::Lang::Spa,
    whatlang::Lang::Swe,
    whatlang::Lang::Tur,
    whatlang::Lang::Vie,
];

/// The number of different words in a text at which its language can be recognised.
const MIN_DISTINCT: usize = 14;

/// The number of letters in other alphabets that say as much as one English word.
const LETTERS_PER_WORD: usize = 4;

impl Prose {
    /// Adds a line, a sentence or a paragraph.
    pub(crate) fn add(&mut self, text: &str) {
        let count = Count::of(text);
        if let Some(lang) = count.lang() {
            self.weight[lang] += count.weight(Lang::En) + count.weight(Lang::Zh);
        }
        self.all.add(count);
        for c in text.chars().filter(|c| !c.is_ascii()) {
            match c {
                '\u{3041}'..='\u{30FA}' => self.kana += 1,
                '\u{AC00}'..='\u{D7A3}' => self.hangul += 1,
                c if c.is_alphabetic() && !is_letter(c) && !is_han(c) && !is_cjk_punctuation(c) => self.foreign += 1,
                _ => {}
            }
        }
        if self.sample.len() < SAMPLE_BYTES {
            self.sample.extend(text.chars().take(SAMPLE_BYTES - self.sample.len()));
            self.sample.push('\n');
        }
    }

    /// The prevailing language; `None` if the text has no words in either.
    pub(crate) fn lang(&self) -> Option<Lang> {
        prevailing(self.weight)
    }

    /// The share of Han, by weight.
    fn share(&self) -> f64 {
        self.all.weight(Lang::Zh) / (self.all.weight(Lang::En) + self.all.weight(Lang::Zh)).max(1.0)
    }

    /// The language of the first of two texts, if one is English and the other Chinese. `None` if both are in one language.
    pub(crate) fn first_lang(&self, second: &Prose) -> Option<Lang> {
        match (self.lang(), second.lang()) {
            (Some(a), Some(b)) if a == b => {
                let (first, other) = (self.share(), second.share());
                let (more, less, han) =
                    if first > other { (first, other, self.all.han) } else { (other, first, second.all.han) };
                let clear = more >= MIN_SHARE && more >= MIN_RATIO * less && han >= MIN_HAN;
                clear.then_some(if first > other { Lang::Zh } else { Lang::En })
            }
            (Some(first), _) => Some(first),
            // A text without letters (numbers, marks) gets the language that the other text does not have.
            (None, Some(second)) => Some(second.other()),
            (None, None) => Some(Lang::En),
        }
    }

    /// Whether the text is certainly not in `lang`: it should be English but is in Chinese, or it should be Chinese but
    /// contains no Chinese.
    pub(crate) fn excludes(&self, lang: Lang) -> bool {
        match lang {
            Lang::En => {
                let Count { words, han, .. } = self.all;
                words == 0 && han >= MIN_ONLY_HAN || self.weight.zh > 2.0 * self.weight.en && han >= MIN_HAN
            }
            Lang::Zh => {
                let Count { words, function_words, han } = self.all;
                han == 0 && (words >= MIN_WORDS || function_words > 0 && words >= MIN_SENTENCE_WORDS)
            }
        }
    }

    /// The name of a language that duiqi does not read, if the text is mostly in it.
    fn other_language(&self) -> Option<&'static str> {
        let Count { words, function_words, han } = self.all;
        if self.kana >= MIN_FOREIGN
            && self.kana as f64 > JAPANESE_SHARE * (self.kana + han) as f64
            && self.kana > words * LETTERS_PER_WORD
        {
            return Some("Japanese");
        }
        let own = han + words * LETTERS_PER_WORD;
        if self.hangul >= MIN_FOREIGN && self.hangul > own / 2 {
            return Some("Korean");
        }
        let foreign = self.foreign >= MIN_FOREIGN && self.foreign > own;
        let latin = words >= MIN_LATIN_WORDS
            && self.lang() == Some(Lang::En)
            && (function_words as f64) < FUNCTION_SHARE * words as f64;
        let distinct = || self.sample.split_whitespace().collect::<BTreeSet<_>>().len();
        if !(foreign || latin && distinct() >= MIN_DISTINCT) {
            return None;
        }
        let found = whatlang::detect(&self.sample).filter(whatlang::Info::is_reliable)?.lang();
        let known = matches!(found, whatlang::Lang::Eng | whatlang::Lang::Cmn);
        (!known && (foreign || COMMON_LATIN.contains(&found))).then(|| found.eng_name())
    }

    /// Refuses a text that is mostly in another language.
    ///
    /// # Errors
    /// [`ErrorKind::OtherLanguage`], which names the language.
    pub(crate) fn refuse_other_languages(&self, name: &str) -> Result<()> {
        let Some(language) = self.other_language() else { return Ok(()) };
        let what = format!("this text is in {language}, but duiqi reads English and Chinese only");
        Err(Error::new(ErrorKind::OtherLanguage, what).in_file(name))
    }
}

/// The language that most of a text is in, judged line by line; `None` for a text without words. Addresses and identifiers
/// do not count; what is in brackets counts only if there is nothing else.
pub fn detect_lang(text: &str) -> Option<Lang> {
    let of = |text: &str| {
        let mut weight = PerLang::default();
        for count in text.lines().map(Count::of) {
            if let Some(lang) = count.lang() {
                weight[lang] += count.weight(Lang::En) + count.weight(Lang::Zh);
            }
        }
        prevailing(weight)
    };
    of(text).or_else(|| of(&text.replace(['(', ')', '（', '）'], " ")))
}

fn prevailing(weight: PerLang<f64>) -> Option<Lang> {
    match weight.en + weight.zh {
        0.0 => None,
        _ if weight.zh > weight.en => Some(Lang::Zh),
        _ => Some(Lang::En),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_sorted() {
        assert!(FUNCTION_WORDS.is_sorted());
    }

    #[test]
    fn counts() {
        for (text, words, han) in [
            ("网址是https://example.com/a?b=1。请看第2.3节。", 0, 7),
            ("调用 read_all() 之后", 0, 4),
            ("写信给 mara@harbour.example 即可", 0, 5),
            ("The pump (水泵) is old.", 4, 0),
            ("水泵（the pump）旧了", 0, 4),
            ("naïve café", 2, 0),
            ("It's well-known.", 2, 0),
            ("好(a(b)c)的", 0, 2),
            ("", 0, 0),
        ] {
            let count = Count::of(text);
            assert_eq!((count.words, count.han), (words, han), "{text}");
        }
    }
}
