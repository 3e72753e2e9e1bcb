//! One function for each stage: makes its inputs, and gives what runs it once and checks what comes out.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use duiqi::train::{
    anchor::mentions,
    evidence::{self, Bitext, BitextSide, Boundaries, Dictionary, Evidence, Postings, Tokenizer},
    feature::{DocumentStats, FirstLook, SegmentationWeights, ShapeShares, Stage, Weights, gap_extension},
    lattice::Lattice,
    lexicon::Lexicon,
    passes::{BitextModel, SideInput, scores},
    text::is_han,
};
use duiqi::{Aligner, Alignment, Document, Lang, OutputFormat, PerLang, Source, values};

use crate::{Input, Run, source};

/// Least share of English segments that a path, a lattice or an alignment should touch.
const TOUCHED: f64 = 0.5;

fn slices(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn touched(count: usize, input: &Input) {
    let least = TOUCHED * input.en_texts.len() as f64;
    assert!(count as f64 >= least, "{count} is less than {least}");
}

/// The floor: cutting the runs of Han into words, and nothing else.
pub fn cut_han_alone(input: &'static Input) -> Run {
    let runs = input.zh_texts.iter().flat_map(|t| t.split(|c| !is_han(c)));
    let runs: Vec<&str> = runs.filter(|r| !r.is_empty()).collect();
    Box::new(move || {
        let words: usize = runs.iter().map(|run| input.lexicon.cut(run).len()).sum();
        assert!(words > runs.len(), "{words}");
    })
}

pub fn decode(input: &'static Input) -> Run {
    Box::new(|| {
        let sources = [source(&input.en), source(&input.zh)];
        assert_eq!(sources.each_ref().map(Source::encoding), ["UTF-8"; 2]);
    })
}

/// Layout, turns and sentences, with decoding.
pub fn read(input: &'static Input) -> Run {
    Box::new(|| {
        let document = |bytes, lang| Document::read_as(source(bytes), input.format, lang).expect("a text");
        let (en, zh) = (document(&input.en, Lang::En), document(&input.zh, Lang::Zh));
        assert_eq!([en.segments().len(), zh.segments().len()], [&input.en_texts, &input.zh_texts].map(|t| t.len()));
    })
}

pub fn find_mentions(input: &'static Input) -> Run {
    Box::new(|| {
        let count = |texts: &[String], lang| texts.iter().map(|t| mentions(t, lang).len()).sum::<usize>();
        let found = count(&input.en_texts, Lang::En) + count(&input.zh_texts, Lang::Zh);
        assert!(found > input.en_texts.len() / 2, "{found}");
    })
}

/// Values with their hedge and direction, as `check` reads them.
pub fn find_values(input: &'static Input) -> Run {
    Box::new(|| {
        let count = |texts: &[String], lang| texts.iter().map(|t| values(t, lang).len()).sum::<usize>();
        let found = count(&input.en_texts, Lang::En) + count(&input.zh_texts, Lang::Zh);
        assert!(found > input.en_texts.len() / 2, "{found}");
    })
}

pub fn tokenise(input: &'static Input) -> Run {
    let (en, zh) = (slices(&input.en_texts), slices(&input.zh_texts));
    Box::new(move || {
        let mut tokenizer = Tokenizer::new(&input.lexicon, &input.glossary);
        let (en, zh) = (tokenizer.tokens(&en, Lang::En), tokenizer.tokens(&zh, Lang::Zh));
        touched(en.ids.len().min(zh.ids.len()), input);
    })
}

fn bitext(input: &'static Input) -> (Bitext, Tokenizer<'static>) {
    let mut tokenizer = Tokenizer::new(&input.lexicon, &input.glossary);
    let texts = PerLang { en: &input.en_texts, zh: &input.zh_texts };
    let side = |lang: Lang| BitextSide::new(&slices(texts[lang]), Vec::new(), lang, &mut tokenizer);
    (Bitext::new(PerLang::from_fn(side)), tokenizer)
}

/// The lexicon's word pairs.
pub fn dictionary(input: &'static Input) -> Run {
    let (bitext, mut tokenizer) = bitext(input);
    let english = slices(&input.en_texts);
    Box::new(move || {
        let dictionary = Dictionary::new(bitext.tokens(), &english, &mut tokenizer);
        touched(dictionary.pairs.en.len(), input);
    })
}

pub fn postings(input: &'static Input) -> Run {
    let (bitext, _) = bitext(input);
    Box::new(move || {
        let postings = bitext.tokens().map(Postings::new);
        touched(postings.en.segments().len().min(postings.zh.segments().len()), input);
    })
}

pub fn anchor_path(input: &'static Input) -> Run {
    let (bitext, mut tokenizer) = bitext(input);
    let dictionary = Dictionary::new(bitext.tokens(), &slices(&input.en_texts), &mut tokenizer);
    let postings = Postings::new(bitext.tokens().en);
    Box::new(move || touched(evidence::anchor_path(&bitext, &dictionary, &postings).len(), input))
}

fn prepared(input: &'static Input) -> BitextModel {
    let texts = PerLang { en: &input.en_texts, zh: &input.zh_texts };
    let sides = texts.map(|texts| SideInput { texts: slices(texts), contexts: Vec::new() });
    let boundaries = Boundaries::default();
    BitextModel::prepare(&input.lexicon, &input.glossary, &boundaries, sides)
}

/// All before the lattice: tokens, dictionary, postings, path and band.
pub fn prepare(input: &'static Input) -> Run {
    Box::new(move || touched(prepared(input).band().nodes(), input))
}

/// The dictionary's evidence for the segments of the band.
pub fn band_evidence(input: &'static Input) -> Run {
    let passes = prepared(input);
    Box::new(move || {
        black_box(passes.band_evidence());
    })
}

fn weights() -> &'static Weights {
    Weights::builtin().expect("built-in weights")
}

