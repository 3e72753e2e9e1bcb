//! A text as folded characters that know their byte offsets.

use super::fold_char;

/// What [`View::at`] gives beyond the end; a real NUL stands for nothing either.
const NOTHING: char = '\0';

/// Folded characters of a text, each with the byte offset it has in the text as given.
pub(crate) struct View {
    chars: Vec<char>,
    offsets: Vec<usize>,
}

impl View {
    pub(crate) fn new(text: &str) -> View {
        let mut view = View { chars: Vec::with_capacity(text.len()), offsets: Vec::with_capacity(text.len() + 1) };
        for (offset, c) in text.char_indices() {
            view.chars.push(fold_char(c));
            view.offsets.push(offset);
        }
        view.offsets.push(text.len());
        view
    }

    /// Number of characters.
    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The folded character at `i`; NUL beyond the end.
    pub(crate) fn at(&self, i: usize) -> char {
        self.chars.get(i).copied().unwrap_or(NOTHING)
    }

    /// The folded character before `i`; NUL at the start.
    pub(crate) fn before(&self, i: usize) -> char {
        i.checked_sub(1).map_or(NOTHING, |i| self.at(i))
    }

    /// Characters `start..end`, cut at the end of the text.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &[char] {
        self.chars.get(start..end.min(self.chars.len())).unwrap_or(&[])
    }

    /// Byte offset of character `i` in the text as given.
    pub(crate) fn byte(&self, i: usize) -> usize {
        self.offsets.get(i).or(self.offsets.last()).copied().unwrap_or(0)
    }

    /// The character that byte `offset` of the text as given belongs to.
    pub(crate) fn index(&self, offset: usize) -> usize {
        self.offsets.partition_point(|&o| o < offset)
    }

    /// Bytes that character `i` takes in the text as given.
    pub(crate) fn width(&self, i: usize) -> usize {
        self.byte(i + 1) - self.byte(i)
    }

    /// Where the text goes on behind `word`, if it stands at `i`.
    pub(crate) fn after(&self, i: usize, word: &str) -> Option<usize> {
        let mut at = i;
        for c in word.chars() {
            if self.at(at) != c {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// [`View::after`] for the first of `words` that stands at `i`.
    pub(crate) fn after_any(&self, i: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|w| self.after(i, w))
    }

    /// `i` behind at most two blanks: inside one expression there is a space, or what typesetting made of it.
    pub(crate) fn skip_blank(&self, i: usize) -> usize {
        i + (0..2).take_while(|k| self.at(i + k).is_whitespace()).count()
    }

    /// End of the run of characters from `i` for which `what` holds.
    pub(crate) fn run(&self, i: usize, what: impl Fn(char) -> bool) -> usize {
        let rest = self.chars.get(i..).unwrap_or(&[]);
        i + rest.iter().take_while(|&&c| what(c)).count()
    }

    /// The letters from `i`, in lower case, with the index behind them; empty for a word longer than any keyword.
    pub(crate) fn word(&self, i: usize) -> (String, usize) {
        const LONGEST: usize = 24;
        let end = self.run(i, is_letter);
        let keyword = end - i <= LONGEST;
        (if keyword { self.slice(i, end).iter().flat_map(|c| c.to_lowercase()).collect() } else { String::new() }, end)
    }
}

/// A Latin letter.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (matches!(c, '\u{C0}'..='\u{24F}') && c.is_alphabetic())
}
