//! Does a sentence end between two segments? Words on both sides of a cut tell, where there are no marks: 吗 and 是的 near
//! one, 的 and 在 against it.

use serde::{Deserialize, Serialize};

use crate::linear::Linear;
use crate::text::{Lang, fold};

/// Log odds that a sentence ends at a cut, as a sum over what stands before and behind it. Fitted on sentences that were cut
/// into cues, no marks left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Boundaries {
    /// Weights in English, by the keys of [`Boundaries::keys`].
    pub en: Linear,
    /// Weights in Chinese.
    pub zh: Linear,
}

/// Key of the constant.
const CONSTANT: &str = "";
/// Log odds beyond which more counts no further: no single word is worth more than a mark.
const MOST: f64 = 4.0;

impl Boundaries {
    /// What is known of a cut between two texts: `w|` for what the first ends with, `|w` for what the second begins with,
    /// one and two characters in Chinese, one word in English.
    pub fn keys(before: &str, after: &str, lang: Lang) -> Vec<String> {
        let mut keys = vec![CONSTANT.to_owned()];
        match lang {
            Lang::Zh => {
                let (before, after) = (fold(before), fold(after));
                let letters = |s: &str| -> Vec<char> { s.chars().filter(|c| c.is_alphanumeric()).collect() };
                let (before, after) = (letters(&before), letters(&after));
                for n in 1..=2 {
                    let last = before.len().checked_sub(n).and_then(|from| before.get(from..));
                    keys.extend(last.map(|s| s.iter().collect::<String>() + "|"));
                    keys.extend(after.get(..n).map(|s| "|".to_owned() + &s.iter().collect::<String>()));
                }
            }
            Lang::En => {
                let word = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                let last = before.split_whitespace().map(word).rfind(|w| !w.is_empty());
                let first = after.split_whitespace().map(word).find(|w| !w.is_empty());
                keys.extend(last.map(|w| w + "|"));
                keys.extend(first.map(|w| "|".to_owned() + &w));
            }
        }
        keys
    }

    /// Log odds that a sentence ends between two texts.
    pub fn log_odds(&self, before: &str, after: &str, lang: Lang) -> f32 {
        let weights = match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        };
        let sum: f64 = Self::keys(before, after, lang).iter().filter_map(|k| weights.weight(k)).sum();
        sum.clamp(-MOST, MOST) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_both_languages() {
        assert_eq!(Boundaries::keys("我們走吧，", "(你呢", Lang::Zh), ["", "吧|", "|你", "走吧|", "|你呢"]);
        assert_eq!(Boundaries::keys("one of the,", "– Old ships", Lang::En), ["", "the|", "|old"]);
        assert_eq!(Boundaries::keys("", "…", Lang::Zh), [""]);
    }

    #[test]
    fn odds_add_up() {
        let weights = |pairs: &[(&str, f64)]| {
            Linear::new(pairs.iter().map(|p| p.0.to_owned()).collect(), pairs.iter().map(|p| p.1).collect()).unwrap()
        };
        let boundaries =
            Boundaries { zh: weights(&[("", -1.0), ("吗|", 3.0), ("|在", -0.5)]), en: weights(&[("the|", -9.0)]) };
        assert_eq!(boundaries.log_odds("你在吗", "在这里", Lang::Zh), 1.5);
        assert_eq!(boundaries.log_odds("of the", "ship", Lang::En), -4.0);
    }
}
