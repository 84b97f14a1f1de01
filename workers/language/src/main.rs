//! The language worker: llama.cpp in a process of its own. See the crate `bedside-worker` for what it speaks.

mod chat;
mod engine;
mod sampling;
mod text;

fn main() -> std::process::ExitCode {
    worker::host::run::<engine::Llama>()
}
