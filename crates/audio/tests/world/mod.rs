//! What the sound card's tests hear, and how they judge it. No judgement here depends on how fast the machine is: a busy one
//! may only make a test take longer.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use bedside_audio::{Heard, Microphone, MicrophoneOptions, RATE, Sound};

use super::support::{SoundCard, write_channels};

/// Nothing that is waited for takes longer, on any machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Runs an ignored test of this file in a process of its own, whose sound system is the one that it starts, if it starts one.
pub fn in_its_own_world(test: &str) {
    let there = Command::new("pulseaudio").arg("--version").output();
    if !there.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: PulseAudio is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env("XDG_RUNTIME_DIR", folder.path())
        .env("PULSE_RUNTIME_PATH", folder.path().join("runtime"))
        .env("HOME", folder.path())
        .env("PULSE_SERVER", format!("unix:{}", folder.path().join("socket").display()))
        .output()
        .unwrap();
    eprintln!("{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"), "there is no {test}");
}

/// The folder of this process alone.
pub fn home() -> PathBuf {
    PathBuf::from(std::env::var_os("HOME").unwrap())
}

/// The card of this process, with one sink, `air`, whose monitor is the default microphone.
pub fn card() -> SoundCard {
    SoundCard::start_in(&home(), &["air"]).unwrap()
}

/// What a microphone tells, with the time at which it told it.
pub struct Listener {
    microphone: Option<Microphone>,
    told: Receiver<(Instant, Heard)>,
    opened: Instant,
    pub events: Vec<(Instant, Heard)>,
}

impl Listener {
    pub fn open(options: MicrophoneOptions) -> Self {
        let (tell, told) = channel();
        let opened = Instant::now();
        let microphone = Microphone::open(options, move |heard| {
            let _ = tell.send((Instant::now(), heard));
        })
        .unwrap();
        Self { microphone: Some(microphone), told, opened, events: Vec::new() }
    }

    /// Waits for an event, and gives its time.
    pub fn wait_for(&mut self, what: &str, mut is: impl FnMut(&Heard) -> bool) -> Instant {
        let end = Instant::now() + PATIENCE;
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

    /// Waits until so much more was heard.
    pub fn hear(&mut self, seconds: f64) {
        let mut left = (seconds * f64::from(RATE)) as usize;
        self.wait_for("more sound", |heard| {
            if let Heard::Sound(sound) = heard {
                left = left.saturating_sub(sound.samples.len());
            }
            left == 0
        });
    }

    /// Waits until half a second of silence was heard after this. Gives the time at which the last sound before it was told, if there was
    /// any.
    pub fn hear_until_quiet(&mut self) -> Option<Instant> {
        let mut quiet = 0;
        let from = self.events.len();
        self.events.extend(self.told.try_iter());
        self.wait_for("silence", |heard| {
            if let Heard::Sound(sound) = heard {
                quiet = if is_loud(heard) { 0 } else { quiet + sound.samples.len() };
            }
            quiet >= RATE as usize / 2
        });
        self.events[from..].iter().rfind(|(_, heard)| is_loud(heard)).map(|(time, _)| *time)
    }

    /// Waits until the clock is as late as sound always is, and not later: 0.5 s.
    pub fn hear_until_the_clock_is_true(&mut self, ready: Instant) {
        let end = Instant::now() + PATIENCE;
        loop {
            let told = self.wait_for("sound", |heard| matches!(heard, Heard::Sound(_)));
            let late = (told - ready).as_secs_f64() - self.clock();
            if late < 0.5 {
                eprintln!("the clock says {:.2} s, and is {late:.2} s late", self.clock());
                return;
            }
            assert!(Instant::now() < end, "the clock is {late} s late");
        }
    }

    /// The end of what was heard on the clock, in seconds.
    fn clock(&self) -> f64 {
        let last = self.sounds().last();
        last.map_or(0.0, |sound| (sound.start + sound.samples.len() as u64) as f64 / f64::from(RATE))
    }

    /// Closes the microphone and takes what it told until then. At no time was its clock ahead of the time.
    pub fn close(&mut self) {
        drop(self.microphone.take());
        self.events.extend(self.told.try_iter());
        for (told, heard) in &self.events {
            if let Heard::Sound(sound) = heard {
                let end = (sound.start + sound.samples.len() as u64) as f64 / f64::from(RATE);
                let ahead = end - (*told - self.opened).as_secs_f64();
                assert!(ahead < 0.5, "the clock is {ahead} s ahead of the time");
            }
        }
    }

    pub fn notable(&self) -> Vec<&Heard> {
        let events = self.events.iter().map(|(_, heard)| heard);
        events.filter(|heard| !matches!(heard, Heard::Sound(_) | Heard::Level { .. })).collect()
    }

    pub fn sounds(&self) -> impl DoubleEndedIterator<Item = &Sound> {
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

pub fn is_loud(heard: &Heard) -> bool {
    matches!(heard, Heard::Sound(sound) if sound.samples.iter().any(|sample| sample.abs() > 0.05))
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

/// Writes a WAV file that begins with half a second of silence: a null sink may swallow the first moments of what begins to
/// play.
pub fn write_clip(path: &Path, rate: u32, channels: &[&[f32]]) {
    let late = |channel: &&[f32]| [&vec![0.0; rate as usize / 2], *channel].concat();
    let channels: Vec<_> = channels.iter().map(late).collect();
    write_channels(path, rate, &channels.iter().map(Vec::as_slice).collect::<Vec<_>>());
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
fn likeness(a: &[f32], b: &[f32]) -> f64 {
    let power = |samples: &[f32]| samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>();
    let of_a = power(&a[..a.len().min(b.len())]);
    let both: f64 = a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
    if of_a == 0.0 { 0.0 } else { both / (of_a * power(b)).sqrt() }
}
