//! Bitexts of lines, and copies with lines removed, moved or added on one side.

use duiqi::train::evaluate::{IndexBead, beads_of, merge_verses};
use duiqi::{Aligner, Alignment, Lang, Source};

/// A bitext of lines with its gold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// English segments.
    pub en: Vec<String>,
    /// Chinese segments.
    pub zh: Vec<String>,
    /// Beads, English indices first, in order.
    pub beads: Vec<IndexBead>,
    /// The verse of each line on both sides, English first.
    pub verses: Option<[Vec<String>; 2]>,
}

/// A line of a changed side.
pub enum Line {
    /// A line of the original side.
    Old(usize),
    /// A new line.
    New(&'static str),
}

impl Lines {
    /// The segments of one side.
    pub fn side(&self, lang: Lang) -> &[String] {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    fn side_mut(&mut self, lang: Lang) -> &mut Vec<String> {
        match lang {
            Lang::En => &mut self.en,
            Lang::Zh => &mut self.zh,
        }
    }

    /// Returns a copy with other lines on one side, and renumbers the beads. A removed line leaves the rest of its
    /// bead. If one side of a bead becomes empty, each remaining segment gets a null bead of its own. A new line gets a
    /// null bead.
    pub fn with_side(&self, lang: Lang, lines: &[Line]) -> Lines {
        let mut copy = self.clone();
        let own = self.side(lang);
        let mut place = vec![None; own.len()];
        let mut added = Vec::new();
        let new_side = copy.side_mut(lang);
        new_side.clear();
        for (k, line) in lines.iter().enumerate() {
            match line {
                Line::Old(i) => {
                    place[*i] = Some(k);
                    new_side.push(own[*i].clone());
                }
                Line::New(new) => {
                    new_side.push((*new).to_owned());
                    added.push(bead_of(lang, vec![k], Vec::new()));
                }
            }
        }
        let side = usize::from(lang == Lang::Zh);
        if let (Some(verses), Some(old)) = (&mut copy.verses, &self.verses) {
            let verse = |line: &Line| match line {
                Line::Old(i) => old[side].get(*i).cloned().unwrap_or_default(),
                Line::New(_) => "new".to_owned(),
            };
            verses[side] = lines.iter().map(verse).collect();
        }
        let renumbered = self.beads.iter().map(|bead| {
            let [own, other] = indices(bead, lang);
            bead_of(lang, own.iter().filter_map(|&i| place[i]).collect(), other.to_vec())
        });
        copy.beads = added.into_iter().chain(renumbered).flat_map(|b| single_nulls(&b)).collect();
        copy
    }

    /// Returns a copy with only some segments of one side.
    pub fn with_some(&self, lang: Lang, is_kept: impl Fn(usize) -> bool) -> Lines {
        let kept = (0..self.side(lang).len()).filter(|&i| is_kept(i));
        self.with_side(lang, &kept.map(Line::Old).collect::<Vec<_>>())
    }

    /// Returns a copy with null beads of one segment each.
    pub fn with_single_nulls(mut self) -> Lines {
        self.beads = self.beads.iter().flat_map(single_nulls).collect();
        self
    }

    /// Aligns the lines.
    pub fn align(&self, aligner: &Aligner) -> duiqi::Result<Alignment> {
        align(aligner, &self.en, &self.zh)
    }

    /// The beads of an alignment of these lines and the gold beads, in the format in which they are compared: those
    /// inside one verse are joined.
    pub fn compared(&self, alignment: &Alignment) -> [Vec<IndexBead>; 2] {
        let beads = [beads_of(alignment), self.beads.clone()];
        match &self.verses {
            Some([en, zh]) => beads.map(|b| merge_verses(&b, en, zh)),
            None => beads,
        }
    }
}

/// Aligns lines.
pub fn align(aligner: &Aligner, en: &[String], zh: &[String]) -> duiqi::Result<Alignment> {
    let source = |name: &str, lines: &[String]| Source::from_text(name, &(lines.join("\n") + "\n"));
    aligner.align_sources(source("en", en), source("zh", zh))
}

/// The indices of a bead on one side and on the other side.
pub fn indices(bead: &IndexBead, lang: Lang) -> [&[usize]; 2] {
    match lang {
        Lang::En => [bead.first(), bead.second()],
        Lang::Zh => [bead.second(), bead.first()],
    }
}

fn bead_of(lang: Lang, own: Vec<usize>, other: Vec<usize>) -> IndexBead {
    match lang {
        Lang::En => IndexBead::new(own, other),
        Lang::Zh => IndexBead::new(other, own),
    }
}

/// A null bead of several segments as one null bead for each segment; nothing for an empty bead.
fn single_nulls(bead: &IndexBead) -> Vec<IndexBead> {
    if !bead.first().is_empty() && !bead.second().is_empty() {
        return vec![bead.clone()];
    }
    let first = bead.first().iter().map(|&i| IndexBead::new(vec![i], Vec::new()));
    first.chain(bead.second().iter().map(|&i| IndexBead::new(Vec::new(), vec![i]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Lines {
        let texts = |n: usize| (0..n).map(|i| i.to_string()).collect();
        let beads = vec![IndexBead::new(vec![0], vec![0, 1]), IndexBead::new(vec![1, 2], vec![2])];
        Lines { zh: texts(3), en: texts(3), beads, verses: None }
    }

    #[test]
    fn gold_follows_the_segments() {
        let copy = lines().with_some(Lang::Zh, |i| i == 0);
        assert_eq!(copy.zh, ["0"]);
        assert_eq!(copy.en.len(), 3);
        let null = |i: usize| IndexBead::new(vec![i], Vec::new());
        assert_eq!(copy.beads, [IndexBead::new(vec![0], vec![0]), null(1), null(2)]);
    }

    #[test]
    fn new_lines_stand_alone() {
        let copy = lines().with_side(Lang::En, &[Line::New("new"), Line::Old(0), Line::Old(1)]);
        assert_eq!(copy.en, ["new", "0", "1"]);
        let beads = [(vec![0], vec![]), (vec![1], vec![0, 1]), (vec![2], vec![2])];
        assert_eq!(copy.beads, beads.map(|(en, zh)| IndexBead::new(en, zh)));
    }
}
