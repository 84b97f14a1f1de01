//! What a question asks for.

mod words;

use serde_json::{Map, Value, json};

use super::count::Limits;
use super::said::words_of;
use crate::questionnaire::{ChoiceOption, Item, ItemKind};
use crate::{Error, Questionnaire};
use words::{
    ABILITY, ALLERGIES, BIRTH, CHANGES, EXISTS, FUTURE, LOINC_ALLERGIES, LOINC_MEDICINES, MEDICINES, PAST,
    REQUEST, SCALE,
};

/// Reads one item of a FHIR R4 Questionnaire on its own: conditions on other items and questions nested below it are left
/// aside.
///
/// # Errors
/// [`Error::NotQuestionnaire`] where it is no JSON object, [`Error::Questionnaire`] where the item is not one that Bedside asks.
pub fn question_from_json(item: &Value) -> Result<Item, Error> {
    let wrong = |reason: &str| Error::NotQuestionnaire { reason: reason.to_owned() };
    let item = item.as_object().ok_or_else(|| wrong("the question is not a JSON object"))?;
    let mut alone: Map<String, Value> = item.clone();
    for other in ["enableWhen", "enableBehavior", "item"] {
        alone.remove(other);
    }
    alone.entry("linkId").or_insert_with(|| json!("question"));
    if !alone.contains_key("text") && !alone.contains_key("code") {
        let name = alone["linkId"].clone();
        alone.insert("text".to_owned(), name);
    }
    let link_id = alone["linkId"].as_str().unwrap_or_default().to_owned();
    let whole = json!({ "resourceType": "Questionnaire", "id": "question", "item": [alone] });
    let questionnaire = Questionnaire::from_json(&whole.to_string())?;
    questionnaire.item(&link_id).cloned().ok_or_else(|| wrong("the question could not be read"))
}

/// What a question asks for, and what its own words say about it.
pub(super) struct Asked<'a> {
    pub(super) want: Want<'a>,
    /// "Have you ever": what is over is a yes.
    pub(super) past: bool,
    /// "May we": to be allowed or refused.
    pub(super) request: bool,
    /// "Can you": a trouble in answer is no yes.
    pub(super) ability: bool,
    /// "When is": days to come.
    pub(super) future: bool,
    /// "Do you have any": a detail is a yes.
    pub(super) exists: bool,
    /// "Has anything changed": the same is a no.
    pub(super) changes: bool,
    /// "Does anyone in your family": relatives are the answer.
    pub(super) family: bool,
    /// "How bad is it now".
    pub(super) scale: bool,
    /// A birth: the year may be a hundred years ago.
    pub(super) birth: bool,
    /// Whether more than one value may be given.
    pub(super) repeats: bool,
    /// The words of the question, in every language that it has.
    words: Vec<String>,
    /// All of them in a row, with spaces around.
    line: String,
}

/// The kind of value that is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Want<'a> {
    /// A text to read: nothing.
    Nothing,
    YesNo,
    /// One number between the limits.
    Number(Limits),
    /// A number with one of the units, by UCUM code; with any where there is none.
    Quantity {
        measure: Measure,
        units: [Option<&'a str>; 8],
    },
    Date,
    Choice {
        options: &'a [ChoiceOption],
        open: bool,
    },
    Medicines,
    Allergies,
    Phone,
    Postcode,
    Email,
    Name,
    Words,
}

/// What a quantity measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Time,
    Mass,
    Length,
    Temperature,
    Other,
}

impl<'a> Asked<'a> {
    pub(super) fn of(item: &'a Item) -> Self {
        let shown: Vec<&str> = item
            .text
            .every()
            .chain(item.codes.iter().map(|code| code.display.as_str()))
            .chain(item.help.iter().flat_map(|help| help.every()))
            .collect();
        let mut words: Vec<String> = Vec::new();
        for text in std::iter::once(item.link_id.replace(['-', '_', '.', '/'], " ").as_str()).chain(shown) {
            words.extend(words_of(text).into_iter().map(|word| word.text));
            words.push("|".to_owned());
        }
        let line = format!(" {} ", words.join(" "));
        let has = |table: &[&str]| table.iter().any(|phrase| line.contains(phrase));
        let mut asked = Self {
            want: Want::Nothing,
            past: has(PAST),
            request: has(REQUEST),
            ability: has(ABILITY),
            future: has(FUTURE),
            exists: has(EXISTS),
            changes: has(CHANGES),
            family: has(&[
                " family ",
                " relatives ",
                " familia ",
                " familiar ",
                " parents ",
                " anyone in your ",
            ]),
            scale: has(SCALE),
            birth: has(BIRTH),
            repeats: item.repeats,
            words,
            line,
        };
        asked.want = asked.wanted(item);
        if let Want::Number(Limits { max: Some(max), .. }) = asked.want {
            asked.scale |= max <= 10.0 && !asked.says(&["times", "many", "veces", "cuantas", "cuantos"]);
        }
        asked
    }

