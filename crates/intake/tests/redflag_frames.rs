//! What is said around a sign decides whether it is raised: every sign of these in every frame of these.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

#[path = "support/labelled.rs"]
mod labelled;

use bedside_intake::RedFlagRules;
use labelled::{as_heard, raised};

/// A rule, a clause that says its sign is so, and the sign as a noun.
const ENGLISH: &[(&str, &str, &str)] = &[
    ("chest-pain", "my chest hurts", "chest pain"),
    ("stroke-signs", "my left arm has gone weak", "slurred speech"),
    ("breathing-trouble", "I can't catch my breath", "shortness of breath"),
    ("breathing-trouble", "I'm struggling to breathe", "trouble breathing"),
    ("anaphylaxis", "my throat is closing", "a severe allergic reaction"),
    ("severe-bleeding", "I'm vomiting blood", "heavy bleeding"),
    ("sudden-severe-headache", "I have a sudden severe headache", "a sudden severe headache"),
    ("self-harm", "I want to kill myself", "suicidal thoughts"),
    ("loss-of-consciousness", "I passed out", "blackouts"),
    ("seizure", "I had a seizure", "seizures"),
    ("eye-emergency", "I've lost the sight in one eye", "sudden loss of vision"),
    ("poisoning", "I took an overdose", "an overdose"),
    ("testicular-torsion", "my testicle is really painful", "testicular pain"),
    ("pregnancy-danger", "I'm pregnant and bleeding", "bleeding in pregnancy"),
];

const ENGLISH_SO: &[&str] = &[
    "{} since this morning",
    "{} and it started an hour ago",
    "I don't have a fever but {}",
    "My dad had a stroke and now {}",
    "I've never been ill in my life and now {}",
    "they said it was nothing but {}",
    "No it's not my knee, {}",
    "I don't want to make a fuss but {}",
    "My husband told me to come, {}",
    "I had an operation two years ago and today {}",
    "I'm not sure if it matters but {}",
    "last week I was fine but today {}",
    "{}, what should I do?",
    "{}. It hasn't gone away.",
    "{}. No fever.",
    "I'm worried because {}",
];

const ENGLISH_NOT_SO: &[&str] = &[
    "no {}",
    "I don't have {}",
    "I've never had {}",
    "no history of {}",
    "without {}",
    "no cough, no rash, no {}",
    "{}, no",
    "{}? No",
    "I had {} two years ago",
    "as a child I had {}",
    "back in 2015 I had {}",
    "years ago I had {}",
    "my grandfather used to get {}",
    "my neighbour had {} last year",
    "there's a family history of {}",
    "what should I do if I get {}?",
    "could this medicine cause {}?",
    "is {} a side effect of this tablet?",
    "I'm worried about getting {} one day",
    "the doctor told me to come back if I get {}",
    "I read an article about {}",
];

const SPANISH: &[(&str, &str, &str)] = &[
    ("chest-pain", "me duele el pecho", "dolor de pecho"),
    ("breathing-trouble", "no puedo respirar", "falta de aire"),
    ("stroke-signs", "se me durmió la mitad de la cara", "debilidad en un lado"),
    ("severe-bleeding", "estoy vomitando sangre", "vómitos con sangre"),
    ("self-harm", "quiero matarme", "ideas de suicidio"),
    ("loss-of-consciousness", "me desmayé", "desmayos"),
    ("seizure", "tuve una convulsión", "convulsiones"),
    ("anaphylaxis", "se me hinchó la lengua", "hinchazón de la lengua"),
];

const SPANISH_SO: &[&str] = &[
    "{} desde esta mañana",
    "sí, {}",
    "no tengo fiebre pero {}",
    "mi papá tuvo un infarto y ahora {}",
    "nunca me enfermo pero {}",
    "hace dos años me operaron y hoy {}",
    "{}, ¿qué hago?",
];

const SPANISH_NOT_SO: &[&str] = &[
    "no tengo {}",
    "nunca he tenido {}",
    "sin {}",
    "ni tos ni {}",
    "{}, no",
    "tuve {} hace dos años",
    "cuando era niño tenía {}",
    "mi abuelo tenía {}",
    "antecedentes familiares de {}",
    "¿esta medicina puede causar {}?",
    "¿qué hago si tengo {}?",
    "el doctor dijo que venga si tengo {}",
    "leí sobre {}",
];

fn both_forms(frame: &str, sign: &str) -> [String; 2] {
    let text = frame.replace("{}", sign);
    [as_heard(&text), text]
}

#[test]
fn a_sign_that_is_said_to_be_so_is_raised_whatever_is_said_beside_it() {
    let rules = RedFlagRules::builtin().unwrap();
    for (language, signs, frames) in [("en", ENGLISH, ENGLISH_SO), ("es", SPANISH, SPANISH_SO)] {
        for (rule, clause, _) in signs {
            for text in frames.iter().flat_map(|frame| both_forms(frame, clause)) {
                assert!(raised(&rules, &text, language).contains(*rule), "{text}");
            }
        }
    }
}

#[test]
fn a_sign_that_is_denied_past_somebody_elses_feared_or_asked_about_is_not_raised() {
    let rules = RedFlagRules::builtin().unwrap();
    for (language, signs, frames) in [("en", ENGLISH, ENGLISH_NOT_SO), ("es", SPANISH, SPANISH_NOT_SO)] {
        for (_, _, noun) in signs {
            for text in frames.iter().flat_map(|frame| both_forms(frame, noun)) {
                // "Is it chest pain? No" and "pain, no fever" are one without their marks: the alarm wins.
                let marks_decide = text.ends_with(" no") && !text.starts_with("no ");
                let raised = raised(&rules, &text, language);
                assert!(raised.is_empty() || marks_decide, "{text}: {raised:?}");
            }
        }
    }
}
