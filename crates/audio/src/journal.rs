//! The sealed journal of one recording: what was heard is on disk before anything is made of it.
//!
//! ```text
//! magic "BSJ1" (4) | recording (16) | channels (1) | zeros (11)          the header, 32 bytes
//! length of the sealed frame (4, little-endian) | sealed frame            and so on
//! ```
//!
//! A frame is up to a quarter of a second of 16-bit samples under the recording's key ([`seal::RecordingKey`]); the associated
//! data holds the file's header, the frame's number and its first sample, so that no frame can be moved, left out or taken
//! from another recording. Each frame is written with one call and made durable at once: a crash loses what had not filled its
//! frame yet, a quarter of a second. A torn last frame is dropped; a gap on the clock is a jump of the first sample; a damaged
//! frame, its length and its place included, is silence, and what follows it is read. A frame is sealed when the disk takes
//! it, so that the numbers on the disk have no gap even where sound had to be given up.

use std::collections::{BTreeSet, VecDeque};
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{Random, RecordingId};
use seal::RecordingKey;

use crate::{Error, RATE};

/// The ending of a journal's name.
pub const EXTENSION: &str = "sound";

const MAGIC: &[u8; 4] = b"BSJ1";
const HEADER: usize = 32;
/// What stands before each sealed frame: its length and its first sample.
const HEAD: usize = 12;
/// Frames of sound in one sealed frame: a quarter of a second.
const FRAME: usize = RATE as usize / 4;
/// The longest sealed frame that is believed: two channels of a quarter of a second, sealed and padded, and room.
const LONGEST: u32 = 64 * 1024;
/// So many frames in a row may be damaged in their lengths, and what follows is still found.
const MOST_DAMAGED: u64 = 8;
/// A recording has no longer gap than this, in seconds.
const A_DAY: u64 = 24 * 60 * 60;
/// What waits in memory while the disk takes nothing: ten minutes.
const MOST_WAITING: usize = 10 * 60 * 4;

/// Where a recording's journal lies in a folder.
pub fn path(folder: &Path, recording: RecordingId) -> PathBuf {
    folder.join(format!("{recording}.{EXTENSION}"))
}

/// Writes a journal.
pub struct JournalWriter {
    file: File,
    path: PathBuf,
    key: RecordingKey,
    random: Arc<dyn Random>,
    header: [u8; HEADER],
    channels: usize,
    /// Samples of the frame that is being filled, and the number of its first on the clock.
    filling: Vec<i16>,
    filling_start: u64,
    next: u64,
    /// Full frames that the disk has not taken yet: first sample, and samples.
    waiting: VecDeque<(u64, Vec<i16>)>,
    /// Frames that were given up because too many waited.
    given_up: u64,
    length: u64,
    written: u64,
}

