//! What people are likely to say to a question, for a recogniser that can prefer it.

use domain::Language;

use crate::questionnaire::{Item, ItemKind};
use crate::understand::date_words::months;

/// What can be said at every step.
const WISHES_EN: &[&str] = &[
    "back",
    "go back",
    "help",
    "I don't know",
    "I need help",
    "I want a person",
    "a person please",
    "louder",
    "next",
    "quieter",
    "repeat",
    "repeat that",
    "say that again",
    "skip",
    "stop",
];
const WISHES_ES: &[&str] = &[
    "atrás",
    "ayuda",
    "no lo sé",
    "no sé",
    "quiero hablar con una persona",
    "más alto",
    "siguiente",
    "más bajo",
    "repita",
    "otra vez",
    "saltar",
    "pare",
];
const YES_NO_EN: &[&str] = &[
    "yes",
    "no",
    "yeah",
    "yep",
    "nope",
    "yes please",
    "no thank you",
    "yes I do",
    "no I don't",
    "not really",
    "I don't think so",
    "I think so",
    "maybe",
    "sometimes",
    "not sure",
];
const YES_NO_ES: &[&str] =
    &["sí", "no", "claro", "sí por favor", "no gracias", "creo que sí", "creo que no", "a veces"];
const NONE_EN: &[&str] = &["none", "none of these", "none of them", "no"];
const NONE_ES: &[&str] = &["ninguno", "ninguna", "ninguno de estos", "no"];
const UNITS_EN: &[&str] = &["minutes", "hours", "days", "weeks", "months", "years"];
const UNITS_ES: &[&str] = &["minutos", "horas", "días", "semanas", "meses", "años"];
const COUNTS_EN: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];
const COUNTS_ES: &[&str] = &[
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce",
];

/// The phrases that are likely where a question was asked, in lower case but for "I": the options of a choice, yes and no,
/// numbers in words, units, months, and the wishes that can be said at every step. English and Spanish; in other languages
/// the options only.
pub fn expected(question: &Item, language: &Language) -> Vec<String> {
    let spanish = language.primary() == "es";
    let known = spanish || language.primary() == "en";
    let of = |english: &'static [&'static str], other: &'static [&'static str]| -> Vec<String> {
        let phrases = if spanish { other } else { english };
        phrases.iter().filter(|_| known).map(|phrase| (*phrase).to_owned()).collect()
    };
    let mut phrases = of(WISHES_EN, WISHES_ES);
    match &question.kind {
        ItemKind::Boolean => phrases.extend(of(YES_NO_EN, YES_NO_ES)),
        ItemKind::Choice { .. } | ItemKind::OpenChoice { .. } => {
            phrases.extend(question.options().iter().map(|option| spoken(option.display.get(language))));
            phrases.extend(of(NONE_EN, NONE_ES));
        }
        ItemKind::Integer { .. } | ItemKind::Decimal { .. } => phrases.extend(of(COUNTS_EN, COUNTS_ES)),
        ItemKind::Quantity { .. } => {
            phrases.extend(of(COUNTS_EN, COUNTS_ES));
            phrases.extend(of(UNITS_EN, UNITS_ES));
        }
        ItemKind::Date { .. } => phrases.extend(months(language).into_iter().flatten().map(str::to_owned)),
        _ => {}
    }
    phrases.sort_unstable();
    phrases.dedup();
    phrases
}

/// An option as it is said: no signs, no capitals but "I".
fn spoken(display: &str) -> String {
    let plain: String = display
        .chars()
        .map(|letter| if letter.is_alphanumeric() || letter == '\'' { letter } else { ' ' })
        .collect();
    plain
        .split_whitespace()
        .map(|word| if word == "I" { word.to_owned() } else { word.to_lowercase() })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(json: serde_json::Value) -> Item {
        crate::understand::question_from_json(&json).unwrap()
    }

    fn said(json: serde_json::Value, language: &str) -> Vec<String> {
        expected(&question(json), &Language::new(language))
    }

    #[test]
    fn yes_and_no_are_expected_where_the_question_takes_them_and_wishes_always() {
        let phrases =
            said(serde_json::json!({ "linkId": "a", "type": "boolean", "text": "Any allergies?" }), "en");
        assert!(
            ["yes", "no", "repeat", "a person please"]
                .iter()
                .all(|phrase| phrases.contains(&(*phrase).to_owned()))
        );
        let phrases = said(serde_json::json!({ "linkId": "a", "type": "text", "text": "Why?" }), "es");
        assert!(phrases.contains(&"repita".to_owned()) && !phrases.contains(&"sí".to_owned()));
    }

    #[test]
    fn options_are_expected_as_they_are_said() {
        let option = |text: &str| serde_json::json!({ "valueCoding": { "code": text, "display": text } });
        let choice = serde_json::json!({
            "linkId": "a", "type": "choice", "text": "Which?",
            "answerOption": [option("Yes, I am pregnant"), option("Maybe")],
        });
        let phrases = said(choice.clone(), "en");
        assert!(
            phrases.contains(&"yes I am pregnant".to_owned())
                && phrases.contains(&"none of these".to_owned())
        );
        // Of other languages nothing is made up.
        assert_eq!(said(choice, "fr"), ["maybe", "yes I am pregnant"]);
    }
}
