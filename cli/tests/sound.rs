//! `bedside devices`, `record` and `say`, on a PulseAudio of the test's own.
#![cfg(target_os = "linux")]
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use support::Place;

/// PulseAudio with one null sink, `air`, whose monitor is the microphone.
struct Sound {
    daemon: Child,
    place: Place,
}

impl Sound {
    /// `None` where PulseAudio is not installed.
    fn start() -> Option<Self> {
        let place = Place::new();
        let socket = place.path("sound-socket");
        let script = place.write(
            "default.pa",
            format!(
                "load-module module-null-sink sink_name=air rate=48000\n\
                 load-module module-native-protocol-unix auth-anonymous=1 socket={}\n\
                 set-default-sink air\nset-default-source air.monitor\n",
                socket.display()
            ),
        );
        let daemon = Command::new("pulseaudio")
            .args(["-n", "--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no", "-F", &script])
            .env("HOME", place.path("home"))
            .env("XDG_RUNTIME_DIR", place.path("home"))
            .env_remove("PULSE_RUNTIME_PATH")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(daemon) = daemon else {
            eprintln!("skipped: PulseAudio is not installed");
            return None;
        };
        let sound = Self { daemon, place };
        let end = Instant::now() + Duration::from_secs(20);
        while !String::from_utf8_lossy(&sound.run(&["devices"]).stdout).contains("pulseaudio:air") {
            assert!(Instant::now() < end, "PulseAudio does not start");
            std::thread::sleep(Duration::from_millis(100));
        }
        Some(sound)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.place.command();
        let socket = self.place.path("sound-socket");
        command.env("PULSE_SERVER", format!("unix:{}", socket.display())).args(arguments);
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
}

impl Drop for Sound {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
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
    let file = sound.place.path("heard.wav");
    let file = file.to_str().unwrap();
    let recording = sound
        .command(&["--json", "record", "--seconds", "6", "--device", "pulseaudio:air.monitor", file])
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(1_500));
    let said = sound.json(&["say", "How long have you had this cough?", "--device", "pulseaudio:air"]);
    assert!(said["seconds"].as_f64().unwrap() > 1.0);
    let output = recording.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let recorded: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&recorded["seconds"], &recorded["encrypted"]), (&6.0.into(), &false.into()));
    let (form, samples, loud) = loudness(file);
    assert_eq!((form.sample_rate, form.channels, samples.len()), (16_000, 1, 96_000));
    assert!(loud > 300.0, "nothing was heard: {loud}");
    let mode = std::fs::metadata(file).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "nobody else may read it");
}

#[test]
fn a_recording_that_is_interrupted_is_a_whole_file() {
    let Some(sound) = Sound::start() else { return };
    let file = sound.place.path("heard.wav");
    let file = file.to_str().unwrap();
    let recording = sound.command(&["record", "--channels", "2", file]).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    // The first second is on the disk with its header.
    while std::fs::metadata(file).map_or(0, |about| about.len()) < 64_000 {
        assert!(Instant::now() < end, "nothing is recorded");
        std::thread::sleep(Duration::from_millis(50));
    }
    let asked = Command::new("kill").args(["-INT", &recording.id().to_string()]).status().unwrap();
    assert!(asked.success());
    let output = recording.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("not encrypted"), "{told}");
    let (form, samples, _) = loudness(file);
    assert_eq!(form.channels, 2);
    assert!(samples.len() >= 32_000);
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
        assert_eq!(place.refusal(&["say", "hello", "--voice", "no-such-voice", "--out", file]), "sound.no-voice");
        let nothing = place.command().env("PATH", "/nowhere").args(["say", "hello", "--out", file]).output();
        assert_eq!(support::refusal(&nothing.unwrap()), "sound.no-voice");
    }
}
