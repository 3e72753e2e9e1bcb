//! Bitexts whose sentences are broken into subtitle cues, made from bitexts of sentences.

use duiqi::PerLang;
use duiqi::train::{evaluate::IndexBead, lattice::SHAPES, lexicon::Lexicon};
use duiqi_training::lines::Lines;

/// How one side of a bitext is cut. Lengths are in characters.
#[derive(Clone, Copy)]
struct Style {
    longest: usize,
    /// Whether marks inside a cue stay; the one at its end goes in any case.
    inner_marks: bool,
    /// Whether capitals stay.
    capitals: bool,
}

/// How both sides are cut. A side without a style is not cut.
type Styles = PerLang<Option<Style>>;

fn chinese_cues(style: Style) -> Styles {
    PerLang { en: None, zh: Some(style) }
}

fn english_cues(style: Style) -> Styles {
    PerLang { en: Some(style), zh: None }
}

const ZH_SHORT: Style = Style { longest: 11, inner_marks: false, capitals: true };
const ZH_LONG: Style = Style { longest: 18, inner_marks: true, capitals: true };
const EN_MARKED: Style = Style { longest: 42, inner_marks: true, capitals: true };
const EN_SPOKEN: Style = Style { longest: 36, inner_marks: false, capitals: false };

/// Copies with a name of the style: Chinese cues against English sentences in two styles, and the other way round with marks
/// or without, by turns. Cues on both sides are left out: where both are cut at random, gold beads are no longer what a reader
/// would pair, and weights fitted on them merge more (strict F1 .856 and .961 on two talks with them, .874 and .977 without).
pub fn in_cues(lines: &Lines, turn: usize, lexicon: &Lexicon) -> Vec<(&'static str, Lines)> {
    let others = [("marked en cues", english_cues(EN_MARKED)), ("spoken en cues", english_cues(EN_SPOKEN))];
    let styles = [
        ("short zh cues", chinese_cues(ZH_SHORT)),
        ("long zh cues", chinese_cues(ZH_LONG)),
        others[turn % others.len()],
    ];
    let single = single_sentences(lines);
    let copies = styles.into_iter().map(|(name, styles)| (name, cut_sides(lines, styles, lexicon)));
    let singles = [("short zh cues, single", ZH_SHORT), ("long zh cues, single", ZH_LONG)];
    copies.chain(singles.map(|(name, zh)| (name, cut_sides(&single, chinese_cues(zh), lexicon)))).collect()
}

/// A bitext without the beads of two and more English sentences. A Chinese sentence that makes one bead with two English ones
/// can be parted once it is in cues: a subtitle's reader would, and the gold of sentences does not say where. Documents with
/// and without such beads teach how far the first pass tells the two kinds apart.
fn single_sentences(lines: &Lines) -> Lines {
    let beads = lines.beads.iter().filter(|b| b.first().len() < 2).cloned().collect();
    Lines { beads, ..lines.clone() }
}

/// Every bead's segments, cut by the styles. Beads that get a shape of no lattice are left out on both sides.
fn cut_sides(lines: &Lines, styles: Styles, lexicon: &Lexicon) -> Lines {
    let mut out = Lines::default();
    for bead in &lines.beads {
        let texts = |indices: &[usize], side: &[String]| -> Vec<String> {
            indices.iter().filter_map(|&i| side.get(i).cloned()).collect()
        };
        let (en_texts, zh_texts) = (texts(bead.first(), &lines.en), texts(bead.second(), &lines.zh));
        let zh_cues = styles.zh.map_or(zh_texts.clone(), |style| chinese(&zh_texts.concat(), style, lexicon));
        let en_cues = styles.en.map_or(en_texts.clone(), |style| english(&en_texts.join(" "), style));
        let (e, z) = (out.en.len()..out.en.len() + en_cues.len(), out.zh.len()..out.zh.len() + zh_cues.len());
        if z.is_empty() || e.is_empty() {
            out.beads.extend(z.map(|i| IndexBead::new(Vec::new(), vec![i])));
            out.beads.extend(e.map(|i| IndexBead::new(vec![i], Vec::new())));
        } else if SHAPES.contains(&PerLang { en: e.len(), zh: z.len() }) {
            out.beads.push(IndexBead::new(e.collect(), z.collect()));
        } else {
            continue;
        }
        out.zh.extend(zh_cues);
        out.en.extend(en_cues);
    }
    out
}

