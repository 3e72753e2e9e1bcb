//! Names taken apart and compared.

use crate::anchor::names;
use crate::text::{fold, is_han};

/// A name in either language, folded, in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct Name {
    pub(super) whole: String,
    /// Given name, surname …: apart by blanks, hyphens or the dot of transcribed names.
    pub(super) parts: Vec<String>,
    pub(super) han: bool,
}

impl Name {
    pub(super) fn new(name: &str) -> Name {
        let whole = normal(name);
        let parts: Vec<String> = bare(&whole).split(is_joint).filter(|p| !p.is_empty()).map(str::to_owned).collect();
        // An initial (Warren E. Buffett) says nothing that a transcription would keep.
        let full: Vec<String> = parts.iter().filter(|p| p.trim_end_matches('.').chars().count() > 1).cloned().collect();
        let han = whole.chars().any(is_han);
        Name { parts: if han || full.is_empty() { parts } else { full }, han, whole }
    }

    /// "Chase and Taub": several people who speak at once, none of them alone.
    pub(super) fn is_joint(&self) -> bool {
        const MARKS: [char; 5] = ['&', '、', ',', '/', '+'];
        self.parts.iter().any(|p| p == "and")
            || self.parts.iter().any(|p| p.contains(MARKS))
            || (self.han && self.parts.iter().any(|p| p.contains(['和', '与'])))
    }

    /// Whether this single name is a part of `other` with a slip of the pen (Benn, Ben Gilbert): at most one letter more
    /// or less, and alike from the beginning.
    pub(super) fn is_slip_in(&self, other: &Name) -> bool {
        const LEAST: f64 = 0.93;
        let near =
            |p: &String| p.len().abs_diff(self.whole.len()) <= 1 && strsim::jaro_winkler(p, &self.whole) >= LEAST;
        self.parts.len() == 1 && !self.han && other.parts.iter().any(near)
    }

    /// Whether `other`, of the same script, is this name or a part of it: a given name, a surname, the end or beginning
    /// of a Chinese name that is not divided.
    pub(super) fn covers(&self, other: &Name) -> bool {
        if other.whole.is_empty() || self.han != other.han || self.is_joint() || other.is_joint() {
            return false;
        }
        if self.parts == other.parts
            || (other.parts.len() == 1 && self.parts.len() > 1 && self.parts.contains(&other.whole))
        {
            return true;
        }
        let whole = self.parts.concat();
        self.han
            && other.parts.len() == 1
            && other.whole.chars().count() >= 2
            && (whole.ends_with(&other.whole) || whole.starts_with(&other.whole))
    }

    /// Both give a given name and a surname, and the surnames differ: two people.
    pub(super) fn contradicts(&self, other: &Name) -> bool {
        !self.han && !other.han && !self.covers(other) && !other.covers(self)
    }
}

/// Forms of address before an English name and behind a Chinese one.
const ADDRESSES_EN: [&str; 10] = ["mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "madam"];
const ADDRESSES_ZH: [&str; 9] = ["先生", "女士", "小姐", "夫人", "博士", "教授", "医生", "老师", "分析师"];
/// Words that end what stands before a Chinese name: its owner's office.
const OFFICE_ENDS: [&str; 10] =
    ["分析师", "总裁", "经理", "执行官", "财务官", "董事长", "总监", "合伙人", "记者", "代表"];

/// A folded name in lower case without forms of address, and without the company that stands with it: `gordon blake, foss
/// securities`, `福斯证券分析师戈登·布莱克`.
fn bare(whole: &str) -> &str {
    let mut name = whole;
    if name.chars().any(is_han) {
        let dotted = |n: &str| n.contains(['·', '•', '‧', '・']);
        if let Some(last) = name.rsplit(' ').next().filter(|last| dotted(last) || name.contains("公司 ")) {
            name = last;
        }
        let office = OFFICE_ENDS.iter().filter_map(|o| name.rfind(o).map(|at| at + o.len())).max();
        name = office.and_then(|at| name.get(at..)).filter(|n| n.chars().nth(1).is_some()).unwrap_or(name);
        let address = |n: &'_ str| ADDRESSES_ZH.iter().find_map(|a| n.strip_suffix(a).map(str::len));
        name = address(name).filter(|&n| n > 0).map_or(name, |n| &name[..n]);
    } else {
        while let Some((first, rest)) = name.split_once(' ')
            && ADDRESSES_EN.contains(&first.trim_end_matches('.'))
            && !rest.is_empty()
        {
            name = rest;
        }
        if let Some((person, _)) = name.split_once(", ").filter(|(person, _)| person.contains(' ')) {
            name = person;
        }
    }
    name
}

fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, '·' | '•' | '‧' | '・' | '．' | '-' | '‑')
}

/// Folded, in lower case, blanks made single: how labels are told apart.
pub(super) fn normal(name: &str) -> String {
    let folded = fold(name).to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Readings of a name's characters; `None` where one has none.
pub(super) type Pinyin<'a> = names::Pinyin<'a>;

/// A part found in a longer name is a little less than the name itself.
const PART_ONLY: f64 = 0.95;
/// Log odds at which a label is as likely somebody else's: a side has some ten speakers, not hundreds of names.
const NEUTRAL: f64 = -1.0;
/// Log odds count half: speakers have few rivals, and a misspelt name must not fall from sure to impossible.
const SOFTNESS: f64 = 0.5;

/// How likely a Latin and a Chinese name are one name, 0 to 1.
pub(super) fn alike(en: &Name, zh: &Name, pinyin: &Pinyin<'_>) -> f64 {
    if en.han || !zh.han || en.parts.is_empty() || zh.parts.is_empty() {
        return 0.0;
    }
    let likely = |odds: f64| names::sigmoid(SOFTNESS * (odds - NEUTRAL));
    let part = |e: &str, z: &str| likely(names::part_odds(e, z, pinyin));
    let whole = likely(names::odds(&en.parts, &zh.parts, pinyin));
    let one = match (en.parts.as_slice(), zh.parts.as_slice()) {
        ([e], [_, _, ..]) => zh.parts.iter().map(|z| part(e, z)).fold(0.0, f64::max),
        ([_, _, ..], [z]) => en.parts.iter().map(|e| part(e, z)).fold(0.0, f64::max),
        _ => 0.0,
    };
    whole.max(PART_ONLY * one)
}
