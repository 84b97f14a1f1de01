//! whisper.cpp behind the worker's protocol.

use std::{cell::OnceCell, sync::Arc};

use domain::Phi;
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperSegment, WhisperState,
    get_lang_id, get_lang_str,
};
use worker::{
    Fault, FaultKind, ModelDescription, Output, Request, Segment, SegmentWord, TranscribeOptions,
    frame::floats_from_bytes,
    host::{Answer, Engine, Job, Settings},
    model_file::{self, ModelFileError},
};

use crate::{
    expected::{Expected, Vocabulary},
    guard,
};

/// Samples in a second of the audio that whisper hears.
const RATE: usize = 16_000;
/// whisper.cpp ignores what is shorter than a tenth of a second, and invents words below one.
const LEAST_SAMPLES: usize = RATE;

/// Every whisper model of OpenAI's remembers so many tokens. One that remembers fewer was trained on stretches of speech only.
const WHISPER_TEXT_CONTEXT: u32 = 448;
/// Samples that one position of the encoder's context stands for: 20 ms.
const POSITION: usize = 320;
/// Positions beyond the end of a stretch, and the multiple that contexts are rounded up to, as in the starter's training.
const POSITIONS_AFTER: usize = 16;
const POSITIONS_STEP: usize = 32;
/// The least context of a model that was trained on half a minute: below about half of it whisper begins to repeat itself.
const LEAST_CONTEXT: usize = 768;

/// A loaded whisper model.
pub(crate) struct Whisper {
    context: WhisperContext,
    state: WhisperState,
    description: ModelDescription,
    /// Read from the model when phrases are expected for the first time.
    vocabulary: OnceCell<Vocabulary>,
    threads: usize,
}

impl Engine for Whisper {
    const PROGRAM: &'static str = "bedside-speech-worker";

    fn version() -> String {
        format!("whisper.cpp {}", whisper_rs::get_whisper_version())
    }

    fn prepare() {
        whisper_rs::install_logging_hooks();
    }

    fn load(settings: &Settings) -> Result<Self, Fault> {
        let shape = model_file::whisper::check(&settings.model).map_err(|error| {
            let kind = match error {
                ModelFileError::Missing(_) => FaultKind::ModelMissing,
                _ => FaultKind::ModelInvalid,
            };
            Fault::new(kind, error.to_string())
        })?;
        let mut parameters = WhisperContextParameters::new();
        parameters.use_gpu(false);
        let context = WhisperContext::new_with_params(&settings.model, parameters).map_err(|error| {
            Fault::new(FaultKind::ModelInvalid, format!("whisper.cpp refuses the model: {error}"))
        })?;
        let state = context
            .create_state()
            .map_err(|error| Fault::new(FaultKind::OutOfMemory, format!("no working memory: {error}")))?;
        let description = ModelDescription {
            architecture: "whisper".into(),
            name: context.model_type_readable_str_lossy().ok().map(|name| name.into_owned()),
            parameters: None,
            bytes: std::fs::metadata(&settings.model).map_or(0, |metadata| metadata.len()),
            context: shape.n_audio_ctx,
            embedding: shape.n_audio_state,
            vocabulary: shape.n_vocab,
            multilingual: Some(shape.is_multilingual()),
            only_stretches: shape.n_text_ctx < WHISPER_TEXT_CONTEXT,
            chat_template: None,
        };
        Ok(Self { context, state, description, vocabulary: OnceCell::new(), threads: settings.threads })
    }

    fn describe(&self) -> ModelDescription {
        self.description.clone()
    }

    fn answer(&mut self, request: Request, attachment: Vec<u8>, job: &Job) -> Result<Answer, Fault> {
        match request {
            Request::Transcribe(options) => {
                let samples = floats_from_bytes(&attachment).ok_or_else(|| {
                    Fault::new(FaultKind::Request, "the audio is no whole number of samples")
                })?;
                drop(attachment);
                self.transcribe(samples, &options, job).map(Answer::from)
            }
            _ => Err(Fault::new(FaultKind::Request, "a speech model can only transcribe")),
        }
    }
}

