//! Songs: cues that stand between notes (`♪ … ♪`). A line of a song is no part of the talk before and behind it.

use crate::document::MappedText;
use crate::document::sentence::is_blank;

/// Signs that players show for singing.
const NOTES: [char; 6] = ['♩', '♪', '♫', '♬', '🎵', '🎶'];

/// Whether words begin with a note.
pub(super) fn opens(words: &str) -> bool {
    words.trim_start_matches(is_blank).starts_with(NOTES)
}

/// Whether words end with a note.
pub(super) fn closes(words: &str) -> bool {
    words.trim_end_matches(is_blank).ends_with(NOTES)
}

/// Whether the words of another cue may go on with `text`: only a song that has not ended does, and only with a cue that ends it.
pub(super) fn joins(text: &MappedText, words: &str) -> bool {
    match (opens(text.text()), closes(text.text())) {
        (true, false) => !opens(words) && closes(words),
        (_, closed) => !closed && !opens(words) && !closes(words),
    }
}

/// Whether a segment is nothing but signs, which belong to the words before them.
pub(super) fn is_sign(segment: &str) -> bool {
    closes(segment) && !segment.contains(char::is_alphanumeric)
}
