//! What is said beside the result: notes and progress, on standard error.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

static QUIET: AtomicBool = AtomicBool::new(false);

/// From now on nothing is said but why a command fails.
pub(crate) fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Says something that is not part of the result; standard error may be closed, then nobody wants to know.
pub(crate) fn note(text: &str) {
    if !QUIET.load(Ordering::Relaxed) {
        let _ = writeln!(std::io::stderr(), "duiqi: {}", text.replace(char::is_control, " "));
    }
}

/// Work that takes less is not worth a bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a bar moves.
const TICK: Duration = Duration::from_millis(100);

/// A bar on standard error, while work goes on that takes longer than [`PATIENCE`]; on a terminal only.
pub(crate) struct Progress {
    bar: ProgressBar,
    done: Arc<(Mutex<bool>, Condvar)>,
    waiter: Option<JoinHandle<()>>,
}

impl Progress {
    /// Work of so many steps; without a number, of which nobody knows how long it takes.
    pub(crate) fn start(what: &str, steps: Option<usize>) -> Progress {
        let template = match steps {
            Some(_) => "{msg} {bar:32} {pos}/{len} {eta}",
            None => "{spinner} {msg} {elapsed}",
        };
        Progress::with(what, steps, template)
    }

    /// Work of steps that nobody has counted.
    pub(crate) fn counting(what: &str) -> Progress {
        Progress::with(what, None, "{spinner} {msg} {human_pos} ({per_sec}) {elapsed}")
    }

    fn with(what: &str, steps: Option<usize>, template: &str) -> Progress {
        let bar = ProgressBar::with_draw_target(steps.map(|n| n as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        let done = Arc::new((Mutex::new(false), Condvar::new()));
        let shown = !QUIET.load(Ordering::Relaxed) && std::io::stderr().is_terminal();
        let waiter = shown.then(|| {
            let (bar, done) = (bar.clone(), Arc::clone(&done));
            std::thread::spawn(move || {
                let (lock, ended) = &*done;
                let guard = lock.lock().unwrap_or_else(PoisonError::into_inner);
                let waited = ended.wait_timeout_while(guard, PATIENCE, |done| !*done);
                if !*waited.unwrap_or_else(PoisonError::into_inner).0 {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                    bar.enable_steady_tick(TICK);
                }
            })
        });
        Progress { bar, done, waiter }
    }

    /// Lets something be said without the bar between its letters.
    pub(crate) fn aside(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }

    /// A step is done.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let (lock, ended) = &*self.done;
        *lock.lock().unwrap_or_else(PoisonError::into_inner) = true;
        ended.notify_all();
        if let Some(waiter) = self.waiter.take() {
            let _ = waiter.join();
        }
        self.bar.finish_and_clear();
    }
}
