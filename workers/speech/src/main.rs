//! The speech worker: whisper.cpp in a process of its own. See the crate `bedside-worker` for what it speaks.

mod engine;
mod expected;
mod guard;

fn main() -> std::process::ExitCode {
    worker::host::run::<engine::Whisper>()
}
