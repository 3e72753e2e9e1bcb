//! An encoder as further evidence, tried with a toy: words of an invented vocabulary, each a direction, everything else a
//! little noise from its hashed character pairs.
// The helpers of a test fail like the test itself.
#![allow(clippy::unwrap_used)]

use std::error::Error as _;
use std::sync::{Arc, Mutex};

use duiqi::train::{
    encode::{BATCH, EncoderWeights, FEATURES},
    linear::{Linear, WeightsError},
};
use duiqi::{Aligner, ErrorKind, Format, Lang, OutputFormat, Result};

/// Words that no lexicon has: the toy alone knows that they mean the same.
const VOCABULARY: [(&str, &str); 6] = [
    ("vorbel", "呣喃"),
    ("quessin", "嘞呔"),
    ("druthmo", "噶咘"),
    ("plinket", "唻呒"),
    ("zamfor", "哞咹"),
    ("hibbuck", "噻嗏"),
];
const WIDTH: usize = 64;
/// Length of a hashed character pair beside that of a known word.
const NOISE: f32 = 0.05;

fn toy(_: Lang, texts: &[&str]) -> Result<Vec<Vec<f32>>> {
    let vector = |text: &&str| {
        let mut vector = vec![0.0; WIDTH];
        for (k, (en, zh)) in VOCABULARY.iter().enumerate() {
            let text = text.to_lowercase();
            vector[k] += (text.matches(en).count() + text.matches(zh).count()) as f32;
        }
        let characters: Vec<u32> = text.chars().map(u32::from).collect();
        for pair in characters.windows(2) {
            let hash = (pair[0].wrapping_mul(31).wrapping_add(pair[1])).wrapping_mul(2_654_435_761) >> 8;
            vector[VOCABULARY.len() + hash as usize % (WIDTH - VOCABULARY.len())] += NOISE;
        }
        vector
    };
    Ok(texts.iter().map(vector).collect())
}

/// Five Chinese lines against six English ones; which Chinese line the third English one belongs to only the toy knows.
const EN: &str =
    "Vorbel vorbel.\nQuessin quessin.\nDruthmo druthmo.\nPlinket plinket.\nZamfor zamfor.\nHibbuck hibbuck.";
const ZH: &str = "呣喃呣喃。\n嘞呔噶咘。\n唻呒唻呒唻呒。\n哞咹哞咹。\n噻嗏噻嗏。";

fn lines() -> duiqi::AlignerBuilder {
    Aligner::builder().format(Format::Lines).langs(Lang::En, Lang::Zh)
}

fn indices(aligner: &Aligner, en: &str, zh: &str) -> Result<String> {
    Ok(OutputFormat::Indices.text(&aligner.align(en, zh)?))
}

#[test]
fn an_encoder_tells_what_the_lexicon_does_not_know() {
    let aligner = lines().encoder(Arc::new(toy)).build().unwrap();
    let alignment = aligner.align(EN, ZH).unwrap();
    let beads: Vec<(Vec<usize>, Vec<usize>)> = alignment.beads().map(|b| (b.en.clone(), b.zh.clone())).collect();
    let one = |e: usize, z: usize| (vec![e], vec![z]);
    assert_eq!(beads, [one(0, 0), (vec![1, 2], vec![1]), one(3, 2), one(4, 3), one(5, 4)]);
    // The words have only lengths to go by, and are wrong.
    let plain = lines().build().unwrap();
    assert_ne!(indices(&aligner, EN, ZH).unwrap(), indices(&plain, EN, ZH).unwrap());
    assert_eq!(indices(&aligner, EN, ZH).unwrap(), indices(&aligner, EN, ZH).unwrap());
}

