//! Killed at any moment: nothing that was acknowledged is lost, and nothing half done is left.
//!
//! `BEDSIDE_CRASH_ROUNDS` says how often (200 by default), `BEDSIDE_CRASH_SEED` with which moments.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::ExitStatus;
use std::sync::mpsc;
use std::time::Duration;

use domain::{EncounterId, EventBody, Stream};
use store::{Probe, Vault};

use crate::support::*;

const FOLDER: &str = "BEDSIDE_TEST_FOLDER";

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// Says a line that the parent has for certain once it reads it.
fn acknowledge(line: &str) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "@{line}").and_then(|()| output.flush()).unwrap();
}

/// Runs a child until it has said `lines` lines, then for a moment longer, kills it, and gives back all that it said.
fn run_and_kill(test: &str, folder: &Path, lines: usize, moment: Duration) -> Vec<String> {
    let (mut child, output) = child(test, &[(FOLDER, folder)]);
    let (say, said) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        for line in BufReader::new(output).lines() {
            let Ok(line) = line else { break };
            // The test harness says things too.
            if let Some((_, line)) = line.split_once('@') {
                let _ = say.send(line.to_owned());
            }
        }
    });
    let mut heard = Vec::new();
    while heard.len() < lines {
        match said.recv_timeout(Duration::from_secs(60)) {
            Ok(line) => heard.push(line),
            Err(_) => break,
        }
    }
    std::thread::sleep(moment);
    // SIGKILL: the process gets no moment to tidy up.
    child.kill().unwrap();
    let status: ExitStatus = child.wait().unwrap();
    assert!(!status.success(), "the child was to be killed while it worked");
    reader.join().unwrap();
    heard.extend(said.try_iter());
    assert!(heard.len() >= lines, "the child {test} stopped by itself after {} lines", heard.len());
    heard
}

#[test]
#[ignore = "the child of the test below"]
fn writer_child() {
    let Some(folder) = told(FOLDER) else { return };
    let vault = Vault::open(&folder, passphrase(), options()).unwrap();
    for round in 0.. {
        let id = new_encounter();
        let stream = Stream::Encounter(id);
        vault.append(append(stream, vec![opened()])).unwrap();
        acknowledge(&format!("{id} 1"));
        for index in 0..8 {
            let text = format!("utterance {index} of round {round}");
            vault.append(append(stream, vec![said(index, &text)])).unwrap();
            acknowledge(&format!("{id} {}", index + 2));
        }
        let events = vec![
            EventBody::NoteDrafted { note: note("draft"), fallback: None },
            EventBody::NoteEdited { note: note(&"edited ".repeat(400)) },
        ];
        vault.append(append(stream, events)).unwrap();
        acknowledge(&format!("{id} 11"));
    }
}

#[test]
fn no_acknowledged_event_is_lost_when_the_writer_is_killed() {
    let rounds = number("BEDSIDE_CRASH_ROUNDS", 200);
    let random = events::Repeatable::new(number("BEDSIDE_CRASH_SEED", 20_261_123));
    let place = Place::new();
    drop(place.create());
    let mut acknowledged = 0;
    for round in 0..rounds {
        let lines = 1 + random.below(12) as usize;
        let moment = Duration::from_micros(random.below(8_000));
        let said = run_and_kill("crash::writer_child", &place.path(), lines, moment);
        acknowledged += said.len();
        let vault = place.open().unwrap_or_else(|error| panic!("round {round}: {error}"));
        let mut expected: Vec<(EncounterId, usize)> = Vec::new();
        for line in &said {
            let (id, count) = line.split_once(' ').unwrap();
            let (id, count) = (id.parse().unwrap(), count.parse().unwrap());
            expected.retain(|(other, _)| *other != id);
            expected.push((id, count));
        }
        for (id, count) in expected {
            let events = vault.events(Stream::Encounter(id)).unwrap();
            assert!(events.len() >= count, "round {round}: {} of {count} events", events.len());
            let record = vault.encounter(id).unwrap();
            assert!(record == store::fold_encounter(id, &events), "round {round}: the projection differs");
        }
        if round % 20 == 19 || round + 1 == rounds {
            let report = vault.check_integrity().unwrap();
            assert!(report.is_clean(), "round {round}: {report:?}");
            let report = vault.verify_audit().unwrap();
            assert!(report.is_intact(), "round {round}: {report:?}");
            assert!(!vault.rebuild_projections().unwrap().changed, "round {round}");
        }
    }
    println!("{rounds} kills, {acknowledged} acknowledged appends, none lost");
}

#[test]
#[ignore = "the child of the test below"]
fn creator_child() {
    let Some(folder) = told(FOLDER) else { return };
    acknowledge("begun");
    let created = Vault::create(&folder, PASSPHRASE, options()).unwrap();
    acknowledge("made");
    std::thread::sleep(Duration::from_secs(60));
    drop(created);
}

#[test]
fn a_set_up_that_is_killed_leaves_a_vault_or_none_and_can_be_repeated() {
    let rounds = number("BEDSIDE_CRASH_ROUNDS", 200) / 5;
    let random = events::Repeatable::new(number("BEDSIDE_CRASH_SEED", 20_261_123));
    let (mut none, mut half, mut made) = (0, 0, 0);
    for _ in 0..rounds {
        let place = Place::new();
        let moment = Duration::from_micros(random.below(60_000));
        let said = run_and_kill("crash::creator_child", &place.path(), 1, moment);
        match Vault::probe(&place.path()) {
            Probe::Missing => none += 1,
            Probe::HalfCreated => half += 1,
            Probe::Present { .. } => made += 1,
            Probe::Damaged { reason } => panic!("{reason}"),
        }
        if said.len() == 2 || matches!(Vault::probe(&place.path()), Probe::Present { .. }) {
            let vault = place.open().unwrap();
            assert!(vault.verify_audit().unwrap().is_intact());
        } else {
            let vault = place.create().vault;
            visit(&vault, &["at the second attempt"]);
            drop(vault);
            place.open().unwrap();
        }
    }
    println!("killed while making a vault: {none} left nothing, {half} half a vault, {made} a vault");
}

#[test]
#[ignore = "the child of the test below"]
fn backup_child() {
    let Some(folder) = told(FOLDER) else { return };
    let vault = Vault::open(&folder, passphrase(), options()).unwrap();
    for number in 0.. {
        let target = folder.join(format!("backup-{}-{number}", std::process::id()));
        vault.backup(&target).unwrap();
        acknowledge(&target.to_string_lossy());
        visit(&vault, &["between two backups"]);
    }
}

#[test]
fn a_backup_that_is_killed_leaves_a_whole_backup_or_none() {
    let rounds = number("BEDSIDE_CRASH_ROUNDS", 200) / 10;
    let random = events::Repeatable::new(number("BEDSIDE_CRASH_SEED", 20_261_123));
    let place = Place::new();
    visit(&place.create().vault, &["worth keeping"]);
    for round in 0..rounds {
        let lines = random.below(2) as usize;
        let moment = Duration::from_micros(random.below(60_000));
        let said = run_and_kill("crash::backup_child", &place.path(), lines, moment);
        for target in &said {
            store::verify_backup(Path::new(target), &passphrase(), &options())
                .unwrap_or_else(|error| panic!("round {round}: {error}"));
        }
        for entry in std::fs::read_dir(place.path()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with("backup-") {
                if !name.ends_with(".partial") {
                    store::verify_backup(&path, &passphrase(), &options()).unwrap();
                }
                std::fs::remove_dir_all(&path).unwrap();
            }
        }
        assert!(place.open().unwrap().check_integrity().unwrap().is_clean());
    }
}
