//! `bedside record`: a microphone into a WAV file, at the explicit wish of whoever types it. The application's own recordings
//! are sealed; this one is not, and says so.

use std::fs::{File, OpenOptions};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use audio::{Channels, Heard, Loss, Microphone, MicrophoneOptions, RATE, Sound};
use domain::ErrorCode;
use serde::Serialize;

use crate::arguments::RecordOptions;
use crate::failure::Failure;
use crate::output;

/// A microphone that gives nothing for so long at the start is said to be lost, and the command ends.
const PATIENCE: Duration = Duration::from_secs(10);

/// What was recorded.
#[derive(Serialize)]
struct Recorded {
    file: PathBuf,
    device: String,
    channels: u16,
    /// The file's length.
    seconds: f64,
    /// How much of it is silence in place of what the microphone did not give.
    missing_seconds: f64,
    encrypted: bool,
}

/// What ends a recording, or is heard.
enum Event {
    Heard(Heard),
    Interrupted,
}

pub(crate) fn run(options: &RecordOptions, json: bool) -> Result<(), Failure> {
    let channels = if options.channels == 2 { Channels::Two } else { Channels::One };
    let (tell, events) = channel();
    let of_interrupt = tell.clone();
    // Whoever interrupts wants the file: it is finished first.
    std::thread::spawn(move || {
        if interrupted().is_ok() {
            let _ = of_interrupt.send(Event::Interrupted);
        }
    });
    let mut file = WaveFile::create(&options.file, channels)?;
    let options_of_microphone = MicrophoneOptions { device: options.device.clone(), channels };
    let microphone = Microphone::open(options_of_microphone, move |heard| {
        let _ = tell.send(Event::Heard(heard));
    })?;
    let most = options.seconds.map(|seconds| (seconds * f64::from(RATE)).round() as u64);
    let device = record(&events, &mut file, most);
    drop(microphone);
    if device.is_err() && file.frames == 0 {
        // Nobody misses an empty recording, nor hears of it that it could not be removed.
        let _ = std::fs::remove_file(&options.file);
    }
    let device = device?;
    // What was heard while it was being closed.
    for event in events.try_iter() {
        if let Event::Heard(Heard::Sound(sound)) = event {
            file.write(&sound, most)?;
        }
    }
    output::progress_end();
    let recorded = Recorded {
        device,
        channels: options.channels.into(),
        seconds: file.frames as f64 / f64::from(RATE),
        missing_seconds: file.missing as f64 / f64::from(RATE),
        encrypted: false,
        file: options.file.clone(),
    };
    file.finish()?;
    output::either(json, &recorded, || {
        format!(
            "{:.1} s into {}, which is not encrypted: whoever has the file hears it",
            recorded.seconds,
            recorded.file.display()
        )
    });
    Ok(())
}

/// Writes what is heard until there is enough of it, and gives the microphone's name.
fn record(events: &Receiver<Event>, file: &mut WaveFile, most: Option<u64>) -> Result<String, Failure> {
    let began = Instant::now();
    let mut device: Option<String> = None;
    let mut last_loss = Loss::NoFrames;
    loop {
        if device.is_none() && began.elapsed() >= PATIENCE {
            return Err(lost(last_loss));
        }
        match events.recv_timeout(Duration::from_millis(100)) {
            Ok(Event::Interrupted) | Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
            Ok(Event::Heard(heard)) => match heard {
                Heard::Ready { device: name } => drop(device.get_or_insert(name)),
                Heard::Sound(sound) => {
                    file.write(&sound, most)?;
                    if most.is_some_and(|most| file.frames >= most) {
                        break;
                    }
                }
                Heard::Level { peak, .. } => {
                    let seconds = file.frames as f64 / f64::from(RATE);
                    let bar = "#".repeat((peak * 30.0).round() as usize);
                    output::progress(format_args!("{seconds:6.1} s  {bar}"));
                }
                Heard::Lost(loss) => {
                    output::warning(format_args!("{} [{}]", loss.in_words(), loss.code()));
                    last_loss = loss;
                }
                Heard::Overrun { samples } => {
                    output::warning(format_args!("{samples} samples were dropped: the machine is too slow"));
                }
            },
        }
    }
    device.ok_or_else(|| lost(last_loss))
}

fn lost(loss: Loss) -> Failure {
    Failure::new(loss.code(), loss.in_words())
}

/// Waits for Ctrl-C, or to be asked to end.
fn interrupted() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        #[cfg(unix)]
        {
            let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
            tokio::select! {
                ended = tokio::signal::ctrl_c() => ended,
                _ = terminated.recv() => Ok(()),
            }
        }
        #[cfg(not(unix))]
        tokio::signal::ctrl_c().await
    })
}

/// A WAV file of 16 bits at [`RATE`] that can be heard up to its last second even if the program is killed.
pub(super) struct WaveFile {
    path: PathBuf,
    writer: hound::WavWriter<BufWriter<File>>,
    channels: usize,
    /// Frames written, and how many of them stand for what was not heard.
    frames: u64,
    missing: u64,
    flushed: u64,
}

impl WaveFile {
    fn create(path: &Path, channels: Channels) -> Result<Self, Failure> {
        let writer = create_wave(path, channels.count() as u16, RATE)?;
        Ok(Self {
            path: path.to_owned(),
            writer,
            channels: channels.count(),
            frames: 0,
            missing: 0,
            flushed: 0,
        })
    }

    /// Writes a stretch at its place on the clock, up to `most` frames in all.
    fn write(&mut self, sound: &Sound, most: Option<u64>) -> Result<(), Failure> {
        let most = most.unwrap_or(u64::MAX);
        let failed = |path: &Path, error| of_hound(path, error);
        let begin = sound.start.min(most);
        while self.frames < begin {
            for _ in 0..self.channels {
                self.writer.write_sample(0_i16).map_err(|error| failed(&self.path, error))?;
            }
            self.frames += 1;
            self.missing += 1;
        }
        for frame in sound.samples.chunks_exact(self.channels) {
            if self.frames >= most {
                break;
            }
            for sample in frame {
                self.writer.write_sample(to_16(*sample)).map_err(|error| failed(&self.path, error))?;
            }
            self.frames += 1;
        }
        if self.frames - self.flushed >= u64::from(RATE) {
            self.writer.flush().map_err(|error| failed(&self.path, error))?;
            self.flushed = self.frames;
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Failure> {
        self.writer.finalize().map_err(|error| of_hound(&self.path, error))
    }
}

/// Begins a WAV file of 16 bits that its owner alone can read.
pub(super) fn create_wave(
    path: &Path,
    channels: u16,
    rate: u32,
) -> Result<hound::WavWriter<BufWriter<File>>, Failure> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|error| Failure::of_file(path, &error))?;
    // One that was there keeps its mode otherwise; a device is let be.
    #[cfg(unix)]
    file.metadata()
        .and_then(|about| match about.is_file() {
            true => file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600)),
            false => Ok(()),
        })
        .map_err(|error| Failure::of_file(path, &error))?;
    let form = hound::WavSpec {
        channels,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    hound::WavWriter::new(BufWriter::new(file), form).map_err(|error| of_hound(path, error))
}

pub(super) fn to_16(sample: f32) -> i16 {
    (sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)).round() as i16
}

pub(super) fn of_hound(path: &Path, error: hound::Error) -> Failure {
    match error {
        hound::Error::IoError(error) => Failure::of_file(path, &error),
        other => Failure::new(ErrorCode::InputOutput, format!("{}: {other}", path.display())),
    }
}