impl JournalWriter {
    /// Begins the journal of a recording of one or two channels. The folder is made where it is missing.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn create(
        folder: &Path,
        recording: RecordingId,
        key: RecordingKey,
        channels: usize,
        random: Arc<dyn Random>,
    ) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(|error| Error::file(folder, error))?;
        let path = path(folder, recording);
        let mut options = OpenOptions::new();
        options.create_new(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let header = header(recording, channels);
        let mut file = options.open(&path).map_err(|error| Error::file(&path, error))?;
        file.write_all(&header).and_then(|()| file.sync_all()).map_err(|error| Error::file(&path, error))?;
        // The name is durable too, where the system lets a folder be synced.
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
        Ok(Self {
            file,
            path,
            key,
            random,
            header,
            channels,
            filling: Vec::with_capacity(FRAME * channels),
            filling_start: 0,
            next: 0,
            waiting: VecDeque::new(),
            given_up: 0,
            length: 0,
            written: HEADER as u64,
        })
    }

    /// Takes interleaved samples whose first stands at `start` on the recording's clock, which does not go back.
    ///
    /// # Errors
    /// [`Error::File`] where the disk takes nothing: what was heard waits in memory, up to ten minutes of it, and is tried
    /// again with the next samples. Beyond that the oldest is lost.
    pub fn append(&mut self, start: u64, samples: &[f32]) -> Result<(), Error> {
        let start = start.max(self.length);
        if start != self.length && !self.filling.is_empty() {
            self.close_frame();
        }
        if self.filling.is_empty() {
            self.filling_start = start;
        }
        for frame in samples.chunks_exact(self.channels) {
            self.filling.extend(frame.iter().map(|sample| (sample.clamp(-1.0, 1.0) * 32_767.0) as i16));
            if self.filling.len() == FRAME * self.channels {
                self.close_frame();
            }
        }
        self.length = start + (samples.len() / self.channels) as u64;
        self.write_waiting()
    }

    /// Frames on the clock so far.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// How much the disk has not taken yet, in frames on the clock.
    pub fn unwritten(&self) -> u64 {
        let waiting: usize = self.waiting.iter().map(|(_, sound)| sound.len()).sum();
        ((waiting + self.filling.len()) / self.channels) as u64
    }

    /// How much was lost because the disk took nothing for too long, in frames on the clock.
    pub const fn lost(&self) -> u64 {
        self.given_up / self.channels as u64
    }

    /// Writes the rest.
    ///
    /// # Errors
    /// As [`JournalWriter::append`].
    pub fn finish(mut self) -> Result<u64, Error> {
        self.close_frame();
        self.write_waiting()?;
        Ok(self.length)
    }

    fn close_frame(&mut self) {
        if self.filling.is_empty() {
            return;
        }
        let sound = std::mem::replace(&mut self.filling, Vec::with_capacity(FRAME * self.channels));
        if self.waiting.len() >= MOST_WAITING
            && let Some((_, oldest)) = self.waiting.pop_front()
        {
            self.given_up += oldest.len() as u64;
        }
        let start = self.filling_start;
        self.filling_start += (sound.len() / self.channels) as u64;
        self.waiting.push_back((start, sound));
    }

    /// Writes what waits, and forgets it once it is durable. What was written half, because the disk was full, is written again
    /// from its start.
    fn write_waiting(&mut self) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let (mut offset, mut number) = (self.written, self.next);
        for (start, sound) in &self.waiting {
            let frame = self.sealed(number, *start, sound);
            let written = self.file.seek(SeekFrom::Start(offset)).and_then(|_| self.file.write_all(&frame));
            written.map_err(|error| Error::file(&self.path, error))?;
            offset += frame.len() as u64;
            number += 1;
        }
        self.file.sync_data().map_err(|error| Error::file(&self.path, error))?;
        (self.written, self.next) = (offset, number);
        self.waiting.clear();
        Ok(())
    }

    /// A frame as it stands in the file.
    fn sealed(&self, number: u64, start: u64, sound: &[i16]) -> Vec<u8> {
        let plain: Vec<u8> = sound.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let about = about(&self.header, number, start);
        let sealed = self.key.seal_frame(&about, &plain, &*self.random);
        let mut frame = Vec::with_capacity(HEAD + sealed.len());
        let length = u32::try_from(8 + sealed.len()).unwrap_or(u32::MAX);
        frame.extend_from_slice(&length.to_le_bytes());
        frame.extend_from_slice(&start.to_le_bytes());
        frame.extend_from_slice(&sealed);
        frame
    }
}

impl Drop for JournalWriter {
    fn drop(&mut self) {
        self.close_frame();
        if let Err(error) = self.write_waiting() {
            tracing::error!(%error, "the end of a recording could not be written");
        }
    }
}

/// Reads a journal, a frame at a time.
pub struct JournalReader {
    file: BufReader<File>,
    path: PathBuf,
    key: RecordingKey,
    header: [u8; HEADER],
    channels: usize,
    /// Where each frame stands that is not known to be damaged, in order.
    frames: Vec<Place>,
    length: u64,
    damaged: BTreeSet<u64>,
}

#[derive(Clone, Copy)]
struct Place {
    number: u64,
    offset: u64,
    sealed: u32,
    start: u64,
    samples: u64,
}

