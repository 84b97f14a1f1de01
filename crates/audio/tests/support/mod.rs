//! A sound card that nobody hears: a PulseAudio of the test's own, with null sinks whose monitors are the microphones. The
//! command's tests and the application's use it too.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running PulseAudio. Ended when dropped.
pub struct SoundCard {
    daemon: Child,
    folder: PathBuf,
    own: Option<tempfile::TempDir>,
}

impl SoundCard {
    /// Starts one, with `patient` as the sink that is played into (its monitor is the microphone) and `room` as the
    /// loudspeaker. `None` where PulseAudio is not installed; whoever runs the tests is told.
    pub fn start() -> Option<Self> {
        let own = tempfile::tempdir().unwrap();
        let mut card = Self::start_in(own.path(), &["patient", "room"])?;
        card.own = Some(own);
        Some(card)
    }

    /// Starts one in a folder, with these sinks: the monitor of the first is the default microphone, the last is the default
    /// loudspeaker.
    pub fn start_in(folder: &Path, sinks: &[&str]) -> Option<Self> {
        let script = folder.join("default.pa");
        let mut lines =
            format!("load-module module-native-protocol-unix auth-anonymous=1 socket={}\n", socket(folder));
        for sink in sinks {
            lines += &format!("load-module {}\n", null_sink(sink, 48_000).join(" "));
        }
        let microphone = format!("{}.monitor", sinks[0]);
        lines += &format!("set-default-sink {}\nset-default-source {microphone}\n", sinks[sinks.len() - 1]);
        std::fs::write(&script, lines).unwrap();
        let daemon = Command::new("pulseaudio")
            .args(["-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "-F"])
            .arg(&script)
            .envs(surroundings(folder))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(daemon) = daemon else {
            eprintln!("skipped: PulseAudio is not installed");
            return None;
        };
        let card = Self { daemon, folder: folder.to_owned(), own: None };
        let default = format!("Default Source: {microphone}");
        until("PulseAudio starts", || card.control(&["info"]).is_some_and(|info| info.contains(&default)));
        Some(card)
    }

    /// The address that programs find it by: `PULSE_SERVER`.
    pub fn server(&self) -> String {
        format!("unix:{}", socket(&self.folder))
    }

    /// `pactl`; what it printed, where it succeeded.
    pub fn control(&self, arguments: &[&str]) -> Option<String> {
        let output = Command::new("pactl")
            .args(arguments)
            .env("PULSE_SERVER", self.server())
            .envs(surroundings(&self.folder))
            .output()
            .ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    fn load(&self, module: &[&str]) -> String {
        self.control(&[&["load-module"], module].concat()).unwrap()
    }

    /// Another sink, and with it another microphone, `NAME.monitor`. Gives what unplugs it.
    pub fn plug_in(&self, name: &str) -> String {
        let module = null_sink(name, 44_100);
        self.load(&module.each_ref().map(String::as_str))
    }

    pub fn unplug(&self, module: &str) {
        self.control(&["unload-module", module]).unwrap();
    }

    /// A tone that goes on in a sink for as long as the sink is there, as a real microphone hears something always.
    pub fn hum(&self, sink: &str) {
        self.load(&["module-sine", &format!("sink={sink}"), "frequency=100"]);
    }

    /// Plays a sound file to the patient's sink, as if the patient spoke. Waits for its end.
    pub fn speak(&self, file: &Path) {
        self.play(file, "patient");
    }

    /// Plays a sound file into a sink. Waits for its end. The server has the whole of it before it begins, so that a busy
    /// machine tears no holes into it.
    pub fn play(&self, file: &Path, sink: &str) {
        // Only what plays into this sink: a loudspeaker may be opened meanwhile.
        let sinks = self.control(&["list", "short", "sinks"]).unwrap();
        let number = sinks
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .find_map(|(number, rest)| (rest.split('\t').next() == Some(sink)).then(|| number.to_owned()))
            .expect("there is such a sink");
        let playing = || {
            let all = self.control(&["list", "short", "sink-inputs"]).unwrap();
            let into = |line: &&str| line.split('\t').nth(1) == Some(number.as_str());
            all.lines().filter(into).map(str::to_owned).collect::<Vec<_>>()
        };
        let before = playing();
        self.control(&["upload-sample", file.to_str().unwrap(), "clip"]).unwrap();
        self.control(&["play-sample", "clip", sink]).unwrap();
        until("a clip has been played", || playing().iter().all(|line| before.contains(line)));
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.clone()
    }
}

impl Drop for SoundCard {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

fn socket(folder: &Path) -> String {
    folder.join("socket").display().to_string()
}

fn null_sink(name: &str, rate: u32) -> [String; 4] {
    let properties = format!("sink_properties=device.description={name}");
    ["module-null-sink".to_owned(), format!("sink_name={name}"), format!("rate={rate}"), properties]
}

fn surroundings(folder: &Path) -> [(&'static str, PathBuf); 3] {
    [
        ("HOME", folder.to_owned()),
        ("XDG_RUNTIME_DIR", folder.to_owned()),
        ("PULSE_RUNTIME_PATH", folder.join("runtime")),
    ]
}

/// Waits, at most a minute.
pub fn until(what: &str, mut is: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !is() {
        assert!(Instant::now() < end, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Writes 16 kHz samples of one channel as a WAV file.
pub fn write_wav(path: &Path, samples: &[f32]) {
    write_channels(path, 16_000, &[samples]);
}

/// Writes channels of the same length as a WAV file.
pub fn write_channels(path: &Path, rate: u32, channels: &[&[f32]]) {
    let form = hound::WavSpec {
        channels: channels.len() as u16,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, form).unwrap();
    for n in 0..channels[0].len() {
        for channel in channels {
            writer.write_sample((channel[n] * 32_000.0) as i16).unwrap();
        }
    }
    writer.finalize().unwrap();
}
