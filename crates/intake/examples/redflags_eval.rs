//! Scores the built-in red-flag rules on labelled talk: `cargo run -p bedside-intake --example redflags_eval`.
//!
//! | argument | what it prints |
//! | --- | --- |
//! | none | the figures of `evals/redflags`: open and held out, English and Spanish, as written and as a recogniser writes it |
//! | `--misses` | also which open sentences are wrong; the held-out ones are only counted, so that the rules are not tuned to them |
//! | `--lines FILE` | what each line `id<TAB>lang<TAB>text` raises |
//! | `--time FILE` | the time over the whole file as one text, per 10,000 words |
#![allow(clippy::print_stdout, clippy::print_stderr)]

#[path = "../tests/support/labelled.rs"]
mod labelled;

use std::collections::BTreeSet;

use bedside_intake::RedFlagRules;
use domain::Language;
use labelled::{Score, Sentence, as_heard, raised, real_talk, sentences};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rules = match RedFlagRules::builtin() {
        Ok(rules) => rules,
        Err(error) => return eprintln!("{error}"),
    };
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => print_figures(&rules, false),
        ["--misses"] => print_figures(&rules, true),
        [how @ ("--lines" | "--time"), path] => match std::fs::read_to_string(path) {
            Ok(file) if *how == "--lines" => file.lines().for_each(|line| print_line(&rules, line)),
            Ok(file) => print_time(&rules, &file),
            Err(error) => eprintln!("{path}: {error}"),
        },
        _ => eprintln!("usage: redflags_eval [--misses | --lines FILE | --time FILE]"),
    }
}

fn print_figures(rules: &RedFlagRules, misses: bool) {
    println!("| part | rules found | alarms raised | benign raised | further rules on alarms |");
    println!("| --- | --- | --- | --- | --- |");
    let sentences = sentences();
    for held in [false, true] {
        for lang in ["en", "es"] {
            for heard in [false, true] {
                let part = sentences.iter().filter(|s| s.held == held && s.lang == lang);
                let name = format!(
                    "{}, {lang}, {}",
                    if held { "held out" } else { "open" },
                    if heard { "as heard" } else { "as written" }
                );
                print_part(rules, &name, part, heard, misses && !held);
            }
        }
    }
    let Some(talk) = real_talk() else { return println!("real talk skipped: no evaluation data") };
    for set in ["primock57", "osce"] {
        for heard in [false, true] {
            let name = format!("{set}, {}", if heard { "as heard" } else { "as written" });
            print_part(rules, &name, talk.iter().filter(|s| s.id.starts_with(set)), heard, misses);
        }
    }
}

fn print_part<'a>(
    rules: &RedFlagRules,
    name: &str,
    part: impl Iterator<Item = &'a Sentence>,
    heard: bool,
    misses: bool,
) {
    let mut score = Score::default();
    for sentence in part {
        let text = if heard { as_heard(&sentence.text) } else { sentence.text.clone() };
        let raised: BTreeSet<String> = raised(rules, &text, &sentence.lang);
        if misses && !sentence.is_right(&raised) {
            eprintln!("{}: wanted {:?}, raised {raised:?}: {text}", sentence.id, sentence.flags);
        }
        score.add(sentence, &raised);
    }
    println!("| {name} | {score} |");
}

fn print_line(rules: &RedFlagRules, line: &str) {
    let mut parts = line.splitn(3, '\t');
    let (id, lang) = (parts.next().unwrap_or(""), parts.next().unwrap_or("en"));
    let text = parts.next().unwrap_or("");
    let words = |(start, end): (u32, u32)| -> String {
        text.chars().skip(start as usize).take((end - start) as usize).collect()
    };
    let shown: Vec<String> = rules
        .assess_text(text, &Language::new(lang))
        .into_iter()
        .map(|hit| format!("{}[{}]", hit.rule, words(hit.span.unwrap_or_default())))
        .collect();
    println!("{id}\t{}\t{text}", shown.join(" "));
}

fn print_time(rules: &RedFlagRules, text: &str) {
    let words = text.split_whitespace().count().max(1);
    let mut times: Vec<_> = (0..21)
        .map(|_| {
            let start = std::time::Instant::now();
            std::hint::black_box(rules.assess_text(text, &Language::english()));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let start = std::time::Instant::now();
    std::hint::black_box(RedFlagRules::builtin().is_ok());
    println!(
        "{words} words: median {:.2} ms per 10,000 words; rules compiled in {:.1} ms",
        times[10].as_secs_f64() * 1e7 / words as f64,
        start.elapsed().as_secs_f64() * 1e3
    );
}
