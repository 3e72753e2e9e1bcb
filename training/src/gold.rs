//! Sets of texts in both languages, with beads made by hand. A set is a folder in one of two layouts. The first has
//! `NNN.en` and `NNN.zh` (one segment on each line), `NNN.gold` (`[en]:[zh]` or `[zh]:[en]`, indices from 0) and,
//! optionally, `NNN.en.verse` and `NNN.zh.verse` (the verse of each line). The second has `en.md`, `zh.md` (or `.txt`)
//! and `gold.tsv`, as in `data/earnings-call`.

use std::path::Path;
use std::sync::Arc;

use duiqi::train::evaluate::{IndexBead, Orientation, TextGold, parse_beads};
use duiqi::{Document, Format, Lang, Source};

use crate::AnyError;
use crate::cli::base_name;
use crate::lines::Lines;

/// The name of the text in a set of one text.
const ONLY_TEXT: &str = "text";

/// Two texts and their beads.
#[derive(Clone)]
pub struct GoldText {
    /// The folder.
    pub dir: String,
    /// `NNN`; `None` in a set of one text.
    stem: Option<String>,
    /// The English text.
    pub en: Arc<Document>,
    /// The Chinese text.
    pub zh: Arc<Document>,
    /// The beads, English indices first, in order; or the reason why there are none.
    pub beads: Result<Vec<IndexBead>, String>,
    /// The verse of each line on both sides, English first.
    verses: Option<[Vec<String>; 2]>,
}

/// All texts of a set, sorted by name.
pub fn read_set(dir: &str) -> Result<Vec<GoldText>, AnyError> {
    let entries = std::fs::read_dir(dir).map_err(|e| format!("{dir}: {e}"))?;
    let names = entries.filter_map(|f| f.ok()?.file_name().into_string().ok());
    let mut stems: Vec<String> = names.filter_map(|n| n.strip_suffix(".gold").map(str::to_owned)).collect();
    stems.sort();
    if stems.is_empty() {
        return Ok(vec![GoldText::of_texts(dir)?]);
    }
    stems.into_iter().map(|stem| GoldText::of_lines(dir, stem)).collect()
}

/// The texts of a set of lines.
pub fn read_lines(dir: &str) -> Result<Vec<(String, Lines)>, AnyError> {
    let texts = read_set(dir)?;
    if texts.iter().any(GoldText::has_layout) {
        return Err(format!("{dir}: there is no NNN.gold").into());
    }
    texts.iter().map(|t| Ok((format!("{}/{}", t.set(), t.name()), t.lines()?))).collect()
}

/// Reads a file.
pub fn read_source(path: &Path) -> Result<Source, AnyError> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|e| format!("{name}: {e}"))?;
    Ok(Source::from_bytes(&name, &bytes)?)
}

impl GoldText {
    fn of_lines(dir: &str, stem: String) -> Result<GoldText, AnyError> {
        let source = |ending: &str| read_source(&Path::new(dir).join(format!("{stem}.{ending}")));
        let document = |lang: Lang| -> Result<Document, AnyError> {
            Ok(Document::read_as(source(lang.code())?, Format::Lines, lang)?)
        };
        let (en, zh) = (document(Lang::En)?, document(Lang::Zh)?);
        let mut beads = parse_beads(&source("gold")?)?;
        if Orientation::of(&beads, en.segments().len(), zh.segments().len()) == Orientation::Flipped {
            beads = beads.into_iter().map(IndexBead::flipped).collect();
        }
        let lines = |source: Source| source.text().lines().map(str::to_owned).collect();
        let verses = match (source("en.verse"), source("zh.verse")) {
            (Ok(en), Ok(zh)) => Some([lines(en), lines(zh)]),
            _ => None,
        };
        let (en, zh) = (Arc::new(en), Arc::new(zh));
        Ok(GoldText { dir: dir.to_owned(), en, zh, beads: Ok(beads), verses, stem: Some(stem) })
    }

    fn of_texts(dir: &str) -> Result<GoldText, AnyError> {
        let folder = Path::new(dir);
        let document = |lang: Lang| -> Result<Document, AnyError> {
            let files = ["md", "txt"].map(|ending| format!("{}.{ending}", lang.code()));
            let file = files.iter().map(|f| folder.join(f)).find(|f| f.exists());
            let file = file.ok_or_else(|| format!("{dir}: neither {} nor {} in it", files[0], files[1]))?;
            Ok(Document::read_as(read_source(&file)?, Format::Auto, lang)?)
        };
        let (en, zh) = (document(Lang::En)?, document(Lang::Zh)?);
        let gold = read_source(&folder.join("gold.tsv")).and_then(|s| Ok(TextGold::parse(&s)?));
        let beads = match gold {
            Ok(gold) => Ok(gold.map(&en, &zh)?.beads),
            Err(e) => Err(e.to_string()),
        };
        Ok(GoldText { dir: dir.to_owned(), stem: None, en: Arc::new(en), zh: Arc::new(zh), beads, verses: None })
    }

    /// The name of the set.
    pub fn set(&self) -> &str {
        base_name(&self.dir)
    }

    /// The name in the set.
    pub fn name(&self) -> &str {
        self.stem.as_deref().unwrap_or(ONLY_TEXT)
    }

    /// The name for a reader: the path of the text.
    pub fn path(&self) -> String {
        self.stem.as_ref().map_or_else(|| self.dir.clone(), |stem| format!("{}/{stem}", self.dir))
    }

    /// Whether it has turns and paragraphs.
    pub fn has_layout(&self) -> bool {
        self.stem.is_none()
    }

    /// The segments and beads, without the layout; an error if the text has no beads.
    pub fn lines(&self) -> Result<Lines, AnyError> {
        let texts = |document: &Document| document.segments().iter().map(|s| s.text.clone()).collect();
        let beads = self.beads.clone().map_err(|e| format!("{}: no beads: {e}", self.path()))?;
        Ok(Lines { en: texts(&self.en), zh: texts(&self.zh), beads, verses: self.verses.clone() })
    }
}
