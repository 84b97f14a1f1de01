//! Free words: without hesitation, otherwise as they were said.

use super::Heard;
use super::answer::Value;
use super::filler::{self, HESITATION};
use super::said::{Phrases, Tongue, code_points, cut, span};
use crate::redflag::words::{Mark, Word};
use std::sync::LazyLock;

/// What may stand before an answer and says nothing.
const OPENERS_EN: &[&str] = &["well", "so", "okay", "ok", "right", "now", "yeah"];
const OPENERS_ES: &[&str] = &["pues", "bueno", "mire", "mira", "a ver", "este", "pos"];

/// The words, or nothing where there was only hesitation.
pub(super) fn read(text: &str, words: &[Word], tongue: Tongue) -> Option<Heard> {
    let (written, span) = cleaned(text, words, tongue)?;
    let content = words.iter().filter(|word| !filler::is_filler(&word.text, tongue)).count();
    let confidence = match content {
        0 if words.len() < 2 => 0.75,
        0 => 0.8,
        1 => 0.9,
        _ => 0.95,
    };
    Some(Heard::new(Value::Text(written), confidence, span))
}

/// The text without hesitation and what opens a sentence, and where that stands.
pub(super) fn cleaned(text: &str, words: &[Word], tongue: Tongue) -> Option<(String, (u32, u32))> {
    let openers = tongue.pick(OPENERS_EN, OPENERS_ES);
    let mut drop = vec![false; words.len()];
    for (index, word) in words.iter().enumerate() {
        drop[index] = hesitates(words, index, tongue);
        let begins = drop[..index].iter().all(|dropped| *dropped);
        // "Well," and "so" at the start, where something follows.
        let paused = word.mark >= Mark::Comma
            || words.get(index + 1).is_some_and(|_| hesitates(words, index + 1, tongue));
        drop[index] |= begins
            && openers.contains(&word.text.as_str())
            && index + 1 < words.len()
            && (paused || index > 0 || word.text == "pues" || word.text == "well");
    }
    let first = drop.iter().position(|dropped| !dropped)?;
    let last = drop.iter().rposition(|dropped| !dropped)?;
    let mut written = String::new();
    let mut at = first;
    while at <= last {
        let mut end = at;
        while end < last && !drop[end + 1] {
            end += 1;
        }
        // Up to the next kept word, so that the marks between stay.
        let piece = cut(text, (words[at].start, words[end].end));
        if !written.is_empty() {
            written.push(' ');
        }
        written.push_str(&piece);
        at = end + 1;
        while at <= last && drop[at] {
            at += 1;
        }
    }
    // An opening mark belongs to what follows it.
    let start = words[first].start;
    let opened = start > 0 && matches!(cut(text, (start - 1, start)).as_str(), "¿" | "¡" | "(" | "\"" | "+");
    if opened {
        written.insert_str(0, &cut(text, (start - 1, start)));
    }
    let closing = cut(text, (words[last].end, words[last].end + 1));
    let open = matches!(closing.as_str(), "?" | ")" | "\"" | "%");
    if open {
        written.push_str(&closing);
    }
    let end = words[last].end + code_points(usize::from(open));
    Some((written, (start - code_points(usize::from(opened)), end)))
}

/// "Um"; "este" only where it is set apart or opens the sentence: elsewhere it is "this".
fn hesitates(words: &[Word], index: usize, tongue: Tongue) -> bool {
    let word = &words[index];
    let text = word.text.as_str();
    if text == "este" {
        return tongue == Tongue::Spanish
            && (word.mark >= Mark::Comma
                || words.get(index + 1).is_some_and(|next| {
                    HESITATION.contains(&next.text.as_str())
                        || index == 0
                            && matches!(
                                next.text.as_str(),
                                "la" | "el"
                                    | "me"
                                    | "mi"
                                    | "un"
                                    | "una"
                                    | "pues"
                                    | "los"
                                    | "las"
                                    | "tengo"
                                    | "es"
                                    | "que"
                                    | "no"
                                    | "yo"
                                    | "se"
                            )
                }));
    }
    if matches!(text, "em" | "er" | "mm" | "ay" | "oh" | "ah" | "eh")
        && tongue == Tongue::Spanish
        && matches!(text, "ay" | "em" | "er")
    {
        return word.mark >= Mark::Comma;
    }
    // An initial ("M") or a number's "oh" is no hesitation.
    HESITATION.contains(&text) && !(text == "oh" && index > 0)
}

