//! Songs: cues between notes (`♪ … ♪`). A line of a song is not part of the talk before and after it.

use crate::document::MappedText;
use crate::document::sentence::is_blank;

/// The signs that mean singing.
const NOTES: [char; 6] = ['♩', '♪', '♫', '♬', '🎵', '🎶'];

/// Whether words begin with a note.
pub(super) fn opens(words: &str) -> bool {
    words.trim_start_matches(is_blank).starts_with(NOTES)
}

/// Whether words end with a note.
pub(super) fn closes(words: &str) -> bool {
    words.trim_end_matches(is_blank).ends_with(NOTES)
}

/// Whether the words of another cue may continue `text`. In songs, only a song that has not ended continues, and only
/// with a cue that ends it.
pub(super) fn joins(text: &MappedText, words: &str) -> bool {
    match (opens(text.text()), closes(text.text())) {
        (true, false) => !opens(words) && closes(words),
        (_, closed) => !closed && !opens(words) && !closes(words),
    }
}

/// Whether a segment contains only such signs, which belong to the words before them.
pub(super) fn is_sign(segment: &str) -> bool {
    closes(segment) && !segment.contains(char::is_alphanumeric)
}