fn chinese(text: &str, style: Style, lexicon: &Lexicon) -> Vec<String> {
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '%' | '·' | '.' | '-' | '/' | '《' | '》');
    let words = |piece: &str| -> Vec<String> { lexicon.cut(piece).into_iter().map(str::to_owned).collect() };
    cues(text, style, is_mark, words)
}

fn english(text: &str, style: Style) -> Vec<String> {
    let is_mark = |c: char| matches!(c, ',' | '.' | ';' | ':' | '?' | '!' | '—' | '…' | '"' | '“' | '”' | '(' | ')');
    let words = |piece: &str| -> Vec<String> { piece.split_inclusive(' ').map(str::to_owned).collect() };
    let text = if style.capitals { text.to_owned() } else { text.to_lowercase() };
    cues(&text, style, is_mark, words)
}

/// Pieces between marks, long ones broken between words into about equal parts, short neighbours joined.
fn cues(text: &str, style: Style, is_mark: impl Fn(char) -> bool, words: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split_inclusive(&is_mark) {
        let bare = piece.trim_matches(|c: char| is_mark(c) || c.is_whitespace());
        if bare.is_empty() {
            // A mark behind a mark belongs to the piece before.
            if let Some(last) = pieces.last_mut() {
                last.push_str(piece.trim());
            }
            continue;
        }
        let mark = piece.trim_end().chars().next_back().filter(|&c| is_mark(c));
        let parts = bare.chars().count().div_ceil(style.longest);
        let target = bare.chars().count().div_ceil(parts);
        let mut part = String::new();
        for word in words(bare) {
            if !part.is_empty() && part.chars().count() + word.chars().count() > target.max(style.longest / 2) {
                pieces.push(std::mem::take(&mut part).trim().to_owned());
            }
            part.push_str(&word);
        }
        part.extend(mark);
        pieces.push(part.trim().to_owned());
    }
    let bare = |piece: &str| piece.trim_end_matches(|c: char| is_mark(c) || c.is_whitespace()).to_owned();
    let mut joined: Vec<String> = Vec::new();
    for piece in pieces {
        let piece = if style.inner_marks { piece } else { bare(&piece) };
        match joined.last_mut() {
            Some(last) if last.chars().count() + piece.chars().count() < style.longest => {
                if !last.ends_with(&is_mark) || last.is_ascii() {
                    last.push(' ');
                }
                last.push_str(&piece);
            }
            _ => joined.push(piece),
        }
    }
    joined.iter().map(|cue| bare(cue)).filter(|cue| !cue.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bitext() -> Lines {
        Lines {
            zh: vec!["港口很安静，夜里来了两条船。".to_owned(), "没有人看见第二条船是在什么时候离开的。".to_owned()],
            en: vec![
                "The harbour was quiet, and two boats came in at night.".to_owned(),
                "Nobody saw when the second boat left, not even the watchman on the pier.".to_owned(),
            ],
            beads: vec![IndexBead::new(vec![0], vec![0]), IndexBead::new(vec![1], vec![1])],
            verses: None,
        }
    }

    #[test]
    fn chinese_cues_are_short_and_bare() {
        let lexicon = Lexicon::builtin().unwrap();
        let cues = cut_sides(&bitext(), chinese_cues(ZH_SHORT), &lexicon);
        assert_eq!(cues.zh, ["港口很安静", "夜里来了两条船", "没有人看见第二条船", "是在什么时候离开的"]);
        assert_eq!(cues.beads[1], IndexBead::new(vec![1], vec![2, 3]));
        let long = cut_sides(&bitext(), chinese_cues(ZH_LONG), &lexicon);
        assert_eq!(long.zh[0], "港口很安静，夜里来了两条船");
    }

    #[test]
    fn english_cues_keep_all_words() {
        let lexicon = Lexicon::builtin().unwrap();
        let cues = cut_sides(&bitext(), english_cues(EN_SPOKEN), &lexicon);
        assert!(cues.en.iter().all(|cue| cue.len() <= 44 && !cue.contains(['.', ','])), "{:?}", cues.en);
        let words = |lines: &[String]| lines.join(" ").to_lowercase().replace([',', '.'], "");
        assert_eq!(words(&cues.en), words(&bitext().en));
        assert_eq!(cues.beads.last().map(|b| b.second().to_vec()), Some(vec![1]));
    }
}
