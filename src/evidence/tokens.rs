//! Tokens: English stems, Chinese words, and numbers and Latin strings that both languages share.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::alignment::Side;
use crate::anchor::{AnchorKind, Mention};
use crate::lexicon::{Glossary, Lexicon, Stems, is_stop_word};
use crate::text::{Lang, fold, is_han};

/// Tokens of all segments of a side. A token is an English stem or a Chinese word; `#key` is a number by value, and on the
/// Chinese side `@stem` is a word in Latin script.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// Distinct tokens, by first occurrence.
    pub vocabulary: Vec<String>,
    /// Vocabulary indices of all tokens, in order of the text.
    pub ids: Vec<u32>,
    /// Segment s has the tokens `ids[starts[s]..starts[s + 1]]`.
    pub starts: Vec<u32>,
    /// Number of tokens of each segment.
    pub counts: Vec<f32>,
    /// Whether each token is the first of its clause. The first of a segment always is.
    pub clause_start: Vec<bool>,
}

impl Tokens {
    /// Tokens of one segment, as a range of [`Tokens::ids`].
    pub fn range(&self, segment: usize) -> std::ops::Range<usize> {
        self.starts[segment] as usize..self.starts[segment + 1] as usize
    }

    /// How often each token occurs.
    pub fn frequencies(&self) -> Vec<u32> {
        let mut counts = vec![0; self.vocabulary.len()];
        for &id in &self.ids {
            counts[id as usize] += 1;
        }
        counts
    }
}

/// Cuts segments into tokens.
pub struct Tokenizer<'a> {
    lexicon: &'a Lexicon,
    glossary: &'a Glossary,
    /// Characters of the longest glossary term.
    longest_term: usize,
    terms: FxHashMap<&'a str, ()>,
    stems: Stems,
}

