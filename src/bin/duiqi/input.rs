//! Reading what the user names.

use std::fs;
use std::io::Read;
use std::path::Path;

use duiqi::document::Bitext;
use duiqi::feature::Weights;
use duiqi::text::Source;

use crate::failure::Failure;
use crate::voice::note;

/// Whether `path` stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads and decodes a file, or standard input for `-`. A text without any letter is left to the caller.
pub(crate) fn read(path: &Path) -> Result<Source, Failure> {
    let (name, bytes) = if is_stdin(path) {
        let name = "standard input";
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| Failure::io(name, &e))?;
        (name.to_owned(), bytes)
    } else {
        let name = path.display().to_string();
        if path.is_dir() {
            return Err(Failure::Message(format!("{name}: this is a folder; give a file in it")));
        }
        let bytes = fs::read(path).map_err(|e| Failure::io(&name, &e))?;
        (name, bytes)
    };
    Ok(Source::from_bytes(&name, &bytes)?)
}

/// [`read`] for a text that is to be aligned or taken apart: one without anything in it is an error.
pub(crate) fn read_text(path: &Path) -> Result<Source, Failure> {
    let source = read(path)?;
    if source.text().trim().is_empty() {
        return Err(duiqi::Error::Empty { name: source.name().to_owned() }.into());
    }
    if source.notes_left_out() > 0 {
        note(&format!("{}: {} footnotes and endnotes are left out", source.name(), source.notes_left_out()));
    }
    Ok(source)
}

/// The pairs of a TMX or XLIFF file; what is left out of it is said on standard error.
pub(crate) fn bitext(source: Source) -> Result<Bitext, Failure> {
    let name = source.name().to_owned();
    let bitext = Bitext::read(source)?;
    for left_out in bitext.notes() {
        note(&format!("{name}: {left_out}"));
    }
    Ok(bitext)
}

/// Weights from a file, where one is given.
pub(crate) fn weights(path: Option<&Path>) -> Result<Option<Weights>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let source = read(path)?;
    Ok(Some(Weights::from_json(source.name(), source.text())?))
}
