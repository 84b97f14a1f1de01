//! Medicines by name, their doses, how often they are taken, and allergies.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::numbers::{numbers, word};
use super::quantities::{Quantity, quantities, quantities_said};
use super::reading::{Text, stem};
use crate::extractive::is_medicine;

/// Names of the same substance.
const SAME: &[&str] = &[
    "acetaminophen paracetamol tylenol panadol paracetamolo acetaminofén",
    "ibuprofen advil motrin nurofen ibuprofeno",
    "naproxen aleve naprosyn",
    "albuterol salbutamol ventolin proair",
    "furosemide lasix frusemide furosemida",
    "levothyroxine synthroid levotiroxina",
    "hydrochlorothiazide hctz",
    "aspirin aspirina asa",
    "metformin glucophage metformina",
    "atorvastatin lipitor",
    "sertraline zoloft",
    "penicillin penicilina",
    "amoxicillin amoxicilina",
    "omeprazole omeprazol prilosec",
    "epinephrine adrenaline epipen",
    "insulin insulina",
];

/// Classes and forms: they name no one medicine.
const CLASSES: &str = "latex antibiotic antibiotics steroid steroids inhaler statin cholesterol";

/// Medicines whose names end like no class and that the drafter's list has not.
const MORE: &str = "seroxat prozac xanax valium ativan ambien eliquis xarelto coumadin plavix crestor zocor nexium zantac pepcid claritin zyrtec \
                    benadryl sudafed humira enbrel ozempic wegovy mounjaro trulicity jardiance farxiga januvia lantus humalog novolog keppra \
                    lamictal topamax depakote seroquel abilify risperdal zyprexa wellbutrin effexor cymbalta lexapro celexa paxil adderall \
                    ritalin viagra cialis flomax proscar allopurinol colchicine hydroxychloroquine sulfasalazine azathioprine tamoxifen letrozole \
                    finasteride montelukast singulair flonase budesonide tiotropium spiriva advair symbicort cetirizine loratadine \
                    diphenhydramine zofran promethazine metoclopramide loperamide imodium bisacodyl senna miralax acyclovir valacyclovir \
                    nitrofurantoin bactrim keflex augmentin cephalexin ceftriaxone cefuroxime trimethoprim sacubitril entresto naproxeno losartán \
                    atorvastatina warfarina";

/// Each listed name, and what the substance is called here.
static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let more = MORE.split_ascii_whitespace().map(|name| (name, name));
    let same = SAME.iter().flat_map(|names| {
        let first = names.split_ascii_whitespace().next().unwrap_or_default();
        names.split_ascii_whitespace().map(move |name| (name, first))
    });
    more.chain(same).collect()
});

/// The substance that a word names; none for any other word and for classes.
pub(crate) fn medicine(word: &str) -> Option<String> {
    // The shortest name has three letters.
    if word.len() < 3 {
        return None;
    }
    let known = NAMES.get(word).copied().or_else(|| is_medicine(word).then_some(word))?;
    let class = CLASSES.split_ascii_whitespace().any(|class| class == word);
    (!class).then(|| known.to_owned())
}

/// The medicines of a text, each with its token.
pub(crate) fn medicines(text: &Text) -> Vec<(usize, String)> {
    let named = |(at, token): (usize, &super::reading::Token)| medicine(&token.text).map(|name| (at, name));
    text.tokens.iter().enumerate().filter_map(named).collect()
}

/// Doses with the medicine that each belongs to.
fn doses(text: &Text, quantities: Vec<Quantity>) -> Vec<(String, Quantity)> {
    let medicines = medicines(text);
    let mut all = Vec::new();
    for quantity in quantities {
        let (from, to) = (quantity.number.from, quantity.number.to + usize::from(quantity.unit.is_some()));
        let before = medicines.iter().rev().find(|(at, _)| *at < from).filter(|(at, _)| {
            from - at <= 7 && !text.tokens[*at..from].iter().any(super::reading::Token::ends_clause)
        });
        let after = medicines.iter().find(|(at, _)| *at >= to).filter(|(at, _)| {
            *at <= to + usize::from(matches!(text.word(to), "of" | "de")) && text.word(to) != ","
        });
        let owner = match (before, after) {
            (Some(before), Some(_)) if before.0 + 1 == from => Some(before),
            (_, Some(after)) => Some(after),
            (before, None) => before,
        };
        // A bare number is a dose only right behind its medicine.
        let counts =
            quantity.is_dose() || owner.is_some_and(|(at, _)| at + 1 == from && quantity.unit.is_none());
        if let (true, Some((_, name))) = (counts, owner) {
            all.push((name.clone(), quantity));
        }
    }
    all
}

