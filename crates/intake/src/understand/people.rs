//! Counting people by naming them: "me, the wife and three kids".

use std::collections::BTreeSet;

use super::Heard;
use super::answer::Value;
use super::asked::Asked;
use super::number::{self, Form};
use super::said::{Tongue, is_any, span, starts};
use crate::redflag::words::{Mark, Word};

const SELF: &[&str] = &["me", "myself", "i", "yo", "conmigo"];
const ONE: &[&str] = &[
    "wife",
    "husband",
    "partner",
    "missus",
    "boyfriend",
    "girlfriend",
    "fiance",
    "mum",
    "mom",
    "mother",
    "dad",
    "father",
    "son",
    "daughter",
    "brother",
    "sister",
    "gran",
    "nan",
    "grandma",
    "grandmother",
    "grandad",
    "grandpa",
    "grandfather",
    "aunt",
    "uncle",
    "lodger",
    "flatmate",
    "roommate",
    "baby",
    "grandson",
    "granddaughter",
    "lad",
    "esposa",
    "esposo",
    "marido",
    "mujer",
    "senora",
    "pareja",
    "novio",
    "novia",
    "mama",
    "papa",
    "madre",
    "padre",
    "hijo",
    "hija",
    "hermano",
    "hermana",
    "abuela",
    "abuelo",
    "abuelita",
    "abuelito",
    "suegra",
    "suegro",
    "nieto",
    "nieta",
    "tia",
    "tio",
    "bebe",
    "nuera",
    "yerno",
    "cunada",
    "cunado",
    "primo",
    "prima",
    "sobrino",
    "sobrina",
];
const SEVERAL: &[&str] = &[
    "kids",
    "children",
    "sons",
    "daughters",
    "boys",
    "girls",
    "brothers",
    "sisters",
    "grandkids",
    "grandchildren",
    "lodgers",
    "flatmates",
    "roommates",
    "lads",
    "teenagers",
    "little",
    "hijos",
    "hijas",
    "ninos",
    "ninas",
    "hermanos",
    "hermanas",
    "nietos",
    "nietas",
    "chamacos",
    "muchachos",
    "chiquillos",
    "sobrinos",
    "primos",
];
const PAIRS: &[&[&str]] = &[
    &["my", "parents"],
    &["both", "parents"],
    &["my", "grandparents"],
    &["mis", "papas"],
    &["mis", "padres"],
    &["mis", "abuelos"],
    &["mis", "suegros"],
];
/// Words of a number or an article that lead to one person.
const LEADS: &[&str] = &["my", "the", "a", "our", "mi", "la", "el", "un", "una", "and", "y", "su", "one"];

/// How many live together, where they are named one by one.
pub(super) fn counted(asked: &Asked, words: &[Word], tongue: Tongue) -> Option<Heard> {
    let household = asked.says(&["people", "personas", "household", "hogar"])
        && (asked.contains(" how many ") || asked.contains(" cuant") || asked.contains(" number of "));
    let took_away = words.iter().any(|word| {
        matches!(
            word.text.as_str(),
            "not" | "no" | "left" | "died" | "moved" | "murio" | "fallecio" | "except"
        )
    });
    if !household || took_away {
        return None;
    }
    let mut sum = 0.0;
    let mut kinds = BTreeSet::new();
    let mut last = 0;
    let mut used = vec![false; words.len()];
    let myself = words.iter().any(|word| SELF.contains(&word.text.as_str()));
    for at in 0..words.len() {
        let text = words[at].text.as_str();
        if PAIRS.iter().any(|pair| starts(words, at, pair)) {
            (sum, last) = (sum + 2.0, at + 1);
            kinds.insert(words[at + 1].text.clone());
        } else if SEVERAL.contains(&text) && !is_any(words, at, &["little"]) {
            let number = (at.saturating_sub(3)..at).rev().find_map(|from| {
                number::number_at(words, from, tongue).filter(|number| {
                    number.form != Form::Article && number.last < at && at - number.last <= 2
                })
            })?;
            used[number.first] = true;
            (sum, last) = (sum + number.value, at);
            kinds.insert(text.to_owned());
        } else if ONE.contains(&text)
            && (at == 0 || is_any(words, at - 1, LEADS) || words[at - 1].mark >= Mark::Comma)
        {
            (sum, last) = (sum + 1.0, at);
            kinds.insert(text.to_owned());
        }
    }
    // A number of something else: "there's five of us".
    let another = number::numbers(words, tongue)
        .iter()
        .any(|number| number.form != Form::Article && !used[number.first] && number.value > 1.0);
    if kinds.is_empty() || another || sum < 1.0 {
        return None;
    }
    // Nobody leaves themselves out who is asked to count themselves; less sure where they were not named, or where the
    // question is who lives with them.
    let with = (asked.contains(" with you ") || asked.contains(" con usted "))
        && !asked.says(&["counting", "including", "contandose", "contando", "incluyendo", "incluyendose"]);
    let (own, sure) = match (with, myself) {
        (false, true) => (1.0, 0.82),
        (false, false) => (1.0, 0.62),
        (true, true) => (0.0, 0.6),
        (true, false) => (0.0, 0.8),
    };
    let last = (0..words.len())
        .rev()
        .find(|&at| SELF.contains(&words[at].text.as_str()))
        .map_or(last, |at| at.max(last));
    Some(Heard::new(Value::Number(sum + own), sure, span(words, 0, last)))
}
