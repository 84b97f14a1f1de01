//! Scores what is understood of the labelled answers: `score-answers [--held-out] [--failures] [--type T] [--lang L] [--ids PART]
//! [--embedding FILE]`.
#![expect(clippy::print_stdout, reason = "a table is what it is for")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use bedside_evals_answers::compare;
use bedside_evals_answers::corpus::{self, Labelled, Part};
use bedside_evals_answers::tally::{self, Tally};
use clap::Parser;
use domain::Language;
use inference::{Embedder, LanguageClient, Limits, WorkerPrograms};
use intake::understand::{ASK_BACK_BELOW, Nearness, question_from_json, understand};
use serde_json::Value;

/// Scores what is understood of the labelled answers.
#[derive(Parser)]
struct Arguments {
    /// Score the part that was kept back, instead of the open one.
    #[arg(long, conflicts_with = "failures")]
    held_out: bool,
    /// List what was not understood as labelled; never of the part that was kept back.
    #[arg(long)]
    failures: bool,
    /// Only answers of this type.
    #[arg(long = "type")]
    sort: Option<String>,
    /// Only answers in this language.
    #[arg(long)]
    lang: Option<String>,
    /// Only answers with this in their id.
    #[arg(long)]
    ids: Option<String>,
    /// A sentence-embedding model (GGUF): what the parsers are not sure of goes through it as well.
    #[arg(long)]
    embedding: Option<PathBuf>,
}

/// What asks an embedding model, in a worker of its own.
struct Near {
    runtime: tokio::runtime::Runtime,
    embedder: Embedder,
}

impl Near {
    fn new(model: PathBuf) -> Result<Self, Box<dyn Error>> {
        let client = LanguageClient::new(&WorkerPrograms::find(), Limits::default());
        Ok(Self { runtime: tokio::runtime::Runtime::new()?, embedder: Embedder::new(client, model) })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let mut answers = corpus::read(if arguments.held_out { Part::HeldOut } else { Part::Open })?;
    answers.retain(|answer| {
        arguments.sort.as_ref().is_none_or(|sort| *sort == answer.sort)
            && arguments.lang.as_ref().is_none_or(|lang| *lang == answer.lang)
            && arguments.ids.as_ref().is_none_or(|part| answer.id.contains(part))
    });
    let mut tallies = BTreeMap::<(String, String), Tally>::new();
    let near = arguments.embedding.map(Near::new).transpose()?;
    let (mut ranges, mut ranges_right, mut slowest) = (0, 0, 0.0_f64);
    for answer in &answers {
        let (understood, milliseconds) = ask(answer, near.as_ref())?;
        slowest = slowest.max(milliseconds);
        let right = compare::right(answer, &understood);
        let asked_back = understood["kind"] == "unclear"
            || understood["confidence"].as_f64().is_none_or(|confidence| confidence < ASK_BACK_BELOW);
        tallies.entry((answer.sort.clone(), answer.lang.clone())).or_default().count(right, asked_back);
        if let Some(right) = compare::range_right(answer, &understood) {
            ranges += 1;
            ranges_right += u32::from(right);
        }
        if arguments.failures && !right {
            let weight = if asked_back { "asked back" } else { "WRONG" };
            println!("{} {weight}: {:?} to {}", answer.id, answer.text, answer.question["text"]);
            println!("    expected {}", expected(answer));
            println!(
                "    got      {} {} ({})",
                understood["kind"], understood["value"], understood["confidence"]
            );
        }
    }
    print!("{}", tally::table(&tallies));
    println!("\nranges right: {ranges_right} of {ranges}; slowest answer: {slowest:.2} ms");
    Ok(())
}

/// What is understood, as the JSON that the command writes, and how long that took.
fn ask(answer: &Labelled, near: Option<&Near>) -> Result<(Value, f64), Box<dyn Error>> {
    let item = question_from_json(&answer.question)?;
    let today = time::Date::parse(&answer.today, time::macros::format_description!("[year]-[month]-[day]"))?;
    let began = Instant::now();
    let language = Language::new(&answer.lang);
    let mut understood = understand(&item, &answer.text, &language, today);
    if let Some(near) = near
        && let Some(nearness) = Nearness::wanted(&item, &answer.text, &language, &understood)
    {
        understood = near.runtime.block_on(near.embedder.settle(&nearness, understood))?;
    }
    let milliseconds = began.elapsed().as_secs_f64() * 1000.0;
    Ok((serde_json::to_value(understood)?, milliseconds))
}

fn expected(answer: &Labelled) -> String {
    let expect = &answer.expect;
    let mut all = vec![format!("{:?} {}", expect.kind, expect.value)];
    all.extend(expect.accept.iter().map(|value| format!("or {value}")));
    all.extend(expect.accept_kinds.iter().map(|kind| format!("or {kind:?}")));
    all.join(" ")
}