impl Whisper {
    fn transcribe(
        &mut self,
        mut samples: Vec<f32>,
        options: &TranscribeOptions,
        job: &Job,
    ) -> Result<Output, Fault> {
        let language = self.language(options)?;
        let seconds = samples.len() as f64 / RATE as f64;
        if samples.iter().any(|sample| !sample.is_finite()) {
            return Err(Fault::new(FaultKind::Request, "the audio holds samples that are no numbers"));
        }
        if guard::is_silent(&samples) {
            return Ok(Output::Transcript { segments: Vec::new(), language, dropped: 0 });
        }
        let spoken = samples.len();
        if samples.len() < LEAST_SAMPLES {
            samples.resize(LEAST_SAMPLES, 0.0);
        }
        let stretch = options.stretch || self.description.only_stretches;

        let prompt = options.prompt.as_ref().map(|prompt| prompt.expose().replace('\0', " "));
        let mut parameters = self.parameters(options, language.as_deref(), prompt.as_deref(), job);
        if stretch {
            parameters.set_single_segment(true);
            parameters.set_no_timestamps(true);
            parameters.set_token_timestamps(false);
            parameters.set_audio_ctx(self.context_for(samples.len()));
        }
        if self.description.only_stretches {
            // It was taught to say nothing where nobody speaks, and is not made to say something by a second try.
            parameters.set_suppress_blank(false);
            parameters.set_temperature_inc(0.0);
        }
        let expected = (!options.expect.is_empty()).then(|| {
            Expected::new(self.vocabulary.get_or_init(|| Vocabulary::of(&self.context)), &options.expect)
        });
        if let Some(expected) = expected.as_ref().filter(|expected| !expected.is_empty()) {
            // Safety: the parameters are used up by the call below, and `expected` lives on after it.
            #[allow(unsafe_code, reason = "whisper-rs takes this callback as it is")]
            unsafe {
                expected.apply(&mut parameters);
            }
        }
        if let Err(error) = self.state.full(parameters, &samples) {
            return Err(if job.is_cancelled() {
                Job::cancelled()
            } else {
                Fault::new(FaultKind::Engine, format!("whisper.cpp failed: {error}"))
            });
        }
        if job.is_cancelled() {
            return Err(Job::cancelled());
        }

        let end_of_text = self.context.token_eot();
        let words = options.words || self.description.only_stretches;
        let heard: Vec<Segment> = self
            .state
            .as_iter()
            .filter_map(|segment| read_segment(&segment, end_of_text, words, seconds))
            .map(|segment| if stretch { spread(segment, spoken) } else { segment })
            .filter(|segment| !self.description.only_stretches || segment.no_speech < guard::NO_SPEECH)
            .map(|segment| if self.description.only_stretches { without_guesses(segment) } else { segment })
            .collect();
        // Of a stretch that it knows no word of, the starter says just that, and that is no subtitle's remark.
        let (segments, dropped) =
            if self.description.only_stretches { (heard, 0) } else { guard::keep_speech(heard) };
        let language =
            language.or_else(|| get_lang_str(self.state.full_lang_id_from_state()).map(str::to_owned));
        Ok(Output::Transcript { segments, language, dropped })
    }

    /// Positions of the encoder that a stretch needs.
    fn context_for(&self, samples: usize) -> i32 {
        let needed = (samples.div_ceil(POSITION) + POSITIONS_AFTER).next_multiple_of(POSITIONS_STEP);
        let least = if self.description.only_stretches { 0 } else { LEAST_CONTEXT };
        let most = self.description.context as usize;
        i32::try_from(needed.max(least).min(most)).unwrap_or(0)
    }

