//! Articles that contain both languages, with links made by hand. An article is a folder of `article.md` (or `.txt`)
//! and `links.tsv`, as in `data/mixed-article`, or a file, which has no gold.

use std::path::Path;

use duiqi::Source;
use duiqi::train::evaluate::{ArticleGold, Units};

use crate::AnyError;
use crate::gold::read_source;

/// An article and its links.
pub struct GoldArticle {
    /// The path.
    pub path: String,
    /// The text.
    pub source: Source,
    /// The passages.
    pub units: Units,
    /// The links, if there are any.
    pub gold: Option<ArticleGold>,
}

impl GoldArticle {
    /// Reads an article.
    pub fn read(path: &str) -> Result<GoldArticle, AnyError> {
        let place = Path::new(path);
        let article = if place.is_dir() {
            let files = ["article.md", "article.txt"].map(|f| place.join(f));
            files.into_iter().find(|f| f.exists()).ok_or_else(|| format!("{path}: no article.md or .txt"))?
        } else {
            place.to_owned()
        };
        let source = read_source(&article)?;
        let links = place.join("links.tsv");
        let gold = if links.exists() { Some(ArticleGold::parse(&read_source(&links)?, &source)?) } else { None };
        Ok(GoldArticle { path: path.to_owned(), units: Units::of(&source), source, gold })
    }
}