/// The doses of the sentence that were said of another medicine, or not of this one, as they are written.
pub(crate) fn wrong_doses(sentence: &Text, said: &[&Text]) -> Vec<String> {
    let written = doses(sentence, quantities(sentence));
    if written.is_empty() {
        return Vec::new();
    }
    let mut told = Vec::new();
    let mut free = Vec::new();
    for text in said {
        let all = quantities_said(text);
        let owned = doses(text, all.clone());
        free.extend(
            all.into_iter().filter(|one| !owned.iter().any(|(_, own)| own.number.from == one.number.from)),
        );
        told.extend(owned);
    }
    written
        .into_iter()
        .filter(|(name, dose)| {
            let mut of_it = told.iter().filter(|(other, _)| other == name).peekable();
            if of_it.peek().is_some() {
                return !of_it.any(|(_, told)| told.is_same_as(dose));
            }
            // Nobody said the dose beside its medicine: it must at least not be another's.
            told.iter().any(|(_, told)| told.is_same_as(dose))
                && !free.iter().any(|free| free.is_same_as(dose))
        })
        .map(|(name, dose)| format!("{name} {}", dose.written(sentence)))
        .collect()
}

/// How often, a day: once for "daily" and "every morning", twice for "b.i.d." and "every 12 hours"; below 1 for weeks.
fn frequencies(text: &Text) -> Vec<(f64, String)> {
    const PER: &str = "a per each every al por / cada";
    let mut all = Vec::new();
    let counted = numbers(text);
    for (at, token) in text.tokens.iter().enumerate() {
        let next = text.word(at + 1);
        let count_before = |at: usize| -> Option<f64> {
            let before = at.checked_sub(1)?;
            match text.word(before) {
                "once" => Some(1.0),
                "twice" => Some(2.0),
                "thrice" => Some(3.0),
                "times" | "veces" | "time" | "x" => {
                    counted.iter().find(|number| number.to == before).map(|number| number.value).or(Some(1.0))
                }
                _ => None,
            }
        };
        let mut push = |times: f64, from: usize, to: usize| {
            let words: Vec<_> = text.tokens[from.min(at)..to.min(text.tokens.len())]
                .iter()
                .map(|t| t.text.as_str())
                .collect();
            all.push((times, words.join(" ")));
        };
        match token.text.as_str() {
            "bid" => push(2.0, at, at + 1),
            "tid" => push(3.0, at, at + 1),
            "qid" => push(4.0, at, at + 1),
            "qd" | "nightly" => push(1.0, at, at + 1),
            "daily" | "diario" | "diariamente" => {
                push(count_before(at).unwrap_or(1.0), at.saturating_sub(2), at + 1)
            }
            "weekly" => push(count_before(at).unwrap_or(1.0) / 7.0, at.saturating_sub(2), at + 1),
            _ if token.is(PER) && matches!(next, "day" | "día" | "dia") => {
                push(count_before(at).unwrap_or(1.0), at.saturating_sub(2), at + 2);
            }
            _ if token.is("every each cada")
                && matches!(next, "morning" | "evening" | "night" | "mañana" | "noche") =>
            {
                push(1.0, at, at + 2);
            }
            "in" if next == "the" && matches!(text.word(at + 2), "morning" | "evening") => {
                push(1.0, at, at + 3)
            }
            "at" if matches!(next, "night" | "bedtime" | "noon") => push(1.0, at, at + 2),
            _ if token.is(PER) && matches!(next, "week" | "semana") => {
                push(count_before(at).unwrap_or(1.0) / 7.0, at.saturating_sub(2), at + 2);
            }
            "every" | "cada" => {
                let hours = counted.iter().find(|number| number.from == at + 1).filter(|number| {
                    matches!(text.word(number.to), "hour" | "hours" | "hrs" | "hora" | "horas")
                });
                if let Some(hours) = hours.filter(|hours| hours.value > 0.0) {
                    push(24.0 / hours.value, at, hours.to + 1);
                }
            }
            _ => {}
        }
    }
    all
}