impl JournalReader {
    /// Opens a journal, whole or torn. Only the frames' lengths and places are read; the last one is opened, to know where the
    /// sound ends.
    ///
    /// # Errors
    /// [`Error::File`]; [`Error::Journal`] when it is no journal, another recording's, or nothing in it opens with the key.
    pub fn open(path: &Path, recording: RecordingId, key: RecordingKey) -> Result<Self, Error> {
        let file = File::open(path).map_err(|error| Error::file(path, error))?;
        let mut reader = Self {
            file: BufReader::new(file),
            path: path.to_owned(),
            key,
            header: [0; HEADER],
            channels: 1,
            frames: Vec::new(),
            length: 0,
            damaged: BTreeSet::new(),
        };
        if !reader.read_into_header()? || reader.header != header(recording, usize::from(reader.header[20])) {
            return Err(Error::Journal);
        }
        reader.channels = usize::from(reader.header[20]).clamp(1, 2);
        reader.find_frames()?;
        Ok(reader)
    }

    /// One channel or two.
    pub const fn channels(&self) -> usize {
        self.channels
    }

    /// The end of the sound on the recording's clock.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// How many frames were found to be damaged so far, by opening and by reading: each is a quarter of a second of silence, at
    /// most. A torn end is not among them.
    pub fn damaged(&self) -> usize {
        self.damaged.len()
    }

