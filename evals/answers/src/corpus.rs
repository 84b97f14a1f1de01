//! The labelled answers, read from this package's folder.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

/// Something that somebody said to a question, and what it means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labelled {
    /// Its name; the name's hash says which part it belongs to.
    pub id: String,
    /// The language spoken ("en", "es").
    pub lang: String,
    /// The day at the clinic, `YYYY-MM-DD`.
    pub today: String,
    /// The question: an item of a FHIR R4 Questionnaire.
    pub question: Value,
    /// What was said, or typed.
    pub text: String,
    /// What is asked for, in the scorer's table ("yes-no", "medicines", …).
    #[serde(rename = "type")]
    pub sort: String,
    /// What it means.
    pub expect: Expected,
}

/// The label.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// "answer", "unknown", "skip", "back", "repeat", "person" or "unclear".
    pub kind: String,
    /// The answer's value.
    #[serde(default)]
    pub value: Value,
    /// Least and greatest, where a range was said.
    #[serde(default)]
    pub range: Option<[f64; 2]>,
    /// Other values that are as right.
    #[serde(default)]
    pub accept: Vec<Value>,
    /// Other kinds that are as right.
    #[serde(default)]
    pub accept_kinds: Vec<String>,
}

/// A part of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the parsers are tuned on.
    Open,
    /// What is only ever counted.
    HeldOut,
}

impl Part {
    /// The part that an answer of this name belongs to: FNV-1a (64 bits) of the name, a fifth held out.
    pub fn of(id: &str) -> Self {
        let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        if hash % 5 == 0 { Self::HeldOut } else { Self::Open }
    }

    fn folder(self) -> PathBuf {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        match self {
            Self::Open => package.to_owned(),
            Self::HeldOut => package.join("held-out"),
        }
    }
}

/// Every answer of a part, in the order of the files' names.
///
/// # Errors
/// A file that cannot be read, or a line that is not a labelled answer; the error names the file and the line only.
pub fn read(part: Part) -> Result<Vec<Labelled>, std::io::Error> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(part.folder())?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let mut answers = Vec::new();
    for file in files {
        for (number, line) in std::fs::read_to_string(&file)?.lines().enumerate() {
            let bad = |error| {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                std::io::Error::other(format!("{name}:{}: {error}", number + 1))
            };
            answers.push(serde_json::from_str(line).map_err(bad)?);
        }
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Labelled, Part, read};

    fn all() -> Vec<Labelled> {
        let mut all = read(Part::Open).unwrap();
        all.extend(read(Part::HeldOut).unwrap());
        all
    }

    #[test]
    fn every_answer_stands_in_the_part_that_its_name_says() {
        for part in [Part::Open, Part::HeldOut] {
            for answer in read(part).unwrap() {
                assert_eq!(Part::of(&answer.id), part, "{}", answer.id);
            }
        }
    }

    #[test]
    fn there_are_enough_answers_in_both_languages_and_each_name_stands_once() {
        let all = all();
        let names: BTreeSet<&str> = all.iter().map(|answer| answer.id.as_str()).collect();
        assert_eq!(names.len(), all.len());
        let of = |lang: &str| all.iter().filter(|answer| answer.lang == lang).count();
        assert!(of("en") >= 800 && of("es") >= 400, "{} English, {} Spanish", of("en"), of("es"));
        let held = read(Part::HeldOut).unwrap().len();
        assert!(held * 10 >= all.len() && held * 4 <= all.len(), "{held} of {} are held out", all.len());
    }

    #[test]
    fn a_third_is_written_as_speech_recognition_writes_it() {
        for lang in ["en", "es"] {
            let of: Vec<Labelled> = all().into_iter().filter(|answer| answer.lang == lang).collect();
            let bare = |text: &str| {
                !text.chars().any(|c| c.is_uppercase() || c.is_ascii_digit() || ".,;:?!¿¡".contains(c))
            };
            let heard = of.iter().filter(|answer| bare(&answer.text)).count();
            assert!(heard * 3 >= of.len(), "{heard} of {} in {lang}", of.len());
        }
    }

    #[test]
    fn every_question_loads_and_every_day_is_one() {
        let form = time::macros::format_description!("[year]-[month]-[day]");
        for answer in all() {
            if let Err(error) = intake::understand::question_from_json(&answer.question) {
                panic!("{}: {error}", answer.id);
            }
            assert!(time::Date::parse(&answer.today, form).is_ok(), "{}", answer.id);
        }
    }

    #[test]
    fn a_label_fits_its_question() {
        for Labelled { id, question, expect, .. } in all() {
            assert_eq!(expect.kind == "answer", !expect.value.is_null(), "{id}");
            assert!(!expect.accept_kinds.iter().any(|kind| kind == "answer"), "{id}");
            for value in std::iter::once(&expect.value).filter(|value| !value.is_null()).chain(&expect.accept)
            {
                let fits = match question["type"].as_str().unwrap() {
                    "boolean" => value.is_boolean(),
                    "integer" | "decimal" => value.is_number(),
                    "quantity" => value["value"].is_number(),
                    "date" => value.as_str().is_some_and(|date| date.parse::<domain::PartialDate>().is_ok()),
                    "choice" => value.as_array().is_some_and(|codes| {
                        codes.iter().all(|code| {
                            question["answerOption"].as_array().unwrap().iter().any(|option| {
                                option["valueCoding"]["code"] == *code || option["valueString"] == *code
                            })
                        })
                    }),
                    "open-choice" => value.is_array(),
                    _ => value.is_string() || value.is_array(),
                };
                assert!(fits, "{id}: {value}");
            }
        }
    }
}
