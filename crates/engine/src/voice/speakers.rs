//! Who said what, where both spoke into one microphone: told apart by their voices (`audio::speakers`) once the recording is
//! recognised, and named by their words (`scribe::clinician_leaning`). Whoever reads it can swap the two.

use audio::journal::JournalReader;
use audio::speakers::{Voiceprints, two_voices};
use domain::{EventBody, RecordingRecord, Speaker, Utterance};

use super::PER_MS;

/// The words of the two lean apart by at least so much, or nobody is named.
const NAMED_FROM: f64 = 0.15;

/// The utterances of a recording with one channel that nobody is named for, named. Empty where the voices or the words do not
/// tell.
pub(super) fn attribute(
    reader: &mut JournalReader,
    known: &RecordingRecord,
    all: &[Utterance],
) -> Vec<EventBody> {
    let end_ms = known.offset_ms.saturating_add(known.length_ms.unwrap_or(u32::MAX));
    let spoken: Vec<(&Utterance, u32, u32)> = all
        .iter()
        .filter(|utterance| utterance.speaker == Speaker::Unknown)
        .filter_map(|utterance| Some((utterance, utterance.start_ms?, utterance.end_ms?)))
        .filter(|(_, start, end)| *start >= known.offset_ms && *end <= end_ms && start < end)
        .collect();
    let describe = Voiceprints::new();
    let mut print = |start: u32, end: u32| {
        let from = u64::from(start - known.offset_ms) * PER_MS;
        let count = usize::try_from(u64::from(end - start) * PER_MS).ok()?;
        describe.of(&reader.read(from, count).ok()?)
    };
    let prints: Vec<_> = spoken.iter().map(|(_, start, end)| print(*start, *end)).collect();
    let Some(voices) = two_voices(&prints).filter(|voices| voices.are_two()) else { return Vec::new() };
    let words = |second: bool| {
        let own = spoken.iter().zip(&voices.second).filter(move |(_, voice)| **voice == Some(second));
        scribe::clinician_leaning(own.map(|((utterance, ..), _)| utterance.text.expose().as_str()))
    };
    let lean = words(true).unwrap_or(0.0) - words(false).unwrap_or(0.0);
    if lean.abs() < NAMED_FROM {
        return Vec::new();
    }
    let named = spoken.iter().zip(&voices.second).filter_map(|((utterance, ..), voice)| {
        let clinician = (*voice)? == (lean > 0.0);
        let speaker = if clinician { Speaker::Clinician } else { Speaker::Patient };
        Some(EventBody::UtteranceCorrected { utterance: Utterance { speaker, ..(*utterance).clone() } })
    });
    named.collect()
}

/// The same utterances with clinician and patient in each other's place.
pub(crate) fn swapped(all: &[Utterance]) -> Vec<EventBody> {
    let swap = |utterance: &Utterance| {
        let speaker = match utterance.speaker {
            Speaker::Clinician => Speaker::Patient,
            Speaker::Patient => Speaker::Clinician,
            Speaker::Other | Speaker::Unknown => return None,
        };
        Some(EventBody::UtteranceCorrected { utterance: Utterance { speaker, ..utterance.clone() } })
    };
    all.iter().filter_map(swap).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::sync::Arc;

    use audio::journal::{self, JournalWriter};
    use domain::{Random, RecordingId, Timestamp, UtteranceSource};
    use seal::StreamKey;

    use super::*;

    /// Enough for one journal.
    struct Counting(std::sync::atomic::AtomicU8);

    impl Random for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    /// A buzz of this pitch through a resonance: two of them are two voices.
    fn buzz(pitch: f32, formant: f32, samples: usize) -> Vec<f32> {
        let (mut phase, mut one, mut two) = (0.0_f32, 0.0_f32, 0.0_f32);
        let rate = audio::RATE as f32;
        (0..samples)
            .map(|at| {
                phase += pitch * (1.0 + 0.06 * (at as f32 / rate * 9.0).sin()) / rate;
                let pulse = if phase >= 1.0 { 0.5 } else { 0.0 };
                phase = phase.fract();
                let next = pulse + 1.9 * (formant / rate * std::f32::consts::TAU).cos() * one - 0.9 * two;
                (two, one) = (one, next);
                next * 0.2
            })
            .collect()
    }

    const TALK: &[&str] = &[
        "how long have you had this",
        "I have had a headache for three days",
        "do you take any medicines",
        "I take my blood pressure tablets",
        "any allergies",
        "no",
        "are you sleeping well",
        "my left knee keeps me awake",
    ];

    fn utterances() -> Vec<Utterance> {
        let utterance = |(index, text): (usize, &&str)| {
            let start = u32::try_from(index).unwrap() * 1_000;
            Utterance {
                index: u32::try_from(index).unwrap(),
                speaker: Speaker::Unknown,
                text: (*text).to_owned().into(),
                source: UtteranceSource::Speech,
                start_ms: Some(start),
                end_ms: Some(start + 900),
                confidence: Some(0.9),
            }
        };
        TALK.iter().enumerate().map(utterance).collect()
    }

    fn named(sound: impl Fn(usize) -> Vec<f32>) -> Vec<Speaker> {
        let folder = tempfile::tempdir().unwrap();
        let random = Arc::new(Counting(0.into()));
        let id = RecordingId::from_bytes([1; 16]);
        let key = StreamKey::make(&*random).recording_key(id);
        let mut journal = JournalWriter::create(folder.path(), id, key.clone(), 1, random).unwrap();
        for turn in 0..TALK.len() {
            journal.append(turn as u64 * 16_000, &sound(turn)).unwrap();
        }
        journal.finish().unwrap();
        let mut reader = JournalReader::open(&journal::path(folder.path(), id), id, key).unwrap();
        let known = RecordingRecord {
            id,
            started: Timestamp::from_millis(0),
            channels: 1,
            offset_ms: 0,
            length_ms: Some(8_000),
            transcribed: false,
            deleted: false,
        };
        let mut all = utterances();
        for event in attribute(&mut reader, &known, &all.clone()) {
            let EventBody::UtteranceCorrected { utterance } = event else { panic!("another event") };
            let index = utterance.index as usize;
            all[index] = utterance;
        }
        all.into_iter().map(|utterance| utterance.speaker).collect()
    }

    #[test]
    fn two_voices_on_one_microphone_are_named_by_their_words() {
        let turn = |turn: usize| {
            if turn.is_multiple_of(2) { buzz(120.0, 600.0, 14_400) } else { buzz(220.0, 1_500.0, 14_400) }
        };
        let expected: Vec<Speaker> =
            (0..TALK.len()).map(|turn| [Speaker::Clinician, Speaker::Patient][turn % 2]).collect();
        assert_eq!(named(turn), expected);
    }

    #[test]
    fn one_voice_is_nobodys_and_swapping_names_only_the_two() {
        assert!(named(|_| buzz(120.0, 600.0, 14_400)).iter().all(|speaker| *speaker == Speaker::Unknown));
        let mut all = utterances();
        all[0].speaker = Speaker::Clinician;
        all[1].speaker = Speaker::Other;
        let events = swapped(&all);
        assert!(
            matches!(&events[..], [EventBody::UtteranceCorrected { utterance }]
                if utterance.index == 0 && utterance.speaker == Speaker::Patient),
            "{events:?}"
        );
    }
}
