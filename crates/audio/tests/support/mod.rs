//! A sound card that nobody hears: a PulseAudio of the test's own, with a sink whose monitor is the microphone.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running PulseAudio. Ended when dropped.
pub struct SoundCard {
    daemon: Child,
    folder: tempfile::TempDir,
}

impl SoundCard {
    /// Starts one, with `patient` as the sink that is played into (its monitor is the microphone) and `room` as the
    /// loudspeaker. `None` where PulseAudio is not installed; whoever runs the tests is told.
    pub fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let script = folder.path().join("default.pa");
        std::fs::write(
            &script,
            format!(
                "load-module module-native-protocol-unix socket={} auth-anonymous=1\n\
                 load-module module-null-sink sink_name=patient rate=48000\n\
                 load-module module-null-sink sink_name=room rate=48000\n\
                 set-default-sink room\nset-default-source patient.monitor\n",
                socket.display()
            ),
        )
        .unwrap();
        let daemon = Command::new("pulseaudio")
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit=no", "-F"])
            .arg(&script)
            .envs(surroundings(folder.path()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(daemon) = daemon else {
            eprintln!("skipped: PulseAudio is not installed");
            return None;
        };
        let card = Self { daemon, folder };
        let until = Instant::now() + Duration::from_secs(15);
        while !card.control(&["info"]).is_some_and(|info| info.contains("Default Source: patient.monitor")) {
            assert!(Instant::now() < until, "PulseAudio does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(card)
    }

    /// The address that programs find it by: `PULSE_SERVER`.
    pub fn server(&self) -> String {
        format!("unix:{}", self.folder.path().join("socket").display())
    }

    /// `pactl`; what it printed, where it succeeded.
    pub fn control(&self, arguments: &[&str]) -> Option<String> {
        let output = Command::new("pactl")
            .args(arguments)
            .env("PULSE_SERVER", self.server())
            .envs(surroundings(self.folder.path()))
            .output()
            .ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Plays a sound file to the patient's sink, as if the patient spoke. Waits for its end.
    pub fn speak(&self, file: &Path) {
        let status = Command::new("paplay")
            .args(["--device=patient"])
            .arg(file)
            .env("PULSE_SERVER", self.server())
            .envs(surroundings(self.folder.path()))
            .status()
            .unwrap();
        assert!(status.success());
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}

impl Drop for SoundCard {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

fn surroundings(folder: &Path) -> [(&'static str, PathBuf); 3] {
    [
        ("HOME", folder.to_owned()),
        ("XDG_RUNTIME_DIR", folder.to_owned()),
        ("PULSE_RUNTIME_PATH", folder.join("runtime")),
    ]
}

/// Writes 16 kHz samples of one channel as a WAV file.
pub fn write_wav(path: &Path, samples: &[f32]) {
    let form = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, form).unwrap();
    for sample in samples {
        writer.write_sample((sample * 32_000.0) as i16).unwrap();
    }
    writer.finalize().unwrap();
}
