//! A sound system of the test's own: PulseAudio with null sinks, whose monitors are the microphones.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use bedside_audio::{Heard, Microphone, MicrophoneOptions, RATE, Sound};

/// Runs an ignored test of this file in a process of its own, whose sound system is one that it starts.
pub fn in_its_own_world(test: &str) {
    for program in ["pulseaudio", "pactl", "paplay"] {
        let there =
            Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !there.is_ok_and(|status| status.success()) {
            eprintln!("skipped: {program} is not installed");
            return;
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env_remove("PULSE_RUNTIME_PATH")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env("XDG_RUNTIME_DIR", folder.path())
        .env("HOME", folder.path())
        .env("PULSE_SERVER", format!("unix:{}", folder.path().join("pulse/native").display()))
        .output()
        .unwrap();
    eprintln!("{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// PulseAudio, until it is dropped.
pub struct Server(Child);

impl Server {
    /// With one sink, `air`, whose monitor is the default microphone.
    pub fn start() -> Self {
        let folder = home();
        let script = folder.join("default.pa");
        let lines = [
            "load-module module-null-sink sink_name=air rate=48000 sink_properties=device.description=Air",
            "load-module module-native-protocol-unix auth-anonymous=1",
            "set-default-sink air",
            "set-default-source air.monitor",
        ];
        std::fs::write(&script, lines.join("\n")).unwrap();
        let child = Command::new("pulseaudio")
            .args(["-n", "--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no", "-F"])
            .arg(&script)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self(child);
        until("PulseAudio answers", || {
            Command::new("pactl")
                .arg("info")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .unwrap()
                .success()
        });
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The folder of this process alone.
pub fn home() -> PathBuf {
    PathBuf::from(std::env::var_os("HOME").unwrap())
}

pub fn pactl(arguments: &[&str]) -> String {
    let output = Command::new("pactl").args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Another sink, and with it another microphone, `NAME.monitor`. Gives what unplugs it.
pub fn plug_in(name: &str) -> String {
    let properties = format!("sink_properties=device.description={name}");
    pactl(&["load-module", "module-null-sink", &format!("sink_name={name}"), "rate=44100", &properties])
}

pub fn unplug(module: &str) {
    pactl(&["unload-module", module]);
}

/// Plays a WAV file into a sink to its end.
pub fn play_into(sink: &str, file: &Path) {
    let status = Command::new("paplay").arg(format!("--device={sink}")).arg(file).status().unwrap();
    assert!(status.success());
}

/// A quiet sound that goes on in a sink until it is dropped, as a real microphone hears something always.
pub struct Hum(Child);

impl Hum {
    pub fn into(sink: &str) -> Self {
        let file = home().join(format!("hum-{sink}.wav"));
        write_wave(&file, RATE, &[&gliding(100.0, RATE, 100.0).iter().map(|s| s * 0.1).collect::<Vec<_>>()]);
        let mut command = Command::new("paplay");
        command.arg(format!("--device={sink}")).arg(file).stderr(Stdio::null());
        Self(command.spawn().unwrap())
    }
}

impl Drop for Hum {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits, at most 30 s.
pub fn until(what: &str, mut is: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !is() {
        assert!(Instant::now() < end, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What a microphone tells, with the time at which it told it.
pub struct Listener {
    pub microphone: Option<Microphone>,
    told: Receiver<(Instant, Heard)>,
    pub events: Vec<(Instant, Heard)>,
}

impl Listener {
    pub fn open(options: MicrophoneOptions) -> Self {
        let (tell, told) = channel();
        let microphone = Microphone::open(options, move |heard| {
            let _ = tell.send((Instant::now(), heard));
        })
        .unwrap();
        Self { microphone: Some(microphone), told, events: Vec::new() }
    }

    /// Waits for an event, at most 30 s, and gives its time.
    pub fn wait_for(&mut self, what: &str, is: impl Fn(&Heard) -> bool) -> Instant {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let told = self.told.recv_timeout(left);
            let event = told.unwrap_or_else(|_| panic!("waited in vain: {what}; {:?}", self.notable()));
            self.events.push(event.clone());
            if is(&event.1) {
                return event.0;
            }
        }
    }

    pub fn listen_for(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Ok(event) = self.told.recv_timeout(end.saturating_duration_since(Instant::now())) {
            self.events.push(event);
        }
    }

    /// Closes the microphone and takes what it told until then.
    pub fn close(&mut self) {
        drop(self.microphone.take());
        self.events.extend(self.told.try_iter());
    }

    pub fn notable(&self) -> Vec<&Heard> {
        let events = self.events.iter().map(|(_, heard)| heard);
        events.filter(|heard| !matches!(heard, Heard::Sound(_) | Heard::Level { .. })).collect()
    }

    pub fn sounds(&self) -> impl Iterator<Item = &Sound> {
        self.events.iter().filter_map(|(_, heard)| match heard {
            Heard::Sound(sound) => Some(sound),
            _ => None,
        })
    }

    /// All that was heard, each sample at its place on the clock.
    pub fn samples(&self, channels: usize) -> Vec<f32> {
        let mut samples = Vec::new();
        for sound in self.sounds() {
            let start = usize::try_from(sound.start).unwrap() * channels;
            assert!(start >= samples.len(), "the clock went back");
            samples.resize(start, 0.0);
            samples.extend(&sound.samples);
        }
        samples
    }
}

/// A sound without repetition that begins and ends at once: a tone that glides by 800 Hz.
pub fn gliding(seconds: f64, rate: u32, from_hz: f64) -> Vec<f32> {
    let count = (seconds * f64::from(rate)) as usize;
    let mut phase = 0.0_f64;
    (0..count)
        .map(|n| {
            let at = n as f64 / count as f64;
            phase += std::f64::consts::TAU * (from_hz + 800.0 * at) / f64::from(rate);
            (0.4 * phase.sin()) as f32
        })
        .collect()
}

/// As [`write_wave`], after half a second of silence: a null sink may swallow the first moments of what begins to play.
pub fn write_clip(path: &Path, rate: u32, channels: &[&[f32]]) {
    let late = |channel: &&[f32]| [&vec![0.0; rate as usize / 2], *channel].concat();
    let channels: Vec<_> = channels.iter().map(late).collect();
    write_wave(path, rate, &channels.iter().map(Vec::as_slice).collect::<Vec<_>>());
}

pub fn write_wave(path: &Path, rate: u32, channels: &[&[f32]]) {
    let form = hound::WavSpec {
        channels: channels.len() as u16,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, form).unwrap();
    for n in 0..channels[0].len() {
        for channel in channels {
            writer.write_sample((channel[n] * 32_767.0) as i16).unwrap();
        }
    }
    writer.finalize().unwrap();
}

/// Where `wanted` begins in `heard`, and how like it what is there is (1: the same).
pub fn find(heard: &[f32], wanted: &[f32]) -> (usize, f64) {
    let size = (heard.len() + wanted.len()).next_power_of_two();
    let mut planner = realfft::RealFftPlanner::<f32>::new();
    let (forward, inverse) = (planner.plan_fft_forward(size), planner.plan_fft_inverse(size));
    let spectrum = |samples: &[f32]| {
        let mut padded = samples.to_vec();
        padded.resize(size, 0.0);
        let mut spectrum = forward.make_output_vec();
        forward.process(&mut padded, &mut spectrum).unwrap();
        spectrum
    };
    let mut product: Vec<_> =
        spectrum(heard).iter().zip(spectrum(wanted)).map(|(heard, wanted)| heard * wanted.conj()).collect();
    let mut correlation = inverse.make_output_vec();
    inverse.process(&mut product, &mut correlation).unwrap();
    let at = (0..heard.len()).max_by(|a, b| correlation[*a].total_cmp(&correlation[*b])).unwrap_or(0);
    (at, likeness(&heard[at..], wanted))
}

/// The correlation of two sounds from their beginnings on, as far as both reach; what is missing counts as silence.
pub fn likeness(a: &[f32], b: &[f32]) -> f64 {
    let power = |samples: &[f32]| samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>();
    let of_a = power(&a[..a.len().min(b.len())]);
    let both: f64 = a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
    if of_a == 0.0 { 0.0 } else { both / (of_a * power(b)).sqrt() }
}
