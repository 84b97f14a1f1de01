//! The vital signs that a note states.
//!
//! Of a note only in the sections of what was found, of speech only what the clinician says; only where the sign is named and its number
//! follows at once, and only within what a living body can have: "blood pressure is 148 over 92", "pulse 88", "temperature 38.2". A sentence that speaks of
//! another time, another person, a goal or a limit gives none. It would rather miss one than invent one.

use domain::{Coding, Fact, FactKind, FactSource, FactValue, ListItem, MeasureClass, Note, Phi};

use crate::check::numbers::numbers_said;
use crate::check::reading::Text;
use crate::{Template, Topic};

/// A sign: how it is called, what it is, and what it can be.
struct Sign {
    /// Its names, each as words in lower case.
    names: &'static [&'static [&'static str]],
    loinc: &'static str,
    display: &'static str,
    /// Units by what the number can be in them: the words that say the unit (none: it need not be said), its UCUM code, from, to.
    units: &'static [(&'static [&'static str], &'static str, f64, f64)],
}

const SIGNS: &[Sign] = &[
    Sign {
        names: &[
            &["pulse"],
            &["heart", "rate"],
            &["pulso"],
            &["frecuencia", "cardíaca"],
            &["frecuencia", "cardiaca"],
        ],
        loinc: "8867-4",
        display: "Heart rate",
        units: &[(&[], "/min", 20.0, 250.0)],
    },
    Sign {
        names: &[&["respiratory", "rate"], &["respirations"], &["frecuencia", "respiratoria"]],
        loinc: "9279-1",
        display: "Respiratory rate",
        units: &[(&[], "/min", 4.0, 80.0)],
    },
    Sign {
        names: &[
            &["oxygen", "saturation"],
            &["o2", "saturation"],
            &["o2", "sat"],
            &["pulse", "ox"],
            &["saturación", "de", "oxígeno"],
        ],
        loinc: "2708-6",
        display: "Oxygen saturation in Arterial blood",
        units: &[(&[], "%", 50.0, 100.0)],
    },
    Sign {
        names: &[&["temperature"], &["temperatura"]],
        loinc: "8310-5",
        display: "Body temperature",
        units: &[(&[], "Cel", 33.0, 43.0), (&[], "[degF]", 92.0, 109.0)],
    },
    Sign {
        names: &[&["weight"], &["peso"]],
        loinc: "29463-7",
        display: "Body weight",
        units: &[
            (&["kg", "kilo", "kilos", "kilogram", "kilograms", "kilogramos"], "kg", 1.0, 400.0),
            (&["lb", "lbs", "pound", "pounds", "libras"], "[lb_av]", 2.0, 900.0),
        ],
    },
];

const PRESSURE: &[&[&str]] =
    &[&["blood", "pressure"], &["presión", "arterial"], &["tensión", "arterial"], &["bp"]];

/// What may stand between a sign and its number.
const LINKS: &[&str] = &["is", "was", "of", "at", "today", "reads", "es", "de", "fue", "hoy"];

/// A sentence with one of these speaks of something else than what was measured in the room.
const ELSEWHERE: &[&str] = &[
    "last",
    "previous",
    "previously",
    "prior",
    "earlier",
    "ago",
    "yesterday",
    "usually",
    "usual",
    "used",
    "home",
    "goal",
    "target",
    "below",
    "under",
    "above",
    "less",
    "greater",
    "between",
    "if",
    "should",
    "would",
    "could",
    "not",
    "no",
    "never",
    "mother",
    "father",
    "brother",
    "sister",
    "son",
    "daughter",
    "wife",
    "husband",
    "their",
    "her",
    "his",
    "before",
    "anterior",
    "ayer",
    "antes",
    "casa",
    "meta",
    "objetivo",
    "menos",
    "más",
    "entre",
    "si",
    "madre",
    "padre",
    "hermano",
    "hermana",
    "hijo",
    "hija",
    "esposa",
    "esposo",
    "nunca",
];

/// The vital signs that the note states in its template's sections of what was found, in its order, each with the sentence that
/// states it.
pub fn vitals(note: &Note, template: &Template) -> Vec<Fact> {
    let of_findings = |id: &str| {
        let section = template.sections.iter().find(|section| section.id == id);
        section.is_some_and(|section| section.takes.iter().any(|take| take.topic == Topic::Examination))
    };
    let found = note.sections.iter().filter(|section| of_findings(&section.id));
    found
        .flat_map(|section| &section.sentences)
        .flat_map(|sentence| {
            signs_of(&words_of(sentence.text.expose())).into_iter().map(|(text, loinc, display, value)| {
                Fact {
                    kind: FactKind::Measure {
                        value: Phi::new(value),
                        called: None,
                        class: MeasureClass::VitalSign,
                    },
                    text: Phi::new(text.to_owned()),
                    code: Some(coding(loinc, display)),
                    source: FactSource::Sentence { id: sentence.id },
                }
            })
        })
        .collect()
}

