//! In which form a result is written, and where.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::builder::TypedValueParser;
use duiqi::train::write::{TableStyle, write_moses, write_unpaired};
use duiqi::{Alignment, Lang, OutputFormat};

use crate::failure::Failure;
use crate::formats::{listed, value};
use crate::output::Target;
use crate::voice::note;
use crate::{input, output};

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// One that is one file.
    One(OutputFormat),
    /// Two files, `PREFIX.en` and `PREFIX.zh`.
    Moses,
}

const MOSES: &str = "moses";

impl FromStr for Form {
    type Err = String;

    fn from_str(name: &str) -> Result<Form, String> {
        if name == MOSES {
            return Ok(Form::Moses);
        }
        name.parse().map(Form::One).map_err(|e: duiqi::Error| format!("{e}, {MOSES}"))
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Form::One(format) => format.fmt(f),
            Form::Moses => f.write_str(MOSES),
        }
    }
}

impl Form {
    /// Reads the name of a format. Help and shells list all names.
    pub(crate) fn parser() -> impl TypedValueParser<Value = Form> {
        listed(Form::from_str, || {
            let mut values: Vec<_> = OutputFormat::ALL.iter().map(|f| value(f.name(), f.help())).collect();
            values.push(value(
                MOSES,
                "Two files, for example corpus.en and corpus.zh, where line i is the translation of line i",
            ));
            values
        })
    }

    /// The form that was asked for, else that of the file's ending, else the table.
    pub(crate) fn choose(asked: Option<Form>, path: Option<&Path>) -> Result<Form, Failure> {
        let path = path.filter(|p| !input::is_stdin(p) && !is_device(p));
        match (asked, path) {
            (Some(Form::Moses), None) => {
                let what = "moses makes two files, for example corpus.en and corpus.zh; say where with -o corpus";
                Err(Failure::Message(what.to_owned()))
            }
            (Some(form), _) => Ok(form),
            (None, None) => Ok(Form::One(OutputFormat::Table)),
            (None, Some(path)) => match path.extension().and_then(|e| e.to_str()) {
                None => Ok(Form::One(OutputFormat::Table)),
                Some(ending) => OutputFormat::of_path(path).map(Form::One).ok_or_else(|| unknown_ending(path, ending)),
            },
        }
    }

    /// Whether it shows what one side leaves out of a bead.
    pub(crate) fn shows_omissions(self) -> bool {
        self == Form::One(OutputFormat::Html)
    }

    /// Refuses to write where it cannot be, or over one of the files that are read; better before the work than after it.
    pub(crate) fn check_targets(self, path: Option<&Path>, inputs: &[&Path]) -> Result<(), Failure> {
        let Some(path) = path.filter(|p| !input::is_stdin(p)) else { return Ok(()) };
        let mut targets = match self {
            Form::One(_) => vec![path.to_owned()],
            Form::Moses => [Lang::En, Lang::Zh].map(|lang| with_ending(path, lang.code())).to_vec(),
        };
        if !self.takes_all() && !is_device(path) {
            targets.push(self.unpaired_beside(path));
        }
        targets.iter().try_for_each(|target| Target::of(Some(target), inputs).map(drop))
    }

    fn takes_all(self) -> bool {
        matches!(self, Form::One(format) if format.takes_one_sided())
    }

    /// The file for the pairs that the format cannot contain.
    fn unpaired_beside(self, path: &Path) -> PathBuf {
        let base = if self == Form::Moses { path.to_owned() } else { path.with_extension("") };
        with_ending(&base, "unpaired.jsonl")
    }

    /// Writes the alignment to a file, or to standard output. Pairs that the format cannot contain go into a second file.
    pub(crate) fn deliver(self, alignment: &Alignment, path: Option<&Path>, width: usize) -> Result<(), Failure> {
        let to_stdout = path.is_none_or(input::is_stdin);
        match (self, path) {
            (Form::One(OutputFormat::Table), _) => {
                let style = TableStyle { width, colour: to_stdout && output::colour() };
                output::deliver(path, |out| style.write(alignment, out))?;
            }
            (Form::One(format), _) => output::deliver(path, |out| format.write(alignment, out))?,
            (Form::Moses, Some(prefix)) => {
                for lang in [Lang::En, Lang::Zh] {
                    let path = with_ending(prefix, lang.code());
                    output::deliver(Some(&path), |out| write_moses(alignment, lang, out))?;
                }
            }
            (Form::Moses, None) => {}
        }
        if self.takes_all() { Ok(()) } else { unpaired(self, alignment, path.filter(|_| !to_stdout)) }
    }
}

fn unknown_ending(path: &Path, ending: &str) -> Failure {
    let known = OutputFormat::ALL.iter().flat_map(|format| format.endings());
    let known: Vec<String> = known.map(|ending| format!(".{ending}")).collect();
    let what = format!("the ending .{ending} is unknown; use one of {}, or choose a format with -f", known.join(", "));
    Failure::Message(format!("{}: {what}", path.display()))
}

/// Pairs without a counterpart, which the format cannot contain.
fn unpaired(form: Form, alignment: &Alignment, path: Option<&Path>) -> Result<(), Failure> {
    let count = alignment.one_sided();
    let Some(path) = path.filter(|p| !is_device(p)) else {
        if count > 0 {
            note(&format!("{count} pairs without counterpart are left out: {form} cannot contain them"));
        }
        return Ok(());
    };
    let side = form.unpaired_beside(path);
    // One that an earlier run has left would lie.
    if count > 0 || side.is_file() {
        output::deliver(Some(&side), |out| write_unpaired(alignment, out))?;
    }
    if count > 0 {
        let name = side.display();
        note(&format!("{count} pairs without counterpart are in {name}: {form} cannot contain them"));
    }
    Ok(())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Something that is written to but no file that could have others beside it.
fn is_device(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir())
}
