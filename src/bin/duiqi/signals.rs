//! What happens when somebody wants the command to end: nothing is left half done.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

#[derive(Default)]
struct State {
    /// Files to delete.
    temporary: Vec<PathBuf>,
    /// What to do instead of ending at once.
    hook: Option<Box<dyn FnOnce(i32) + Send>>,
}

static STATE: Mutex<State> = Mutex::new(State { temporary: Vec::new(), hook: None });

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A first signal calls `hook`, which must see to it that the process ends; a second one ends it at once.
pub(crate) fn on_signal(hook: impl FnOnce(i32) + Send + 'static) {
    state().hook = Some(Box::new(hook));
}

/// A temporary file that is deleted when a signal ends the process, too.
pub(crate) struct Temporary {
    file: Option<NamedTempFile>,
    path: PathBuf,
}

impl Temporary {
    pub(crate) fn new(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<Temporary> {
        // A signal waits until the file is made and known.
        let mut state = state();
        let file = make()?;
        let path = file.path().to_owned();
        state.temporary.push(path.clone());
        Ok(Temporary { file: Some(file), path })
    }

    pub(crate) fn file(&mut self) -> io::Result<&mut std::fs::File> {
        self.file.as_mut().map(NamedTempFile::as_file_mut).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Gives the file its name.
    pub(crate) fn persist(mut self, target: &Path) -> io::Result<()> {
        let _waits = state();
        match self.file.take() {
            Some(file) => file.persist(target).map(drop).map_err(|e| e.error),
            None => Ok(()),
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        drop(self.file.take());
        state().temporary.retain(|path| *path != self.path);
    }
}

#[cfg(unix)]
pub(crate) use unix::{die, listen};

#[cfg(unix)]
mod unix {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    use super::state;

    /// From now on SIGINT, SIGTERM and SIGHUP end the process cleanly. Where that cannot be arranged they end it as ever.
    pub(crate) fn listen() {
        let ignored = ignored();
        let wanted = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|s| ignored & (1 << (s - 1)) == 0);
        let Ok(mut signals) = Signals::new(wanted) else { return };
        let waiter = std::thread::Builder::new().name("signals".to_owned());
        let _ = waiter.spawn(move || {
            for signal in signals.forever() {
                let hook = state().hook.take();
                match hook {
                    Some(hook) => hook(signal),
                    None => die(signal),
                }
            }
        });
    }

    /// Signals that whoever started us wants ignored, as `nohup` does: one bit each, SIGHUP being the lowest. Without
    /// /proc none is known.
    fn ignored() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
    }

    /// Deletes temporary files and ends the process by the signal, as the shell expects it (status 130 or 143).
    pub(crate) fn die(signal: i32) -> ! {
        // Held to the end: no file is made or named any more.
        let state = state();
        for path in &state.temporary {
            let _ = std::fs::remove_file(path);
        }
        // The first process of a container cannot be killed by a signal of its own.
        if std::process::id() != 1 {
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
        std::process::exit(128 + signal)
    }
}

/// Elsewhere than on Unix the system ends the process; what is temporary may stay.
#[cfg(not(unix))]
pub(crate) fn listen() {}

#[cfg(not(unix))]
pub(crate) fn die(signal: i32) -> ! {
    std::process::exit(128 + signal)
}
