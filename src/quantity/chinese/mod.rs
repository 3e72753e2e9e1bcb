//! Quantities in Chinese text.

use super::draft::Draft;
use crate::text::View;

pub(super) struct Chinese<'v> {
    view: &'v View,
}

impl<'v> Chinese<'v> {
    pub(super) fn new(view: &'v View) -> Chinese<'v> {
        Chinese { view }
    }

    pub(super) fn read(&self, _latin: &mut dyn FnMut(usize) -> usize) -> Vec<Draft> {
        let _ = self.view;
        Vec::new()
    }

    pub(super) fn qualify(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        drafts
    }
}
