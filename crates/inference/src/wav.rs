//! Recordings: WAV files of any rate, width and number of channels, read as 16 kHz mono a piece at a time.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use crate::{Error, error::model_name};

/// Samples in a second of what whisper hears.
pub const RATE: usize = 16_000;
/// Frames read from the file at once.
const PIECE: usize = 16_384;

/// A WAV file being read.
pub struct WavReader {
    path: PathBuf,
    source: hound::WavReader<BufReader<File>>,
    channels: usize,
    frames_left: u64,
    resampler: Resampler,
    ended: bool,
    seconds: f64,
}

impl WavReader {
    /// Opens a file and checks that it is as long as it says.
    ///
    /// # Errors
    /// [`Error::Audio`] with the reason; [`Error::File`] where the file cannot be read at all.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let length = std::fs::metadata(path).map_err(|source| Error::file(path, source))?.len();
        if length == 0 {
            return Err(unreadable(path, "the file is empty"));
        }
        let file = File::open(path).map_err(|source| Error::file(path, source))?;
        let source = hound::WavReader::new(BufReader::new(file)).map_err(|error| refused(path, error))?;
        let format = source.spec();
        let (channels, rate) = (usize::from(format.channels), format.sample_rate);
        if !(1..=64).contains(&channels) {
            return Err(unreadable(path, &format!("it has {channels} channels")));
        }
        if !(1_000..=768_000).contains(&rate) {
            return Err(unreadable(path, &format!("its rate is {rate} samples a second")));
        }
        let frames = u64::from(source.duration());
        let announced = frames * u64::from(format.channels) * u64::from(format.bits_per_sample.div_ceil(8));
        if announced > length {
            return Err(unreadable(path, "the file is cut short: it announces more sound than it holds"));
        }
        Ok(Self {
            path: path.to_owned(),
            source,
            channels,
            frames_left: frames,
            resampler: Resampler::new(rate as usize),
            ended: false,
            seconds: frames as f64 / f64::from(rate),
        })
    }

    /// How long the recording is, in seconds.
    pub fn seconds(&self) -> f64 {
        self.seconds
    }

    /// The next piece, about a second of it; `None` at the end.
    ///
    /// # Errors
    /// [`Error::Audio`] where the file ends before it should or holds what is no sample.
    pub fn next_piece(&mut self) -> Result<Option<Vec<f32>>, Error> {
        if self.frames_left == 0 {
            if self.ended {
                return Ok(None);
            }
            self.ended = true;
            let mut last = Vec::new();
            self.resampler.finish(&mut last);
            return Ok(Some(last));
        }
        let frames = self.frames_left.min(PIECE as u64) as usize;
        self.frames_left -= frames as u64;
        let mono = self.read_mono(frames)?;
        let mut piece = Vec::with_capacity(mono.len() * RATE / self.resampler.from + 1);
        self.resampler.push(&mono, &mut piece);
        Ok(Some(piece))
    }

    fn read_mono(&mut self, frames: usize) -> Result<Vec<f32>, Error> {
        let format = self.source.spec();
        let samples = frames * self.channels;
        let read: Result<Vec<f32>, hound::Error> = match format.sample_format {
            hound::SampleFormat::Float => self.source.samples::<f32>().take(samples).collect(),
            hound::SampleFormat::Int => {
                let full = 1.0 / f64::from(1_u32 << (format.bits_per_sample - 1));
                self.source
                    .samples::<i32>()
                    .take(samples)
                    .map(|sample| sample.map(|sample| (f64::from(sample) * full) as f32))
                    .collect()
            }
        };
        let read = read.map_err(|error| refused(&self.path, error))?;
        if read.len() < samples {
            return Err(unreadable(&self.path, "the file is cut short"));
        }
        Ok(read
            .chunks(self.channels)
            .map(|frame| {
                let sum: f32 =
                    frame.iter().map(|sample| if sample.is_finite() { *sample } else { 0.0 }).sum();
                (sum / self.channels as f32).clamp(-1.0, 1.0)
            })
            .collect())
    }
}

/// Reads a whole recording. For short ones; hours of audio are better read piece by piece.
///
/// # Errors
/// As [`WavReader::open`] and [`WavReader::next_piece`].
pub fn read(path: &Path) -> Result<Vec<f32>, Error> {
    let mut reader = WavReader::open(path)?;
    let mut all = Vec::new();
    while let Some(piece) = reader.next_piece()? {
        all.extend(piece);
    }
    Ok(all)
}

