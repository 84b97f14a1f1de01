//! Sound files: WAV, MP3, AAC in MP4, FLAC, Ogg Vorbis; of any length, a piece at a time.
//!
//! Times stay true: a part that is damaged is as much silence. Whatever a file holds, its samples are numbers from -1 to 1.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::path::{Path, PathBuf};

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as Fault;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions, ReadOnlySource};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;

use crate::resample::{Resampler, to_channels};
use crate::{Error, RATE, wave};

/// How much of a file's beginning is looked at to say what it is.
const BEGIN: u64 = 4_096;
/// A damaged packet sounds no longer than so many frames.
const MOST_SILENCE: usize = 1 << 16;

/// A sound file that is being read.
pub struct SoundFile {
    path: PathBuf,
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    seconds: Option<f64>,
    /// What the file has, once its first packet was decoded.
    form: Option<Form>,
    keep_two: bool,
    given: u64,
    ended: bool,
}

struct Form {
    channels: usize,
    rate: u32,
    resampler: Resampler,
}

impl SoundFile {
    /// Opens a sound file; what kind it is, its content says. `keep_two`: of a file with two channels both are given,
    /// interleaved.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Empty`], [`Error::Unsupported`].
    pub fn open(path: &Path, keep_two: bool) -> Result<Self, Error> {
        let failed = |error| Error::file(path, error);
        let mut file = File::open(path).map_err(failed)?;
        if !file.metadata().map_err(failed)?.is_file() {
            return Err(Error::Unsupported { reason: "it is no file".into() });
        }
        let mut begin = Vec::new();
        file.by_ref().take(BEGIN).read_to_end(&mut begin).map_err(failed)?;
        file.rewind().map_err(failed)?;
        if begin.is_empty() {
            return Err(Error::Empty);
        }
        if let Some(what) = known_and_not_read(&begin) {
            return Err(Error::Unsupported {
                reason: format!("{what}; WAV, MP3, M4A, FLAC and Ogg Vorbis are read"),
            });
        }
        let source: Box<dyn MediaSource> = if begin.starts_with(b"RIFF") && begin.get(8..12) == Some(b"WAVE")
        {
            let wave = wave::of(file).map_err(failed)?;
            Box::new(ReadOnlySource::new(wave.ok_or_else(|| Error::Unsupported {
                reason: "it is a WAV file that ends before its sound begins".into(),
            })?))
        } else {
            Box::new(file)
        };
        let stream = MediaSourceStream::new(source, MediaSourceStreamOptions::default());
        let mut hint = Hint::new();
        if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
            hint.with_extension(extension);
        }
        let format = guarded(|| {
            let probe = symphonia::default::get_probe();
            probe.probe(&hint, stream, FormatOptions::default(), MetadataOptions::default())
        })
        .map_err(|fault| unsupported(&fault, "it is no WAV, MP3, MP4, FLAC or Ogg file"))?;
        let track = format.default_track(TrackType::Audio).ok_or(Error::Empty)?;
        let parameters = track.codec_params.as_ref().and_then(|parameters| parameters.audio());
        let parameters =
            parameters.ok_or_else(|| Error::Unsupported { reason: "its sound has no known form".into() })?;
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(parameters, &AudioDecoderOptions::default())
            .map_err(|fault| unsupported(&fault, "its codec is not known (Opus and AC-3 are not)"))?;
        let seconds = track
            .num_frames
            .zip(parameters.sample_rate)
            .map(|(frames, rate)| frames as f64 / f64::from(rate))
            .filter(|seconds| *seconds > 0.0);
        let track = track.id;
        Ok(Self {
            path: path.to_owned(),
            format,
            decoder,
            track,
            seconds,
            form: None,
            keep_two,
            given: 0,
            ended: false,
        })
    }

    /// Its length, where the file says it.
    pub const fn seconds(&self) -> Option<f64> {
        self.seconds
    }

    /// Channels of the pieces: 2 only where both were asked for and are there. Known once the first piece was read.
    pub fn channels(&self) -> usize {
        match &self.form {
            Some(form) if self.keep_two && form.channels >= 2 => 2,
            _ => 1,
        }
    }

    /// About a second more at [`RATE`]; `None` at the end.
    ///
    /// # Errors
    /// [`Error::CutShort`] once, after what there is was given; [`Error::Unsupported`], [`Error::Empty`].
    pub fn next_piece(&mut self) -> Result<Option<Vec<f32>>, Error> {
        let mut piece = Vec::new();
        while piece.len() < RATE as usize && !self.ended {
            match guarded(|| self.format.next_packet()) {
                Ok(Some(packet)) if packet.track_id == self.track => self.decode(&packet, &mut piece)?,
                Ok(Some(_)) => {}
                Ok(None) => self.end(&mut piece),
                Err(Fault::IoError(error)) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
                    return Err(Error::file(&self.path, error));
                }
                Err(fault) if self.form.is_none() => return Err(unsupported(&fault, "it cannot be read")),
                Err(_) => self.end(&mut piece),
            }
        }
        self.given += (piece.len() / self.channels()) as u64;
        if piece.is_empty() { self.over() } else { Ok(Some(piece)) }
    }

    fn decode(&mut self, packet: &Packet, piece: &mut Vec<f32>) -> Result<(), Error> {
        let decoder = &mut self.decoder;
        let decoded = guarded(|| {
            decoder.decode(packet).map(|buffer| {
                let mut samples = vec![0.0_f32; buffer.samples_interleaved()];
                buffer.copy_to_slice_interleaved(&mut samples);
                (buffer.spec().rate(), buffer.spec().channels().count(), samples)
            })
        });
        match decoded {
            Ok((rate, channels, mut samples)) => {
                if !(1_000..=768_000).contains(&rate) || !(1..=64).contains(&channels) {
                    let reason = format!("it has {channels} channels at {rate} samples a second");
                    return Err(Error::Unsupported { reason });
                }
                for sample in &mut samples {
                    *sample = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
                }
                let wanted = if self.keep_two && channels >= 2 { 2 } else { 1 };
                let form = self.form.get_or_insert_with(|| Form {
                    channels,
                    rate,
                    resampler: Resampler::new(rate, wanted),
                });
                if (form.channels, form.rate) != (channels, rate) {
                    // As some recorders do when a headset is plugged in.
                    let reason = "its rate or its channels change on the way".into();
                    return Err(Error::Unsupported { reason });
                }
                piece.extend(form.resampler.push(&to_channels(&samples, channels, wanted)));
            }
            // A damaged packet is silence, as long as it should have sounded.
            Err(Fault::DecodeError(_)) => {
                self.decoder.reset();
                if let Some(form) = &mut self.form {
                    let wanted = if self.keep_two && form.channels >= 2 { 2 } else { 1 };
                    let frames = usize::try_from(packet.dur.get()).unwrap_or(0).min(MOST_SILENCE);
                    piece.extend(form.resampler.push(&vec![0.0; frames * wanted]));
                }
            }
            Err(fault) => return Err(unsupported(&fault, "its sound cannot be decoded")),
        }
        Ok(())
    }

    fn end(&mut self, piece: &mut Vec<f32>) {
        self.ended = true;
        if let Some(form) = &mut self.form {
            piece.extend(form.resampler.finish());
        }
    }

    /// Nothing more comes: whether that is what the file promised.
    fn over(&mut self) -> Result<Option<Vec<f32>>, Error> {
        let seconds = self.given as f64 / f64::from(RATE);
        if self.given == 0 {
            return Err(Error::Empty);
        }
        match self.seconds.take() {
            Some(promised) if seconds + 0.5 < promised => Err(Error::CutShort { seconds }),
            _ => Ok(None),
        }
    }
}

