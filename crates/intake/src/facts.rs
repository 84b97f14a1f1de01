//! What the answers say about the patient: medicines, allergies, illnesses, measurements, scores.
//!
//! An item says by its `code` what its answer is. Medicines and allergies are LOINC's 10160-0 and 48765-2; what LOINC has no code
//! for stands in the code system `urn:bedside:fact`: `reason` (why the patient came), `has-allergies` (yes or no) and `history` (a
//! choice of illnesses). Any other item with a LOINC code that takes a number or a choice is a measurement. Free text is
//! taken only where the question asks for exactly one kind of thing: "no, only the flu last year" is no illness.

use domain::{
    Answer, AnswerValue, Coding, Fact, FactKind, FactSource, FactValue, Language, MeasureClass, Phi,
};

use crate::Intake;
use crate::check::chosen;
use crate::questionnaire::{Item, ItemKind};

const OWN: &str = "urn:bedside:fact";
const LOINC: &str = "http://loinc.org";
/// History of medication use; allergies and adverse reactions.
const MEDICINES: &str = "10160-0";
const ALLERGIES: &str = "48765-2";
/// LOINC's codes of the signs that FHIR's vital-signs profile names: body temperature, heart rate, respiratory rate, oxygen
/// saturation, body weight, body height.
const VITAL_SIGNS: [&str; 6] = ["8310-5", "8867-4", "9279-1", "2708-6", "29463-7", "8302-2"];

impl Intake {
    /// What the answers say, in the form's order, and then its scores. Only what was answered, and only what is asked now.
    pub fn facts(&self, language: &Language) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (index, item) in self.questionnaire().all().iter().enumerate() {
            if let (true, Some(Answer::Given(values))) = (self.enabled_at(index), self.recorded_at(index)) {
                facts.extend(values.iter().filter_map(|value| fact(item, value, language)));
            }
        }
        for score in self.scores(language) {
            let (Some(code), Some(total)) = (score.code, score.total) else { continue };
            let value = Phi::new(FactValue::Number { value: total, unit: Some("{score}".to_owned()) });
            facts.push(Fact {
                kind: FactKind::Measure { value, called: score.band, class: MeasureClass::Survey },
                text: Phi::new(score.name.clone()),
                code: Some(code),
                source: FactSource::Answer { link_id: score.name },
            });
        }
        facts
    }
}

fn fact(item: &Item, value: &AnswerValue, language: &Language) -> Option<Fact> {
    let code = item.codes.first()?;
    let system = code.system.as_deref()?;
    let source = FactSource::Answer { link_id: item.link_id.clone() };
    let made = |kind, text: String, code| {
        let nothing = matches!(kind, FactKind::Medicine | FactKind::Allergy) && is_nothing(&text);
        (!nothing).then(|| Fact { kind, text: Phi::new(text), code, source })
    };
    match (system, code.code.as_str(), value) {
        (OWN, "reason", AnswerValue::Text(text) | AnswerValue::String(text)) => {
            made(FactKind::Reason, text.clone(), None)
        }
        (LOINC, MEDICINES, AnswerValue::Text(text) | AnswerValue::String(text)) => {
            made(FactKind::Medicine, text.clone(), None)
        }
        (LOINC, ALLERGIES, AnswerValue::Text(text) | AnswerValue::String(text)) => {
            made(FactKind::Allergy, text.clone(), None)
        }
        (OWN, "has-allergies", AnswerValue::Boolean(false)) => {
            made(FactKind::NoAllergies, item.text.get(language).to_owned(), None)
        }
        (OWN, "history", AnswerValue::Choice(_)) => {
            let option = chosen(item.options(), value).filter(|option| !option.exclusive)?;
            let display = option.display.get(language).to_owned();
            let code = Coding {
                system: option.system.clone(),
                code: option.code.clone(),
                display: option.display.original().to_owned(),
            };
            made(FactKind::Problem, display, Some(code))
        }
        (LOINC, _, _) => {
            let class = if VITAL_SIGNS.contains(&code.code.as_str()) {
                MeasureClass::VitalSign
            } else {
                MeasureClass::Survey
            };
            let value = Phi::new(measured(item, value, language)?);
            let kind = FactKind::Measure { value, called: None, class };
            made(kind, item.text.get(language).to_owned(), Some(code.clone()))
        }
        _ => None,
    }
}

/// Whether the words say that there is nothing of what was asked.
fn is_nothing(text: &str) -> bool {
    const NOTHING: [&str; 14] = [
        "", "no", "none", "nothing", "not any", "na", "n a", "nil", "no se", "no sé", "ninguno", "ninguna",
        "nada", "ningunos",
    ];
    let letters = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>();
    let words = letters.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    NOTHING.contains(&words.as_str())
}

fn measured(item: &Item, value: &AnswerValue, language: &Language) -> Option<FactValue> {
    let rating = matches!(item.kind, ItemKind::Integer { .. }).then(|| "{score}".to_owned());
    Some(match value {
        // Exact: a FHIR integer has 32 bits.
        #[allow(clippy::cast_precision_loss)]
        AnswerValue::Integer(number) => FactValue::Number { value: *number as f64, unit: rating },
        AnswerValue::Decimal(number) => FactValue::Number { value: *number, unit: None },
        AnswerValue::Quantity { value, unit } => {
            FactValue::Number { value: *value, unit: Some(unit.clone()) }
        }
        AnswerValue::Choice(coding) => {
            let display = chosen(item.options(), value)
                .map_or_else(|| coding.display.clone(), |option| option.display.get(language).to_owned());
            FactValue::Choice(Coding { display, ..coding.clone() })
        }
        _ => return None,
    })
}
