//! What the way to the language model costs, as Markdown on standard output: the same model, prompt and number of tokens
//! through a bare loop over llama.cpp and through client, pipe, sandbox and worker, in turns.
//!
//! `cargo run --release -p bedside-language-worker --example language_bench [-- MODEL.gguf …]`. Without files: models of the
//! sizes of Qwen3-0.6B and 1.7B with random weights, four bits each; what is written makes no sense, the work is the same.
//! Of each, the fastest of three rounds: what else the machine does only ever adds.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "prints its figures")]

#[allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "shared with the tests, which use the rest"
)]
#[path = "../tests/support/gguf.rs"]
mod gguf;

use std::error::Error;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use inference::{ChatMessage, ChatRole, Constraint, LanguageClient, Limits, Prompt, WorkerPrograms};
use llama_cpp_2::{
    LogOptions,
    context::params::LlamaContextParams,
    llama_backend::LlamaBackend,
    llama_batch::LlamaBatch,
    model::{LlamaModel, params::LlamaModelParams},
    sampling::LlamaSampler,
    send_logs_to_tracing,
    token::LlamaToken,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

const ROUNDS: usize = 3;
const THREADS: usize = 2;
const CONTEXT: u32 = 4096;
/// Characters of the visit; a model of ours takes a token for each.
const VISIT: usize = 1000;
const WRITTEN: u32 = 48;

/// How long a prompt took until the first token, and the tokens after it.
#[derive(Clone, Copy)]
struct Times {
    prompt: Duration,
    rest: Duration,
}

impl Times {
    const NONE: Self = Self { prompt: Duration::MAX, rest: Duration::MAX };

    fn least(self, other: Self) -> Self {
        Self { prompt: self.prompt.min(other.prompt), rest: self.rest.min(other.rest) }
    }
}

#[tokio::main]
async fn main() -> Outcome<()> {
    send_logs_to_tracing(LogOptions::default().with_logs_enabled(false));
    let backend = LlamaBackend::init()?;
    let folder = tempfile::tempdir()?;
    let programs = usual_worker(folder.path())?;
    let mut models: Vec<(String, PathBuf)> = std::env::args_os()
        .skip(1)
        .map(PathBuf::from)
        .map(|file| (file.file_stem().unwrap_or_default().to_string_lossy().into_owned(), file))
        .collect();
    if models.is_empty() {
        for shape in [gguf::Shape::SMALL, gguf::Shape::MIDDLE] {
            let file = folder.path().join(format!("{}.gguf", shape.name));
            gguf::write_shape(&file, &shape, &[])?;
            models.push((shape.name.to_owned(), file));
        }
    }
    println!(
        "Tokens a second, {THREADS} threads, {WRITTEN} tokens written; the fastest of {ROUNDS} rounds. \"Again\": another \
         question on the same visit, to its first token, over the first one's time.\n"
    );
    println!(
        "| model | prompt's tokens | prompt: bare | ours | ratio | writing: bare | ours | ratio | under a grammar | again |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (name, file) in &models {
        println!("{}", row(&backend, &programs, name, file).await?);
    }
    Ok(())
}

/// The worker that `cargo build` makes, alone in a folder: the bare loop is built as it is, the faster builds are not.
fn usual_worker(folder: &Path) -> Outcome<WorkerPrograms> {
    let found = WorkerPrograms::find().language;
    let name = format!("bedside-language-worker{}", std::env::consts::EXE_SUFFIX);
    std::fs::copy(found.with_file_name(&name), folder.join(&name))?;
    Ok(WorkerPrograms::at(folder))
}

async fn row(backend: &LlamaBackend, programs: &WorkerPrograms, name: &str, file: &Path) -> Outcome<String> {
    let limits = Limits { threads: Some(THREADS), context: CONTEXT, ..Limits::default() };
    let client = LanguageClient::new(programs, limits);
    // Loads and proves the model.
    client.generate(file, Prompt { max_tokens: 1, ..asked(0, "Warm up.") }, |_| ()).await?;
    let (mut ours, mut bare, mut ruled) = (Times::NONE, Times::NONE, Times::NONE);
    let mut again = Duration::MAX;
    let mut tokens = 0;
    for round in 1..=ROUNDS {
        let (times, count) = through(&client, file, asked(round, "Assessment and plan.")).await?;
        ours = ours.least(times);
        tokens = count;
        again = again.min(through(&client, file, asked(round, "Subjective.")).await?.0.prompt);
        let grammar = Constraint::Grammar("root ::= [a-z ]+".into());
        let (times, _) = through(&client, file, asked(round, "In letters.").constrained(grammar)).await?;
        ruled = ruled.least(times);
        // What waits for work must not take part in the other's time.
        client.unload().await;
        bare = bare.least(alone(backend, file, count as usize, round)?);
        client.generate(file, Prompt { max_tokens: 1, ..asked(0, "Warm up.") }, |_| ()).await?;
    }
    client.unload().await;
    let prompt = |times: Times| f64::from(tokens) / times.prompt.as_secs_f64();
    let writing = |times: Times| f64::from(WRITTEN - 1) / times.rest.as_secs_f64();
    Ok(format!(
        "| {name} | {tokens} | {:.1} | {:.1} | {:.3} | {:.2} | {:.2} | {:.3} | {:.2} | {:.1} % |",
        prompt(bare),
        prompt(ours),
        prompt(ours) / prompt(bare),
        writing(bare),
        writing(ours),
        writing(ours) / writing(bare),
        writing(ruled),
        again.as_secs_f64() / ours.prompt.as_secs_f64() * 100.0,
    ))
}

/// A visit that differs from round to round from its first letter on, and a question about it.
fn asked(round: usize, question: &str) -> Prompt {
    let letters = (0..VISIT).map(|at| match (at + round) * 7 % 27 {
        26 => ' ',
        letter => char::from(b'a' + letter as u8),
    });
    let message = |role, content: String| ChatMessage { role, content: content.into() };
    let messages =
        vec![message(ChatRole::System, letters.collect()), message(ChatRole::User, question.into())];
    Prompt { max_tokens: WRITTEN, ..Prompt::new(messages) }
}

/// Through the client; the tokens of the prompt too.
async fn through(client: &LanguageClient, file: &Path, prompt: Prompt) -> Outcome<(Times, u32)> {
    let begun = Instant::now();
    let mut first = None;
    let made = client.generate(file, prompt, |_| _ = first.get_or_insert_with(Instant::now)).await?;
    let end = Instant::now();
    if made.tokens != WRITTEN {
        return Err(format!("the model wrote {} tokens instead of {WRITTEN}", made.tokens).into());
    }
    let first = first.ok_or("the model wrote nothing")?;
    Ok((Times { prompt: first - begun, rest: end - first }, made.prompt_tokens))
}

/// As llama.cpp's own programs do it, with their sizes of batches.
fn alone(backend: &LlamaBackend, file: &Path, count: usize, round: usize) -> Outcome<Times> {
    let parameters = LlamaModelParams::default().with_n_gpu_layers(0);
    let model = LlamaModel::load_from_file(backend, file, &parameters)?;
    let threads = i32::try_from(THREADS)?;
    let parameters = LlamaContextParams::default()
        .with_n_ctx(NonZeroU32::new(CONTEXT))
        .with_n_threads(threads)
        .with_n_threads_batch(threads)
        .with_no_perf(true);
    let mut context = model.new_context(backend, parameters)?;
    let prompt: Vec<LlamaToken> =
        (0..count).map(|at| LlamaToken::new(260 + ((at + round) * 7 % 80) as i32)).collect();
    let mut batch = LlamaBatch::new(2048, 1);
    // The first decoding of a context prepares it; ours has done so as well.
    batch.add(prompt[0], 0, &[0], true)?;
    context.decode(&mut batch)?;
    context.clear_kv_cache();

    let vocabulary = model.vocab();
    let mut choice = LlamaSampler::greedy();
    let begun = Instant::now();
    batch.clear();
    for (at, token) in prompt.iter().enumerate() {
        batch.add(*token, i32::try_from(at)?, &[0], at + 1 == count)?;
    }
    context.decode(&mut batch)?;
    let mut token = choice.sample(&context, batch.n_tokens() - 1);
    let mut text = vocabulary.token_to_piece(token, false, None);
    let first = Instant::now();
    for written in 1..WRITTEN {
        batch.clear();
        batch.add(token, i32::try_from(count)? + i32::try_from(written)? - 1, &[0], true)?;
        context.decode(&mut batch)?;
        token = choice.sample(&context, 0);
        text.extend(vocabulary.token_to_piece(token, false, None));
    }
    let end = Instant::now();
    if text.is_empty() {
        return Err("llama.cpp alone wrote nothing".into());
    }
    Ok(Times { prompt: first - begun, rest: end - first })
}
