//! Trains the extractive drafter's weights on ACI-Bench's training part and writes them: `train-notes FILE`.
//!
//! *Keep*: is a sentence among those that, added one after another, raise the note's ROUGE-1 and ROUGE-2 most? *Topic*: under
//! which heading of the reference do its words stand? Both are logistic regressions by AdaGrad in a fixed order: the same data
//! give the same file.
#![expect(clippy::print_stdout, reason = "progress is what it prints")]

use std::collections::HashMap;
use std::fmt::Write as _;

use bedside_evals_notes::{reference, rouge, sets};
use scribe::Topic;
use scribe::extractive::{Candidate, candidates, features};

/// A candidate with what the reference says about it.
struct Example {
    features: Vec<usize>,
    keep: f64,
    topic: Option<usize>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(folder) = sets::folder() else {
        println!("skipped: no evaluation data");
        return Ok(());
    };
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number =
        |at: usize, default: f64| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(default);
    let target = arguments.first().ok_or("name the file to write")?;
    let (threshold, penalty, fewest) = (number(1, -0.9), number(2, 0.2), number(3, 5.0));
    let mut visits = Vec::new();
    for part in ["train", "train_virtscribe_asr"] {
        visits.extend(sets::aci_bench(&folder, part).unwrap_or_default());
    }

    let mut drafts = Vec::new();
    for visit in &visits {
        let transcript = visit.dialogue.transcript()?;
        let candidates = candidates(transcript.utterances());
        let keep = best(&candidates, &visit.note);
        let topics = topics(&candidates, &visit.note);
        drafts.push((candidates, keep, topics));
    }
    let mut documents: HashMap<String, usize> = HashMap::new();
    for (candidates, ..) in &drafts {
        for candidate in candidates {
            for feature in features(candidate) {
                *documents.entry(feature).or_default() += 1;
            }
        }
    }
    let mut names: Vec<String> =
        documents.into_iter().filter(|(_, count)| *count as f64 >= fewest).map(|(name, _)| name).collect();
    names.sort_unstable();
    let places: HashMap<&str, usize> =
        names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let mut examples = Vec::new();
    for (candidates, keep, topics) in &drafts {
        for ((candidate, keep), topic) in candidates.iter().zip(keep).zip(topics) {
            let features =
                features(candidate).iter().filter_map(|name| places.get(name.as_str()).copied()).collect();
            examples.push(Example { features, keep: *keep, topic: *topic });
        }
    }
    println!("{} visits, {} candidates, {} features", drafts.len(), examples.len(), names.len());

    let keep = regression(&examples, names.len(), penalty, |example| Some(example.keep));
    let topics: Vec<Vec<f64>> = (0..Topic::ALL.len())
        .map(|topic| {
            regression(&examples, names.len(), penalty, |example| {
                example.topic.map(|of| f64::from(u8::from(of == topic)))
            })
        })
        .collect();
    let mut text = String::from(
        "# Weights of the extractive drafter, in hundredths: feature, keep, then history, examination, results, assessment, plan.\n\
         # Written by evals/notes (train-notes) from the training part of ACI-Bench (Yim et al., 2023, CC BY 4.0).\n",
    );
    writeln!(text, "threshold\t{:.0}", threshold * 100.0)?;
    for (at, name) in names.iter().enumerate() {
        let row: Vec<i64> = std::iter::once(&keep)
            .chain(&topics)
            .map(|weights| (weights[at] * 100.0).round() as i64)
            .collect();
        if row.iter().any(|weight| weight.abs() >= 4) {
            let cells: Vec<String> = row.iter().map(i64::to_string).collect();
            writeln!(text, "{name}\t{}", cells.join("\t"))?;
        }
    }
    std::fs::write(target, &text)?;
    println!("{} bytes", text.len());
    Ok(())
}