/// The small model over the whole band, with the evidence for it.
pub fn prune(input: &'static Input) -> Run {
    let passes = prepared(input);
    Box::new(move || touched(pruned(&passes).cells.len(), input))
}

fn pruned(passes: &BitextModel) -> Lattice {
    passes.prune(&weights().of(passes.segmentation()).prune).expect("lattice")
}

/// The work of the first pass, taken apart.
struct FirstPass {
    passes: BitextModel,
    weights: &'static SegmentationWeights,
    lattice: Lattice,
    evidence: PerLang<Evidence>,
}

impl FirstPass {
    fn new(input: &'static Input) -> FirstPass {
        let passes = prepared(input);
        let lattice = pruned(&passes);
        let evidence = passes.lattice_evidence(&lattice);
        FirstPass { weights: weights().of(passes.segmentation()), passes, lattice, evidence }
    }

    fn scores(&self) -> Vec<f64> {
        scores(&self.lattice, &self.weights.first, |cell, values| {
            Stage::First.write(&self.passes.context(&self.evidence), cell, FirstLook::default(), values);
        })
    }

    fn posteriors(&self) -> Vec<f64> {
        self.lattice.posteriors(&self.scores(), gap_extension(&self.weights.first)).beads
    }
}

/// All features of the first pass, for every bead that pruning left.
pub fn first_features(input: &'static Input) -> Run {
    let first = FirstPass::new(input);
    Box::new(move || assert!(first.scores().iter().all(|score| score.is_finite())))
}

/// Forward–backward over the beads that pruning left.
pub fn posteriors(input: &'static Input) -> Run {
    let first = FirstPass::new(input);
    let scores = first.scores();
    Box::new(move || {
        let posteriors = first.lattice.posteriors(&scores, gap_extension(&first.weights.first)).beads;
        touched(posteriors.iter().filter(|p| **p > 0.5).count(), input);
    })
}

