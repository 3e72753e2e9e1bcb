//! The internal modules, as the command, the training, the benches and the tests see them.
#![allow(missing_docs)]

macro_rules! inside {
    ($($module:ident)+) => { $(pub mod $module { pub use crate::$module::*; })+ };
}

inside! { alignment anchor article document encode evaluate evidence feature lattice lexicon linear passes text write }

pub mod quantity {
    pub use crate::quantity::{agree::is_opposite, agree::matched, key::Key, locale::Locale, values_in};
}