/// The vital signs that an utterance states, sentence by sentence, its numbers in digits or in words.
pub(crate) fn said(text: &str) -> Vec<ListItem> {
    let item = |(_, loinc, display, value): Stated| {
        let (value, over, unit) = match value {
            FactValue::Number { value, unit } => (value, None, unit.unwrap_or_default()),
            FactValue::Pressure { systolic, diastolic } => {
                (f64::from(systolic), Some(f64::from(diastolic)), "mm[Hg]".to_owned())
            }
            FactValue::Choice(_) => return None,
        };
        Some(ListItem::Vital { code: coding(loinc, display), value, over, unit })
    };
    spoken(text).iter().flat_map(|words| signs_of(words)).filter_map(item).collect()
}

fn coding(loinc: &str, display: &str) -> Coding {
    Coding {
        system: Some("http://loinc.org".to_owned()),
        code: loinc.to_owned(),
        display: display.to_owned(),
    }
}

/// The sentences of what was said, each as words with its numbers in digits: "one forty eight" is `148`.
fn spoken(text: &str) -> Vec<Vec<String>> {
    let read = Text::read(text);
    let numbers = numbers_said(&read);
    let mut all = vec![Vec::new()];
    let mut at = 0;
    while at < read.tokens.len() {
        let token = &read.tokens[at];
        // "One forty eight" are two numbers that are one: a digit, and what is below a hundred.
        let number = numbers
            .iter()
            .filter(|number| number.from == at)
            .filter(|number| {
                !number.perhaps || (number.to > at + 1 && (100.0..300.0).contains(&number.value))
            })
            .max_by_key(|number| number.to);
        if let Some(number) = number {
            push(&mut all, number.value.to_string());
            at = number.to;
            continue;
        }
        if token.ends_clause() {
            all.push(Vec::new());
        } else if token.text.chars().any(|c| c.is_alphanumeric() || matches!(c, '/' | '%')) {
            push(&mut all, token.text.clone());
        }
        at += 1;
    }
    all
}

fn push(all: &mut [Vec<String>], word: String) {
    if let Some(last) = all.last_mut() {
        last.push(word);
    }
}

/// The signs of a sentence, but for one that speaks of something else than what was measured in the room.
fn signs_of(words: &[String]) -> Vec<Stated> {
    let elsewhere = words.iter().any(|word| ELSEWHERE.contains(&word.as_str()));
    if elsewhere { Vec::new() } else { stated(words) }
}

/// Words and numbers in lower case: "148/92," is `148`, `/`, `92`; "38.2" stays whole.
fn words_of(text: &str) -> Vec<String> {
    let spaced = text.to_lowercase().replace('/', " / ").replace('%', " % ");
    let trimmed =
        |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/' && c != '%').to_owned();
    spaced.split_whitespace().map(trimmed).filter(|word| !word.is_empty()).collect()
}

