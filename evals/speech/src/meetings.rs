//! Excerpts of meetings with the turns of their speakers, and how far a detector's turns are from them.

use std::path::Path;

use audio::activity::{Activity, Detector, FRAME, Tuning, Turn};

use crate::RATE;

/// Samples of a frame that is scored: 10 ms.
const SCORED: usize = RATE / 100;

/// An excerpt: its sound, and where somebody speaks in it.
pub struct Meeting {
    /// Its name.
    pub name: String,
    /// 16 kHz.
    pub samples: Vec<f32>,
    /// For each 10 ms, whether somebody speaks.
    pub speech: Vec<bool>,
    /// Who speaks from when to when, in seconds.
    pub turns: Vec<(f64, f64, String)>,
}

/// The excerpts of a folder that have both a WAV and lines in an RTTM file, in order of their names.
///
/// # Errors
/// What cannot be read.
pub fn of_folder(folder: &Path) -> Result<Vec<Meeting>, Box<dyn std::error::Error>> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?.iter().map(|entry| entry.path()).collect();
    files.sort();
    let mut lines = Vec::new();
    for rttm in files.iter().filter(|file| file.extension().is_some_and(|end| end == "rttm")) {
        lines.extend(std::fs::read_to_string(rttm)?.lines().map(str::to_owned));
    }
    let mut meetings = Vec::new();
    for wav in files.iter().filter(|file| file.extension().is_some_and(|end| end == "wav")) {
        let name = wav.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let turns: Vec<(f64, f64, String)> = lines.iter().filter_map(|line| turn_of(line, &name)).collect();
        if turns.is_empty() {
            continue;
        }
        let samples = crate::read(wav)?;
        let mut speech = vec![false; samples.len() / SCORED];
        for (start, end, _) in &turns {
            let frames = (start * 100.0).round() as usize..((end * 100.0).round() as usize).min(speech.len());
            speech[frames].fill(true);
        }
        meetings.push(Meeting { name, samples, speech, turns });
    }
    Ok(meetings)
}

/// `SPEAKER file channel start length <NA> <NA> speaker …`
fn turn_of(line: &str, name: &str) -> Option<(f64, f64, String)> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let [_, file, _, start, length, _, _, speaker, ..] = fields[..] else { return None };
    let start: f64 = start.parse().ok()?;
    (file == name).then_some((start, start + length.parse::<f64>().ok()?, speaker.to_owned()))
}

/// Frames of 10 ms, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    /// In all.
    pub frames: usize,
    /// In which somebody speaks.
    pub speech: usize,
    /// In which somebody speaks and the detector says nobody.
    pub missed: usize,
    /// In which nobody speaks and the detector says somebody.
    pub invented: usize,
}

impl Errors {
    /// Compares.
    pub fn between(reference: &[bool], detected: &[bool]) -> Self {
        let mut errors = Self { frames: reference.len(), ..Self::default() };
        for (index, speech) in reference.iter().enumerate() {
            let said = detected.get(index).copied().unwrap_or(false);
            errors.speech += usize::from(*speech);
            errors.missed += usize::from(*speech && !said);
            errors.invented += usize::from(!speech && said);
        }
        errors
    }

    /// Of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            frames: self.frames + other.frames,
            speech: self.speech + other.speech,
            missed: self.missed + other.missed,
            invented: self.invented + other.invented,
        }
    }

    /// Missed speech, as a part of the speech.
    pub fn miss(self) -> f64 {
        self.missed as f64 / self.speech.max(1) as f64
    }

    /// False alarms, as a part of the silence.
    pub fn false_alarm(self) -> f64 {
        self.invented as f64 / (self.frames - self.speech).max(1) as f64
    }

    /// Wrong frames, as a part of all.
    pub fn total(self) -> f64 {
        (self.missed + self.invented) as f64 / self.frames.max(1) as f64
    }
}

/// For each 10 ms whether somebody speaks, as [`Activity`] has it when it hears the sound.
pub fn heard(samples: &[f32], tuning: Tuning) -> Vec<bool> {
    let mut activity = Activity::new(tuning);
    let mut turns = activity.push(samples);
    turns.extend(activity.finish());
    frames(&turns, samples.len())
}

/// The same of the probabilities that another detector gives, one for each [`FRAME`].
pub fn turned(probabilities: &[f32], tuning: Tuning) -> Vec<bool> {
    let mut activity = Activity::new(tuning);
    let mut turns: Vec<Turn> = probabilities.iter().filter_map(|p| activity.step(*p)).collect();
    turns.extend(activity.finish());
    frames(&turns, probabilities.len() * FRAME)
}

fn frames(turns: &[Turn], samples: usize) -> Vec<bool> {
    let mut frames = vec![false; samples / SCORED];
    let frame = |at: u64| (at as usize / SCORED).min(samples / SCORED);
    let mut began = None;
    for turn in turns {
        match turn {
            Turn::Began { at } => began = Some(frame(*at)),
            Turn::Ended { at } => {
                if let Some(start) = began.take() {
                    frames[start..frame(*at)].fill(true);
                }
            }
        }
    }
    frames
}

/// The probabilities without those of frames that are too quiet to be speech, as [`Activity`] has it.
pub fn above_the_floor(probabilities: &[f32], samples: &[f32], floor: f32) -> Vec<f32> {
    let loud = |frame: &[f32]| {
        (frame.iter().map(|sample| sample * sample).sum::<f32>() / frame.len() as f32).sqrt() >= floor
    };
    probabilities
        .iter()
        .zip(samples.chunks(FRAME))
        .map(|(p, frame)| if loud(frame) { *p } else { 0.0 })
        .collect()
}

/// Silero's, as Bedside computes it.
pub fn silero(samples: &[f32]) -> Vec<f32> {
    let mut detector = Detector::new();
    let (frames, _) = samples.as_chunks::<FRAME>();
    frames.iter().map(|frame| detector.probability(&frame.map(|sample| sample.clamp(-1.0, 1.0)))).collect()
}

/// earshot's, which looks at half of a [`FRAME`]: the mean of two.
pub fn earshot(samples: &[f32]) -> Vec<f32> {
    let mut detector = earshot::Detector::<earshot::DefaultPredictor>::default_boxed();
    let (frames, _) = samples.as_chunks::<FRAME>();
    frames
        .iter()
        .map(|frame| {
            let frame = frame.map(|sample| sample.clamp(-1.0, 1.0));
            let (first, second) = frame.split_at(FRAME / 2);
            (detector.predict_f32(first) + detector.predict_f32(second)) / 2.0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missed_and_invented_frames_are_told_apart() {
        let errors = Errors::between(&[true, true, false, false, false], &[true, false, true, false]);
        assert_eq!(errors, Errors { frames: 5, speech: 2, missed: 1, invented: 1 });
        assert_eq!((errors.miss(), errors.total()), (0.5, 0.4));
    }

    #[test]
    fn a_line_of_another_file_is_no_turn_of_this_one() {
        let line = "SPEAKER dev00 1 1.5 2.0 <NA> <NA> FEE005 <NA> <NA>";
        assert_eq!(turn_of(line, "dev00"), Some((1.5, 3.5, "FEE005".into())));
        assert_eq!(turn_of(line, "dev0"), None);
    }
}
