//! The silence guard: what keeps words out of a transcript that nobody said.
//!
//! whisper was trained on subtitles, and fills silence and noise with what subtitles hold there: thanks for watching,
//! music signs, one phrase over and over. The engine's own thresholds come first (no context across segments, blank and
//! non-speech tokens suppressed, entropy and log-probability checks); this is what is left to do before and after.

use worker::Segment;

/// From this probability on that nobody spoke, a segment must be well heard to stay.
pub(crate) const NO_SPEECH: f32 = 0.6;
/// Below this confidence a segment counts as badly heard: an average log-probability of -1.
const BADLY_HEARD: f32 = 0.367_879_4;
/// The same words so many times in a row are the model's, not the speaker's.
const REPETITIONS: usize = 3;
/// Quieter than -60 dB of full scale in every tenth of a second: not even breath is in it.
const SILENCE: f32 = 0.001;

/// Whether there is nothing in the audio that could be speech.
pub(crate) fn is_silent(samples: &[f32]) -> bool {
    samples.chunks(1_600).all(|tenth| {
        let power = tenth.iter().map(|sample| sample * sample).sum::<f32>() / tenth.len() as f32;
        power.sqrt() < SILENCE
    })
}

/// The segments that somebody said, and how many others there were.
pub(crate) fn keep_speech(heard: Vec<Segment>) -> (Vec<Segment>, u32) {
    let before = heard.len();
    let mut kept: Vec<Segment> = Vec::with_capacity(before);
    let mut said_before = 0;
    for segment in heard {
        let nobody_spoke = segment.no_speech > NO_SPEECH && segment.confidence < BADLY_HEARD;
        if nobody_spoke || is_annotation(segment.text.expose()) {
            continue;
        }
        said_before = match kept.last() {
            Some(last) if same_words(last.text.expose(), segment.text.expose()) => said_before + 1,
            _ => 0,
        };
        if said_before + 1 < REPETITIONS {
            kept.push(segment);
        }
    }
    let dropped = before - kept.len();
    (kept, u32::try_from(dropped).unwrap_or(u32::MAX))
}

/// `[BLANK_AUDIO]`, `(music)`, `♪`: a subtitle's remark, or nothing pronounceable.
fn is_annotation(text: &str) -> bool {
    let text = text.trim();
    let bracketed = [('[', ']'), ('(', ')'), ('*', '*'), ('♪', '♪')].iter().any(|(open, close)| {
        text.strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close))
            .is_some_and(|inner| !inner.contains([*open, *close]))
    });
    bracketed || !text.chars().any(char::is_alphanumeric)
}

fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    words(one) == words(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(text: &str, confidence: f32, no_speech: f32) -> Segment {
        Segment { start: 0.0, end: 1.0, text: text.into(), confidence, no_speech, words: Vec::new() }
    }

    fn texts(segments: &[Segment]) -> Vec<&str> {
        segments.iter().map(|segment| segment.text.expose().as_str()).collect()
    }

    #[test]
    fn what_the_model_held_for_silence_and_heard_badly_goes() {
        let (kept, dropped) = keep_speech(vec![
            segment("My knee hurts.", 0.8, 0.9),
            segment("Thanks for watching!", 0.2, 0.9),
            segment("It is swollen.", 0.2, 0.1),
        ]);
        assert_eq!((texts(&kept), dropped), (vec!["My knee hurts.", "It is swollen."], 1));
    }

    #[test]
    fn remarks_go_and_speech_with_brackets_in_it_stays() {
        let (kept, _) = keep_speech(vec![
            segment("[BLANK_AUDIO]", 0.9, 0.0),
            segment("(gentle music)", 0.9, 0.0),
            segment("♪ ♪", 0.9, 0.0),
            segment("...", 0.9, 0.0),
            segment("(left) knee, then (right) knee", 0.9, 0.0),
        ]);
        assert_eq!(texts(&kept), ["(left) knee, then (right) knee"]);
    }

    #[test]
    fn the_third_repetition_and_those_after_it_go() {
        let heard = vec!["No.", "no", "No!", "No.", "Yes.", "No."];
        let (kept, dropped) = keep_speech(heard.into_iter().map(|text| segment(text, 0.9, 0.0)).collect());
        assert_eq!((texts(&kept), dropped), (vec!["No.", "no", "Yes.", "No."], 2));
    }

    #[test]
    fn silence_is_silent_and_a_quiet_word_is_not() {
        assert!(is_silent(&[]));
        assert!(is_silent(&[0.0; 16_000]));
        let mut samples = vec![0.0; 16_000];
        for (index, sample) in samples.iter_mut().skip(8_000).take(3_200).enumerate() {
            *sample = 0.01 * (index as f32 * 0.1).sin();
        }
        assert!(!is_silent(&samples));
    }
}