impl<'a> Tokenizer<'a> {
    /// Creates a tokenizer over the words of a lexicon and the terms of a glossary.
    pub fn new(lexicon: &'a Lexicon, glossary: &'a Glossary) -> Tokenizer<'a> {
        Tokenizer {
            lexicon,
            glossary,
            longest_term: glossary.terms().map(|(zh, _)| zh.chars().count()).max().unwrap_or(0),
            terms: glossary.terms().map(|(zh, _)| (zh, ())).collect(),
            stems: Stems::default(),
        }
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &'a Lexicon {
        self.lexicon
    }

    /// The glossary.
    pub fn glossary(&self) -> &'a Glossary {
        self.glossary
    }

    /// The stems seen so far.
    pub fn stems(&mut self) -> &mut Stems {
        &mut self.stems
    }

    /// Tokens of all segments of one side.
    #[cfg(feature = "train")]
    pub fn tokens(&mut self, texts: &[&str], lang: Lang) -> Tokens {
        self.collect(texts.iter().map(|text| (*text, Cow::Owned(crate::anchor::mentions(text, lang)))), lang)
    }

    /// The tokens of all segments of a side, whose numbers are already known.
    pub fn tokens_of(&mut self, side: &Side, lang: Lang) -> Tokens {
        let segment = |i: usize| (side.segment(i).text.as_str(), Cow::Borrowed(side.mentions(i, lang)));
        self.collect((0..side.len()).map(segment), lang)
    }

    fn collect<'t>(&mut self, segments: impl Iterator<Item = (&'t str, Cow<'t, [Mention]>)>, lang: Lang) -> Tokens {
        let mut collector = Collector::default();
        collector.tokens.starts.push(0);
        for (text, mentions) in segments {
            collector.clause_ended = true;
            self.segment(text, &mentions, lang, &mut collector);
            let tokens = &mut collector.tokens;
            let before = tokens.starts.last().copied().unwrap_or(0);
            tokens.starts.push(tokens.ids.len() as u32);
            tokens.counts.push((tokens.ids.len() as u32 - before) as f32);
        }
        collector.tokens
    }

    fn segment(&mut self, text: &str, mentions: &[Mention], lang: Lang, out: &mut Collector) {
        let mut at = 0;
        for m in mentions.iter().filter(|m| m.kind == AnchorKind::Number && !m.is_word()) {
            // A mention that does not follow the last one would be a defect of the grammar; its words then count as words.
            if let Some(before) = text.get(at..m.range.start) {
                self.words(before, lang, out);
                out.push("#", &m.key.to_string());
                at = m.range.end;
            }
        }
        self.words(text.get(at..).unwrap_or_default(), lang, out);
    }

    fn words(&mut self, text: &str, lang: Lang, out: &mut Collector) {
        match lang {
            Lang::En => self.latin_words(text, lang, out),
            Lang::Zh => {
                let text = fold(text);
                let mut rest = text.as_str();
                while let Some(c) = rest.chars().next() {
                    let han = is_han(c);
                    let (run, tail) = rest.split_at(rest.find(|c| is_han(c) != han).unwrap_or(rest.len()));
                    if han {
                        self.han_words(run, out);
                    } else {
                        self.latin_words(run, lang, out);
                    }
                    rest = tail;
                }
            }
        }
    }

    /// Glossary terms first, longest first; what lies between them is cut by the lexicon.
    fn han_words(&self, run: &str, out: &mut Collector) {
        let mut from = 0;
        if self.longest_term > 0 {
            let ends: Vec<usize> = run.char_indices().map(|(i, _)| i).chain([run.len()]).collect();
            let mut k = 0;
            while k + 1 < ends.len() {
                let most = (k + self.longest_term).min(ends.len() - 1);
                match (k + 1..=most).rev().find(|&e| self.terms.contains_key(&run[ends[k]..ends[e]])) {
                    Some(e) => {
                        self.cut(&run[from..ends[k]], out);
                        out.push("", &run[ends[k]..ends[e]]);
                        from = ends[e];
                        k = e;
                    }
                    None => k += 1,
                }
            }
        }
        self.cut(&run[from..], out);
    }

    fn cut(&self, run: &str, out: &mut Collector) {
        if !run.is_empty() {
            for word in self.lexicon.cut(run) {
                out.push("", word);
            }
        }
    }

    /// Words in Latin script: stems without stop words, `n't` as "not", what follows another apostrophe cut off, bare
    /// digits as numbers. What stands between them may end a clause.
    fn latin_words(&mut self, text: &str, lang: Lang, out: &mut Collector) {
        let prefix = if lang == Lang::Zh { "@" } else { "" };
        let text = split_capitals(text).to_lowercase().replace(['’', '‘'], "'");
        let bytes = text.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            let start = i;
            if bytes[i].is_ascii_lowercase() {
                while i < bytes.len() && bytes[i].is_ascii_lowercase() {
                    i += 1;
                }
                let word = &text[start..i];
                let tail = bytes.get(i + 1).is_some_and(u8::is_ascii_lowercase) && bytes[i] == b'\'';
                if tail {
                    i += 1;
                    while i < bytes.len() && bytes[i].is_ascii_lowercase() {
                        i += 1;
                    }
                }
                let whole = &text[start..i];
                if tail && whole.ends_with("n't") {
                    let positive = &whole[..whole.len() - 3];
                    let positive = match positive {
                        "ca" => "can",
                        "wo" => "will",
                        "sha" => "shall",
                        _ => positive,
                    };
                    out.push(prefix, self.stems.stem(positive));
                    out.push(prefix, "not");
                } else if !is_stop_word(word) {
                    out.push(prefix, self.stems.stem(word));
                }
            } else if bytes[i].is_ascii_digit() {
                while i < bytes.len() && (bytes[i].is_ascii_digit() || matches!(bytes[i], b',' | b'.')) {
                    i += 1;
                }
                let digits: String = text[start..i].chars().filter(|c| *c != ',').collect();
                out.push("#", digits.trim_end_matches('.'));
            } else {
                let mut rest = text.get(i..).unwrap_or_default().chars();
                let Some(c) = rest.next() else { break };
                out.clause_ended |= ends_clause(c, rest.next(), lang);
                i += c.len_utf8();
            }
        }
    }
}

/// Letters that a part of a word like `MusicKit` has at least: iPhone and McDonald stay whole.
const MIN_PART: usize = 3;