type Stated = (&'static str, &'static str, &'static str, FactValue);

fn stated(words: &[String]) -> Vec<Stated> {
    let mut all = Vec::new();
    if let Some(rest) = after(words, PRESSURE)
        && let [systolic, over, diastolic, ..] = rest
        && matches!(over.as_str(), "over" | "/" | "sobre")
        && let (Ok(systolic), Ok(diastolic)) = (systolic.parse::<u16>(), diastolic.parse::<u16>())
        && (50..=280).contains(&systolic)
        && (20..=180).contains(&diastolic)
        && diastolic < systolic
    {
        let value = FactValue::Pressure { systolic, diastolic };
        all.push(("Blood pressure", "85354-9", "Blood pressure panel with all children optional", value));
    }
    for sign in SIGNS {
        let Some([number, rest @ ..]) = after(words, sign.names) else { continue };
        // A second number is a range, a fraction, or something else.
        let next = rest.first().map_or("", String::as_str);
        let Ok(value) = number.parse::<f64>() else { continue };
        if next == "/" || next == "to" || next == "a" || next.parse::<f64>().is_ok() {
            continue;
        }
        let unit = sign.units.iter().find(|(said, _, from, to)| {
            (said.is_empty() || said.contains(&next)) && (*from..=*to).contains(&value)
        });
        if let Some((_, unit, ..)) = unit {
            let value = FactValue::Number { value, unit: Some((*unit).to_owned()) };
            all.push((sign.display, sign.loinc, sign.display, value));
        }
    }
    all
}

/// What follows the first of the names, the link words passed over. None where a name stands twice: which of them holds is
/// for a person to say.
fn after<'w>(words: &'w [String], names: &[&[&str]]) -> Option<&'w [String]> {
    let ends: Vec<usize> = names
        .iter()
        .flat_map(|name| {
            words
                .windows(name.len())
                .enumerate()
                .filter(move |(_, here)| here.iter().zip(*name).all(|(word, part)| word == part))
                .map(|(at, _)| at + name.len())
        })
        .collect();
    let [end] = ends.as_slice() else { return None };
    let rest = words.get(*end..)?;
    let links = rest.iter().take_while(|word| LINKS.contains(&word.as_str())).count();
    Some(&rest[links..]).filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use domain::{DraftEngine, NoteSection, Sentence, SentenceOrigin};

    use super::*;

    fn of(section: &str, text: &str) -> Vec<(String, String)> {
        let sentence = Sentence {
            id: 4,
            text: Phi::new(text.to_owned()),
            origin: SentenceOrigin::Drafted,
            evidence: vec![0],
        };
        let section = NoteSection { id: section.to_owned(), title: String::new(), sentences: vec![sentence] };
        let note = Note {
            template: "soap".into(),
            engine: DraftEngine::Extractive,
            model: None,
            sections: vec![section],
        };
        let shown = |fact: Fact| {
            let FactKind::Measure { value, .. } = fact.kind else { panic!("a sign is measured") };
            assert_eq!(fact.source, FactSource::Sentence { id: 4 });
            let value = match value.into_exposed() {
                FactValue::Number { value, unit } => format!("{value} {}", unit.unwrap_or_default()),
                FactValue::Pressure { systolic, diastolic } => format!("{systolic}/{diastolic}"),
                FactValue::Choice(_) => panic!("a sign is a number"),
            };
            (fact.code.unwrap().code, value)
        };
        vitals(&note, &Template::soap()).into_iter().map(shown).collect()
    }

    fn signs(text: &str) -> Vec<String> {
        of("objective", text).into_iter().map(|(code, value)| format!("{code} {value}")).collect()
    }

    #[test]
    fn a_sign_is_what_is_named_and_followed_by_its_number() {
        assert_eq!(
            signs("Blood pressure is 148 over 92 and the pulse is 88 and regular."),
            ["85354-9 148/92", "8867-4 88 /min"]
        );
        assert_eq!(signs("Blood pressure 128/82, heart rate 72."), ["85354-9 128/82", "8867-4 72 /min"]);
        assert_eq!(signs("Temperature today is 38.2."), ["8310-5 38.2 Cel"]);
        assert_eq!(
            signs("Temperature is 98.6, oxygen saturation of 97%."),
            ["2708-6 97 %", "8310-5 98.6 [degF]"]
        );
        assert_eq!(signs("Weight is 81 kilograms."), ["29463-7 81 kg"]);
        assert_eq!(
            signs("Presión arterial de 130 sobre 85, pulso 70."),
            ["85354-9 130/85", "8867-4 70 /min"]
        );
    }

    #[test]
    fn what_is_of_another_time_or_person_a_goal_or_no_measure_gives_none() {
        for text in [
            "Blood pressure is right where it should be.",
            "Her mother's blood pressure is 180 over 100.",
            "At home the blood pressure was 150 over 90.",
            "The last blood pressure was 150 over 90.",
            "Goal is a blood pressure of 130 over 80.",
            "Blood pressure is 92 over 148.",
            "Blood pressure is 148 over 92, then blood pressure 140 over 90.",
            "Pulse is 2/4 in the foot.",
            "Pulse is 60 to 80.",
            "Pulse is 8.",
            "Temperature is 60.",
            "Weight is 81.",
            "Pulses are equal, 2 on each side.",
            "A slight 2/6 systolic murmur.",
            "Pulse.",
        ] {
            assert_eq!(signs(text), [""; 0], "{text}");
        }
        assert!(of("subjective", "Blood pressure is 148 over 92.").is_empty());
    }

    #[test]
    fn what_the_clinician_says_aloud_is_read_in_words_as_in_digits() {
        let told = |text: &str| -> Vec<(String, f64, Option<f64>)> {
            let item = |item| match item {
                ListItem::Vital { code, value, over, .. } => (code.code, value, over),
                other => panic!("{other:?}"),
            };
            said(text).into_iter().map(item).collect()
        };
        assert_eq!(
            told("Your blood pressure is one forty eight over ninety two. Pulse is eighty eight."),
            [("85354-9".into(), 148.0, Some(92.0)), ("8867-4".into(), 88.0, None)]
        );
        assert_eq!(told("Temperature is ninety eight point six today."), [("8310-5".into(), 98.6, None)]);
        assert_eq!(
            told("Last time the blood pressure was 150 over 90. Pulse is 72."),
            [("8867-4".into(), 72.0, None)]
        );
    }
}
