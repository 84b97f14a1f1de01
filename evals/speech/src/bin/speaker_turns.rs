//! How well two people on one microphone are told apart: `audio::speakers`, given the reference's turns.
//!
//! Meetings: of each excerpt the turns of the two who speak most, where nobody else speaks. Pairs: recordings of single
//! readers, cut to stretches of 2 s, two readers in turn. One reader alone says how often one is taken for two.
#![allow(clippy::print_stdout, reason = "a command")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use audio::speakers::{Voiceprint, Voiceprints, two_voices};
use evals_speech::{RATE, evaluation_data, meetings, read};

/// Shorter turns than this are not asked for, in seconds.
const SHORTEST: f64 = 0.5;
/// Stretches of readers, in samples.
const STRETCH: usize = RATE * 2;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(data) = evaluation_data("") else {
        println!("skipped: no evaluation data");
        return Ok(());
    };
    let prints = Voiceprints::new();
    println!(
        "| excerpt | turns | right, of their time % | always the one who speaks more % | apart |\n| --- | ---: | ---: | ---: | ---: |"
    );
    let (mut right, mut most, mut all) = (0.0, 0.0, 0.0);
    for meeting in meetings::of_folder(&data.join("vad/audio-ami-diarization"))? {
        let turns = alone(&meeting.turns);
        let mut times: BTreeMap<&str, f64> = BTreeMap::new();
        turns.iter().for_each(|(start, end, who)| *times.entry(who).or_default() += end - start);
        let mut by_time: Vec<_> = times.into_iter().collect();
        by_time.sort_by(|a, b| b.1.total_cmp(&a.1));
        let [(one, one_time), (other, other_time), ..] = by_time[..] else { continue };
        let turns: Vec<_> = turns.iter().filter(|turn| turn.2 == one || turn.2 == other).collect();
        let cut = |start: f64, end: f64| {
            let at = |seconds: f64| ((seconds * RATE as f64) as usize).min(meeting.samples.len());
            &meeting.samples[at(start)..at(end)]
        };
        let own: Vec<_> = turns.iter().map(|(start, end, _)| prints.of(cut(*start, *end))).collect();
        let labelled: Vec<_> = turns.iter().map(|(start, end, who)| (end - start, who == other)).collect();
        let Some((good, apart)) = score(&own, &labelled) else { continue };
        let total = one_time + other_time;
        println!(
            "| {} | {} | {:.1} | {:.1} | {apart:.2} |",
            meeting.name,
            turns.len(),
            100.0 * good / total,
            100.0 * one_time / total
        );
        right += good;
        most += one_time;
        all += total;
    }
    println!("| all | | {:.1} | {:.1} | |\n", 100.0 * right / all, 100.0 * most / all);

    let readers = readers(&data.join("audio"))?;
    println!(
        "| readers in turn | stretches | right % | apart | taken for two |\n| --- | ---: | ---: | ---: | --- |"
    );
    let names: Vec<&String> = readers.keys().collect();
    for (place, one) in names.iter().enumerate() {
        for other in &names[place + 1..] {
            let (mut own, mut labelled) = (Vec::new(), Vec::new());
            for (first, second) in readers[*one].iter().zip(&readers[*other]) {
                own.extend([prints.of(first), prints.of(second)]);
                labelled.extend([(1.0, false), (1.0, true)]);
            }
            let Some((good, apart)) = score(&own, &labelled) else { continue };
            let two = two_voices(&own).is_some_and(|voices| voices.are_two());
            println!(
                "| {one}, {other} | {} | {:.1} | {apart:.2} | {} |",
                own.len(),
                100.0 * good / own.len() as f64,
                if two { "yes" } else { "no" }
            );
        }
        let own: Vec<_> = readers[*one].iter().map(|stretch| prints.of(stretch)).collect();
        if let Some(voices) = two_voices(&own) {
            println!(
                "| {one} alone | {} | | {:.2} | {} |",
                own.len(),
                voices.apart,
                if voices.are_two() { "yes" } else { "no" }
            );
        }
    }
    Ok(())
}

/// The turns without the time in which somebody else speaks too.
fn alone(turns: &[(f64, f64, String)]) -> Vec<(f64, f64, String)> {
    let mut out = Vec::new();
    for (start, end, who) in turns {
        let mut from = *start;
        let mut others: Vec<_> =
            turns.iter().filter(|other| other.2 != *who && other.0 < *end && other.1 > *start).collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0));
        for other in others {
            if other.0 - from >= SHORTEST {
                out.push((from, other.0, who.clone()));
            }
            from = from.max(other.1);
        }
        if end - from >= SHORTEST {
            out.push((from, *end, who.clone()));
        }
    }
    out
}

/// The weight of what is right under the better of the two namings, and how far the voices are apart.
fn score(prints: &[Option<Voiceprint>], labelled: &[(f64, bool)]) -> Option<(f64, f64)> {
    let voices = two_voices(prints)?;
    let sum = |swapped: bool| -> f64 {
        let pairs = voices.second.iter().zip(labelled);
        pairs
            .filter(|(said, (_, second))| **said == Some(*second != swapped))
            .map(|(_, (weight, _))| weight)
            .sum()
    };
    Some((sum(false).max(sum(true)), voices.apart))
}

/// Stretches of each reader, by name.
type Readers = BTreeMap<String, Vec<Vec<f32>>>;

/// The readers of the folders of clean recordings, each by name with stretches of two seconds.
fn readers(folder: &Path) -> Result<Readers, Box<dyn std::error::Error>> {
    let mut readers = Readers::new();
    for set in ["librispeech", "cmu-arctic", "ljspeech"] {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder.join(set))?.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for file in files {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let sound = file.extension().is_some_and(|kind| kind == "wav" || kind == "flac");
            if !sound || name.ends_with("_rvb") {
                continue;
            }
            let reader = match set {
                "librispeech" => {
                    name.trim_start_matches("libri-").split('-').next().unwrap_or_default().to_owned()
                }
                "cmu-arctic" => name.split('_').nth(3).unwrap_or("unnamed").to_owned(),
                _ => set.to_owned(),
            };
            let samples = read(&file)?;
            readers.entry(reader).or_default().extend(samples.chunks_exact(STRETCH).map(<[f32]>::to_vec));
        }
    }
    readers.retain(|_, stretches| stretches.len() >= 3);
    Ok(readers)
}
