//! Numbers with their units: "1 gram" is "1000 mg", "two weeks" are "14 days".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::numbers::{Number, numbers, numbers_said};
use super::reading::Text;

/// A unit: what it measures, and how many of the smallest of its kind it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) kind: &'static str,
    factor: f64,
}

/// A number and the unit behind it.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    pub(super) number: Number,
    pub(super) unit: Option<Unit>,
}

/// Kind, factor, words.
const UNITS: &[(&str, f64, &str)] = &[
    ("mass", 0.001, "mcg µg ug mcgs microgram micrograms microgramo microgramos"),
    ("mass", 1.0, "mg mgs milligram milligrams miligramo miligramos"),
    ("mass", 1000.0, "g gm gram grams gramo gramos"),
    ("mass", 1_000_000.0, "kg kgs kilo kilos kilogram kilograms kilogramo kilogramos"),
    ("pound", 1.0, "lb lbs pound pounds libra libras"),
    ("volume", 1.0, "ml mls cc ccs milliliter milliliters millilitre millilitres mililitro mililitros"),
    ("volume", 1000.0, "l liter liters litre litres litro litros"),
    (
        "tablet",
        1.0,
        "tablet tablets tab tabs pill pills tableta tabletas pastilla pastillas comprimido comprimidos",
    ),
    ("capsule", 1.0, "capsule capsules cap caps cápsula cápsulas"),
    ("puff", 1.0, "puff puffs inhalation inhalations inhalación inhalaciones"),
    ("drop", 1.0, "drop drops gota gotas"),
    ("unit", 1.0, "unit units iu unidad unidades"),
    ("spoon", 1.0, "teaspoon teaspoons teaspoonful"),
    ("time", 1.0, "minute minutes min mins minuto minutos"),
    ("time", 60.0, "hour hours hr hrs hora horas"),
    ("time", 1440.0, "day days día días dia dias"),
    ("time", 10_080.0, "week weeks wk wks semana semanas"),
    ("months", 1.0, "month months mes meses"),
    ("months", 12.0, "year years yr yrs año años"),
    ("times", 1.0, "times time vez veces x"),
    ("percent", 1.0, "% percent"),
    ("fahrenheit", 1.0, "f fahrenheit"),
    ("celsius", 1.0, "c celsius"),
    ("degree", 1.0, "degree degrees grado grados"),
    ("pressure", 1.0, "mmhg"),
    ("rate", 1.0, "bpm"),
    ("length", 1.0, "mm millimeter millimeters milímetros"),
    ("length", 10.0, "cm centimeter centimeters centimetre centimetres centímetro centímetros"),
    ("inch", 1.0, "inch inches"),
    ("inch", 12.0, "feet"),
    ("mile", 1.0, "mile miles"),
    ("block", 1.0, "block blocks cuadra cuadras"),
    ("pack", 1.0, "pack packs packet packets"),
    ("cigarette", 1.0, "cigarette cigarettes cigarrillo cigarrillos"),
];

/// What a unit adds that says nothing new: a pressure is in mmHg, a pulse in beats a minute.
const IMPLIED: &[&str] = &["pressure", "rate", "percent", "fahrenheit", "celsius", "degree"];

static BY_WORD: LazyLock<HashMap<&'static str, Unit>> = LazyLock::new(|| {
    let of = |&(kind, factor, words): &(&'static str, f64, &'static str)| {
        words.split_ascii_whitespace().map(move |word| (word, Unit { kind, factor }))
    };
    UNITS.iter().flat_map(of).collect()
});

pub(super) fn unit(word: &str) -> Option<Unit> {
    BY_WORD.get(word).copied()
}

impl Quantity {
    /// What is said to be the same size: of one kind of unit, or of no unit.
    fn size(&self) -> f64 {
        self.number.value * self.unit.map_or(1.0, |unit| unit.factor)
    }