    /// The language to listen for; `None` to detect it.
    fn language(&self, options: &TranscribeOptions) -> Result<Option<String>, Fault> {
        let multilingual = self.description.multilingual == Some(true);
        match options.language.as_deref() {
            None if multilingual => Ok(None),
            None | Some("en") => Ok(Some("en".into())),
            Some(language) if language.contains('\0') || get_lang_id(language).is_none() => {
                Err(Fault::new(FaultKind::Request, "whisper does not know that language"))
            }
            Some(_) if !multilingual => Err(Fault::new(FaultKind::Request, "this model knows English only")),
            Some(language) => Ok(Some(language.to_owned())),
        }
    }

    fn parameters<'a>(
        &self,
        options: &TranscribeOptions,
        language: Option<&'a str>,
        prompt: Option<&str>,
        job: &Job,
    ) -> FullParams<'a, 'static> {
        let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 5 });
        parameters.set_n_threads(i32::try_from(self.threads).unwrap_or(1));
        parameters.set_language(language);
        parameters.set_translate(options.translate);
        if let Some(prompt) = prompt {
            parameters.set_initial_prompt(prompt);
        }
        parameters.set_token_timestamps(options.words);

        // Nothing of one stretch may leak into the next: a model that was led astray once stays astray.
        parameters.set_no_context(true);
        parameters.set_suppress_blank(true);
        parameters.set_suppress_nst(true);
        parameters.set_temperature(0.0);
        parameters.set_temperature_inc(0.2);
        parameters.set_entropy_thold(2.4);
        parameters.set_logprob_thold(-1.0);
        parameters.set_no_speech_thold(guard::NO_SPEECH);

        parameters.set_print_special(false);
        parameters.set_print_progress(false);
        parameters.set_print_realtime(false);
        parameters.set_print_timestamps(false);

        // Boxed here as well: whisper-rs 0.16 stores a boxed closure but calls it as the closure's own type, so that only
        // a type that is itself that box comes through unharmed.
        let job = Arc::new(job.clone());
        let abort: Box<dyn FnMut() -> bool> = Box::new(move || job.is_cancelled());
        parameters.set_abort_callback_safe(abort);
        parameters
    }
}

/// A segment with its confidence; `None` where it lies in the padding or says nothing.
fn read_segment(
    segment: &WhisperSegment<'_>,
    end_of_text: i32,
    words: bool,
    seconds: f64,
) -> Option<Segment> {
    let start = (segment.start_timestamp() as f64 / 100.0).max(0.0);
    let end = (segment.end_timestamp() as f64 / 100.0).clamp(start, seconds.max(start));
    let text = segment.to_str_lossy().ok()?.trim().to_owned();
    if text.is_empty() || start >= seconds {
        return None;
    }
    let tokens: Vec<Token> = (0..segment.n_tokens())
        .filter_map(|index| {
            let token = segment.get_token(index)?;
            // Everything from the end of text on is a sign, not speech: timestamps, languages.
            if token.token_id() >= end_of_text {
                return None;
            }
            let timing = token.token_data();
            Some(Token {
                bytes: token.to_bytes().ok()?.to_vec(),
                probability: token.token_probability(),
                start: (timing.t0 as f64 / 100.0).clamp(start, end),
                end: (timing.t1 as f64 / 100.0).clamp(start, end),
            })
        })
        .collect();
    Some(Segment {
        start,
        end,
        confidence: geometric_mean(tokens.iter().map(|token| token.probability)),
        no_speech: segment.no_speech_probability(),
        words: if words { words_of(&tokens) } else { Vec::new() },
        text: Phi::new(text),
    })
}

/// The words of a stretch, spread over it by their lengths: the model says no times, and the stretch begins and ends with
/// speech.
fn spread(mut segment: Segment, samples: usize) -> Segment {
    let seconds = samples as f64 / RATE as f64;
    (segment.start, segment.end) = (0.0, seconds);
    let letters = |word: &SegmentWord| word.text.expose().chars().count() as f64 + 1.0;
    let all: f64 = segment.words.iter().map(letters).sum();
    let mut at = 0.0;
    for word in &mut segment.words {
        word.start = at / all * seconds;
        at += letters(word);
        word.end = at / all * seconds;
    }
    segment
}