/// Greedy choice of whole sentences: 1 for each that raises ROUGE-1 and ROUGE-2 of the note so far, by most first.
fn best(candidates: &[Candidate], note: &str) -> Vec<f64> {
    let wanted = rouge::words(note);
    let counts = |words: &[String], n: usize| {
        let mut counts: HashMap<Vec<String>, i64> = HashMap::new();
        for ngram in words.windows(n) {
            *counts.entry(ngram.to_vec()).or_default() += 1;
        }
        counts
    };
    let mut left = [counts(&wanted, 1), counts(&wanted, 2)];
    let sentences: Vec<_> = candidates
        .iter()
        .map(|candidate| {
            let words = rouge::words(&candidate.text);
            [counts(&words, 1), counts(&words, 2)]
        })
        .collect();
    let totals = [wanted.len() as f64, wanted.len().saturating_sub(1) as f64];
    let mut hits = [0.0; 2];
    let mut written = [0.0; 2];
    let mut chosen = vec![0.0; candidates.len()];
    let mut current = 0.0;
    loop {
        let mut top: Option<(usize, f64)> = None;
        for (at, sentence) in sentences.iter().enumerate().filter(|(at, _)| chosen[*at] == 0.0) {
            let mut score = 0.0;
            for n in 0..2 {
                let gain: i64 = sentence[n]
                    .iter()
                    .map(|(ngram, count)| (*count).min(*left[n].get(ngram).unwrap_or(&0)))
                    .sum();
                let size: i64 = sentence[n].values().sum();
                score += 2.0 * (hits[n] + gain as f64) / (written[n] + size as f64 + totals[n]);
            }
            if score > current && top.is_none_or(|(_, best)| score > best) {
                top = Some((at, score));
            }
        }
        let Some((at, score)) = top else { return chosen };
        current = score;
        chosen[at] = 1.0;
        for n in 0..2 {
            for (ngram, count) in &sentences[at][n] {
                written[n] += *count as f64;
                if let Some(rest) = left[n].get_mut(ngram) {
                    hits[n] += (*count).min(*rest) as f64;
                    *rest = (*rest - count).max(0);
                }
            }
        }
    }
}

/// Under which topic's lines of the reference most of a candidate's words and pairs of words stand.
fn topics(candidates: &[Candidate], note: &str) -> Vec<Option<usize>> {
    let mut of: HashMap<Vec<String>, [f64; 5]> = HashMap::new();
    for (topic, line) in reference::lines(note) {
        let words: Vec<String> =
            rouge::words(&line).into_iter().filter(|word| scribe::words::is_content(word)).collect();
        for n in 1..=2 {
            for ngram in words.windows(n) {
                of.entry(ngram.to_vec()).or_default()[topic as usize] += n as f64;
            }
        }
    }
    let topic = |candidate: &Candidate| {
        let words: Vec<String> = rouge::words(&candidate.text)
            .into_iter()
            .filter(|word| scribe::words::is_content(word))
            .collect();
        let mut sums = [0.0; 5];
        for n in 1..=2 {
            for counts in words.windows(n).filter_map(|ngram| of.get(ngram)) {
                let total: f64 = counts.iter().sum();
                for (sum, count) in sums.iter_mut().zip(counts) {
                    *sum += n as f64 * count / total;
                }
            }
        }
        let (best, most) = sums.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
        (*most >= 1.5).then_some(best)
    };
    candidates.iter().map(topic).collect()
}

/// Logistic regression with an L2 penalty, by AdaGrad, in the examples' order.
fn regression(
    examples: &[Example],
    width: usize,
    penalty: f64,
    wanted: impl Fn(&Example) -> Option<f64>,
) -> Vec<f64> {
    let mut weights = vec![0.0; width];
    let mut squares = vec![1e-6; width];
    for _ in 0..30 {
        for example in examples {
            let Some(wanted) = wanted(example) else { continue };
            let sum: f64 = example.features.iter().map(|at| weights[*at]).sum();
            let error = 1.0 / (1.0 + (-sum).exp()) - wanted;
            for &at in &example.features {
                let gradient = error + penalty * weights[at];
                squares[at] += gradient * gradient;
                weights[at] -= 0.1 * gradient / f64::sqrt(squares[at]);
            }
        }
    }
    weights
}
