//! The two languages, and pairs with one thing for each language. This module is the first one because errors name
//! languages. Callers find its types in [`crate::text`].

use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};

/// One of the two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    En,
    /// Chinese, Simplified or Traditional.
    Zh,
}

impl Lang {
    /// Both languages. The crate always uses this order.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Zh];

    /// The language's name in English.
    #[doc(hidden)]
    pub fn name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Zh => "Chinese",
        }
    }

    /// Its code: `en` or `zh`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }

    /// The other language.
    pub fn other(self) -> Lang {
        match self {
            Lang::En => Lang::Zh,
            Lang::Zh => Lang::En,
        }
    }
}

/// One thing for each language. Fields and [`Lang`] name the sides, so the order of arguments cannot mix them up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PerLang<T> {
    /// The English one.
    pub en: T,
    /// The Chinese one.
    pub zh: T,
}

impl<T> PerLang<T> {
    /// Calls `f` for each language, English first.
    #[doc(hidden)]
    pub fn from_fn(mut f: impl FnMut(Lang) -> T) -> PerLang<T> {
        PerLang { en: f(Lang::En), zh: f(Lang::Zh) }
    }

    /// Creates a pair with `own` for one language and `other` for the other.
    #[doc(hidden)]
    pub fn of(lang: Lang, own: T, other: T) -> PerLang<T> {
        match lang {
            Lang::En => PerLang { en: own, zh: other },
            Lang::Zh => PerLang { en: other, zh: own },
        }
    }

    /// Applies `f` to each thing, English first.
    #[doc(hidden)]
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> PerLang<U> {
        PerLang { en: f(self.en), zh: f(self.zh) }
    }

    /// Combines two pairs by language.
    #[doc(hidden)]
    pub fn zip<U>(self, other: PerLang<U>) -> PerLang<(T, U)> {
        PerLang { en: (self.en, other.en), zh: (self.zh, other.zh) }
    }

    /// References to both.
    #[doc(hidden)]
    pub fn as_ref(&self) -> PerLang<&T> {
        PerLang { en: &self.en, zh: &self.zh }
    }

    /// Mutable references to both.
    #[doc(hidden)]
    pub fn as_mut(&mut self) -> PerLang<&mut T> {
        PerLang { en: &mut self.en, zh: &mut self.zh }
    }

    /// Iterates over both, English first.
    #[doc(hidden)]
    pub fn iter(&self) -> std::array::IntoIter<&T, 2> {
        [&self.en, &self.zh].into_iter()
    }
}

impl<T> IntoIterator for PerLang<T> {
    type Item = T;
    type IntoIter = std::array::IntoIter<T, 2>;

    fn into_iter(self) -> Self::IntoIter {
        [self.en, self.zh].into_iter()
    }
}

impl<T> Index<Lang> for PerLang<T> {
    type Output = T;

    #[inline]
    fn index(&self, lang: Lang) -> &T {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

impl<T> IndexMut<Lang> for PerLang<T> {
    #[inline]
    fn index_mut(&mut self, lang: Lang) -> &mut T {
        match lang {
            Lang::En => &mut self.en,
            Lang::Zh => &mut self.zh,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_stands_first() {
        let codes = PerLang::from_fn(Lang::code);
        assert_eq!(codes, PerLang { en: "en", zh: "zh" });
        assert_eq!(codes.into_iter().collect::<Vec<_>>(), Lang::ALL.map(Lang::code));
        assert_eq!(codes.iter().copied().collect::<Vec<_>>(), ["en", "zh"]);
        let lengths = codes.zip(PerLang::of(Lang::Zh, 2, 1)).map(|(code, n)| code.repeat(n));
        assert_eq!((lengths[Lang::En].as_str(), lengths[Lang::Zh].as_str()), ("en", "zhzh"));
    }
}
