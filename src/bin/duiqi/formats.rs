//! Names of formats as arguments: how they are read, and how help and shells list them.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};
use duiqi::Format;

/// The formats of two texts.
pub(crate) type Formats = (Format, Format);

/// A parser and the values that it lists. It may accept more values than it lists: `--from srt,vtt`.
#[derive(Clone)]
pub(crate) struct Listed<P> {
    parser: P,
    values: fn() -> Vec<PossibleValue>,
}

impl<P: TypedValueParser> TypedValueParser for Listed<P> {
    type Value = P::Value;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<P::Value, Error> {
        self.parser.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.values)().into_iter()))
    }
}

/// A parser that lists its values.
pub(crate) fn listed<P: TypedValueParser>(parser: P, values: fn() -> Vec<PossibleValue>) -> Listed<P> {
    Listed { parser, values }
}

/// A name with its help.
pub(crate) fn value(name: &'static str, help: &'static str) -> PossibleValue {
    PossibleValue::new(name).help(help)
}

/// The format of a file.
pub(crate) fn format() -> impl TypedValueParser<Value = Format> {
    listed(one, || values(Format::ALL.iter().copied()))
}

/// The formats of two files: one name for both, or two with a comma between them.
pub(crate) fn formats() -> impl TypedValueParser<Value = Formats> {
    listed(|names: &str| pair(names, one), || values(Format::ALL.iter().copied()))
}

/// The formats of the two strings in a record.
pub(crate) fn formats_of_strings() -> impl TypedValueParser<Value = Formats> {
    listed(in_strings, || values(strings()))
}

/// Reads [`formats_of_strings`] from the name.
pub(crate) fn in_strings(names: &str) -> Result<Formats, String> {
    pair(names, |name| {
        strings().find(|format| format.name() == name).ok_or_else(|| {
            let known: Vec<&str> = strings().map(Format::name).collect();
            format!("format: {name:?} is not a format that a string can have; the formats are {}", known.join(", "))
        })
    })
}

/// A string cannot have a binary format, and a paired format needs no alignment.
fn strings() -> impl Iterator<Item = Format> {
    Format::ALL.iter().copied().filter(|format| format.is_text() && !format.is_paired())
}

fn values(formats: impl Iterator<Item = Format>) -> Vec<PossibleValue> {
    formats.map(|format| value(format.name(), format.help())).collect()
}

fn one(name: &str) -> Result<Format, String> {
    name.parse().map_err(|e: duiqi::Error| e.to_string())
}

fn pair(names: &str, one: impl Fn(&str) -> Result<Format, String>) -> Result<Formats, String> {
    match names.split_once(',') {
        Some((a, b)) => Ok((one(a)?, one(b)?)),
        None => one(names).map(|format| (format, format)),
    }
}
