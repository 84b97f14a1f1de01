//! Compares earshot with Silero on the meetings of the evaluation data, and looks for the best thresholds of each on one half
//! of them. `cargo run --release -p bedside-evals-speech --bin voice_activity`
#![allow(clippy::print_stdout, reason = "prints its figures")]

use std::{error::Error, time::Instant};

use audio::activity::{FRAME, Tuning};
use evals_speech::{
    RATE, evaluation_data,
    meetings::{Errors, Meeting, above_the_floor, earshot, heard, of_folder, silero, turned},
    read,
};
use whisper_rs::{WhisperVadContext, WhisperVadContextParams};

const SILERO: [&str; 2] = ["v5.1.2", "v6.2.0"];

struct Detector {
    name: String,
    probabilities: Vec<Vec<f32>>,
    /// Of the processor's time, for a second of sound, in ms.
    cost: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = evaluation_data("vad") else {
        println!("skipped: no evaluation data");
        return Ok(());
    };
    whisper_rs::install_logging_hooks();
    let meetings = of_folder(&folder.join("audio-ami-diarization"))?;
    let mut detectors =
        vec![detector("earshot", &meetings, earshot), detector("Silero, as built in", &meetings, silero)];
    for version in SILERO {
        let file = folder.join(format!("silero-vad-ggml/for-tests-silero-{version}-ggml.bin"));
        let mut parameters = WhisperVadContextParams::new();
        parameters.set_n_threads(1);
        let mut context = WhisperVadContext::new(&file.to_string_lossy(), parameters)?;
        detectors.push(detector(&format!("Silero {version} in whisper.cpp"), &meetings, |samples| {
            if context.detect_speech(samples).is_err() {
                return Vec::new();
            }
            context.probabilities().iter().copied().take(samples.len() / FRAME).collect()
        }));
    }

    println!(
        "| detector | tuned on the first half to | miss % | false alarm % | wrong frames % | the same, first half | ms a second of sound |"
    );
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
    for detector in &detectors {
        let (tuning, first) = best(detector, &meetings);
        row(detector, &meetings, tuning, Some(first));
    }
    println!(
        "\nAs turns are cut for the recogniser (what a turn reaches back and its tail count as false alarms):\n"
    );
    println!(
        "| detector | tuning | miss % | false alarm % | wrong frames % | the same, first half | ms a second of sound |"
    );
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
    for detector in &detectors {
        row(detector, &meetings, Tuning::default(), None);
    }
    let all = |half: Option<usize>| {
        let chosen =
            meetings.iter().enumerate().filter(|(index, _)| half.is_none_or(|half| index % 2 == half));
        chosen
            .map(|(_, meeting)| Errors::between(&meeting.speech, &heard(&meeting.samples, Tuning::default())))
            .fold(Errors::default(), Errors::and)
    };
    let (every, second) = (all(None), all(Some(1)));
    println!(
        "\n`Activity` as it is used, every excerpt: miss {:.1} %, false alarm {:.1} %, wrong frames {:.1} % (of the second half {:.1} %).",
        every.miss() * 100.0,
        every.false_alarm() * 100.0,
        every.total() * 100.0,
        second.total() * 100.0
    );
    words()
}

/// Single words between seconds of faint noise: in how many nobody is heard.
fn words() -> Result<(), Box<dyn Error>> {
    let mut missed = Vec::new();
    let mut clips = 0;
    let folders =
        ["yes", "no", "stop", "go", "eight"].map(|word| (format!("audio/speech-commands/{word}"), 1));
    for (part, every) in folders.into_iter().chain([("audio/spoken-digits".to_owned(), 40)]) {
        let Some(folder) = evaluation_data(&part) else { continue };
        let mut files: Vec<_> =
            std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "wav"));
        files.sort();
        for file in files.iter().step_by(every) {
            let faint = |n: usize| ((n * 7_919 % 1_000) as f32 / 1_000.0 - 0.5) * 0.002;
            let mut sound: Vec<f32> = (0..RATE).map(faint).collect();
            sound.extend(read(file)?);
            sound.extend((0..RATE).map(faint));
            clips += 1;
            if !heard(&sound, Tuning::default()).contains(&true) {
                missed.push(file.clone());
            }
        }
    }
    println!("\nOf {clips} single words {} are missed.", missed.len());
    Ok(())
}

fn detector(name: &str, meetings: &[Meeting], mut listen: impl FnMut(&[f32]) -> Vec<f32>) -> Detector {
    let start = Instant::now();
    let heard: Vec<Vec<f32>> = meetings.iter().map(|meeting| listen(&meeting.samples)).collect();
    let seconds = meetings.iter().map(|meeting| meeting.samples.len()).sum::<usize>() as f64 / RATE as f64;
    let cost = start.elapsed().as_secs_f64() * 1000.0 / seconds;
    let floor = Tuning::default().floor;
    let probabilities = heard
        .iter()
        .zip(meetings)
        .map(|(heard, meeting)| above_the_floor(heard, &meeting.samples, floor))
        .collect();
    Detector { name: name.to_owned(), probabilities, cost }
}

fn errors(detector: &Detector, meetings: &[Meeting], half: usize, tuning: Tuning) -> Errors {
    let of = |index: usize| {
        Errors::between(&meetings[index].speech, &turned(&detector.probabilities[index], tuning))
    };
    (0..meetings.len()).filter(|index| index % 2 == half).map(of).fold(Errors::default(), Errors::and)
}

/// The tuning with the fewest wrong frames in the first half.
fn best(detector: &Detector, meetings: &[Meeting]) -> (Tuning, Errors) {
    let mut found = (Tuning::default(), errors(detector, meetings, 0, Tuning::default()));
    for begin in (2..=19).map(|step| step as f32 * 0.05) {
        for gap in [0.0, 0.1, 0.15, 0.25] {
            for pause_ms in [96, 192, 304, 400, 608] {
                for before_ms in [0, 48, 96, 192] {
                    for least_ms in [16, 64, 128] {
                        let end = (begin - gap).max(0.02);
                        let tuning =
                            Tuning { begin, end, least_ms, pause_ms, before_ms, ..Tuning::default() };
                        let errors = errors(detector, meetings, 0, tuning);
                        if errors.total() < found.1.total() {
                            found = (tuning, errors);
                        }
                    }
                }
            }
        }
    }
    found
}

fn row(detector: &Detector, meetings: &[Meeting], tuning: Tuning, first: Option<Errors>) {
    let second = errors(detector, meetings, 1, tuning);
    let first = first.unwrap_or_else(|| errors(detector, meetings, 0, tuning));
    println!(
        "| {} | begin {:.2}, end {:.2}, least {} ms, pause {} ms, before {} ms | {:.1} | {:.1} | {:.1} | {:.1} | {:.2} |",
        detector.name,
        tuning.begin,
        tuning.end,
        tuning.least_ms,
        tuning.pause_ms,
        tuning.before_ms,
        second.miss() * 100.0,
        second.false_alarm() * 100.0,
        second.total() * 100.0,
        first.total() * 100.0,
        detector.cost
    );
}
