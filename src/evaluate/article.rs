//! Links between the passages of one article, against links made by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::Units;
use crate::error::{Error, Result};
use crate::text::Source;

/// What a Chinese paragraph should be linked to. English paragraphs are numbers of [`Units`], from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleRow {
    /// Those that say the same; none where the paragraph has no counterpart.
    pub en: BTreeSet<usize>,
    /// Those whose link would not be wrong.
    pub acceptable: BTreeSet<usize>,
}

/// `links.tsv` of an article: rows by Chinese paragraph, a number of [`Units`], from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleGold {
    /// The rows.
    pub rows: BTreeMap<usize, ArticleRow>,
}

/// What became of the links of an article. Links of Chinese paragraphs that the gold does not name are ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArticleScore {
    /// Links that are in the gold.
    pub right: usize,
    /// Links that the gold allows.
    pub acceptable: usize,
    /// Other links.
    pub wrong: usize,
    /// Chinese paragraphs with counterparts.
    pub with: usize,
    /// Those of them with a right link.
    pub found: usize,
    /// Chinese paragraphs without counterpart.
    pub without: usize,
    /// Those of them without a wrong link.
    pub left_alone: usize,
}

impl ArticleGold {
    /// Reads a table: comments, lines that begin with `#`; a header line; then rows of `zh`, `en`, `acceptable` and
    /// more columns, apart by tabs, where a `#` is that of a heading. A paragraph is given by how it begins; several are apart by ` | `.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] with the line if no paragraph of the article begins like this, or if a paragraph
    /// has two rows.
    pub fn parse(table: &Source, article: &Source) -> Result<ArticleGold> {
        let units = Units::of(article);
        let mut starts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut at = 0;
        for line in article.text().split_inclusive('\n') {
            let byte = article.byte_offset(at);
            at += line.len();
            if !line.trim().is_empty() {
                starts.entry(line).or_insert(units.touching(&(byte..byte + 1)).start);
            }
        }
        let find = |start: &str| {
            // The least line that is not below its beginning begins so, if any does.
            starts.range(start..).next().filter(|(line, _)| line.starts_with(start)).map(|(_, &unit)| unit)
        };
        let mut gold = ArticleGold::default();
        let lines = table.text().lines().enumerate().skip_while(|(_, l)| l.starts_with('#') || l.trim().is_empty());
        for (i, line) in lines.skip(1).filter(|(_, l)| !l.trim().is_empty()) {
            let wrong = |what: String| Error::malformed(table.name(), i + 1, what);
            let mut cells = line.split('\t');
            let mut list = || {
                let cell = cells.next().unwrap_or_default();
                let starts = cell.split(" | ").map(str::trim).filter(|s| !s.is_empty());
                let unit = |start| {
                    let none = || {
                        wrong(format!(
                            "no paragraph of {} begins with {start:?}; copy the beginning exactly",
                            article.name()
                        ))
                    };
                    find(start).ok_or_else(none)
                };
                starts.map(unit).collect::<Result<BTreeSet<usize>>>()
            };
            let (zh, row) = (list()?, ArticleRow { en: list()?, acceptable: list()? });
            let Some(&zh) = zh.first() else {
                return Err(wrong("the first column must have the beginning of a Chinese paragraph".to_owned()));
            };
            if gold.rows.insert(zh, row).is_some() {
                return Err(wrong("this paragraph already has a row; put all its links into that row".to_owned()));
            }
        }
        Ok(gold)
    }

    /// English paragraphs linked to a Chinese one.
    pub fn linked(links: &BTreeSet<(usize, usize)>, zh: usize) -> BTreeSet<usize> {
        links.iter().filter(|l| l.1 == zh).map(|l| l.0).collect()
    }

    /// Scores links (English paragraph, Chinese paragraph), as [`links`](super::links) gives them.
    pub fn score(&self, links: &BTreeSet<(usize, usize)>) -> ArticleScore {
        let mut score = ArticleScore::default();
        for (&zh, row) in &self.rows {
            let linked = ArticleGold::linked(links, zh);
            let right = linked.intersection(&row.en).count();
            let acceptable = linked.difference(&row.en).filter(|e| row.acceptable.contains(e)).count();
            let wrong = linked.len() - right - acceptable;
            score.right += right;
            score.acceptable += acceptable;
            score.wrong += wrong;
            if row.en.is_empty() {
                score.without += 1;
                score.left_alone += usize::from(wrong == 0);
            } else {
                score.with += 1;
                score.found += usize::from(right > 0);
            }
        }
        score
    }
}

impl ArticleScore {
    /// Share of right links among the right and the wrong ones; 1 without any.
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// Share of the paragraphs with counterparts that have a right link; 1 without any.
    pub fn recall(&self) -> f64 {
        share(self.found, self.with)
    }

    /// Share of the paragraphs without counterpart that have no wrong link; 1 without any.
    pub fn alone(&self) -> f64 {
        share(self.left_alone, self.without)
    }
}

fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 1.0 } else { part as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: &str = "Tea rose 4%.\n\nThe port froze.\n\n茶叶涨了。\n\n港口冻住了。\n\n谢谢。\n";

    fn gold(table: &str) -> Result<ArticleGold> {
        ArticleGold::parse(&Source::from_text("links.tsv", table), &Source::from_text("article", ARTICLE))
    }

    #[test]
    fn counts() {
        let gold = gold("# note\nzh\ten\tacceptable\n茶叶\tTea\tThe port\n港口\tThe port\t\n谢谢\t\t\n").unwrap();
        let score = gold.score(&BTreeSet::from([(0, 2), (1, 2), (0, 3), (1, 4)]));
        let expected = ArticleScore { right: 1, acceptable: 1, wrong: 2, with: 2, found: 1, without: 1, left_alone: 0 };
        assert_eq!(score, expected);
        assert_eq!((score.precision(), score.recall(), score.alone()), (1.0 / 3.0, 0.5, 0.0));
    }

    #[test]
    fn headings_of_markdown_have_rows() {
        let source = Source::from_text("article.md", "Tea rose 4%.\n\n## 茶\n\n茶叶涨了。\n");
        let table = "# note\nzh\ten\n## 茶\t\n茶叶\tTea\n";
        let gold = ArticleGold::parse(&Source::from_text("links.tsv", table), &source).unwrap();
        assert_eq!(gold.rows.keys().copied().collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn unknown_and_double_paragraphs_have_a_line() {
        let error = |table: &str| gold(table).unwrap_err().to_string();
        assert!(
            error("zh\ten\n茶叶\tCoffee\n").starts_with("links.tsv:2: no paragraph of article begins with \"Coffee\"")
        );
        assert!(error("zh\ten\n茶叶\tTea\n茶叶\t\n").starts_with("links.tsv:3: "));
    }
}
