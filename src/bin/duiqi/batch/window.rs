//! How much is under way at once.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Records between reading and writing. A record that takes long holds up those behind it only when the window is full; the
/// results that wait for it are in memory until then.
const RECORDS: usize = 1024;

/// Bytes of lines in and out between reading and writing. One that is larger goes alone.
const BYTES: usize = 64 << 20;

#[derive(Default)]
struct Load {
    records: usize,
    bytes: usize,
}

/// The room between reading and writing.
#[derive(Default)]
pub(super) struct Window {
    load: Mutex<Load>,
    freed: Condvar,
}

impl Window {
    /// Waits until there is room for a line of so many bytes.
    pub(super) fn enter(&self, bytes: usize) {
        let full = |load: &mut Load| load.records >= RECORDS || (load.records > 0 && load.bytes + bytes > BYTES);
        let load = self.load();
        let mut load = self.freed.wait_while(load, full).unwrap_or_else(PoisonError::into_inner);
        load.records += 1;
        load.bytes += bytes;
    }

    /// A line of so many bytes has become one of another length.
    pub(super) fn turn(&self, before: usize, after: usize) {
        let mut load = self.load();
        load.bytes = load.bytes.saturating_sub(before) + after;
        self.freed.notify_one();
    }

    /// A line of so many bytes is written.
    pub(super) fn leave(&self, bytes: usize) {
        let mut load = self.load();
        load.records = load.records.saturating_sub(1);
        load.bytes = load.bytes.saturating_sub(bytes);
        self.freed.notify_one();
    }

    fn load(&self) -> MutexGuard<'_, Load> {
        self.load.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
