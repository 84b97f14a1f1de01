//! The labelled reasons, read from this package's folder, and the openings of real interviews, read from the evaluation data.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Why somebody came, in their own words, and the protocol that it should pick.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labelled {
    /// Its name; the name's hash says which part it belongs to.
    pub id: String,
    /// The language spoken ("en", "es").
    pub lang: String,
    /// What was said, or typed.
    pub text: String,
    /// The protocol's name.
    pub protocol: String,
    /// Other protocols that are as right.
    #[serde(default)]
    pub accept: Vec<String>,
}

/// The label of a real opening, whose words are not part of this repository.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RealLabel {
    /// "primock57" or "osce".
    source: String,
    /// The file's name without ending.
    file: String,
    protocol: String,
    #[serde(default)]
    accept: Vec<String>,
}

/// A part of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the words are tuned on.
    Open,
    /// What is only ever counted.
    HeldOut,
}

impl Part {
    /// The part that a reason of this name belongs to: FNV-1a (64 bits) of the name, a fifth held out.
    pub fn of(id: &str) -> Self {
        let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        if hash % 5 == 0 { Self::HeldOut } else { Self::Open }
    }
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every labelled reason of a part, English first.
///
/// # Errors
/// A file that cannot be read, or a line that is not a labelled reason; the error names the file and the line only.
pub fn read(part: Part) -> Result<Vec<Labelled>, std::io::Error> {
    let folder = match part {
        Part::Open => package().to_owned(),
        Part::HeldOut => package().join("held-out"),
    };
    let mut all = Vec::new();
    for name in ["en.jsonl", "es.jsonl"] {
        all.extend(lines::<Labelled>(&folder.join(name))?);
    }
    Ok(all)
}

fn lines<T: for<'a> Deserialize<'a>>(file: &Path) -> Result<Vec<T>, std::io::Error> {
    let text = std::fs::read_to_string(file)?;
    let read = |(number, line)| {
        serde_json::from_str(line).map_err(|error| {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            std::io::Error::other(format!("{name}:{}: {error}", number + 1))
        })
    };
    text.lines().enumerate().map(read).collect()
}

/// The folder of the evaluation data.
pub fn evaluation_data() -> PathBuf {
    std::env::var_os("BEDSIDE_EVAL_DATA")
        .map_or_else(|| package().join("../../../shared/data"), PathBuf::from)
}

/// The presenting complaints of PriMock57 and what OSCE patients first say at some length (six words or more), with this
/// package's labels; `None` where there is no evaluation data. A file that is not there is left out.
///
/// # Errors
/// The labels cannot be read.
pub fn read_real() -> Result<Option<Vec<Labelled>>, std::io::Error> {
    let data = evaluation_data();
    if !data.is_dir() {
        return Ok(None);
    }
    let labels: Vec<RealLabel> = lines(&package().join("real.jsonl"))?;
    let opening = |label: RealLabel| {
        let text = match label.source.as_str() {
            "primock57" => complaint(&data.join(format!("primock57/notes/{}.json", label.file))),
            _ => first_turn(&data.join(format!("osce/{}.txt", label.file))),
        }?;
        Some(Labelled {
            id: format!("{} {}", label.source, label.file),
            lang: "en".to_owned(),
            text,
            protocol: label.protocol,
            accept: label.accept,
        })
    };
    Ok(Some(labels.into_iter().filter_map(opening).collect()))
}

fn complaint(file: &Path) -> Option<String> {
    let note: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()?;
    Some(note.get("presenting_complaint")?.as_str()?.to_owned())
}

fn first_turn(file: &Path) -> Option<String> {
    let bytes = std::fs::read(file).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let mut turns: Vec<String> = Vec::new();
    let mut patient = false;
    for line in text.trim_start_matches('\u{feff}').lines().map(str::trim) {
        let said = match line.split_once(':') {
            Some((who, said)) if matches!(who.trim(), "P" | "D") => {
                patient = who.trim() == "P";
                if patient {
                    turns.push(String::new());
                }
                said
            }
            _ => line,
        };
        if let Some(turn) = turns.last_mut().filter(|_| patient) {
            turn.push(' ');
            turn.push_str(said.trim());
        }
    }
    let long = turns.iter().find(|turn| turn.split_whitespace().count() >= 6);
    long.or(turns.first()).map(|turn| turn.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use intake::Protocols;

    use super::{Labelled, Part, lines, package, read};

    fn all() -> Vec<Labelled> {
        let mut all = read(Part::Open).unwrap();
        all.extend(read(Part::HeldOut).unwrap());
        all
    }

    #[test]
    fn every_reason_stands_in_the_part_that_its_name_says_and_each_name_once() {
        let mut names = BTreeSet::new();
        for part in [Part::Open, Part::HeldOut] {
            for reason in read(part).unwrap() {
                assert_eq!(Part::of(&reason.id), part, "{}", reason.id);
                assert!(names.insert(reason.id));
            }
        }
        let held = read(Part::HeldOut).unwrap().len();
        assert!(held * 10 >= names.len() && held * 4 <= names.len(), "{held} of {}", names.len());
    }

    #[test]
    fn every_label_is_a_protocol_that_ships() {
        let protocols = Protocols::builtin().unwrap();
        for reason in all() {
            for name in std::iter::once(&reason.protocol).chain(&reason.accept) {
                assert!(protocols.find(name).is_some(), "{} {name}", reason.id);
            }
        }
        for label in lines::<super::RealLabel>(&package().join("real.jsonl")).unwrap() {
            for name in std::iter::once(&label.protocol).chain(&label.accept) {
                assert!(protocols.find(name).is_some(), "{} {name}", label.file);
            }
        }
    }

    /// Floors under the figures in README.md, so that a change of words which costs much is seen.
    #[test]
    fn most_reasons_pick_their_protocol_and_few_a_wrong_one() {
        let protocols = Protocols::builtin().unwrap();
        for (part, floor) in [(Part::Open, 95), (Part::HeldOut, 85)] {
            let reasons = read(part).unwrap();
            let (mut right, mut wrong) = (0, 0);
            for reason in &reasons {
                let routing = protocols.route(&reason.text, &domain::Language::new(&reason.lang));
                let name = protocols.find(&routing.protocol).unwrap().questionnaire.name();
                if name == reason.protocol || reason.accept.iter().any(|accepted| accepted == name) {
                    right += 1;
                } else if name != "general-visit" {
                    wrong += 1;
                }
            }
            assert!(right * 100 >= reasons.len() * floor, "{part:?}: {right} of {}", reasons.len());
            assert!(wrong * 100 <= reasons.len() * 5, "{part:?}: {wrong} of {}", reasons.len());
        }
    }

    #[test]
    fn a_third_is_written_as_speech_recognition_writes_it() {
        for lang in ["en", "es"] {
            let of: Vec<Labelled> = all().into_iter().filter(|reason| reason.lang == lang).collect();
            let bare = |text: &str| {
                !text.chars().any(|c| c.is_uppercase() || c.is_ascii_digit() || ".,;:?!¿¡".contains(c))
            };
            let heard = of.iter().filter(|reason| bare(&reason.text)).count();
            assert!(heard * 3 >= of.len(), "{heard} of {} in {lang}", of.len());
        }
    }
}
