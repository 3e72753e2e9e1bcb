//! What our own files say of a unit or a text besides its words; values that are not ours are as good as none.

use super::keys;
use crate::document::Label;

/// Keys and values, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Properties(Vec<(String, String)>);

/// A turn that a half begins or goes on with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Said {
    pub(super) label: Option<Label>,
    pub(super) time: Option<f64>,
}

impl Properties {
    pub(super) fn add(&mut self, key: String, value: &str) {
        self.0.push((key, value.to_owned()));
    }

    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    /// A confidence, 0 to 1.
    pub(super) fn confidence(&self) -> Option<f64> {
        self.get(keys::CONFIDENCE)?.parse().ok().filter(|c| (0.0..=1.0).contains(c))
    }

    pub(super) fn same_speaker(&self) -> Option<bool> {
        self.get(keys::SAME_SPEAKER)?.parse().ok()
    }

    /// The turns of a half, in order.
    pub(super) fn said(&self) -> Vec<Said> {
        let mut turns: Vec<Said> = Vec::new();
        for (key, value) in &self.0 {
            let key = key.as_str();
            if key == keys::SPEAKER {
                let label = (!value.is_empty()).then(|| Label { name: value.clone(), ..Label::default() });
                turns.push(Said { label, time: None });
            }
            let Some(last) = turns.last_mut() else { continue };
            if key == keys::TIME {
                last.time = value.parse().ok().filter(|t: &f64| t.is_finite());
            }
            let Some(label) = &mut last.label else { continue };
            match key {
                keys::SPEAKER_OTHER_NAME => label.other_name = Some(value.clone()),
                keys::SPEAKER_SHORT_NAME => label.short_name = Some(value.clone()),
                keys::SPEAKER_TITLE => label.title = Some(value.clone()),
                _ => {}
            }
        }
        turns
    }

    /// Indices of the turns of `segments` segments; `None` where there is not one for each.
    pub(super) fn turns(&self, segments: usize) -> Option<Vec<Option<usize>>> {
        let turns: Vec<Option<usize>> = self.get(keys::TURN)?.split(' ').map(|t| t.parse().ok()).collect();
        (turns.len() == segments).then_some(turns)
    }

    /// Where the segments of a half stand in its text, in bytes; `None` where the text is not the one that was cut.
    pub(super) fn cuts(&self, text: &str) -> Option<Vec<std::ops::Range<usize>>> {
        let (mut cuts, mut at) = (Vec::new(), 0);
        for length in self.get(keys::LENGTHS)?.split(' ') {
            let length: usize = length.parse().ok()?;
            let behind = text.get(at..)?;
            if length > 0 && at > 0 {
                // What joins two segments.
                at += usize::from(behind.starts_with(' '));
            }
            let behind = text.get(at..)?;
            let bytes = match length {
                0 => 0,
                n => behind.char_indices().nth(n - 1).map(|(k, c)| k + c.len_utf8())?,
            };
            cuts.push(at..at + bytes);
            at += bytes;
        }
        (at == text.len()).then_some(cuts)
    }
}
