//! The lists beside a note: medicines, allergies, problems and vital signs, each line with what it rests on.

use serde::{Deserialize, Serialize};

use crate::{Coding, Fact, FactKind, FactSource, FactValue, MeasureClass, Phi, SentenceOrigin, Speaker};

/// A line of the lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ListLine {
    /// Its id within the encounter, kept through edits.
    pub id: u32,
    /// What it says.
    pub item: Phi<ListItem>,
    /// Who says so. What the patient answered at the intake, the patient says.
    pub says: Speaker,
    /// The indices of the utterances that it rests on, ascending.
    pub evidence: Vec<u32>,
    /// The linkIds of the intake's answers that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<String>>", optional))]
    pub answers: Vec<String>,
    /// Who wrote it: found by rule, found and corrected by the clinician, or typed by the clinician.
    pub origin: SentenceOrigin,
    /// What was found, where the clinician corrected it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub found: Option<Phi<ListItem>>,
    /// Whether the clinician took it out. It is kept, so that it is not found again.
    pub dropped: bool,
}

/// What a line says. What was not said is not there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ListItem {
    /// A medicine.
    Medicine {
        /// Its name, spelled right where it is a known one. A brand stays the brand.
        name: String,
        /// How much at a time; of several that were said the last.
        dose: Option<Amount>,
        /// How often, in the words in which it was said.
        often: Option<String>,
        /// How many times a day, to two decimals: weekly is 0.14. Of one that is taken as needed, nothing.
        per_day: Option<f64>,
        /// Whether it is taken when needed.
        as_needed: bool,
        /// What becomes of it; none where it was only named as tried or given.
        state: Option<MedicineState>,
        /// Other doses that were said before.
        earlier: Vec<Amount>,
    },
    /// Something that the patient does not tolerate, or says to tolerate.
    Allergy {
        /// What.
        substance: String,
        /// What it does, in the words in which it was said.
        reaction: Option<String>,
        /// Whether the allergy was denied.
        denied: bool,
    },
    /// The statement that there is no allergy.
    NoAllergies {
        /// Of what kind.
        to: AllergyScope,
    },
    /// A complaint or an illness.
    Problem {
        /// The words in which it was said.
        text: String,
        /// How it stands.
        standing: Standing,
        /// Whose it is, where it is not the patient's ("mother").
        relative: Option<String>,
        /// Its code, where an option of the intake names one.
        code: Option<Coding>,
    },
    /// A vital sign.
    Vital {
        /// What was measured.
        code: Coding,
        /// How much; of a blood pressure the systolic.
        value: f64,
        /// The diastolic blood pressure.
        over: Option<f64>,
        /// The unit, as a UCUM code.
        unit: String,
    },
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Amount {
    /// The number.
    pub value: f64,
    /// The unit, as a UCUM code; none where none was said.
    pub unit: Option<String>,
}

/// What becomes of a medicine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum MedicineState {
    /// The patient takes it.
    Taking,
    /// The patient took it once, or is told to stop.
    Stopped,
    /// The patient does not take it.
    NotTaking,
    /// The clinician begins it in this visit.
    Started,
    /// The patient takes it, and the clinician changes how.
    Changed,
}

/// What kind of allergies there are said to be none of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum AllergyScope {
    /// Of any kind.
    Any,
    /// To medicines.
    Medicines,
    /// To food.
    Food,
}

/// How a problem stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Standing {
    /// The patient has it.
    Present,
    /// The patient does not have it.
    Denied,
    /// The patient had it.
    Past,
    /// A relative has or had it. It is not the patient's.
    Family,
}

/// A medicine that is named in a text, and what is said of it there.
#[derive(Clone, Debug, PartialEq)]
pub struct MedicineMention {
    /// The name's words, half-open, in Unicode code points of the text.
    pub span: (u32, u32),
    /// The name, in lower case, spelled right where it is a known one.
    pub name: String,
    /// How the name was recognised.
    pub named: Recognised,
    /// How much at a time.
    pub dose: Option<Amount>,
    /// How often, as it was said.
    pub often: Option<String>,
    /// How many times a day.
    pub per_day: Option<f64>,
    /// Whether it is taken when needed.
    pub as_needed: bool,
    /// Whether the words say that it is not taken, or not any more.
    pub not_taken: bool,
}