/// The frequencies of the sentence that were not said, where it names a medicine or a dose.
pub(crate) fn wrong_frequencies(sentence: &Text, said: &[&Text]) -> Vec<String> {
    let of_medicine = !medicines(sentence).is_empty() || quantities(sentence).iter().any(Quantity::is_dose);
    if !of_medicine {
        return Vec::new();
    }
    let told: Vec<f64> = said.iter().flat_map(|text| frequencies(text)).map(|(times, _)| times).collect();
    frequencies(sentence)
        .into_iter()
        .filter(|(times, _)| !told.iter().any(|told| (told - times).abs() < 1e-6))
        .map(|(_, words)| words)
        .collect()
}

/// The medicines of the sentence that were not said.
pub(crate) fn unsaid(sentence: &Text, said: &[&Text]) -> Vec<String> {
    let written = medicines(sentence);
    if written.is_empty() {
        return Vec::new();
    }
    let told: Vec<String> = said.iter().flat_map(|text| medicines(text)).map(|(_, name)| name).collect();
    let missing = |(at, name): (usize, String)| {
        let written = sentence.word(at).to_owned();
        (!told.contains(&name) && !said.iter().any(|text| text.has(&written))).then_some(written)
    };
    written.into_iter().filter_map(missing).collect()
}

const ALLERGY: &str =
    "allergic allergy allergies nkda nka anaphylaxis anaphylactic alérgico alérgica alergia alergias";
const REACTION: &str = "reaction reactions rash hives swelling swelled swell itching itchy anaphylaxis sensitive sensitivity intolerance \
                        intolerant reacción ronchas sarpullido";

/// What is wrong with a sentence about allergies: that nobody spoke of one, or what nobody said of it.
pub(crate) fn wrong_allergies(sentence: &Text, said: &[&Text]) -> Vec<String> {
    let Some(at) = sentence.tokens.iter().position(|token| token.is(ALLERGY)) else { return Vec::new() };
    if !said.iter().any(|text| text.has(ALLERGY) || text.has(REACTION)) {
        return vec![sentence.word(at).to_owned()];
    }
    let stems: Vec<String> =
        said.iter().flat_map(|text| &text.tokens).map(|token| stem(&token.text)).collect();
    let names = sentence.tokens[at + 1..].iter().take_while(|token| !token.ends_clause());
    names
        .filter(|token| token.text.len() > 3 && word(&token.text).is_none())
        .filter(|token| medicine(&token.text).is_some() || token.is(ALLERGENS))
        .filter(|token| {
            let told = |text: &Text| {
                medicines(text).iter().any(|(_, name)| Some(name) == medicine(&token.text).as_ref())
            };
            !stems.contains(&stem(&token.text)) && !said.iter().any(|text| told(text))
        })
        .map(|token| token.text.clone())
        .collect()
}

/// What people are allergic to besides medicines.
const ALLERGENS: &str = "latex peanut peanuts nuts shellfish shrimp eggs milk dairy soy wheat gluten pollen grass dust mites mold dogs cats \
                         bees wasp venom iodine contrast nickel sulfa penicillin látex mariscos cacahuate huevo leche polen";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_the_lists_is_one_that_is_known_without_it() {
        let same: Vec<&str> = SAME.iter().flat_map(|names| names.split_ascii_whitespace()).collect();
        for word in MORE.split_ascii_whitespace() {
            assert!(!is_medicine(word) && !same.contains(&word), "{word}");
        }
        for word in CLASSES.split_ascii_whitespace() {
            assert!(is_medicine(word), "{word} is no medicine anyway");
        }
    }

    #[test]
    fn a_brand_and_its_substance_are_the_same() {
        assert_eq!(medicine("tylenol"), medicine("paracetamol"));
        assert_eq!(medicine("statins"), None);
        assert_eq!(medicine("antibiotic"), None);
    }
}
