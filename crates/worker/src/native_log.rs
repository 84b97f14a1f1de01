//! Where the native libraries' log lines go: nowhere, but for what they say about a failure to load.
//!
//! ggml, whisper.cpp and llama.cpp log to stderr by default, at their debug level also the text they hear. Their Rust
//! bindings turn the lines into `tracing` events; this subscriber lets errors and warnings through to one slot, which the
//! main loop reads when loading a model fails, and forgets before the first request. A line about memory sets a flag.

use std::{
    fmt::Write as _,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

static FIRST: Mutex<String> = Mutex::new(String::new());
static LISTENING: AtomicBool = AtomicBool::new(true);
static MEMORY_RAN_OUT: AtomicBool = AtomicBool::new(false);

/// Installs the subscriber. A second call does nothing.
pub(crate) fn install() {
    let _ = tracing::subscriber::set_global_default(Slot);
}

/// From here on lines may hold PHI: nothing is kept any more.
pub(crate) fn stop_listening() {
    LISTENING.store(false, Ordering::SeqCst);
    FIRST.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

/// The first complaint, shortened, which is the cause where the later ones are its consequences; empty when there was none.
pub(crate) fn first_complaint() -> String {
    FIRST.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Whether a native library has said that it got no memory since the last time this was asked.
pub(crate) fn memory_ran_out() -> bool {
    MEMORY_RAN_OUT.swap(false, Ordering::SeqCst)
}

struct Slot;

impl Subscriber for Slot {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && *metadata.level() <= Level::WARN
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        let lower = line.0.to_lowercase();
        let about_memory =
            ["insufficient memory", "failed to allocate", "out of memory", "unable to allocate", "bad_alloc"];
        if about_memory.iter().any(|words| lower.contains(words)) {
            MEMORY_RAN_OUT.store(true, Ordering::SeqCst);
        }
        if *event.metadata().level() == Level::ERROR && LISTENING.load(Ordering::SeqCst) {
            let mut first = FIRST.lock().unwrap_or_else(PoisonError::into_inner);
            if first.is_empty() {
                *first = line.0.trim().chars().filter(|letter| !letter.is_control()).take(300).collect();
            }
        }
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "message" {
            self.0.push_str(value);
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            let _ = write!(self.0, "{value:?}");
        }
    }
}