/// What people bring and is not read.
fn known_and_not_read(begin: &[u8]) -> Option<&'static str> {
    let has = |what: &[u8]| begin.windows(what.len()).any(|window| window == what);
    if begin.starts_with(b"OggS") && has(b"OpusHead") {
        return Some("it is Opus in Ogg, as messengers record it");
    }
    if begin.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        return Some("it is WebM or Matroska, as browsers record it");
    }
    if begin.get(4..8) == Some(b"ftyp") && (has(b"drms") || has(b"enca")) {
        return Some("it is protected against copying");
    }
    if begin.starts_with(b"#!AMR") {
        return Some("it is AMR, as telephones record it");
    }
    if begin.starts_with(&[0x30, 0x26, 0xb2, 0x75]) {
        return Some("it is Windows Media");
    }
    None
}

/// Calls a decoder, which may panic over a damaged file (some of symphonia's do): that is a damaged part like others.
fn guarded<T>(call: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(call))
        .unwrap_or(Err(Fault::DecodeError("the decoder panicked")))
}

fn unsupported(fault: &Fault, otherwise: &str) -> Error {
    let reason = match fault {
        Fault::Unsupported(what) => format!("{otherwise}: {what}"),
        Fault::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            "it ends before its sound begins".to_owned()
        }
        _ => otherwise.to_owned(),
    };
    Error::Unsupported { reason }
}
