//! One thread reads, several align, and one writes in the order of the input.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::input::{Line, Lines};
use super::sink::Sink;
use super::window::Window;
use super::work::{Done, WORKER, Workshop};
use crate::failure::Failure;
use crate::signals;

/// What a batch has done.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) records: u64,
    pub(super) failed: u64,
    pub(super) segments: u64,
    pub(super) beads: u64,
}

/// How a batch ended, besides failing.
pub(super) enum Ending {
    Complete,
    /// By this signal; what was complete is written.
    Signal(i32),
}

enum Event {
    Done(u64, Done),
    /// All lines are read, so many.
    Ended(u64),
    /// Reading failed behind so many lines.
    Failed(u64, Failure),
    Signal(i32),
}

/// Stack of a thread that aligns: that of a main thread, for texts that nest deeply.
const STACK: usize = 8 << 20;

/// Aligns all lines and writes the results in their order; `written` is called for each.
pub(super) fn run(
    lines: Lines,
    workshop: &Arc<Workshop>,
    threads: NonZero<usize>,
    sink: &mut Sink,
    mut written: impl FnMut(&Done),
) -> Result<(Tally, Ending), Failure> {
    let window = Arc::new(Window::default());
    let (events, inbox) = channel();
    let (jobs, work) = channel();
    let work = Arc::new(Mutex::new(work));
    let stop = events.clone();
    signals::on_signal(move |signal| {
        // Without a receiver the run has ended, and so does the process.
        let _ = stop.send(Event::Signal(signal));
    });
    for _ in 0..threads.get() {
        let (work, workshop, window, events) =
            (Arc::clone(&work), Arc::clone(workshop), Arc::clone(&window), events.clone());
        spawn(WORKER, move || align(&work, &workshop, &window, &events))?;
    }
    {
        let window = Arc::clone(&window);
        spawn("reader", move || read(lines, &window, &jobs, &events))?;
    }
    write(&inbox, &window, sink, &mut written)
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
    let started = thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(work);
    // Nobody waits for a thread: at the end of the process it may be in the middle of a record that nobody wants.
    started
        .map(drop)
        .map_err(|e| Failure::Message(format!("no thread can be started ({e}); give fewer with --threads")))
}

fn read(mut lines: Lines, window: &Window, jobs: &Sender<(u64, Line)>, events: &Sender<Event>) {
    let mut count = 0;
    let last = loop {
        match lines.next() {
            Ok(Some(line)) => {
                window.enter(line.bytes().len());
                if jobs.send((count, line)).is_err() {
                    return;
                }
                count += 1;
            }
            Ok(None) => break Event::Ended(count),
            Err(failure) => break Event::Failed(count, failure),
        }
    };
    let _ = events.send(last);
}

fn align(work: &Mutex<Receiver<(u64, Line)>>, workshop: &Workshop, window: &Window, events: &Sender<Event>) {
    loop {
        let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, line)) = next else { return };
        let done = workshop.align(&line);
        window.turn(line.bytes().len(), done.line.len());
        if events.send(Event::Done(number, done)).is_err() {
            return;
        }
    }
}

fn write(
    inbox: &Receiver<Event>,
    window: &Window,
    sink: &mut Sink,
    written: &mut impl FnMut(&Done),
) -> Result<(Tally, Ending), Failure> {
    let mut tally = Tally::default();
    let mut waiting = BTreeMap::new();
    let (mut end, mut failure) = (None, None);
    loop {
        while let Some(done) = waiting.remove(&tally.records) {
            let done: Done = done;
            sink.write(&done.line)?;
            window.leave(done.line.len());
            tally.records += 1;
            tally.failed += u64::from(done.fault.is_some());
            tally.segments += done.segments as u64;
            tally.beads += done.beads as u64;
            written(&done);
        }
        if end == Some(tally.records) {
            return match failure {
                None => Ok((tally, Ending::Complete)),
                Some(failure) => Err(failure),
            };
        }
        let event = match inbox.try_recv() {
            Ok(event) => event,
            Err(TryRecvError::Empty) => {
                // Whoever reads our output gets what there is before we wait.
                sink.idle()?;
                inbox.recv().map_err(|_| lost())?
            }
            Err(TryRecvError::Disconnected) => return Err(lost()),
        };
        match event {
            Event::Done(number, done) => {
                waiting.insert(number, done);
            }
            Event::Ended(count) => end = Some(count),
            Event::Failed(count, why) => (end, failure) = (Some(count), Some(why)),
            Event::Signal(signal) => return Ok((tally, Ending::Signal(signal))),
        }
    }
}

/// The threads have gone without a word, which none of them does.
fn lost() -> Failure {
    Failure::io("batch", &io::Error::other("the threads that align have ended early; please report this"))
}