    /// A question that nothing is known of.
    pub(super) fn nothing() -> Self {
        Self {
            want: Want::Nothing,
            past: false,
            request: false,
            ability: false,
            future: false,
            exists: false,
            changes: false,
            family: false,
            scale: false,
            birth: false,
            repeats: false,
            words: Vec::new(),
            line: String::new(),
        }
    }

    /// Whether one of the words stands in the question.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(&word.as_str()))
    }

    /// What the question says, folded.
    pub(super) fn line(&self) -> &str {
        &self.line
    }

    /// "Do you live alone?"
    pub(super) fn alone(&self) -> bool {
        self.says(&["alone", "solo", "sola"])
    }

    /// Whether the phrase, folded, stands in the question.
    pub(super) fn contains(&self, phrase: &str) -> bool {
        self.line.contains(phrase)
    }

    /// Whether the question names the word, or one with the same stem.
    pub(super) fn mentions(&self, word: &str) -> bool {
        let stem = super::spelling::stem(word);
        stem.len() > 2 && self.words.iter().any(|own| super::spelling::stem(own) == stem)
    }

    fn wanted(&self, item: &'a Item) -> Want<'a> {
        #[expect(clippy::cast_precision_loss, reason = "limits of questionnaires are small")]
        let whole = |limit: &Option<i64>| limit.map(|limit| limit as f64);
        match &item.kind {
            ItemKind::Group | ItemKind::Display => Want::Nothing,
            ItemKind::Boolean => Want::YesNo,
            ItemKind::Choice { options } => Want::Choice { options, open: false },
            ItemKind::OpenChoice { options } => Want::Choice { options, open: true },
            ItemKind::Integer { min, max } => {
                Want::Number(Limits { min: whole(min), max: whole(max), whole: true })
            }
            ItemKind::Decimal { min, max } => Want::Number(Limits { min: *min, max: *max, whole: false }),
            ItemKind::Quantity { units, .. } => {
                let mut codes = [None; 8];
                for (place, unit) in codes.iter_mut().zip(units) {
                    *place = Some(unit.code.as_str());
                }
                Want::Quantity { measure: self.measure(&codes), units: codes }
            }
            ItemKind::Date { .. } => Want::Date,
            ItemKind::String { .. } | ItemKind::Text { .. } => self.wanted_words(item),
        }
    }

    fn measure(&self, units: &[Option<&str>]) -> Measure {
        let of = |unit: &str| match unit {
            "s" | "min" | "h" | "d" | "wk" | "mo" | "a" => Some(Measure::Time),
            "kg" | "g" | "[lb_av]" | "[oz_av]" | "[stone_av]" => Some(Measure::Mass),
            "cm" | "m" | "mm" | "[in_i]" | "[ft_i]" => Some(Measure::Length),
            "Cel" | "[degF]" => Some(Measure::Temperature),
            _ => None,
        };
        let offered = units.iter().flatten().find_map(|unit| of(unit));
        offered.unwrap_or_else(|| match () {
            () if units.iter().flatten().next().is_some() => Measure::Other,
            () if self.says(&["weigh", "weight", "pesa", "peso"]) => Measure::Mass,
            () if self.says(&["tall", "height", "mide", "estatura", "altura"]) => Measure::Length,
            () if self.says(&["temperature", "fever", "temperatura", "fiebre"])
                && !self.contains(" how long ") =>
            {
                Measure::Temperature
            }
            () => Measure::Time,
        })
    }

    fn wanted_words(&self, item: &Item) -> Want<'a> {
        let coded = |table: &[&str]| item.codes.iter().any(|code| table.contains(&code.code.as_str()));
        let asks = |phrases: &[&str]| phrases.iter().any(|phrase| self.line.contains(phrase));
        let text = self.line.as_str();
        if coded(LOINC_ALLERGIES) || self.says(ALLERGIES) {
            return Want::Allergies;
        }
        let listing = asks(&[
            " take ",
            " taking ",
            " on ",
            " use ",
            " using ",
            " list ",
            " current ",
            " toma ",
            " tomando ",
            " usa ",
            " actual ",
            " actuales ",
            " lista ",
            " prescribed ",
            " refill ",
            " refilled ",
            " what medicine ",
            " what medicines ",
            " which medicine ",
            " which medicines ",
            " need ",
            " renew ",
            " resurtir ",
            " necesita ",
        ]);
        let open = asks(&[
            " why ",
            " problem ",
            " problems ",
            " happen ",
            " happened ",
            " side effect ",
            " side effects ",
            " how do ",
            " concern ",
            " concerns ",
            " questions ",
            " por que ",
            " efectos ",
            " changes ",
            " worry ",
            " worries ",
            " trouble ",
            " pharmacy ",
            " farmacia ",
            " surgery ",
            " surgeries ",
            " cirugia ",
            " drugs or alcohol ",
            " recreational ",
            " street drugs ",
            " how did ",
            " difference ",
        ]);
        let named = matches!(
            item.link_id.to_lowercase().as_str(),
            "medicines"
                | "medications"
                | "medication"
                | "medicine"
                | "meds"
                | "medicinas"
                | "medicamentos"
                | "med-list"
                | "drugs"
                | "current-medications"
        );
        if coded(LOINC_MEDICINES) || named || (self.says(MEDICINES) && (listing || item.repeats) && !open) {
            return Want::Medicines;
        }
        if asks(&[" email ", " e mail ", " correo "]) {
            return Want::Email;
        }
        if asks(&[" postcode ", " post code ", " postal ", " zip ", " zipcode "]) {
            return Want::Postcode;
        }
        if asks(&[
            " phone ",
            " telephone ",
            " cell ",
            " mobile ",
            " telefono ",
            " celular ",
            " movil ",
            " number to reach ",
            " number to call ",
            " contact number ",
            " best number ",
            " callback ",
            " call you on ",
            " call you at ",
            " reach you on ",
            " number can we ",
            " numero de contacto ",
            " reach you at ",
        ]) && !asks(&[" how should ", " how would ", " why "])
        {
            return Want::Phone;
        }
        let name = asks(&[
            " your name ",
            " full name ",
            " first name ",
            " last name ",
            " surname ",
            " family name ",
            " given name ",
            " middle name ",
            " name ",
            " nombre ",
            " apellido ",
            " apellidos ",
            " se llama ",
            " called ",
            " who is your ",
            " quien es su ",
        ]);
        let other = asks(&[
            " pharmacy ",
            " farmacia ",
            " insurance ",
            " seguro ",
            " school ",
            " hospital ",
            " clinic ",
            " brand ",
            " employer ",
            " company ",
            " empresa ",
        ]);
        if name && !other && !text.contains(" name of the medicine ") && !self.says(MEDICINES) {
            return Want::Name;
        }
        Want::Words
    }

    /// The option that says that none of the others fits.
    pub(super) fn none_option(options: &'a [ChoiceOption]) -> Option<usize> {
        let says_none = |option: &ChoiceOption| {
            let code = option.code.to_lowercase();
            matches!(
                code.as_str(),
                "none" | "no" | "none-of-these" | "nil" | "ninguno" | "ninguna" | "nothing"
            ) || option.display.every().any(|text| {
                let first = words_of(text).into_iter().next().map(|word| word.text).unwrap_or_default();
                matches!(first.as_str(), "none" | "ninguno" | "ninguna" | "nothing" | "nada" | "neither")
            })
        };
        let exclusive = options.iter().position(|option| option.exclusive && says_none(option));
        exclusive
            .or_else(|| options.iter().position(says_none))
            .or_else(|| options.iter().position(|option| option.exclusive))
    }
}
