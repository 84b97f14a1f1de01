//! Sound files: WAV, MP3, AAC in MP4, FLAC, Ogg Vorbis; of any length, a piece at a time.

use std::fs::File;
use std::path::Path;

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as Fault;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use crate::resample::{Resampler, to_channels};
use crate::{Error, RATE};

/// A sound file that is being read.
pub struct SoundFile {
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
    resampler: Resampler,
}

impl SoundFile {
    /// Opens a sound file; what kind it is, its content says. `keep_two`: of a file with two channels both are given,
    /// interleaved.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Empty`], [`Error::Unsupported`].
    pub fn open(path: &Path, keep_two: bool) -> Result<Self, Error> {
        let file = File::open(path).map_err(|error| Error::file(path, error))?;
        let size = file.metadata().map_err(|error| Error::file(path, error))?.len();
        if size == 0 {
            return Err(Error::Empty);
        }
        let stream = MediaSourceStream::new(Box::new(file), MediaSourceStreamOptions::default());
        let mut hint = Hint::new();
        if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
            hint.with_extension(extension);
        }
        let format = symphonia::default::get_probe()
            .probe(&hint, stream, FormatOptions::default(), MetadataOptions::default())
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
        Ok(Self { format, decoder, track, seconds, form: None, keep_two, given: 0, ended: false })
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
            match self.format.next_packet() {
                Ok(Some(packet)) if packet.track_id != self.track => {}
                Ok(Some(packet)) => match self.decoder.decode(&packet) {
                    Ok(buffer) => {
                        let spec = buffer.spec();
                        let (rate, channels) = (spec.rate(), spec.channels().count());
                        let mut samples = vec![0.0_f32; buffer.samples_interleaved()];
                        buffer.copy_to_slice_interleaved(&mut samples);
                        let two = self.keep_two && channels >= 2;
                        let wanted = if two { 2 } else { 1 };
                        let form = self.form.get_or_insert_with(|| Form {
                            channels,
                            resampler: Resampler::new(rate, wanted),
                        });
                        if form.channels == channels {
                            piece.extend(form.resampler.push(&to_channels(&samples, channels, wanted)));
                        }
                    }
                    // A damaged packet is left out, as every player does.
                    Err(Fault::DecodeError(_)) => {}
                    Err(fault) => return Err(unsupported(&fault, "its sound cannot be decoded")),
                },
                Ok(None) => self.end(&mut piece),
                Err(Fault::IoError(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                    self.end(&mut piece);
                }
                Err(fault) if self.form.is_none() => return Err(unsupported(&fault, "it cannot be read")),
                Err(_) => self.end(&mut piece),
            }
        }
        self.given += (piece.len() / self.channels()) as u64;
        if piece.is_empty() { self.over() } else { Ok(Some(piece)) }
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
