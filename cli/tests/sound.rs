//! `bedside devices`, `record` and `say`, on a PulseAudio of the test's own.
#![cfg(target_os = "linux")]
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

#[path = "../../crates/audio/tests/support/mod.rs"]
mod card;
mod support;

use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Output, Stdio};

use card::{SoundCard, until};
use serde_json::Value;
use support::Place;

/// The command with a sound card that has one sink, `air`, whose monitor is the microphone.
struct Sound {
    card: SoundCard,
    place: Place,
}

impl Sound {
    /// `None` where PulseAudio is not installed.
    fn start() -> Option<Self> {
        let place = Place::new();
        let card = SoundCard::start_in(&place.path("home"), &["air"])?;
        Some(Self { card, place })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.place.command();
        command.env("PULSE_SERVER", self.card.server()).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[&["--json"], arguments].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Begins a recording, and waits until its first second is on the disk.
    fn recording(&self, arguments: &[&str], file: &str) -> Child {
        let recording = self.command(&[arguments, &[file]].concat()).spawn().unwrap();
        until("a second has been recorded", || {
            std::fs::metadata(file).is_ok_and(|about| about.len() > 32_000)
        });
        recording
    }
}

/// Interrupts a recording, as Ctrl-C does, and gives what it printed.
fn interrupted(recording: Child) -> String {
    let asked = Command::new("kill").args(["-INT", &recording.id().to_string()]).status().unwrap();
    assert!(asked.success());
    let output = recording.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn loudness(file: &str) -> (hound::WavSpec, Vec<i16>, f64) {
    let mut reader = hound::WavReader::open(file).unwrap();
    let samples: Vec<i16> = reader.samples().map(Result::unwrap).collect();
    let power = samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / samples.len() as f64;
    (reader.spec(), samples, power.sqrt())
}

fn speaks() -> bool {
    let there = Command::new("espeak-ng").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !there {
        eprintln!("skipped: espeak-ng is not installed");
    }
    there
}

#[test]
fn devices_are_listed_with_the_ids_that_the_other_commands_take() {
    let Some(sound) = Sound::start() else { return };
    let devices = sound.json(&["devices"]);
    let microphone = &devices[0];
    assert_eq!(microphone["id"], "pulseaudio:air.monitor");
    assert_eq!((&microphone["direction"], &microphone["is_default"]), (&"input".into(), &true.into()));
    assert_eq!((&microphone["channels"], &microphone["rate"]), (&2.into(), &48_000.into()));
    assert_eq!(devices[1]["id"], "pulseaudio:air");
    let text = String::from_utf8(sound.run(&["devices"]).stdout).unwrap();
    assert!(text.contains("Microphones") && text.contains("* pulseaudio:air.monitor"), "{text}");
}

#[test]
fn what_is_said_is_recorded() {
    let Some(sound) = Sound::start() else { return };
    if !speaks() {
        return;
    }
    // Over another, which everybody could read.
    let file = sound.place.write("heard.wav", "another");
    let file = file.as_str();
    let recording = sound.recording(&["--json", "record", "--device", "pulseaudio:air.monitor"], file);
    let said = sound.json(&["say", "How long have you had this cough?", "--device", "pulseaudio:air"]);
    assert!(said["seconds"].as_f64().unwrap() > 1.0);
    let recorded: Value = serde_json::from_str(&interrupted(recording)).unwrap();
    assert_eq!((&recorded["file"], &recorded["encrypted"]), (&file.into(), &false.into()));
    let (form, samples, _) = loudness(file);
    assert_eq!((form.sample_rate, form.channels), (16_000, 1));
    assert_eq!(recorded["seconds"].as_f64(), Some(samples.len() as f64 / 16_000.0));
    let peak = samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap();
    assert!(peak > 1_000, "nothing was heard: {peak}");
    let mode = std::fs::metadata(file).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "nobody else may read it");
}

#[test]
fn a_recording_is_as_long_as_was_asked_for() {
    let Some(sound) = Sound::start() else { return };
    let file = sound.place.path("heard.wav");
    let file = file.to_str().unwrap();
    let recorded = sound.json(&["record", "--seconds", "1.5", file]);
    assert_eq!(recorded["seconds"], 1.5);
    assert_eq!(loudness(file).1.len(), 24_000);
}

#[test]
fn a_recording_that_is_interrupted_is_a_whole_file() {
    let Some(sound) = Sound::start() else { return };
    let file = sound.place.path("heard.wav");
    let file = file.to_str().unwrap();
    let told = interrupted(sound.recording(&["record", "--channels", "2"], file));
    assert!(told.contains("not encrypted"), "{told}");
    let (form, samples, _) = loudness(file);
    assert_eq!(form.channels, 2);
    assert!(samples.len() >= 16_000);
}

#[test]
fn a_recording_without_a_microphone_says_what_to_do() {
    let place = Place::new();
    let nowhere = format!("unix:{}", place.path("nothing").display());
    let file = place.path("heard.wav");
    let output = place.command().env("PULSE_SERVER", nowhere).arg("record").arg(&file).output().unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("[sound."), "{told}");
    assert!(!file.exists(), "an empty file is no recording");
}

#[test]
fn text_becomes_a_file_louder_or_softer_faster_or_slower() {
    if !speaks() {
        return;
    }
    let place = Place::new();
    let say = |name: &str, more: &[&str]| {
        let file = place.path(name);
        let file = file.to_str().unwrap().to_owned();
        let mut arguments = vec!["say", "Where does it hurt?", "--out", &file];
        arguments.extend(more);
        let seconds = place.json(&arguments)["seconds"].as_f64().unwrap();
        (seconds, loudness(&file).2)
    };
    let (seconds, loud) = say("a.wav", &[]);
    let (fast, _) = say("b.wav", &["--rate", "2"]);
    let (_, soft) = say("c.wav", &["--volume", "0.25"]);
    let (_, spanish) = say("d.wav", &["--language", "es"]);
    assert!(fast < 0.75 * seconds, "{fast} {seconds}");
    assert!((0.2..0.3).contains(&(soft / loud)), "{soft} {loud}");
    assert!((spanish - loud).abs() > 1.0);
}

#[test]
fn what_cannot_be_heard_or_said_has_its_code() {
    let place = Place::new();
    let file = place.path("x.wav");
    let file = file.to_str().unwrap();
    assert_eq!(place.refusal(&["say", " "]), "request.invalid");
    assert_eq!(place.refusal(&["say", "hello", "--volume", "7"]), "request.invalid");
    assert_eq!(place.refusal(&["record", "--channels", "3", file]), "request.invalid");
    assert_eq!(place.refusal(&["record", "--seconds", "-1", file]), "request.invalid");
    assert_eq!(place.refusal(&["record", "/nowhere/at/all.wav"]), "not-found");
    if speaks() {
        assert_eq!(place.refusal(&["say", "hello", "--out", "/nowhere/at/all.wav"]), "not-found");
        assert_eq!(
            place.refusal(&["say", "hello", "--voice", "no-such-voice", "--out", file]),
            "sound.no-voice"
        );
        let nothing = place.command().env("PATH", "/nowhere").args(["say", "hello", "--out", file]).output();
        assert_eq!(support::refusal(&nothing.unwrap()), "sound.no-voice");
    }
}
