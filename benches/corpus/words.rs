//! Pairs of words to put in the place of others, so that a longer text has more words, as texts do.

use std::collections::{BTreeMap, HashMap};

use duiqi::train::{
    lexicon::{Lexicon, Stems, is_stop_word},
    text::is_han,
};

use super::random::Random;

/// A gloss that says most of what its word does: such pairs are put in the place of others.
const STRONG: f64 = 0.6;
/// A gloss that is enough to take two words of a group for translations of each other.
const LIKELY: f64 = 0.3;
/// A word more frequent than this holds a sentence together and is not exchanged: some hundreds of each language.
const FREQUENT: f64 = 5e-4;
/// Letters of the shortest English word taken.
const LETTERS: usize = 4;
/// Syllables of invented names, in both languages.
const SYLLABLES: [(&str, &str); 24] = [
    ("bar", "巴"),
    ("cor", "科"),
    ("da", "达"),
    ("fen", "芬"),
    ("gri", "格里"),
    ("hol", "霍尔"),
    ("ka", "卡"),
    ("len", "伦"),
    ("lo", "洛"),
    ("ma", "马"),
    ("mi", "米"),
    ("na", "纳"),
    ("nor", "诺"),
    ("pel", "佩尔"),
    ("ra", "拉"),
    ("ri", "里"),
    ("sa", "萨"),
    ("sel", "塞尔"),
    ("ta", "塔"),
    ("ti", "蒂"),
    ("tor", "托"),
    ("va", "瓦"),
    ("vi", "维"),
    ("zan", "赞"),
];

/// An English word and the Chinese one that it translates.
pub type Pair = (String, String);

/// Word pairs of the lexicon.
pub struct Words {
    /// Chinese words and the stems that likely translate them.
    likely: HashMap<String, Vec<String>>,
    /// Pairs in which neither word stands twice, the most frequent first.
    pool: Vec<Pair>,
}

impl Words {
    pub fn new(lexicon: &Lexicon) -> Words {
        let stem_of: HashMap<u32, String> = lexicon.stems().into_iter().map(|(stem, id)| (id, stem)).collect();
        let (mut likely, mut stems) = (HashMap::new(), Stems::default());
        // By stem, so that one word stands for it: the most frequent.
        let mut best: BTreeMap<String, (f64, String)> = BTreeMap::new();
        for (word, id) in lexicon.words() {
            if word.chars().count() < 2 || !word.chars().all(is_han) {
                continue;
            }
            let p = lexicon.word_probability(id);
            let rare = |stem: u32| p < FREQUENT && lexicon.stem_probability(stem) < FREQUENT;
            let mut glosses: Vec<(f64, &String)> = lexicon
                .glosses(id)
                .filter(|&(stem, d)| d >= LIKELY && rare(stem))
                .map(|(stem, d)| (d, &stem_of[&stem]))
                .collect();
            glosses.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
            if let Some((d, stem)) = glosses.first()
                && *d >= STRONG
                && word.chars().count() == 2
                && stem.len() >= LETTERS
                && stem.bytes().all(|b| b.is_ascii_lowercase())
                && !is_stop_word(stem)
                && stems.stem(stem) == stem.as_str()
                && best.get(*stem).is_none_or(|b| b.0 < p)
            {
                best.insert((*stem).clone(), (p, word.clone()));
            }
            likely.insert(word, glosses.into_iter().map(|g| g.1.clone()).collect());
        }
        let mut ranked: Vec<(f64, Pair)> = best.into_iter().map(|(stem, (p, word))| (p, (stem, word))).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        Words { likely, pool: ranked.into_iter().map(|r| r.1).collect() }
    }

    /// Whether the lexicon takes a Chinese word for an English stem.
    pub fn translates(&self, word: &str, stem: &str) -> bool {
        self.likely.get(word).is_some_and(|stems| stems.iter().any(|s| s == stem))
    }

    /// A pair, as often as words of its rank are.
    pub fn draw(&self, random: &mut Random) -> Pair {
        self.pool[random.rank(self.pool.len())].clone()
    }
}

/// A name of three syllables.
pub fn invent_name(random: &mut Random) -> Pair {
    let (mut en, mut zh) = (String::new(), String::new());
    for _ in 0..3 {
        let (a, b) = SYLLABLES[random.below(SYLLABLES.len())];
        en.push_str(a);
        zh.push_str(b);
    }
    en[..1].make_ascii_uppercase();
    (en, zh)
}