/// A word that a model of a closed vocabulary is less sure of is outside its vocabulary, most likely.
const GUESS: f32 = 0.4;
/// What stands for words that the model does not know.
const UNKNOWN: &str = "…";

/// The segment with a sign in the place of words that are only guesses: a model of a closed vocabulary has a word for
/// everything that it hears, also for what it does not know.
fn without_guesses(mut segment: Segment) -> Segment {
    let mut words: Vec<SegmentWord> = Vec::with_capacity(segment.words.len());
    for mut word in segment.words {
        if word.confidence < GUESS {
            word.text = Phi::new(UNKNOWN.to_owned());
        }
        match words.last_mut() {
            Some(last) if last.text.expose() == UNKNOWN && word.text.expose() == UNKNOWN => {
                last.end = word.end
            }
            _ => words.push(word),
        }
    }
    if !words.is_empty() {
        let texts: Vec<&str> = words.iter().map(|word| word.text.expose().as_str()).collect();
        segment.text = Phi::new(texts.join(" "));
    }
    segment.words = words;
    segment
}

struct Token {
    bytes: Vec<u8>,
    probability: f32,
    start: f64,
    end: f64,
}

/// Tokens joined to words: one that starts with a space starts a word. A character may be spread over tokens, so bytes are
/// joined before they become text.
fn words_of(tokens: &[Token]) -> Vec<SegmentWord> {
    tokens
        .chunk_by(|_, next| !next.bytes.starts_with(b" "))
        .filter_map(|word| {
            let bytes: Vec<u8> = word.iter().flat_map(|token| token.bytes.iter().copied()).collect();
            let text = String::from_utf8_lossy(&bytes).trim().to_owned();
            let (first, last) = (word.first()?, word.last()?);
            (!text.is_empty()).then(|| SegmentWord {
                start: first.start,
                end: last.end.max(first.start),
                text: Phi::new(text),
                confidence: geometric_mean(word.iter().map(|token| token.probability)),
            })
        })
        .collect()
}

fn geometric_mean(probabilities: impl Iterator<Item = f32>) -> f32 {
    let (sum, count) = probabilities.fold((0.0_f32, 0_u32), |(sum, count), probability| {
        (sum + probability.clamp(1e-6, 1.0).ln(), count + 1)
    });
    if count == 0 { 0.0 } else { (sum / count as f32).exp() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str, probability: f32) -> Token {
        Token { bytes: text.into(), probability, start: 0.0, end: 1.0 }
    }

    #[test]
    fn tokens_are_joined_to_words_at_spaces() {
        let tokens = [token(" acet", 0.5), token("amino", 0.5), token("phen", 0.5), token(" twice", 1.0)];
        let words = words_of(&tokens);
        let texts: Vec<&str> = words.iter().map(|word| word.text.expose().as_str()).collect();
        assert_eq!(texts, ["acetaminophen", "twice"]);
        assert!((words[0].confidence - 0.5).abs() < 1e-6);
    }

    #[test]
    fn guesses_of_a_closed_vocabulary_are_signs_and_not_words() {
        let word =
            |text: &str, confidence| SegmentWord { start: 0.0, end: 1.0, text: text.into(), confidence };
        let words = vec![word("a", 0.9), word("month", 0.2), word("week", 0.1), word("ago", 0.8)];
        let segment =
            Segment { start: 0.0, end: 1.0, text: "".into(), confidence: 0.5, no_speech: 0.0, words };
        assert_eq!(without_guesses(segment).text.expose(), "a … ago");
    }

    #[test]
    fn confidence_is_the_geometric_mean_and_zero_without_tokens() {
        assert!((geometric_mean([0.25, 1.0].into_iter()) - 0.5).abs() < 1e-6);
        assert_eq!(geometric_mean([].into_iter()), 0.0);
    }
}