/// One round of IBM Model 1 (its four iterations), and the evidence that comes of it.
pub fn learn(input: &'static Input) -> Run {
    let first = FirstPass::new(input);
    let posteriors = first.posteriors();
    Box::new(move || {
        black_box(first.passes.learn(&first.lattice, &posteriors));
    })
}

/// What the second pass works on.
struct SecondPass {
    first: FirstPass,
    lattice: Lattice,
    evidence: PerLang<Evidence>,
    rates: Vec<f32>,
    stats: DocumentStats,
}

impl SecondPass {
    /// As [`BitextModel::run`] does it. See there for the lowest posterior that counts.
    fn new(input: &'static Input) -> SecondPass {
        const MIN_LIKELY: f64 = 1e-4;
        let first = FirstPass::new(input);
        let (scores, posteriors) = (first.scores(), first.posteriors());
        let shares: &ShapeShares = &first.weights.shares;
        let rates = first.passes.rates(shares, &first.lattice, &posteriors);
        let continues = gap_extension(&first.weights.first);
        let (lattice, kept) = first.lattice.likely(&scores, continues, &posteriors, MIN_LIKELY);
        let posteriors: Vec<f64> = kept.into_iter().map(|x| posteriors[x]).collect();
        let evidence = first.passes.learn(&lattice, &posteriors);
        let beads = lattice.cells.iter().copied().zip(posteriors);
        let stats = DocumentStats::of(&first.passes.context(&evidence), beads);
        SecondPass { first, lattice, evidence, rates, stats }
    }

    fn scores(&self) -> Vec<f64> {
        let context = self.first.passes.context(&self.evidence);
        scores(&self.lattice, &self.first.weights.second, |cell, values| {
            let rate = self.rates[usize::from(cell.shape)];
            let look = FirstLook { support: PerLang::default(), rate, stats: self.stats };
            Stage::Second.write(&context, cell, look, values);
        })
    }
}

/// All features of the second pass, for every bead that the first one left.
pub fn second_features(input: &'static Input) -> Run {
    let second = SecondPass::new(input);
    Box::new(move || assert!(second.scores().iter().all(|score| score.is_finite())))
}

pub fn best_path(input: &'static Input) -> Run {
    let second = SecondPass::new(input);
    let scores = second.scores();
    let continues = gap_extension(&second.first.weights.second);
    Box::new(move || touched(second.lattice.best_path(&scores, continues).len(), input))
}

/// All passes behind the preparation: pruning, full features twice, learning from the document, the choice.
pub fn passes(input: &'static Input) -> Run {
    let passes = prepared(input);
    Box::new(move || touched(passes.run(weights()).expect("beads").len(), input))
}

fn aligned(aligner: &Aligner, input: &Input) -> Alignment {
    aligner.align_sources(source(&input.en), source(&input.zh)).expect("alignment")
}

fn aligner(input: &Input) -> Aligner {
    Aligner::builder().formats(input.format, input.format).build().expect("aligner")
}

/// Everything from bytes to JSON lines.
pub fn whole(input: &'static Input) -> Run {
    let aligner = aligner(input);
    Box::new(move || {
        let alignment = aligned(&aligner, input);
        touched(OutputFormat::Jsonl.text(&alignment).lines().count(), input);
    })
}

pub fn write(input: &'static Input, form: OutputFormat) -> Run {
    let alignment = Arc::new(aligned(&aligner(input), input));
    Box::new(move || {
        let mut bytes = Vec::new();
        form.write(&alignment, &mut bytes).expect("written");
        touched(bytes.iter().filter(|b| **b == b'\n').count(), input);
    })
}

pub fn load_lexicon() -> Run {
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lexicon/lexicon.bin")).expect("lexicon.bin");
    Box::new(move || {
        let lexicon = Lexicon::from_bytes(bytes.clone()).expect("lexicon");
        assert_eq!(lexicon.cut("河流").len(), 1);
    })
}
