//! Dialogues with the lists that they should give (`evals/notes/lists`), and how well lists fit them.
//!
//! A dialogue is `# id`, its turns (`D:` and `P:`), and its lines: `> med NAME | DOSE | TIMES A DAY, or "needed" | STATE`,
//! `> all SUBSTANCE | REACTION, or "denied"`, `> none any|medicines|food`, `> prob WORDS | STANDING [RELATIVE]`, `> vit LOINC | VALUE`. A dash is
//! what was not said.

use domain::Language;
use domain::{
    AllergyScope, ListItem, ListLine, MedicineState, Speaker, Standing, Utterance, UtteranceSource,
};

/// A dialogue and its lines.
#[derive(Clone, Debug)]
pub struct Dialogue {
    /// Its id.
    pub id: String,
    /// What was said.
    pub utterances: Vec<Utterance>,
    /// The lines that it should give.
    pub expected: Vec<Expected>,
}

/// A line that a dialogue should give.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// Which list.
    pub list: List,
    /// What is named.
    pub name: String,
    /// How it stands ("taking", "denied", "family mother"), where lines of the list stand in some way.
    pub standing: String,
    /// What else was said: dose and frequency of a medicine, the reaction of an allergy.
    pub said: Vec<String>,
}

/// The lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Medicines.
    Medicines,
    /// Allergies, and that there are none.
    Allergies,
    /// Problems.
    Problems,
    /// Vital signs.
    Vitals,
}

impl List {
    /// Every list.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Medicines, "medicines"),
        (Self::Allergies, "allergies"),
        (Self::Problems, "problems"),
        (Self::Vitals, "vitals"),
    ];
}

/// The dialogues of a file's text.
pub fn read(text: &str) -> Result<Vec<Dialogue>, String> {
    let mut all: Vec<Dialogue> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(id) = line.strip_prefix("# ") {
            all.push(Dialogue { id: id.to_owned(), utterances: Vec::new(), expected: Vec::new() });
            continue;
        }
        let dialogue = all.last_mut().ok_or("a file begins with an id")?;
        if let Some(expected) = line.strip_prefix("> ") {
            dialogue.expected.push(expected_of(expected).ok_or_else(|| format!("not read: {line}"))?);
            continue;
        }
        let (who, text) = line.split_once(": ").ok_or_else(|| format!("not read: {line}"))?;
        let speaker = match who {
            "D" => Speaker::Clinician,
            "P" => Speaker::Patient,
            _ => return Err(format!("nobody is {who}")),
        };
        dialogue.utterances.push(Utterance {
            index: u32::try_from(dialogue.utterances.len()).unwrap_or(u32::MAX),
            speaker,
            text: text.into(),
            source: UtteranceSource::Imported,
            start_ms: None,
            end_ms: None,
            confidence: None,
        });
    }
    Ok(all)
}

/// The turns of a dialogue of MTS-Dialog: "Doctor: …", "Patient: …", a line each.
pub fn of_turns(dialogue: &str) -> Vec<Utterance> {
    let turns = dialogue.lines().filter_map(|line| line.split_once(": "));
    turns
        .enumerate()
        .map(|(index, (who, text))| Utterance {
            index: u32::try_from(index).unwrap_or(u32::MAX),
            speaker: match who.trim() {
                "Doctor" | "Guest_clinician" => Speaker::Clinician,
                "Patient" => Speaker::Patient,
                _ => Speaker::Other,
            },
            text: text.into(),
            source: UtteranceSource::Imported,
            start_ms: None,
            end_ms: None,
            confidence: None,
        })
        .collect()
}

fn expected_of(line: &str) -> Option<Expected> {
    let (kind, rest) = line.split_once(' ')?;
    let mut parts = rest.split('|').map(|part| part.trim().to_lowercase());
    let name = parts.next()?;
    let rest: Vec<String> = parts.collect();
    let part = |at: usize| rest.get(at).cloned().unwrap_or_else(|| "-".to_owned());
    Some(match kind {
        "med" => Expected { list: List::Medicines, name, standing: part(2), said: vec![part(0), part(1)] },
        "all" if part(0) == "denied" => {
            Expected { list: List::Allergies, name, standing: part(0), said: vec!["-".to_owned()] }
        }
        "all" => Expected { list: List::Allergies, name, standing: String::new(), said: vec![part(0)] },
        "none" => Expected {
            list: List::Allergies,
            name: format!("none {name}"),
            standing: String::new(),
            said: Vec::new(),
        },
        "prob" => Expected { list: List::Problems, name, standing: part(0), said: Vec::new() },
        "vit" => Expected {
            list: List::Vitals,
            name: format!("{name} {}", part(0)),
            standing: String::new(),
            said: Vec::new(),
        },
        _ => return None,
    })
}

