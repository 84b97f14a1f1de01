//! What a patient's words mean at the step of the intake that is on the screen.

use ::intake::understand::{self, ASK_BACK_BELOW, Kind, Nearness, outcome};
use ::intake::{Item, ItemKind, understand as understood};
use domain::{Answer, AnswerSource, AnswerValue, EncounterId, Language, Phi};
use serde_json::json;

use crate::router::Call;
use crate::rpc::types::{UnderstandWords, VoiceAsked, VoiceMeaning};
use crate::{Engine, Error, nearness};

/// A recogniser that is less sure of its words than this is asked back, however well they would fit.
const SURE_OF_WORDS: f32 = 0.55;
/// Understanding is as sure as this only of a wish that is all that was written.
const WHOLE_WISH: f64 = 0.9;

/// Words to be made out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Words<'a> {
    /// Typed: they are what the patient wrote.
    Typed(&'a str),
    /// Recognised, and how sure the recogniser is of them, 0 to 1.
    Heard(&'a str, f32),
}

/// Makes out what was typed. Nothing is recorded: the screen gives the answer, once it is sure or was asked back.
pub(crate) fn understand(call: &Call<'_>, request: UnderstandWords) -> Result<VoiceMeaning, Error> {
    call.authorise_intake(request.encounter)?;
    let words = Words::Typed(request.words.expose());
    meaning(call.engine, request.encounter, &request.asked, words)
}

/// Makes out what was typed or said. What is asked back, because it is not clear or not sure, is remembered until the
/// question is answered.
pub(crate) fn meaning(
    engine: &Engine,
    encounter: EncounterId,
    asked: &VoiceAsked,
    words: Words<'_>,
) -> Result<VoiceMeaning, Error> {
    let meaning = made_out(engine, encounter, asked, words)?;
    let doubtful = matches!(meaning, VoiceMeaning::Unclear | VoiceMeaning::Answer { sure: false, .. });
    if let (true, VoiceAsked::Question { link_id }) = (doubtful, asked) {
        let source = match words {
            Words::Typed(_) => AnswerSource::Typed,
            Words::Heard(..) => AnswerSource::Voice,
        };
        if let Some(open) = engine.intakes().get_mut(&encounter) {
            open.ask_back(link_id, source);
        }
    }
    Ok(meaning)
}

fn made_out(
    engine: &Engine,
    encounter: EncounterId,
    asked: &VoiceAsked,
    words: Words<'_>,
) -> Result<VoiceMeaning, Error> {
    let (text, confidence) = match words {
        Words::Typed(text) => (text, 1.0),
        Words::Heard(text, confidence) => (text, confidence),
    };
    let typed = matches!(words, Words::Typed(_));
    if !typed && let Some(wish) = screen_wish(text) {
        return Ok(wish);
    }
    let intakes = engine.intakes();
    let open = intakes.get(&encounter).ok_or(Error::NotFound { what: "intake" })?;
    let language = open.language.clone();
    let question = match asked {
        VoiceAsked::Nothing => return Ok(VoiceMeaning::Unclear),
        VoiceAsked::Question { link_id } => {
            open.intake.questionnaire().item(link_id).cloned().ok_or(Error::NotFound { what: "question" })?
        }
        VoiceAsked::Consent { .. } | VoiceAsked::Confirm => yes_no(&language)?,
        VoiceAsked::Name => {
            item(&json!({ "linkId": "name", "type": "string", "text": "What is your name?" }))?
        }
        VoiceAsked::BirthDate => birth_date()?,
    };
    let intake = open.intake.clone();
    drop(intakes);
    // Words outside the model's vocabulary come as an ellipsis: what is left may still answer.
    let known = if typed { text.to_owned() } else { text.replace('…', " ") };
    let unknown_words = !typed && text.contains('…');
    let today = understand::day(&(engine.options.local_day)(engine.now())).ok_or(Error::WrongState)?;
    let by_rule = understood(&question, &known, &language, today);
    let understanding = match Nearness::wanted(&question, &known, &language, &by_rule) {
        Some(nearness) => nearness::settled(engine, &nearness, by_rule),
        None => by_rule,
    };
    let sure = understanding.confidence >= ASK_BACK_BELOW
        && confidence >= SURE_OF_WORDS
        && (!unknown_words || matches!(understanding.kind, Kind::Person));
    let answered = |answer: Answer, sure: bool| {
        let taken = match asked {
            VoiceAsked::Question { link_id } => intake.clone().answer(link_id, answer.clone()).is_ok(),
            _ => true,
        };
        if !taken {
            return VoiceMeaning::Unclear;
        }
        let shown = Phi::new(shown(&question, &answer, &language));
        VoiceMeaning::Answer { shown, answer: answer.into(), sure }
    };
    // Who writes into a field for words means the words, unless all of them are a wish.
    if typed && let Some(answer) = as_written(&question, &known) {
        let wish = understanding.confidence >= WHOLE_WISH
            && match understanding.kind {
                Kind::Person => true,
                Kind::Back | Kind::Unknown | Kind::Skip => !question.required,
                Kind::Answer | Kind::Repeat | Kind::Unclear => false,
            };
        if !wish {
            return Ok(answered(answer, true));
        }
    }
    Ok(match understanding.kind {
        Kind::Back => VoiceMeaning::Back,
        Kind::Repeat if typed => VoiceMeaning::Unclear,
        Kind::Repeat => VoiceMeaning::Repeat,
        Kind::Person => VoiceMeaning::Person,
        Kind::Unclear => VoiceMeaning::Unclear,
        Kind::Skip if matches!(asked, VoiceAsked::Question { .. }) => VoiceMeaning::Skip,
        Kind::Unknown if matches!(asked, VoiceAsked::Question { .. }) => VoiceMeaning::Unknown,
        Kind::Skip | Kind::Unknown => VoiceMeaning::Skip,
        Kind::Answer => match outcome(&question, &understanding, &language) {
            Some(answer) => answered(answer, sure),
            None => VoiceMeaning::Unclear,
        },
    })
}

/// The words themselves, to a question that takes words.
fn as_written(question: &Item, text: &str) -> Option<Answer> {
    let text = text.trim().to_owned();
    match question.kind {
        _ if text.is_empty() => None,
        ItemKind::String { .. } => Some(Answer::Given(vec![AnswerValue::String(text)])),
        ItemKind::Text { .. } => Some(Answer::Given(vec![AnswerValue::Text(text)])),
        _ => None,
    }
}

/// The phrases that are likely answers to what is asked.
pub(crate) fn expected(engine: &Engine, encounter: EncounterId, asked: &VoiceAsked) -> Vec<String> {
    let intakes = engine.intakes();
    let Some(open) = intakes.get(&encounter) else { return Vec::new() };
    let question = match asked {
        VoiceAsked::Question { link_id } => open.intake.questionnaire().item(link_id).cloned(),
        VoiceAsked::Consent { .. } | VoiceAsked::Confirm => yes_no(&open.language).ok(),
        VoiceAsked::BirthDate => birth_date().ok(),
        VoiceAsked::Name | VoiceAsked::Nothing => None,
    };
    question.map(|question| ::intake::expected(&question, &open.language)).unwrap_or_default()
}

/// Wishes that are about the screen and not about the question.
fn screen_wish(text: &str) -> Option<VoiceMeaning> {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_alphanumeric() || letter == '\'' { letter } else { ' ' })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().filter(|word| *word != "please").collect();
    Some(match words.as_slice() {
        ["louder"] | ["speak", "up"] | ["más", "alto"] | ["mas", "alto"] => VoiceMeaning::Louder,
        ["quieter"] | ["more", "quietly"] | ["más", "bajo"] | ["mas", "bajo"] => VoiceMeaning::Quieter,
        ["stop"] | ["stop", "talking"] | ["silencio"] => VoiceMeaning::Stop,
        ["next"] | ["continue"] | ["go", "on"] | ["siguiente"] | ["continuar"] => VoiceMeaning::Next,
        _ => return None,
    })
}

fn yes_no(language: &Language) -> Result<Item, Error> {
    let text = if language.primary() == "es" { "¿Está de acuerdo?" } else { "Do you agree?" };
    item(&json!({ "linkId": "agree", "type": "boolean", "text": text }))
}

fn birth_date() -> Result<Item, Error> {
    item(&json!({ "linkId": "birth-date", "type": "date", "text": "When were you born? Your date of birth" }))
}

fn item(question: &serde_json::Value) -> Result<Item, Error> {
    Ok(understand::question_from_json(question)?)
}

/// The answer as the patient reads it.
fn shown(question: &Item, answer: &Answer, language: &Language) -> String {
    let Answer::Given(values) = answer else { return String::new() };
    if values.is_empty() {
        return if language.primary() == "es" { "Ninguno" } else { "None of these" }.to_owned();
    }
    values
        .iter()
        .map(|value: &AnswerValue| ::intake::in_words(question, value, language))
        .collect::<Vec<_>>()
        .join(", ")
}
