//! Names under which TMX and XLIFF files keep what they have no element for. Writers write them, readers look for them.

// Without the feature, only tables and records are read, and nothing is written under these names.
#![cfg_attr(not(feature = "xml"), allow(dead_code))]

/// What calls itself the maker of a file, and the category of metadata.
pub(crate) const TOOL: &str = "duiqi";

/// Name of the English file.
pub(crate) const FILE_EN: &str = "file-en";
/// Name of the Chinese file.
pub(crate) const FILE_ZH: &str = "file-zh";
/// How the sides relate, or of a pair that it is moved.
pub(crate) const RELATION: &str = "relation";
/// Confidence, 0 to 1.
pub(crate) const CONFIDENCE: &str = "confidence";
/// Numbers of segments, `1-2`.
pub(crate) const SHAPE: &str = "shape";
/// Whether one person speaks on both sides: `true` or `false`.
pub(crate) const SAME_SPEAKER: &str = "same-speaker";
/// What both halves have in common.
pub(crate) const ANCHOR: &str = "anchor";
/// Who speaks; once for each turn of a half, in order, empty for nobody.
pub(crate) const SPEAKER: &str = "speaker";
/// The speaker's name in the other language, behind [`SPEAKER`].
pub(crate) const SPEAKER_OTHER_NAME: &str = "speaker-other-name";
/// The speaker's short name, behind [`SPEAKER`].
pub(crate) const SPEAKER_SHORT_NAME: &str = "speaker-short-name";
/// The speaker's title, behind [`SPEAKER`].
pub(crate) const SPEAKER_TITLE: &str = "speaker-title";
/// Seconds from the start of the recording to the turn, behind [`SPEAKER`].
pub(crate) const TIME: &str = "time";
/// When the segments of the half are said: seconds, `start-end` for each, `-` where it is not known. Written, not read.
pub(crate) const TIMES: &str = "times";
/// Index of the turn of each segment, from 0; `-` for none.
pub(crate) const TURN: &str = "turn";
/// Index and bytes of each segment in its file: `4:203-254`.
pub(crate) const SEGMENTS: &str = "segments";
/// Characters of each segment in the text of a half that has several.
pub(crate) const LENGTHS: &str = "lengths";

/// [`RELATION`] of texts of which one translates the other.
pub(crate) const PARALLEL: &str = "parallel";
/// [`RELATION`] of texts that speak of the same things.
pub(crate) const COMPARABLE: &str = "comparable";
/// [`RELATION`] of a pair that breaks the order.
pub(crate) const MOVED: &str = "moved";