    fn kind(&self) -> &'static str {
        self.unit.map_or("", |unit| unit.kind)
    }

    /// Whether it measures a medicine.
    pub(super) fn is_dose(&self) -> bool {
        matches!(self.kind(), "mass" | "volume" | "tablet" | "capsule" | "puff" | "drop" | "unit" | "spoon")
    }

    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        if self.unit.is_none() || other.unit.is_none() {
            return near(self.number.value, other.number.value);
        }
        self.kind() == other.kind() && near(self.size(), other.size())
    }

    /// As it stands in the text.
    pub(super) fn written(&self, text: &Text) -> String {
        let to = self.number.to + usize::from(unit(text.word(self.number.to)).is_some());
        text.tokens[self.number.from..to]
            .iter()
            .map(|token| token.text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// The quantities of a note's sentence.
pub(super) fn quantities(text: &Text) -> Vec<Quantity> {
    with_units(text, numbers(text))
}

/// The quantities of what was said, in every way they can be meant.
pub(super) fn quantities_said(text: &Text) -> Vec<Quantity> {
    with_units(text, numbers_said(text))
}

fn with_units(text: &Text, numbers: Vec<Number>) -> Vec<Quantity> {
    let of = |number: &Number| {
        let mut to = number.to;
        // "two to three weeks": both are weeks.
        if matches!(text.word(to), "to" | "or" | "a" | "o" | "and") {
            let second = numbers.iter().find(|other| other.from == to + 1);
            to = second.map_or(to, |second| second.to);
        }
        unit(text.word(to))
    };
    let units: Vec<_> = numbers.iter().map(of).collect();
    numbers.into_iter().zip(units).map(|(number, unit)| Quantity { number, unit }).collect()
}

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It was not said.
    Number,
    /// It was said of another unit, or the unit was not said.
    Unit,
}

/// Whether a quantity of the sentence was said, and if not, what of it.
pub(super) fn compare(written: &Quantity, said: &[Quantity], units_said: &[Unit]) -> Option<Wrong> {
    if said.iter().any(|said| said.unit.is_some() == written.unit.is_some() && said.is_same_as(written)) {
        return None;
    }
    let as_number: Vec<_> =
        said.iter().filter(|said| near(said.number.value, written.number.value)).collect();
    if as_number.is_empty() {
        return Some(Wrong::Number);
    }
    let unit = written.unit?;
    let bare = as_number.iter().any(|said| said.unit.is_none() && !is_article(said));
    let known = IMPLIED.contains(&unit.kind)
        || units_said.iter().any(|said| said.kind == unit.kind && near(said.factor, unit.factor));
    (!(bare && known)).then_some(Wrong::Unit)
}

/// "a" is one of something only before its unit.
fn is_article(said: &Quantity) -> bool {
    said.number.perhaps && near(said.number.value, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(sentence: &str, said: &str) -> Vec<Option<Wrong>> {
        let (sentence, said) = (Text::read(sentence), Text::read(said));
        let units: Vec<_> = said.tokens.iter().filter_map(|token| unit(&token.text)).collect();
        quantities(&sentence).iter().map(|one| compare(one, &quantities_said(&said), &units)).collect()
    }

    #[test]
    fn a_quantity_is_the_same_in_other_words_and_other_units() {
        for (sentence, said) in [
            ("500 mg", "five hundred milligrams"),
            ("1000 mg", "one gram"),
            ("14 days", "two weeks"),
            ("148/92 mmHg", "one forty eight over ninety two"),
            ("2-3 weeks", "two or three weeks"),
            ("a 1 week history", "for a week"),
            ("97 %", "the oxygen is ninety seven"),
            ("500", "500 milligrams"),
            ("250 micrograms", "0.25 mg"),
        ] {
            assert!(wrong(sentence, said).iter().all(Option::is_none), "{sentence} / {said}");
        }
    }

    #[test]
    fn another_number_and_another_unit_are_told_apart() {
        assert_eq!(wrong("50 mg", "five hundred milligrams"), [Some(Wrong::Number)]);
        assert_eq!(wrong("3 weeks", "three days"), [Some(Wrong::Unit)]);
        assert_eq!(wrong("500 mcg", "500 mg"), [Some(Wrong::Unit)]);
        assert_eq!(wrong("500 mg", "metformin five hundred"), [Some(Wrong::Unit)]);
        assert_eq!(wrong("for 1 month", "it was a shock"), [Some(Wrong::Unit)]);
    }
}