/// What speech recognition writes of silence, and other noise.
const NOISE: &[&str] = &[
    "blank audio",
    "blank_audio",
    "silence",
    "music",
    "inaudible",
    "coughing",
    "coughs",
    "cough cough",
    "sighs",
    "laughs",
    "laughter",
    "applause",
    "noise",
    "background noise",
    "thank you for watching",
    "thanks for watching",
    "thank you",
    "thank you so much for watching",
    "please subscribe",
    "subtitles by the amara org community",
    "you",
    "bye",
    "subtitulos realizados por la comunidad de amara org",
    "gracias por ver el video",
    "gracias por ver",
    "musica",
    "silencio",
    "inaudible",
    "aplausos",
    "risas",
    "tos",
    "throat clearing",
    "clears throat",
    "sneezes",
    "speaking foreign language",
    "foreign",
    "no speech",
    "noise",
    "static",
    "beep",
    "you know",
    "let me think",
    "let me see",
    "hold on",
    "hold on a second",
    "hang on",
    "hang on a second",
    "one moment",
    "one second",
    "just a second",
    "just a moment",
    "just a minute",
    "wait",
    "wait a minute",
    "give me a second",
    "hold on a minute",
    "dejeme pensar",
    "dejame pensar",
    "dejeme ver",
    "un momento",
    "un momentito",
    "un segundo",
    "espere",
    "espereme",
    "a ver",
    "vamos a ver",
    "o sea",
    "este",
    "deja pienso",
    "permitame",
    "permitame un momento",
    "ahorita",
    "ya voy",
    "hello",
    "hello hello",
    "hola",
    "testing",
    "la la la",
    "la la",
    "blah blah",
    "blah blah blah",
    "bueno bueno",
    "probando",
    "hi",
    "hi there",
    "good morning",
    "buenos dias",
    "buenas tardes",
    "gracias",
    "okay",
    "ok",
    "well",
    "so",
    "the",
    "a",
    "i",
    "and",
    "it",
    "is",
    "um",
];

const TO_OTHERS: &[&str] = &[
    "(im|i am|estoy) (on|en|hablando por) (the|el|por)? (phone|telefono)",
    "not you",
    "(ahorita|luego|al rato|despues|mas tarde|ya)? (te|le) (marco|llamo|hablo|devuelvo) (la llamada)? (luego|ahorita|al rato|despues|mas tarde)?",
    "(ill|i will|can i|let me|let me just) (call|ring|phone|text) (you|him|her|them) (back|later)?",
    "(call|ring) (you|me) back (later)?",
    "(my)? (phones|phone is|phone) (ringing|buzzing|going)",
    "(sit|settle|quiet|calm) down",
    "(be quiet|stop that|stop it|come here|put that down|give me that|leave that alone|dont touch (that|it)|get over here|say hello)",
    "(sientate|callate|ven aca|estate quieto|estate quieta|deja eso|no toques (eso)?|quedate quieto|quedate quieta|vente para aca)",
    "(is|where|wheres|where is|how much is) (the)? (parking|bathroom|restroom|toilet|wifi|cafeteria|vending machine) ..4",
    "(donde esta|donde queda) (el)? (bano|estacionamiento|cafeteria|elevador) ..3",
];
/// What is said with such talk, and is none by itself.
const WAITING: &[&str] = &[
    "(hang|hold) on (a (minute|second|sec|moment|mo))?",
    "(esperame|espereme|espera|aguantame|aguanta|dame|permiteme) (tantito|poquito|ahi|un (momento|momentito|segundo|ratito|minuto))?",
    "(im|i am|estoy|ando) (at|in|en|con) (the|el|la)? (doctors|doctor|doctora|clinic|clinica|hospital|medico|consulta)",
];
static WAITING_PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(WAITING, ()));
static TO_OTHERS_PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(TO_OTHERS, ()));

/// What was said to somebody beside the patient, or asked about the house.
pub(super) fn said_to_others(words: &[Word], tongue: Tongue) -> Option<(u32, u32)> {
    let found = TO_OTHERS_PHRASES.find(words);
    let (first, last) = (found.first()?, found.last()?);
    let waiting = WAITING_PHRASES.find(words);
    let covered: Vec<bool> =
        (0..words.len()).map(|word| found.iter().chain(&waiting).any(|found| found.covers(word))).collect();
    (filler::left_over(words, &covered, tongue) <= 2).then(|| span(words, first.first, last.last))
}

/// Whether it is only what recognition makes of silence, or talk that answers nothing.
pub(super) fn is_noise(text: &str, words: &[Word]) -> bool {
    let meaningful: Vec<&str> = words
        .iter()
        .map(|word| word.text.as_str())
        .filter(|word| !HESITATION.contains(word) || *word == "este")
        .collect();
    let line = meaningful.join(" ");
    let trimmed = text.trim();
    let bracketed = (trimmed.starts_with('[') && trimmed.ends_with(']'))
        || (trimmed.starts_with('(')
            && trimmed.ends_with(')')
            && !trimmed.chars().any(|c| c.is_ascii_digit()))
        || (trimmed.starts_with('*') && trimmed.ends_with('*'));
    line.is_empty() || bracketed || NOISE.contains(&line.as_str()) || {
        let stripped: Vec<&str> = meaningful
            .iter()
            .copied()
            .filter(|word| {
                !matches!(
                    *word,
                    "well" | "so" | "pues" | "bueno" | "okay" | "ok" | "please" | "por" | "favor" | "este"
                )
            })
            .collect();
        NOISE.contains(&stripped.join(" ").as_str()) || stripped.is_empty()
    }
}
