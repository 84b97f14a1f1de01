//! Scores the extractive drafter and writes the table: `score-notes [--show] [--evidence] [--doubts] [--weights FILE] [SET…]`, where a set is one of
//! ACI-Bench's files, `primock57` or `osce` (which has no notes to score against); by default ACI-Bench's validation part,
//! with the weights that are built in.
#![expect(clippy::print_stdout, reason = "a table is what it is for")]

use std::collections::BTreeMap;
use std::time::Instant;

use bedside_evals_notes::rouge::Rouge;
use bedside_evals_notes::sets;
use scribe::extractive::Weights;
use scribe::{Difference, Problem, Template};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(folder) = sets::folder() else {
        println!("skipped: no evaluation data");
        return Ok(());
    };
    let mut parts: Vec<String> = std::env::args().skip(1).collect();
    let weights = match parts.iter().position(|part| part == "--weights") {
        None => Weights::built_in().clone(),
        Some(at) => {
            let file = parts.drain(at..at + 2).nth(1).ok_or("name the file of the weights")?;
            Weights::parse(&std::fs::read_to_string(file)?)?
        }
    };
    let mut flag = |name| parts.iter().position(|part| part == name).map(|at| parts.remove(at)).is_some();
    let (show, with_evidence, doubts) = (flag("--show"), flag("--evidence"), flag("--doubts"));
    if parts.is_empty() {
        parts.push("valid".to_owned());
    }
    let mut marked = BTreeMap::<Difference, u32>::new();
    println!("| set | notes | R1 | R2 | RLsum | words | unsupported | slowest ms |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for part in &parts {
        let mut scores = Vec::new();
        let (mut words, mut unsupported, mut slowest) = (0, 0, 0.0_f64);
        for visit in sets::named(&folder, part)? {
            let began = Instant::now();
            let transcript = visit.dialogue.transcript()?;
            let note = scribe::extractive::draft(transcript.utterances(), &Template::soap(), "en", &weights);
            slowest = slowest.max(began.elapsed().as_secs_f64() * 1000.0);
            let text = scribe::render_text(&note);
            if show {
                println!("=== {}\n{text}\n", visit.id);
            }
            for section in note.sections.iter().filter(|_| with_evidence) {
                for sentence in &section.sentences {
                    println!("{} {}: {}", visit.id, section.id, sentence.text.expose());
                    for index in &sentence.evidence {
                        let said = &transcript.utterances()[*index as usize];
                        println!("    {index} {:?}: {}", said.speaker, said.text.expose());
                    }
                }
            }
            let doubtful = if doubts { scribe::check(&note, transcript.utterances()) } else { Vec::new() };
            for finding in &doubtful {
                if let Problem::Differs { difference, .. } = &finding.problem {
                    *marked.entry(*difference).or_default() += 1;
                }
                let sentence = note.sentences().find(|sentence| sentence.id == finding.sentence);
                let text = sentence.map_or("", |sentence| sentence.text.expose().as_str());
                println!("{} {}", visit.id, doubt(&finding.problem, text));
                for index in sentence.map_or(&[][..], |sentence| &sentence.evidence) {
                    let said = &transcript.utterances()[*index as usize];
                    println!("    {index} {:?}: {}", said.speaker, said.text.expose());
                }
            }
            let findings = scribe::check_evidence(&note, transcript.utterances());
            for finding in findings.iter().filter(|_| show || with_evidence) {
                if let Problem::Unsupported { words } = &finding.problem {
                    let words: Vec<_> = words.iter().map(|word| word.expose().as_str()).collect();
                    println!("unsupported in {} {}: {}", finding.section, finding.sentence, words.join(", "));
                }
            }
            unsupported += findings.len();
            words += text.split_whitespace().count();
            scores.push(Rouge::of(&text, &visit.note));
        }
        let mean = Rouge::mean(&scores);
        println!(
            "| {part} | {} | {:.2} | {:.2} | {:.2} | {} | {unsupported} | {slowest:.1} |",
            scores.len(),
            100.0 * mean.one,
            100.0 * mean.two,
            100.0 * mean.lsum,
            words / scores.len().max(1),
        );
    }
    if doubts {
        println!("\nmarked by the checker: {marked:?}");
    }
    Ok(())
}

fn doubt(problem: &Problem, text: &str) -> String {
    match problem {
        Problem::Differs { difference, words } => {
            let words: Vec<_> = words.iter().map(|word| word.expose().as_str()).collect();
            format!("{difference:?} ({}): {text}", words.join(", "))
        }
        other => format!("{other:?}: {text}"),
    }
}