/// A space before a capital inside a word: one language may write a name in one word, the other one in two, or translate a part.
fn split_capitals(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lower = |range: std::ops::Range<usize>| {
        bytes.get(range.clone()).is_some_and(|b| b.len() == range.len() && b.iter().all(u8::is_ascii_lowercase))
    };
    let split = |&i: &usize| {
        bytes[i].is_ascii_uppercase()
            && i >= MIN_PART
            && lower(i + 1 - MIN_PART..i)
            && bytes[i - MIN_PART].is_ascii_alphabetic()
            && lower(i + 1..i + MIN_PART)
    };
    let cuts: Vec<usize> = (0..bytes.len()).filter(split).collect();
    if cuts.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + cuts.len());
    let mut from = 0;
    for cut in cuts {
        out.push_str(&text[from..cut]);
        out.push(' ');
        from = cut;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Whether a mark, with what follows it, ends a clause: commas and all that is stronger, dashes and quotation marks.
fn ends_clause(mark: char, after: Option<char>, lang: Lang) -> bool {
    match mark {
        '。' | '—' | '…' | '“' | '”' | '"' => true,
        ',' | ';' | ':' | '.' | '!' | '?' => {
            lang == Lang::Zh || after.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '\'' | '’'))
        }
        _ => false,
    }
}

#[derive(Default)]
struct Collector {
    tokens: Tokens,
    known: FxHashMap<String, u32>,
    buffer: String,
    /// Whether the next token begins a clause.
    clause_ended: bool,
}

impl Collector {
    fn push(&mut self, prefix: &str, token: &str) {
        if token.is_empty() {
            return;
        }
        self.buffer.clear();
        self.buffer.push_str(prefix);
        self.buffer.push_str(token);
        let id = match self.known.get(&self.buffer) {
            Some(&id) => id,
            None => {
                let id = self.tokens.vocabulary.len() as u32;
                self.tokens.vocabulary.push(self.buffer.clone());
                self.known.insert(self.buffer.clone(), id);
                id
            }
        };
        self.tokens.ids.push(id);
        self.tokens.clause_start.push(std::mem::take(&mut self.clause_ended));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str, lang: Lang, glossary: &str) -> Vec<String> {
        let lexicon = Lexicon::builtin().unwrap();
        let glossary = Glossary::from_tsv("glossary", glossary).unwrap();
        let tokens = Tokenizer::new(&lexicon, &glossary).tokens(&[text], lang);
        tokens.ids.iter().map(|&id| tokens.vocabulary[id as usize].clone()).collect()
    }

    #[test]
    fn english() {
        assert_eq!(tokens("We didn't go; he's going.", Lang::En, ""), ["we", "do", "not", "go", "he", "go"]);
    }

    #[test]
    fn words_inside_words() {
        assert_eq!(tokens("HarborKit runs on iPhone.", Lang::En, ""), ["harbor", "kit", "run", "iphon"]);
        assert_eq!(tokens("用HarborKit", Lang::Zh, ""), ["用", "@harbor", "@kit"]);
        assert_eq!(split_capitals("ÉtéKit McDonald"), "ÉtéKit McDonald");
    }

    #[test]
    fn chinese_with_latin_and_traditional() {
        assert_eq!(tokens("我們擁有Lumen晶片", Lang::Zh, ""), ["我们", "拥有", "@lumen", "晶片"]);
    }

    #[test]
    fn clauses_begin_behind_marks() {
        let lexicon = Lexicon::builtin().unwrap();
        let glossary = Glossary::default();
        let starts = |text: &str, lang: Lang| {
            let tokens = Tokenizer::new(&lexicon, &glossary).tokens(&[text], lang);
            let ids = tokens.ids.iter().zip(&tokens.clause_start).filter(|(_, start)| **start);
            ids.map(|(&id, _)| tokens.vocabulary[id as usize].clone()).collect::<Vec<_>>()
        };
        assert_eq!(starts("He left, they say; nobody saw 1,200 boats.", Lang::En), ["he", "they", "nobodi"]);
        assert_eq!(starts("夜里很安静，船来了，Lumen也来了。", Lang::Zh), ["夜里", "船", "@lumen"]);
    }

    #[test]
    fn glossary_terms_stay_whole() {
        assert_eq!(tokens("新一代云端热泵机组", Lang::Zh, "heat pump unit\t热泵机组"), ["新一代", "云端", "热泵机组"]);
    }
}
