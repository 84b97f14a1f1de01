//! The log: our own codes, ids and durations, in a file a day, two weeks of them.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

const DAYS_KEPT: usize = 14;

/// Only targets of our own crates: what tauri and others write at their finer levels quotes the calls that a page makes,
/// and so what a patient typed.
const OURS: &str = "off,bedside=info";

/// Starts the log in the data folder; what it answers writes the rest when it is dropped. A folder that cannot be written
/// to has no log: the window says what is wrong with it.
pub(crate) fn start(data: &Path) -> Option<WorkerGuard> {
    // The log may be the first to make the data folder, which is this user's alone.
    let mut folder = std::fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(data.join("logs")).ok()?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("bedside")
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(data.join("logs"))
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    tracing_subscriber::fmt()
        .with_writer(writer)
        .with_ansi(false)
        .with_env_filter(EnvFilter::new(OURS))
        .init();
    let default_hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // The place only: the message may hold a value that somebody typed.
        let place = panic.location().map_or_else(|| "somewhere".into(), ToString::to_string);
        tracing::error!(place, "a fault of Bedside itself");
        if cfg!(debug_assertions) {
            default_hook(panic);
        }
    }));
    Some(guard)
}