    /// The interleaved samples from `start` on, `count` of each channel at most. Where nothing was heard (a gap, a damaged
    /// frame) there is silence; past the end there is nothing.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn read(&mut self, start: u64, count: usize) -> Result<Vec<f32>, Error> {
        let end = (start + count as u64).min(self.length);
        if start >= end {
            return Ok(Vec::new());
        }
        let width = self.channels;
        let mut samples = vec![0.0; usize::try_from(end - start).unwrap_or(0) * width];
        let first = self.frames.partition_point(|place| place.start + place.samples <= start);
        for number in first..self.frames.len() {
            let place = self.frames[number];
            if place.start >= end {
                break;
            }
            let Some(sound) = self.opened(place)? else {
                self.damaged.insert(place.number);
                continue;
            };
            for (n, frame) in sound.chunks_exact(width).enumerate() {
                let at = place.start + n as u64;
                if (start..end).contains(&at) {
                    let to = usize::try_from(at - start).unwrap_or(0) * width;
                    samples[to..to + width].copy_from_slice(frame);
                }
            }
        }
        Ok(samples)
    }

    fn read_into_header(&mut self) -> Result<bool, Error> {
        match self.file.read_exact(&mut self.header) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(Error::file(&self.path, error)),
        }
    }

    fn find_frames(&mut self) -> Result<(), Error> {
        let size = self.file.get_ref().metadata().map_err(|error| Error::file(&self.path, error))?.len();
        let mut offset = HEADER as u64;
        let mut number = 0;
        while offset + HEAD as u64 <= size {
            let (length, start) = self.head(offset)?;
            let end = offset + 4 + u64::from(length);
            if (9..=LONGEST).contains(&length) && end <= size {
                let place =
                    Place { number, offset: offset + HEAD as u64, sealed: length - 8, start, samples: 0 };
                self.take_up(place)?;
                offset = end;
                number += 1;
                continue;
            }
            // Either this frame is damaged, or the one before, whose length then led here.
            if let Some(before) = self.frames.last().copied()
                && before.offset + u64::from(before.sealed) == offset
                && self.opened(before)?.is_none()
            {
                self.frames.pop();
                (offset, number) = (before.offset - HEAD as u64, before.number);
            }
            let Some(next) = self.after_damage(offset, number, size)? else { break };
            self.damaged.extend(number..next.number);
            (offset, number) = (next.offset - HEAD as u64, next.number);
        }
        // Frames are full but for the last, and those before a gap; a later start bounds the earlier ones.
        for number in 1..self.frames.len() {
            let room = self.frames[number].start - self.frames[number - 1].start;
            self.frames[number - 1].samples = room.min(FRAME as u64);
        }
        let found = self.frames.len();
        while let Some(last) = self.frames.last().copied() {
            if let Some(sound) = self.opened(last)? {
                let samples = (sound.len() / self.channels) as u64;
                self.length = last.start + samples;
                if let Some(last) = self.frames.last_mut() {
                    last.samples = samples;
                }
                break;
            }
            // A torn or a damaged end says nothing about where the sound ends.
            self.frames.pop();
        }
        // One frame may be torn, by a disk that lied about what it had taken; that none opens is another key.
        if found > 1 && self.frames.is_empty() { Err(Error::Journal) } else { Ok(()) }
    }

    /// The length and the first sample that stand before a frame.
    fn head(&mut self, offset: u64) -> Result<(u32, u64), Error> {
        let mut head = [0; HEAD];
        self.file
            .seek(SeekFrom::Start(offset))
            .and_then(|_| self.file.read_exact(&mut head))
            .map_err(|error| Error::file(&self.path, error))?;
        let [a, b, c, d, start @ ..] = head;
        Ok((u32::from_le_bytes([a, b, c, d]), u64::from_le_bytes(start)))
    }

    /// Takes up a frame, if its place follows from the one before. Where it does not, one of the two is damaged, and which it
    /// is, opening them says.
    fn take_up(&mut self, place: Place) -> Result<(), Error> {
        while let Some(before) = self.frames.last().copied() {
            let follows = place.start > before.start && place.start - before.start <= u64::from(RATE) * A_DAY;
            if follows {
                break;
            }
            if self.opened(before)?.is_some() {
                self.damaged.insert(place.number);
                return Ok(());
            }
            self.damaged.insert(before.number);
            self.frames.pop();
        }
        self.frames.push(place);
        Ok(())
    }

    /// The next frame after one whose length is not to be believed: whatever opens first.
    fn after_damage(&mut self, offset: u64, number: u64, size: u64) -> Result<Option<Place>, Error> {
        let from = offset + 1;
        let mut bytes = vec![0; usize::try_from((size - from).min(u64::from(LONGEST) * 2)).unwrap_or(0)];
        self.file
            .seek(SeekFrom::Start(from))
            .and_then(|_| self.file.read_exact(&mut bytes))
            .map_err(|error| Error::file(&self.path, error))?;
        for (at, head) in bytes.windows(HEAD).enumerate() {
            let length = u32::from_le_bytes([head[0], head[1], head[2], head[3]]);
            let place = from + at as u64;
            if !(9..=LONGEST).contains(&length) || place + 4 + u64::from(length) > size {
                continue;
            }
            let start = u64::from_le_bytes([
                head[4], head[5], head[6], head[7], head[8], head[9], head[10], head[11],
            ]);
            let offset = place + HEAD as u64;
            for number in number + 1..=number + MOST_DAMAGED {
                let place = Place { number, offset, sealed: length - 8, start, samples: 0 };
                if self.opened(place)?.is_some() {
                    return Ok(Some(place));
                }
            }
        }
        Ok(None)
    }

    /// The samples of a frame; `None` where it does not open.
    fn opened(&mut self, place: Place) -> Result<Option<Vec<f32>>, Error> {
        let mut sealed = vec![0; place.sealed as usize];
        self.file
            .seek(SeekFrom::Start(place.offset))
            .and_then(|_| self.file.read_exact(&mut sealed))
            .map_err(|error| Error::file(&self.path, error))?;
        let about = about(&self.header, place.number, place.start);
        Ok(self.key.open_frame(&about, &sealed).ok().map(|sound| {
            sound
                .chunks_exact(2)
                .map(|bytes| f32::from(i16::from_le_bytes([bytes[0], bytes[1]])) / 32_767.0)
                .collect()
        }))
    }
}

/// Removes a journal; one that is gone already is no error.
///
/// # Errors
/// [`Error::File`].
pub fn delete(path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::file(path, error)),
        _ => Ok(()),
    }
}

fn header(recording: RecordingId, channels: usize) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..4].copy_from_slice(MAGIC);
    header[4..20].copy_from_slice(recording.as_bytes());
    header[20] = u8::try_from(channels).unwrap_or(0);
    header
}

fn about(header: &[u8; HEADER], number: u64, start: u64) -> Vec<u8> {
    [header.as_slice(), &number.to_le_bytes(), &start.to_le_bytes()].concat()
}
