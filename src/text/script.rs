//! The scripts that tell the languages apart.

/// Whether `c` is a Han character (unified ideographs with extensions, compatibility ideographs, `〇`).
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{3007}'
        | '\u{20000}'..='\u{323AF}')
}

/// Whether `c` is punctuation of Chinese typesetting: CJK symbols or a full-width form that is no letter or digit.
pub fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}