/// The lists of a visit.
pub fn lists(utterances: &[Utterance], language: &Language) -> Vec<ListLine> {
    scribe::lists(&scribe::Given {
        utterances,
        answers: &[],
        medicines: &|text| intake::medicines_named(text, language),
    })
}

/// A line as the dialogues write it.
pub fn written(line: &ListLine) -> Expected {
    let dash = || "-".to_owned();
    match line.item.expose() {
        ListItem::Medicine { name, dose, per_day, as_needed, state, .. } => {
            let dose = dose.as_ref().map_or_else(dash, |dose| {
                format!("{} {}", dose.value, dose.unit.as_deref().unwrap_or_default()).trim().to_lowercase()
            });
            let often = if *as_needed {
                "needed".to_owned()
            } else {
                per_day.map_or_else(dash, |times| times.to_string())
            };
            let state = match state {
                Some(MedicineState::Taking) => "taking",
                Some(MedicineState::Stopped) => "stopped",
                Some(MedicineState::NotTaking) => "not-taking",
                Some(MedicineState::Started) => "started",
                Some(MedicineState::Changed) => "changed",
                None => "none",
            };
            Expected {
                list: List::Medicines,
                name: name.to_lowercase(),
                standing: state.to_owned(),
                said: vec![dose, often],
            }
        }
        ListItem::Allergy { substance, reaction, denied } => Expected {
            list: List::Allergies,
            name: substance.to_lowercase(),
            standing: if *denied { "denied".to_owned() } else { String::new() },
            said: vec![reaction.as_ref().map_or_else(dash, |reaction| reaction.to_lowercase())],
        },
        ListItem::NoAllergies { to } => {
            let to = match to {
                AllergyScope::Any => "any",
                AllergyScope::Medicines => "medicines",
                AllergyScope::Food => "food",
            };
            Expected {
                list: List::Allergies,
                name: format!("none {to}"),
                standing: String::new(),
                said: Vec::new(),
            }
        }
        ListItem::Problem { text, standing, relative, .. } => {
            let standing = match standing {
                Standing::Present => "present".to_owned(),
                Standing::Denied => "denied".to_owned(),
                Standing::Past => "past".to_owned(),
                Standing::Family => format!("family {}", relative.as_deref().unwrap_or_default()),
            };
            Expected { list: List::Problems, name: text.to_lowercase(), standing, said: Vec::new() }
        }
        ListItem::Vital { code, value, over, .. } => {
            let value = over.map_or_else(|| value.to_string(), |over| format!("{value}/{over}"));
            Expected {
                list: List::Vitals,
                name: format!("{} {value}", code.code),
                standing: String::new(),
                said: Vec::new(),
            }
        }
    }
}

/// How many lines were found, expected, and right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lines that were found.
    pub found: usize,
    /// Lines that should be found.
    pub expected: usize,
    /// Found lines that name what an expected line names and say that it stands as that says.
    pub right: usize,
    /// Of those, the ones whose doses, frequencies or reactions are the expected ones too.
    pub whole: usize,
}

impl Tally {
    /// Adds the lines of one dialogue. A line is right once.
    pub fn add(&mut self, found: &[Expected], expected: &[Expected]) {
        self.found += found.len();
        self.expected += expected.len();
        let mut open: Vec<&Expected> = expected.iter().collect();
        for line in found {
            let fits = |one: &&Expected| one.name == line.name && one.standing == line.standing;
            if let Some(at) = open.iter().position(fits) {
                self.right += 1;
                self.whole += usize::from(open[at].said == line.said);
                open.remove(at);
            }
        }
    }

    /// In hundredths; 100 of none.
    pub fn share(part: usize, whole: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of lines")]
        if whole == 0 { 100.0 } else { part as f64 * 100.0 / whole as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dialogue_is_read_and_a_line_counts_once() {
        for file in [include_str!("../lists/open.txt"), include_str!("../lists/held-out.txt")] {
            let dialogues = read(file).unwrap();
            assert!(dialogues.len() > 10 && dialogues.iter().all(|one| !one.utterances.is_empty()));
            let ids: std::collections::BTreeSet<_> = dialogues.iter().map(|one| &one.id).collect();
            assert_eq!(ids.len(), dialogues.len(), "each has an id of its own");
        }
        let line = |name: &str| expected_of(&format!("prob {name} | present")).unwrap();
        let mut tally = Tally::default();
        tally.add(&[line("cough"), line("cough"), line("fever")], &[line("cough"), line("rash")]);
        assert_eq!(tally, Tally { found: 3, expected: 2, right: 1, whole: 1 });
    }
}