fn unreadable(path: &Path, detail: &str) -> Error {
    Error::Audio { file: model_name(path), detail: detail.to_owned() }
}

fn refused(path: &Path, error: hound::Error) -> Error {
    match error {
        hound::Error::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            unreadable(path, "the file is cut short")
        }
        // hound reports the end of a file inside a chunk this way.
        hound::Error::IoError(error) if error.kind() == std::io::ErrorKind::Other => {
            unreadable(path, "the file is cut short")
        }
        hound::Error::IoError(error) => Error::file(path, error),
        hound::Error::FormatError(detail) => unreadable(path, &format!("it is not a WAV file ({detail})")),
        hound::Error::Unsupported => {
            unreadable(path, "it is a WAV file of a kind that is not supported (PCM and float are)")
        }
        error => unreadable(path, &error.to_string()),
    }
}

/// Changes the rate to 16 kHz by band-limited interpolation: a windowed sinc, one set of coefficients for each phase that
/// the two rates make, and a pass band up to nine tenths of the lower rate's half.
struct Resampler {
    from: usize,
    /// Output and input step, reduced: `up / down` is the ratio of the rates.
    up: usize,
    down: usize,
    half: usize,
    phases: Vec<f32>,
    /// Input not yet fully used, the first `half` of it history.
    history: Vec<f32>,
    /// Position of the next output within `history`, in units of `1 / up` of an input sample.
    position: usize,
}

/// Zero crossings of the sinc on each side: about 80 dB down outside the pass band.
const CROSSINGS: f64 = 24.0;

impl Resampler {
    fn new(from: usize) -> Self {
        let divisor = greatest_common_divisor(from, RATE);
        let (up, down) = (RATE / divisor, from / divisor);
        let cutoff = 0.95 * (RATE as f64 / from as f64).min(1.0);
        let half = (CROSSINGS / cutoff).ceil() as usize;
        let mut phases = Vec::with_capacity(up * 2 * half);
        for phase in 0..up {
            let offset = phase as f64 / up as f64;
            let taps: Vec<f64> = (0..2 * half)
                .map(|tap| {
                    // Distance of this tap from the output, in input samples.
                    let distance = tap as f64 - (half as f64 - 1.0) - offset;
                    cutoff * sinc(cutoff * distance) * kaiser(distance / half as f64)
                })
                .collect();
            // Each phase passes a constant unchanged, or a steady tone would ripple with the phases.
            let sum: f64 = taps.iter().sum();
            phases.extend(taps.iter().map(|tap| (tap / sum) as f32));
        }
        Self { from, up, down, half, phases, history: vec![0.0; half - 1], position: (half - 1) * up }
    }

    fn push(&mut self, input: &[f32], output: &mut Vec<f32>) {
        if self.from == RATE {
            output.extend_from_slice(input);
            return;
        }
        self.history.extend_from_slice(input);
        loop {
            let (sample, phase) = (self.position / self.up, self.position % self.up);
            let first = sample + 1 - self.half;
            let Some(window) = self.history.get(first..first + 2 * self.half) else { break };
            let taps = &self.phases[phase * 2 * self.half..(phase + 1) * 2 * self.half];
            output.push(window.iter().zip(taps).map(|(sample, tap)| sample * tap).sum());
            self.position += self.down;
        }
        let used = (self.position / self.up + 1 - self.half).min(self.history.len());
        self.history.drain(..used);
        self.position -= used * self.up;
    }

    /// Lets out what the filter still holds.
    fn finish(&mut self, output: &mut Vec<f32>) {
        if self.from != RATE {
            let silence = vec![0.0; self.half];
            self.push(&silence, output);
        }
    }
}

fn sinc(x: f64) -> f64 {
    let x = x * std::f64::consts::PI;
    if x.abs() < 1e-9 { 1.0 } else { x.sin() / x }
}

/// Kaiser's window with beta 8, for -1 to 1.
fn kaiser(x: f64) -> f64 {
    const BETA: f64 = 8.0;
    if x.abs() >= 1.0 { 0.0 } else { bessel(BETA * (1.0 - x * x).sqrt()) / bessel(BETA) }
}

