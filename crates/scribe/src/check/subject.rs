//! Who a sentence is about: the patient, or somebody of their family.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::reading::{Text, stem};
use crate::words;

/// One line a relation, the first word its name.
const KIN: &[&str] = &[
    "mother mom mum mama mother's mom's madre mamá",
    "father dad papa father's dad's padre papá",
    "sister sisters sister's hermana hermanas",
    "brother brothers brother's hermano hermanos",
    "wife wife's esposa",
    "husband husband's esposo marido",
    "partner spouse boyfriend girlfriend pareja",
    "son sons son's hijo",
    "daughter daughters daughter's hija",
    "child children kid kids baby hijos bebé",
    "grandmother grandma abuela",
    "grandfather grandpa abuelo",
    "grandparents grandparent abuelos",
    "aunt aunts tía",
    "uncle uncles tío",
    "cousin cousins primo prima",
    "parents parent padres",
    "family relative relatives familia familiar",
    "friend friends roommate coworker neighbor amigo amiga",
];

static RELATIONS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let of = |line: &&'static str| {
        let first = line.split_ascii_whitespace().next().unwrap_or_default();
        line.split_ascii_whitespace().map(move |word| (word, first))
    };
    KIN.iter().flat_map(of).collect()
});

pub(crate) fn kin(word: &str) -> Option<&'static str> {
    RELATIONS.get(word).copied()
}

/// Which tokens are said of a relation: behind it and a verb, up to the clause's end or to somebody else.
pub(crate) fn of_kin(text: &Text) -> Vec<bool> {
    const VERBS: &str = "has had have got gets is was were are died takes took take with diagnosed suffers suffered smokes smoked drinks tiene tuvo \
                         tenía murió toma padece sufre";
    let mut all = vec![false; text.tokens.len()];
    let (mut named, mut open) = (false, false);
    for (at, token) in text.tokens.iter().enumerate() {
        if token.ends_clause()
            || token.is(
                "i i'm i've i'd me my we we're you you've your myself but patient patient's yo mi me pero",
            )
        {
            // "my father": what is the patient's may be a relation.
            (named, open) = (false, false);
        }
        if kin(&token.text).is_some() {
            named = true;
        } else if named && token.is(VERBS) {
            open = true;
        }
        all[at] = open;
    }
    all
}

/// Words too general to be a condition of somebody.
const GENERAL: &str = "came come told tell says said think know help made make take taken takes took home work point today here there back year years months weeks \
                       days good well that's it's just like really very much lot little bit time times about from into after before when still also only some";

fn tells(word: &str) -> bool {
    word.chars().count() > 3
        && word.chars().all(char::is_alphabetic)
        && words::is_content(word)
        && kin(word).is_none()
        && super::numbers::word(word).is_none()
        && !GENERAL.split_ascii_whitespace().any(|general| general == word)
}

/// Words of a clinician's turn that only asks; a longer one speaks of more.
const LONGEST_QUESTION: usize = 40;

/// What the sentence says of somebody of whom it was not said.
pub(crate) fn wrong(sentence: &Text, said: &[&Text]) -> Vec<String> {
    let known: Vec<&str> =
        said.iter().flat_map(|text| &text.tokens).filter_map(|token| kin(&token.text)).collect();
    let named = sentence.tokens.iter().filter(|token| kin(&token.text).is_some());
    let unnamed = |word: &str| {
        let relation = kin(word).unwrap_or_default();
        !(known.contains(&relation) || (matches!(relation, "family" | "parents") && !known.is_empty()))
    };
    let mut wrong: Vec<String> =
        named.clone().filter(|token| unnamed(&token.text)).map(|token| token.text.clone()).collect();
    if known.is_empty() || !wrong.is_empty() {
        return wrong;
    }
    let mut of_them = Vec::new();
    let mut of_patient = Vec::new();
    let mut asked_of_kin = false;
    for (at, text) in said.iter().enumerate() {
        if text.companion || (asked_of_kin && !text.clinician) {
            of_patient.extend(text.tokens.iter().map(|token| stem(&token.text)));
        }
        // "Did anybody in your family have …" "My father": the question's words are theirs.
        let asks_of_kin = text.clinician
            && text.has("?")
            && text.tokens.len() <= LONGEST_QUESTION
            && text.tokens.iter().any(|token| kin(&token.text).is_some());
        asked_of_kin |= asks_of_kin;
        let answered = asks_of_kin && said[at + 1..].iter().any(|next| !next.clinician);
        for (token, kin) in text.tokens.iter().zip(of_kin(text)).filter(|(token, _)| tells(&token.text)) {
            if kin || answered || (asked_of_kin && !text.clinician) {
                of_them.push(stem(&token.text))
            } else {
                of_patient.push(stem(&token.text))
            }
        }
    }
    let speaks_of_kin = named.count() > 0;
    for (token, kin) in sentence.tokens.iter().zip(of_kin(sentence)).filter(|(token, _)| tells(&token.text)) {
        let stem = stem(&token.text);
        let theirs = of_them.contains(&stem) && !of_patient.contains(&stem);
        let patients = of_patient.contains(&stem) && !of_them.contains(&stem);
        if (theirs && !speaks_of_kin) || (patients && kin) {
            wrong.push(token.text.clone());
        }
    }
    wrong
}
