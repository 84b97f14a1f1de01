//! Scores the built-in red-flag rules on labelled sentences:
//! `cargo run -p bedside-intake --example redflags_eval -- evals/redflags/sentences.jsonl`.
//!
//! Every fifth sentence (its number is divisible by 5) is held out: only its figures are printed, so that the rules are not
//! tuned to it. `--lines` reads plain lines `id<TAB>lang<TAB>text` and shows what each raises; `--time` takes the time over the
//! whole file as one text, per 10,000 words.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::collections::BTreeSet;

use bedside_intake::RedFlagRules;
use domain::Language;
use serde::Deserialize;

#[derive(Deserialize)]
struct Sentence {
    id: String,
    lang: String,
    text: String,
    flags: BTreeSet<String>,
}

#[derive(Default)]
struct Score {
    wanted: usize,
    found: usize,
    alarms: usize,
    alarms_raised: usize,
    benign: usize,
    benign_raised: usize,
    extra: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let rules = match RedFlagRules::builtin() {
        Ok(rules) => rules,
        Err(error) => return eprintln!("{error}"),
    };
    let Some(path) = arguments.iter().find(|argument| !argument.starts_with("--")) else {
        return eprintln!("which file of labelled sentences?");
    };
    let file = match std::fs::read_to_string(path) {
        Ok(file) => file,
        Err(error) => return eprintln!("{path}: {error}"),
    };
    if has("--lines") {
        return file.lines().for_each(|line| print_line(&rules, line));
    }
    if has("--time") {
        return print_time(&rules, &file);
    }
    let (mut tuned, mut held_out) = (Score::default(), Score::default());
    for line in file.lines() {
        let sentence: Sentence = match serde_json::from_str(line) {
            Ok(sentence) => sentence,
            Err(error) => return eprintln!("{path}: {error}"),
        };
        let raised: BTreeSet<String> = rules
            .assess_text(&sentence.text, &Language::new(&sentence.lang))
            .into_iter()
            .map(|hit| hit.rule)
            .collect();
        let is_held_out = sentence.id[1..].parse::<usize>().is_ok_and(|number| number % 5 == 0);
        let score = if is_held_out { &mut held_out } else { &mut tuned };
        score.add(&sentence, &raised);
        if !is_held_out && raised != sentence.flags {
            println!("{}: wanted {:?}, raised {raised:?}: {}", sentence.id, sentence.flags, sentence.text);
        }
    }
    tuned.print("tuned");
    held_out.print("held out");
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

impl Score {
    fn add(&mut self, sentence: &Sentence, raised: &BTreeSet<String>) {
        self.wanted += sentence.flags.len();
        self.found += sentence.flags.intersection(raised).count();
        if sentence.flags.is_empty() {
            self.benign += 1;
            self.benign_raised += usize::from(!raised.is_empty());
        } else {
            self.alarms += 1;
            self.alarms_raised += usize::from(!raised.is_empty());
            self.extra += raised.difference(&sentence.flags).count();
        }
    }

    fn print(&self, name: &str) {
        println!(
            "{name}: rules found {}/{}; alarm sentences raised {}/{}; benign sentences raised {}/{}; further rules raised on \
             alarm sentences {}",
            self.found,
            self.wanted,
            self.alarms_raised,
            self.alarms,
            self.benign_raised,
            self.benign,
            self.extra
        );
    }
}
