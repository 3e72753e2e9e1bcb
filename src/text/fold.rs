//! Folding for matching only: full-width to half-width, Traditional to Simplified, character by character, so that
//! character positions stay what they were. Text that is shown is never folded.

use std::sync::LazyLock;

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// Simplified form of each character of the main CJK block, from OpenCC's character table (crate `hanconv`).
static SIMPLIFIED: LazyLock<Box<[u16]>> = LazyLock::new(|| {
    // One character a line: no phrase rule can then reach over two of them.
    let lines: String = (FIRST..=LAST).filter_map(char::from_u32).flat_map(|c| [c, '\n']).collect();
    let converted = hanconv::t2s(&lines);
    let mut table: Vec<u16> = (FIRST..=LAST).map(|c| c as u16).collect();
    for (slot, line) in table.iter_mut().zip(converted.lines()) {
        let mut chars = line.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && let Ok(c) = u16::try_from(c as u32)
        {
            *slot = c;
        }
    }
    table.into_boxed_slice()
});

/// The form of `c` that matching sees: half-width instead of full-width ASCII, ideographic space as space, Simplified
/// instead of Traditional.
pub fn fold_char(c: char) -> char {
    match c as u32 {
        0..=0x2FFF => c,
        0x3000 => ' ',
        x @ FIRST..=LAST => char::from_u32(u32::from(SIMPLIFIED[(x - FIRST) as usize])).unwrap_or(c),
        x @ 0xFF01..=0xFF5E => char::from_u32(x - 0xFF01 + 0x21).unwrap_or(c),
        _ => c,
    }
}

/// [`fold_char`] over a text: as many characters as before, though not as many bytes.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_width_and_script() {
        assert_eq!(fold("１３２０億美元，擁有「ＡＷＳ」"), "1320亿美元,拥有「AWS」");
        assert_eq!(fold("已经是简体 plain"), "已经是简体 plain");
    }
}