/// The modified Bessel function of order 0.
fn bessel(x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 1..40 {
        term *= (x / (2.0 * f64::from(k))).powi(2);
        sum += term;
    }
    sum
}

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use domain::{Coded, ErrorCode};
    use proptest::prelude::*;

    use super::*;

    fn write(path: &Path, rate: u32, channels: u16, bits: u16, float: bool, samples: &[f32]) {
        let sample_format = if float { hound::SampleFormat::Float } else { hound::SampleFormat::Int };
        let format = hound::WavSpec { channels, sample_rate: rate, bits_per_sample: bits, sample_format };
        let mut writer = hound::WavWriter::create(path, format).unwrap();
        for sample in samples {
            for _ in 0..channels {
                if float {
                    writer.write_sample(*sample).unwrap();
                } else {
                    let full = f64::from((1_u32 << (bits - 1)) - 1);
                    writer.write_sample((f64::from(*sample) * full) as i32).unwrap();
                }
            }
        }
        writer.finalize().unwrap();
    }

    fn tone(rate: u32, frequency: f64, seconds: f64) -> Vec<f32> {
        (0..(f64::from(rate) * seconds) as usize)
            .map(|n| (0.5 * (std::f64::consts::TAU * frequency * n as f64 / f64::from(rate)).sin()) as f32)
            .collect()
    }

    fn power(samples: &[f32]) -> f64 {
        samples.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / samples.len() as f64
    }

    #[test]
    fn every_usual_form_of_wav_gives_the_same_tone_at_16_khz() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tone é日本.wav");
        let expected = tone(16_000, 440.0, 1.0);
        for rate in [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000] {
            for (channels, bits, float) in
                [(1, 16, false), (2, 16, false), (2, 8, false), (1, 24, false), (6, 32, true)]
            {
                write(&path, rate, channels, bits, float, &tone(rate, 440.0, 1.0));
                let read = read(&path).unwrap();
                assert!(read.len().abs_diff(16_000) <= 1, "{rate} Hz: {} samples", read.len());
                let error: Vec<f32> =
                    read.iter().zip(&expected).skip(200).take(15_600).map(|(a, b)| a - b).collect();
                let least = if bits == 8 { 1e-3 } else { 1e-5 };
                assert!(power(&error) / power(&expected) < least, "{rate} Hz, {channels} x {bits}");
            }
        }
    }

    #[test]
    fn what_16_khz_cannot_hold_is_filtered_out_and_does_not_fold_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("high.wav");
        write(&path, 48_000, 1, 16, false, &tone(48_000, 12_000.0, 1.0));
        // Away from the ends: where a tone starts at once there is sound of every pitch.
        let read = read(&path).unwrap();
        assert!(power(&read[500..15_500]) < 1e-9);
    }

    #[test]
    fn what_is_no_recording_is_refused_with_its_reason() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.wav");
        let reason = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            let error = read(&path).unwrap_err();
            assert_eq!(error.code(), ErrorCode::AudioInvalid, "{error}");
            error.to_string()
        };
        assert!(reason(b"").contains("empty"));
        assert!(reason(b"this is a letter, not a recording").contains("not a WAV"));
        assert!(reason(&[0x52; 3]).contains("x.wav"));

        write(&path, 16_000, 1, 16, false, &tone(16_000, 440.0, 1.0));
        let whole = std::fs::read(&path).unwrap();
        assert!(reason(&whole[..whole.len() / 2]).contains("cut short"));
        assert!(reason(&whole[..20]).contains("x.wav"));

        let missing = read(&folder.path().join("none.wav")).unwrap_err();
        assert_eq!(missing.code(), ErrorCode::InputOutput);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_bytes_are_a_recording_or_an_error_but_never_a_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..400),
            with_header in any::<bool>(),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("x.wav");
            let mut file = if with_header { b"RIFF\xff\xff\0\0WAVEfmt \x10\0\0\0\x01\0".to_vec() } else { Vec::new() };
            file.extend(bytes);
            std::fs::write(&path, file).unwrap();
            let _ = read(&path);
        }

        #[test]
        fn the_pieces_do_not_depend_on_how_they_are_cut(piece in 1_usize..3_000) {
            let input = tone(44_100, 300.0, 0.3);
            let resample = |piece: usize| {
                let mut resampler = Resampler::new(44_100);
                let mut output = Vec::new();
                for part in input.chunks(piece) {
                    resampler.push(part, &mut output);
                }
                resampler.finish(&mut output);
                output
            };
            prop_assert_eq!(resample(piece), resample(input.len()));
        }
    }
}