/// How a medicine's name was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recognised {
    /// Spelled as known.
    Exactly,
    /// Spelled nearly as known.
    Nearly,
    /// Not known: a kind of medicine ("water pill"), or a word where a name stands.
    Unknown,
}

/// The medicines that a text names. Handed in by whoever has both the words and the names.
pub type MedicineReader<'a> = &'a dyn Fn(&str) -> Vec<MedicineMention>;

impl ListLine {
    /// The item as it was found, before any correction.
    pub fn as_found(&self) -> &ListItem {
        self.found.as_ref().unwrap_or(&self.item).expose()
    }

    /// What the line says about the patient, as a record system keeps it. None of what was taken out, of what is denied, and of
    /// what a relative has.
    pub fn fact(&self) -> Option<Fact> {
        if self.dropped {
            return None;
        }
        let (kind, text, code) = match self.item.expose() {
            ListItem::Medicine { name, dose, often, .. } => {
                let dose = dose.as_ref().map(|dose| format!(" {dose}")).unwrap_or_default();
                let often = often.as_ref().map(|often| format!(", {often}")).unwrap_or_default();
                (FactKind::Medicine, format!("{name}{dose}{often}"), None)
            }
            ListItem::Allergy { denied: true, .. } => return None,
            ListItem::Allergy { substance, reaction, .. } => {
                let reaction = reaction.as_ref().map(|reaction| format!(": {reaction}")).unwrap_or_default();
                (FactKind::Allergy, format!("{substance}{reaction}"), None)
            }
            ListItem::NoAllergies { to } => {
                let code = to.coding();
                (FactKind::NoAllergies, code.display.clone(), Some(code))
            }
            ListItem::Problem { standing: Standing::Denied | Standing::Family, .. } => return None,
            ListItem::Problem { text, code, .. } => (FactKind::Problem, text.clone(), code.clone()),
            ListItem::Vital { code, value, over, unit } => {
                let value = match over {
                    Some(over) => FactValue::Pressure { systolic: whole(*value), diastolic: whole(*over) },
                    None => FactValue::Number { value: *value, unit: Some(unit.clone()) },
                };
                let kind = FactKind::Measure {
                    value: Phi::new(value),
                    called: None,
                    class: MeasureClass::VitalSign,
                };
                (kind, code.display.clone(), Some(code.clone()))
            }
        };
        let reported = self.origin == SentenceOrigin::Drafted && self.says != Speaker::Clinician;
        let source = FactSource::Line { id: self.id, reported };
        Some(Fact { kind, text: Phi::new(text), code, source })
    }
}

/// A pressure in whole mmHg.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within what a u16 holds")]
fn whole(value: f64) -> u16 {
    value.round().clamp(0.0, f64::from(u16::MAX)) as u16
}

impl AllergyScope {
    /// The statement as SNOMED CT has it.
    pub fn coding(self) -> Coding {
        let (code, display) = match self {
            Self::Any => ("716186003", "No known allergy"),
            Self::Medicines => ("409137002", "No known drug allergy"),
            Self::Food => ("429625007", "No known food allergy"),
        };
        Coding {
            system: Some("http://snomed.info/sct".to_owned()),
            code: code.to_owned(),
            display: display.to_owned(),
        }
    }
}

impl Amount {
    /// The unit as people write it: UCUM's brackets are for programs.
    pub fn unit_in_words(&self) -> Option<&str> {
        let unit = self.unit.as_deref()?;
        Some(match unit {
            "[iU]" => "units",
            "[drp]" => "drops",
            "[tsp_us]" => "teaspoon",
            "[tbs_us]" => "tablespoon",
            "ug" => "mcg",
            unit => unit.trim_start_matches('{').trim_end_matches('}'),
        })
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.unit_in_words() {
            Some(unit) => write!(f, "{} {unit}", self.value),
            None => write!(f, "{}", self.value),
        }
    }
}
