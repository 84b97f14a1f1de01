//! Notes of real visits: every transcript of the evaluation data gives a note, and every sentence of it has evidence that
//! holds its content words.

#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

mod support;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bedside_scribe as scribe;
use scribe::{Outcome, Template, Transcript};

fn data(folder: &str) -> Option<PathBuf> {
    let data = std::env::var_os("BEDSIDE_EVAL_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let folder = Some(data.join(folder)).filter(|folder| folder.is_dir());
    if folder.is_none() {
        println!("skipped: no evaluation data");
    }
    folder
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}

/// A note, in time, each sentence of which stands on what was said.
fn check(name: &str, transcript: &Transcript) {
    let utterances = transcript.utterances();
    let began = Instant::now();
    let Outcome::Draft(note) = scribe::draft(utterances, &Template::soap(), "en") else {
        panic!("{name}: no note")
    };
    // Tests are built without optimisation; the limit is that of a release.
    assert!(began.elapsed() < Duration::from_secs(1), "{name}: {:?}", began.elapsed());
    let findings = scribe::check_evidence(&note, utterances);
    assert!(findings.is_empty(), "{name}: {findings:?}");
    let mut unsaid = Vec::new();
    for sentence in note.sentences() {
        assert!(sentence.evidence.is_sorted() && !sentence.evidence.is_empty(), "{name}: {}", sentence.id);
        let said: Vec<&str> = sentence
            .evidence
            .iter()
            .map(|index| utterances[*index as usize].text.expose().as_str())
            .collect();
        unsaid.extend(support::unsaid(sentence.text.expose(), &said.join(" ")));
    }
    assert!(unsaid.is_empty(), "{name}: {unsaid:?}");
    assert_eq!(
        scribe::draft(utterances, &Template::soap(), "en"),
        Outcome::Draft(note),
        "{name}: not the same again"
    );
}

fn read(path: &Path) -> Vec<u8> {
    match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => panic!("{}: {error}", path.display()),
    }
}

fn parse(path: &Path, bytes: &[u8], form: Option<scribe::Form>) -> Transcript {
    match Transcript::parse(bytes, form) {
        Ok(transcript) => transcript,
        Err(error) => panic!("{}: {error}", path.display()),
    }
}

#[test]
fn every_visit_of_aci_bench_gives_a_note_with_evidence() {
    let Some(folder) = data("aci-bench") else { return };
    let mut seen = 0;
    for path in files(&folder, ".csv") {
        let text = String::from_utf8_lossy(&read(&path)).into_owned();
        // A dialogue is a quoted cell; what is between quotes and begins with a tag is one.
        let text = text.replace("\"\"", "'");
        let dialogue = |cell: &str| cell.starts_with("[doctor]") || cell.starts_with("[patient");
        for (at, cell) in text.split('"').enumerate().filter(|(_, cell)| dialogue(cell)) {
            check(&format!("{} {at}", path.display()), &parse(&path, cell.as_bytes(), None));
            seen += 1;
        }
    }
    println!("{seen} dialogues");
    assert!(seen >= 100, "{seen}");
}

#[test]
fn every_consultation_of_primock57_gives_a_note_with_evidence() {
    let Some(folder) = data("primock57") else { return };
    let doctors = files(&folder.join("transcripts"), "_doctor.TextGrid");
    for path in &doctors {
        let patient = PathBuf::from(path.to_string_lossy().replace("_doctor.", "_patient."));
        match Transcript::from_text_grids(&read(path), &read(&patient)) {
            Ok(transcript) => check(&path.to_string_lossy(), &transcript),
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }
    assert!(doctors.len() > 30, "{}", doctors.len());
}

#[test]
fn what_recognisers_made_of_primock57_gives_a_note_with_evidence() {
    let Some(folder) = data("primock57/asr") else { return };
    let mut seen = 0;
    for recogniser in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        for path in files(&recogniser.path(), ".txt") {
            check(&path.to_string_lossy(), &parse(&path, &read(&path), Some(scribe::Form::Plain)));
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn every_interview_of_the_osce_set_gives_a_note_with_evidence() {
    let Some(folder) = data("osce") else { return };
    let paths: Vec<_> =
        files(&folder, ".txt").into_iter().filter(|path| !path.ends_with("SOURCE.txt")).collect();
    for path in &paths {
        check(&path.to_string_lossy(), &parse(path, &read(path), None));
    }
    assert!(paths.len() > 100, "{}", paths.len());
}
