//! Options of an aligner.

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

use super::Aligner;
use crate::alignment::Relation;
use crate::document::Format;
use crate::encode::{Encoder, EncoderWeights};
use crate::error::{Error, Result};
use crate::feature::Weights;
use crate::lexicon::{Glossary, Lexicon};
use crate::text::Lang;

/// Builds an [`Aligner`]; every option has a default.
///
/// ```
/// use duiqi::Glossary;
///
/// let glossary = Glossary::from_tsv("terms", "tidal turbine\t潮汐机组")?;
/// let aligner = duiqi::Aligner::builder().glossary(glossary).build()?;
/// let alignment = aligner.align("The tidal turbine is back.", "潮汐机组恢复运行。")?;
/// assert_eq!(alignment.beads().len(), 1);
/// # Ok::<(), duiqi::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct AlignerBuilder {
    lexicon: Option<Arc<Lexicon>>,
    glossary: Glossary,
    weights: Option<Weights>,
    encoder: Option<Arc<dyn Encoder>>,
    encoder_weights: Option<EncoderWeights>,
    langs: Option<(Lang, Lang)>,
    force: bool,
    formats: (Format, Format),
    without_omissions: bool,
    relation: Option<Relation>,
}

/// Unwind safe for the same reason as [`Aligner`].
impl UnwindSafe for AlignerBuilder {}
impl RefUnwindSafe for AlignerBuilder {}

impl AlignerBuilder {
    /// Another lexicon instead of the built-in one.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn lexicon(mut self, lexicon: Arc<Lexicon>) -> Self {
        self.lexicon = Some(lexicon);
        self
    }

    /// The caller's own terms, besides the lexicon.
    pub fn glossary(mut self, glossary: Glossary) -> Self {
        self.glossary = glossary;
        self
    }

    /// Other weights than the built-in ones.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn weights(mut self, weights: Weights) -> Self {
        self.weights = Some(weights);
        self
    }

    /// Sentence vectors of the caller's own model as further evidence, for texts that run in parallel.
    pub fn encoder(mut self, encoder: Arc<dyn Encoder>) -> Self {
        self.encoder = Some(encoder);
        self
    }

    /// Other weights of the encoder's features than the built-in ones, which were fitted with a small encoder.
    #[cfg(feature = "train")]
    #[doc(hidden)]
    pub fn encoder_weights(mut self, weights: EncoderWeights) -> Self {
        self.encoder_weights = Some(weights);
        self
    }

    /// Sets the languages of the first and the second text, which are otherwise detected. A text that is certainly not
    /// in its language is an error ([`crate::ErrorKind::LanguageMismatch`]).
    pub fn langs(mut self, first: Lang, second: Lang) -> Self {
        self.langs = Some((first, second));
        self
    }

    /// Whether to align texts even if they seem to be in another language, or if they contradict
    /// [`AlignerBuilder::langs`]. By default such texts are errors.
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// How to read the texts, instead of finding it out.
    pub fn format(self, format: Format) -> Self {
        self.formats(format, format)
    }

    /// [`AlignerBuilder::format`] for two texts that differ. An article is read as the first.
    pub fn formats(mut self, first: Format, second: Format) -> Self {
        self.formats = (first, second);
        self
    }

    /// Whether to look for segments of beads that the other side leaves out ([`crate::alignment::Alignment::omissions`]), as is
    /// the default. It takes a twentieth of the time, and only [`crate::check()`] and the report show them.
    #[doc(hidden)]
    pub fn omissions(mut self, look: bool) -> Self {
        self.without_omissions = !look;
        self
    }

    /// How the texts relate, instead of finding it out: [`Relation::Parallel`] aligns them in order, [`Relation::Comparable`]
    /// links their passages. What would have been found is [`crate::alignment::Alignment::detected`]. Pins and pools are always
    /// aligned in order.
    pub fn relation(mut self, relation: Relation) -> Self {
        self.relation = Some(relation);
        self
    }

    /// The aligner.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Argument`] if both languages are the same, [`crate::ErrorKind::Model`] if the
    /// crate's own data are damaged.
    pub fn build(self) -> Result<Aligner> {
        if let Some((a, b)) = self.langs
            && a == b
        {
            let what = format!("both languages are {}; one must be English and the other Chinese", a.name());
            return Err(Error::argument("langs", what));
        }
        Ok(Aligner {
            relation: self.relation,
            lexicon: self.lexicon.map_or_else(Lexicon::builtin, Ok)?,
            glossary: self.glossary,
            weights: self.weights.map_or_else(|| Weights::builtin().cloned(), Ok)?,
            encoder: match (self.encoder, self.encoder_weights) {
                (None, _) => None,
                (Some(encoder), Some(weights)) => Some((encoder, weights)),
                (Some(encoder), None) => Some((encoder, EncoderWeights::builtin()?.clone())),
            },
            langs: self.langs,
            force: self.force,
            formats: self.formats,
            omissions: !self.without_omissions,
        })
    }
}

impl Aligner {
    /// Returns a builder, for options other than the defaults.
    pub fn builder() -> AlignerBuilder {
        AlignerBuilder::default()
    }
}
