//! Quantities in English text.

use super::draft::Draft;
use crate::text::View;

pub(super) struct English<'v> {
    view: &'v View,
}

impl<'v> English<'v> {
    pub(super) fn new(view: &'v View) -> English<'v> {
        English { view }
    }

    pub(super) fn read(&self, _latin: &mut dyn FnMut(usize) -> usize) -> Vec<Draft> {
        let _ = self.view;
        Vec::new()
    }

    pub(super) fn qualify(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        drafts
    }
}