#[test]
fn an_encoder_without_an_opinion_changes_nothing() {
    let constant = |_: Lang, texts: &[&str]| -> Result<Vec<Vec<f32>>> { Ok(vec![vec![0.3, 0.4]; texts.len()]) };
    let zeros = |_: Lang, texts: &[&str]| -> Result<Vec<Vec<f32>>> { Ok(vec![vec![0.0; 3]; texts.len()]) };
    let plain = indices(&lines().build().unwrap(), EN, ZH).unwrap();
    assert_eq!(indices(&lines().encoder(Arc::new(constant)).build().unwrap(), EN, ZH).unwrap(), plain);
    assert_eq!(indices(&lines().encoder(Arc::new(zeros)).build().unwrap(), EN, ZH).unwrap(), plain);
    let mut weights = EncoderWeights::builtin().unwrap().clone();
    weights.encoder = Linear::new(FEATURES.map(str::to_owned).to_vec(), vec![0.0; FEATURES.len()]).unwrap();
    let weightless = lines().encoder(Arc::new(toy)).encoder_weights(weights).build().unwrap();
    assert_eq!(indices(&weightless, EN, ZH).unwrap(), plain);
}

#[test]
fn an_encoder_is_asked_for_whole_batches_of_words() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    let encoder = move |lang: Lang, texts: &[&str]| -> Result<Vec<Vec<f32>>> {
        log.lock().unwrap().push((lang, texts.len()));
        assert!(texts.iter().all(|t| !t.trim().is_empty()), "{texts:?}");
        toy(lang, texts)
    };
    let aligner = lines().encoder(Arc::new(encoder)).build().unwrap();
    let many = |text: &str| (0..200).map(|_| format!("{text}\n\n")).collect::<String>();
    aligner.align(&many(EN), &many(ZH)).unwrap();
    let asked = asked.lock().unwrap();
    assert!(asked.iter().all(|a| a.1 <= BATCH));
    assert!(asked.contains(&(Lang::En, BATCH)) && asked.contains(&(Lang::Zh, BATCH)), "{asked:?}");
    let spans = asked.iter().filter(|a| a.0 == Lang::En).map(|a| a.1).sum::<usize>();
    assert!((1200..1200 * 8).contains(&spans), "{spans}");
}

#[test]
fn what_is_no_list_of_vectors_is_an_error() {
    type Answer = fn(usize) -> Vec<Vec<f32>>;
    let answers: [(Answer, &str); 5] = [
        (|n| vec![vec![1.0]; n + 1], "vectors for"),
        (|_| Vec::new(), "0 vectors for"),
        (|n| (0..n).map(|k| vec![1.0; k + 1]).collect(), "numbers after one of"),
        (|n| vec![Vec::new(); n], "0 numbers"),
        (|n| vec![vec![f32::NAN]; n], "not finite"),
    ];
    for (answer, what) in answers {
        let encoder = move |_: Lang, texts: &[&str]| -> Result<Vec<Vec<f32>>> { Ok(answer(texts.len())) };
        match lines().encoder(Arc::new(encoder)).build().unwrap().align(EN, ZH) {
            Err(e) if e.kind() == ErrorKind::Encoder => assert!(e.to_string().contains(what), "{e}"),
            other => panic!("{what}: {other:?}"),
        }
    }
    let by_lang = |lang: Lang, texts: &[&str]| -> Result<Vec<Vec<f32>>> {
        Ok(vec![vec![1.0; if lang == Lang::En { 2 } else { 3 }]; texts.len()])
    };
    let error = lines().encoder(Arc::new(by_lang)).build().unwrap().align(EN, ZH).unwrap_err();
    assert!(error.to_string().contains("3 numbers for Chinese"), "{error}");
}

#[test]
fn weights_file_has_exactly_the_features() {
    let weights = EncoderWeights::builtin().unwrap();
    let json = weights.to_json().unwrap();
    assert_eq!(EncoderWeights::from_json("again", &json).unwrap().encoder, weights.encoder);
    assert!(weights.encoder.values().iter().any(|w| *w != 0.0));
    let lacks = json.replace("\"margin\"", "\"marge\"");
    let error = EncoderWeights::from_json("file", &lacks).unwrap_err();
    assert_eq!((error.kind(), error.file()), (ErrorKind::Model, Some("file")));
    let cause = error.source().and_then(|cause| cause.downcast_ref());
    assert_eq!(cause, Some(&WeightsError::Missing("margin".to_owned())));
    assert!(EncoderWeights::from_json("file", "{}").is_err());
}
