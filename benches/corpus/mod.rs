//! Corpora of any size with gold, made from texts that have gold: sections of them in any order, with other numbers, words and
//! names, some Chinese sentences split, some joined, some left out. The same seed gives the same corpus everywhere.
// Each program that has this module uses its own part of it.
#![allow(dead_code)]

mod random;
mod source;
mod vary;
mod words;

use std::path::Path;

use duiqi::train::{
    evaluate::{IndexBead, Score, merge_verses, strict},
    lexicon::Lexicon,
};

use random::Random;
pub use source::{Group, project_texts, read_set};
use vary::{Template, cast};
use words::Words;

/// Groups that follow each other as in their text: from and to.
const SECTION: (usize, usize) = (12, 40);
/// Share of groups of one and one sentence that are joined to the one before, in Chinese.
const JOINED: f64 = 0.02;
/// Share of groups that one side lacks; the other one as often.
const MISSING: f64 = 0.005;
/// Splits of one group.
const MOST_SPLITS: usize = 2;
/// Characters that both parts of a split Chinese sentence have at least: a shorter one says too little for anybody to place it.
const LEAST_PART: usize = 6;

/// Lines of both languages, and which belong together.
pub struct Corpus {
    pub en: Vec<String>,
    pub zh: Vec<String>,
    /// English first.
    pub gold: Vec<IndexBead>,
    /// The verse of each line, where the text has verses.
    verses: Option<[Vec<String>; 2]>,
}

/// What corpora are made from.
pub struct Maker {
    words: Words,
    texts: Vec<Vec<Template>>,
}

impl Maker {
    /// From the texts of `data/`.
    pub fn of_project(lexicon: &Lexicon) -> Maker {
        Maker::new(lexicon, project_texts())
    }

    /// From a set that is not part of the project; see [`read_set`].
    pub fn of_set(lexicon: &Lexicon, folder: &Path) -> Maker {
        Maker::new(lexicon, vec![read_set(folder)])
    }

    fn new(lexicon: &Lexicon, texts: Vec<Vec<Group>>) -> Maker {
        let words = Words::new(lexicon);
        let template = |group| Template::new(group, lexicon, &words);
        let texts = texts.into_iter().map(|text| text.into_iter().map(template).collect()).collect();
        Maker { words, texts }
    }

    /// So many English lines, and Chinese ones as `zh_by_en` says, as far as sentences can be split.
    pub fn mix(&self, en_lines: usize, zh_by_en: f64, seed: u64) -> Corpus {
        let mut random = Random::new(seed);
        let mut corpus = Corpus::empty(false);
        let starts: Vec<(usize, usize)> =
            self.texts.iter().enumerate().flat_map(|(t, text)| (0..text.len()).map(move |k| (t, k))).collect();
        while corpus.en.len() < en_lines {
            let (text, start) = starts[random.below(starts.len())];
            let groups = SECTION.0 + random.below(SECTION.1 - SECTION.0);
            let cast = cast(&mut random);
            for template in self.texts[text][start..].iter().take(groups) {
                let mut group = template.vary(&self.words, &cast, &mut random);
                if random.chance(MISSING) {
                    group.zh.clear();
                } else if random.chance(MISSING) {
                    group.en.clear();
                }
                if corpus.en.len() + group.en.len() > en_lines {
                    continue;
                }
                if group.en.len() == 1 && group.zh.len() == 1 && random.chance(JOINED) && corpus.join(&group) {
                    continue;
                }
                // Against several English sentences, a part might belong to one of them alone, and the gold would be wrong.
                let lacks = zh_by_en * corpus.en.len() as f64 - corpus.zh.len() as f64;
                if group.en.len() == 1 && lacks > 0.0 {
                    (0..MOST_SPLITS).for_each(|_| split(&mut group.zh));
                }
                corpus.push(group);
            }
        }
        corpus
    }

    /// The texts as they are, and further copies of them with other words and numbers.
    pub fn copies(&self, copies: usize, seed: u64) -> Corpus {
        let mut random = Random::new(seed);
        let verses = self.texts.iter().flatten().any(|t| t.group.verses.is_some());
        let mut corpus = Corpus::empty(verses);
        for copy in 0..copies {
            let mut names = cast(&mut random);
            for (k, template) in self.texts.iter().flatten().enumerate() {
                if k % SECTION.1 == 0 {
                    names = cast(&mut random);
                }
                let mut group = match copy {
                    0 => template.group.clone(),
                    _ => template.vary(&self.words, &names, &mut random),
                };
                // A verse of one copy is not that of another.
                for verse in group.verses.iter_mut().flatten().flatten() {
                    verse.push_str(&format!(" {copy}"));
                }
                corpus.push(group);
            }
        }
        corpus
    }
}

impl Corpus {
    fn empty(verses: bool) -> Corpus {
        Corpus { en: Vec::new(), zh: Vec::new(), gold: Vec::new(), verses: verses.then(Default::default) }
    }

    fn push(&mut self, group: Group) {
        let (a, b) = (self.en.len(), self.zh.len());
        self.en.extend(group.en);
        self.zh.extend(group.zh);
        if (a, b) != (self.en.len(), self.zh.len()) {
            self.gold.push(IndexBead::new((a..self.en.len()).collect(), (b..self.zh.len()).collect()));
        }
        if let (Some(all), Some(of_group)) = (&mut self.verses, group.verses) {
            for (all, of_group) in all.iter_mut().zip(of_group) {
                all.extend(of_group);
            }
        }
    }

    /// Two English sentences, one Chinese: says the last group's Chinese sentence and the next one's in one.
    fn join(&mut self, group: &Group) -> bool {
        let Some(last) = self.gold.last().filter(|bead| bead.shape() == (1, 1)) else { return false };
        let [a, b] = [last.first()[0], last.second()[0]];
        let Some(begun) = self.zh[b].strip_suffix('。') else { return false };
        self.zh[b] = format!("{begun}，{}", group.zh[0]);
        self.en.push(group.en[0].clone());
        self.gold.pop();
        self.gold.push(IndexBead::new(vec![a, a + 1], vec![b]));
        true
    }

    /// The lines of both sides, as files have them.
    pub fn files(&self) -> [String; 2] {
        [&self.en, &self.zh].map(|lines| lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect())
    }

    /// The strict score of beads, English first, verse-wise where the text has verses.
    pub fn score(&self, beads: &[IndexBead]) -> Score {
        match &self.verses {
            Some([en, zh]) => strict(&merge_verses(beads, en, zh), &merge_verses(&self.gold, en, zh)).total,
            None => strict(beads, &self.gold).total,
        }
    }
}

/// Splits the longest sentence at the comma that is nearest to its middle.
fn split(sentences: &mut Vec<String>) {
    let Some(k) = (0..sentences.len()).max_by_key(|&k| sentences[k].len()) else { return };
    let text = &sentences[k];
    // Quotations and brackets stay whole.
    if text.contains(['“', '”', '（', '）', '《', '》']) {
        return;
    }
    let fits = |at: &usize| {
        let (a, b) = text.split_at(*at);
        a.chars().count() >= LEAST_PART && b.chars().count() > LEAST_PART
    };
    let commas = text.match_indices('，').map(|m| m.0).filter(fits);
    if let Some(at) = commas.min_by_key(|at| at.abs_diff(text.len() / 2)) {
        let rest = text[at + '，'.len_utf8()..].to_owned();
        sentences[k] = format!("{}。", &text[..at]);
        sentences.insert(k + 1, rest);
    }
}
