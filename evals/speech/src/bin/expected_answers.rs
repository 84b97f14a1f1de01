//! What it brings that the recogniser is told which answers a question takes: spoken digits to a scale of 0 to 9, and spoken
//! commands, heard once without and once with the phrases that `intake::expected` gives for them.
//!
//!     cargo run --release -p bedside-evals-speech --bin expected_answers -- [--model FILE] [--every N]

#![allow(clippy::print_stdout, reason = "it prints a table")]

use std::path::{Path, PathBuf};

use clap::Parser;
use inference::{Limits, SpeechClient, TranscribeOptions, WorkerPrograms};

const DIGITS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
/// A word that is less sure than this is asked back (`engine::use_cases::answers`).
const SURE: f32 = 0.55;

#[derive(Parser)]
struct Arguments {
    /// A whisper model; the starter without.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Only every so manieth recording.
    #[arg(long, default_value_t = 1)]
    every: usize,
}

/// A recording, and the word that is said in it.
type Item = (PathBuf, String);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let starter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/starter/bedside-starter-en.bin");
    let model = arguments.model.unwrap_or(starter);
    let client = SpeechClient::new(&WorkerPrograms::find(), Limits::default());
    println!(
        "| spoken | recordings | told nothing: right | surely wrong | told the answers: right | surely wrong |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let scale = r#"{ "linkId": "a", "type": "integer", "text": "How bad is it, from 0 to 9?" }"#;
    let agree = r#"{ "linkId": "a", "type": "boolean", "text": "Any allergies?" }"#;
    for (name, items, question) in [
        ("digits, to a scale", digits()?, scale),
        ("commands: yes and no, to a question", commands(&["yes", "no"])?, agree),
        ("commands: numbers, to a scale", commands(&DIGITS)?, scale),
    ] {
        let items: Vec<Item> = items.into_iter().step_by(arguments.every.max(1)).collect();
        if items.is_empty() {
            println!("| {name} | not there | | | | |");
            continue;
        }
        let mut row = format!("| {name} | {} |", items.len());
        for expect in [Vec::new(), expected(question)?] {
            let (right, surely_wrong) = heard(&client, &model, &items, expect).await?;
            let of = |count: usize| 100.0 * count as f64 / items.len() as f64;
            row.push_str(&format!(" {:.1} % | {:.1} % |", of(right), of(surely_wrong)));
        }
        println!("{row}");
    }
    Ok(())
}

/// How many items were heard right, and how many wrong without a doubt.
async fn heard(
    client: &SpeechClient,
    model: &Path,
    items: &[Item],
    expect: Vec<String>,
) -> Result<(usize, usize), Box<dyn std::error::Error>> {
    let options = TranscribeOptions {
        language: Some("en".into()),
        words: true,
        stretch: true,
        expect,
        ..TranscribeOptions::default()
    };
    let (mut right, mut surely_wrong) = (0, 0);
    for (file, said) in items {
        // Cut to the word; a microphone gives some silence around it.
        let silence = vec![0.0; evals_speech::RATE / 5];
        let sound = [silence.clone(), evals_speech::read(file)?, silence].concat();
        let found = client.transcribe(model, sound, &options).await?;
        let words: Vec<(String, f32)> = found
            .segments
            .iter()
            .flat_map(|segment| &segment.words)
            .map(|word| (word.text.expose().to_lowercase(), word.confidence))
            .collect();
        let is_right = matches!(&words[..], [(word, _)] if word == said);
        let is_sure = !words.is_empty() && words.iter().all(|(word, sure)| word != "…" && *sure >= SURE);
        right += usize::from(is_right);
        surely_wrong += usize::from(is_sure && !is_right);
    }
    Ok((right, surely_wrong))
}

fn expected(question: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let item = intake::understand::question_from_json(&serde_json::from_str(question)?)?;
    let english = serde_json::from_str(r#""en""#)?;
    Ok(intake::expected(&item, &english))
}

/// `5_name_12.wav`, in no order that the name or the digit would give.
fn digits() -> std::io::Result<Vec<Item>> {
    let Some(folder) = evals_speech::evaluation_data("audio/spoken-digits") else { return Ok(Vec::new()) };
    let digit = |file: &Path| -> Option<String> {
        let name = file.file_name()?.to_str()?.to_owned();
        let digit: usize = name.split_once('_')?.0.parse().ok()?;
        DIGITS.get(digit).map(|word| (*word).to_owned())
    };
    let mut items: Vec<Item> = sounds(&folder)?
        .into_iter()
        .filter_map(|file| {
            let digit = digit(&file)?;
            Some((file, digit))
        })
        .collect();
    items.sort();
    Ok(items)
}

/// A folder for each word.
fn commands(words: &[&str]) -> std::io::Result<Vec<Item>> {
    let Some(folder) = evals_speech::evaluation_data("audio/speech-commands") else { return Ok(Vec::new()) };
    let mut items = Vec::new();
    for word in words {
        let of_word = folder.join(word);
        if of_word.is_dir() {
            items.extend(sounds(&of_word)?.into_iter().map(|file| (file, (*word).to_owned())));
        }
    }
    Ok(items)
}

fn sounds(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|end| end == "wav"));
    files.sort();
    Ok(files)
}
