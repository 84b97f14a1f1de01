//! The lists beside a note: medicines, allergies, problems and vital signs, found in what was said and answered.
//!
//! By rule and by list, and never more than was said: what is not said of a line is not there, numbers and units stay as they
//! were, and what is said of a relative is a relative's. The same thing said several times is one line; of what was said of it the
//! last counts.

mod allergies;
mod answered;
mod medicines;
mod problems;
mod speech;
mod terms;

use domain::{
    AllergyScope, Fact, ListItem, ListLine, MedicineReader, Phi, SentenceOrigin, Speaker, Utterance,
};

use crate::check::medicines::medicine;
use crate::check::reading::{Text, stem};
use speech::Visit;

/// What the lists are made of.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// What was said; `utterances[i].index` must be `i`.
    pub utterances: &'a [Utterance],
    /// What the intake says, as [`Fact`]s.
    pub answers: &'a [Fact],
    /// Who finds the medicines of a text.
    pub medicines: MedicineReader<'a>,
}

/// Something that was found, before it has an id.
struct Found {
    item: ListItem,
    says: Speaker,
    evidence: Vec<u32>,
    answers: Vec<String>,
}

impl Found {
    fn said(item: ListItem, says: Speaker, evidence: &[u32]) -> Self {
        Self { item, says, evidence: evidence.to_vec(), answers: Vec::new() }
    }
}

/// The lists of a visit: medicines, allergies, problems, vital signs, each in the order in which it was first named.
pub fn lists(given: &Given<'_>) -> Vec<ListLine> {
    let visit = Visit::of(given.utterances);
    let mut found = answered::answered(given);
    found.extend(medicines::medicines(&visit, given.medicines));
    let allergies = allergies::allergies(&visit, given.medicines);
    let allergic = allergies.iter().flat_map(|one| &one.evidence).copied().collect();
    found.extend(allergies);
    found.extend(problems::problems(&visit, &allergic));
    found.extend(vitals(given.utterances));
    let mut lines: Vec<ListLine> = Vec::new();
    for one in found {
        match lines.iter_mut().find(|line| same(line.item.expose(), &one.item)) {
            Some(line) => join(line, one),
            None => lines.push(ListLine {
                id: 0,
                item: Phi::new(one.item),
                says: one.says,
                evidence: one.evidence,
                answers: one.answers,
                origin: SentenceOrigin::Drafted,
                found: None,
                dropped: false,
            }),
        }
    }
    settle(&mut lines);
    lines.sort_by_key(|line| rank(line.item.expose()));
    for (id, line) in lines.iter_mut().enumerate() {
        line.id = u32::try_from(id).unwrap_or(u32::MAX);
        line.evidence.sort_unstable();
        line.evidence.dedup();
    }
    lines
}

/// The lists after a new draft: what a clinician corrected, typed or took out stays so.
pub fn carry_over(standing: &[ListLine], found: Vec<ListLine>) -> Vec<ListLine> {
    let mut next = standing.iter().map(|line| line.id).max().map_or(0, |id| id.saturating_add(1));
    let mut used = Vec::new();
    let mut all: Vec<ListLine> = Vec::new();
    for mut line in found {
        let old = standing
            .iter()
            .filter(|old| old.origin != SentenceOrigin::Typed)
            .find(|old| !used.contains(&old.id) && same(old.as_found(), line.item.expose()));
        if let Some(old) = old {
            used.push(old.id);
            line.id = old.id;
            line.dropped = old.dropped;
            if old.origin == SentenceOrigin::Edited {
                line.found = Some(line.item);
                line.item = old.item.clone();
                line.origin = old.origin;
            }
        } else {
            line.id = next;
            next = next.saturating_add(1);
        }
        all.push(line);
    }
    let kept = |old: &&ListLine| old.origin != SentenceOrigin::Drafted && !used.contains(&old.id);
    all.extend(standing.iter().filter(kept).cloned());
    all.sort_by_key(|line| rank(line.item.expose()));
    all
}

const fn rank(item: &ListItem) -> u8 {
    match item {
        ListItem::Medicine { .. } => 0,
        ListItem::Allergy { .. } | ListItem::NoAllergies { .. } => 1,
        ListItem::Problem { .. } => 2,
        ListItem::Vital { .. } => 3,
    }
}

/// Whether two items speak of the same thing.
fn same(one: &ListItem, other: &ListItem) -> bool {
    use ListItem as Item;
    match (one, other) {
        (Item::Medicine { name, .. }, Item::Medicine { name: second, .. })
        | (Item::Allergy { substance: name, .. }, Item::Allergy { substance: second, .. }) => {
            substance(name) == substance(second)
        }
        (Item::NoAllergies { to }, Item::NoAllergies { to: second }) => to == second,
        (Item::Problem { text, relative, .. }, Item::Problem { text: second_text, relative: second, .. }) => {
            relative == second && words_of(text) == words_of(second_text)
        }
        (
            Item::Vital { code, value, over, unit },
            Item::Vital { code: second, value: second_value, over: second_over, unit: second_unit },
        ) => code.code == second.code && value == second_value && over == second_over && unit == second_unit,
        _ => false,
    }
}

/// What a name names: brands and generic names of one substance are the same.
fn substance(name: &str) -> String {
    let name = name.to_lowercase();
    medicine(&name).unwrap_or_else(|| {
        let words: Vec<String> = name.split_whitespace().map(stem).collect();
        words.join(" ")
    })
}

/// The words of a problem that tell it from others: "pain in my left knee" and "left knee pain" are the same.
fn words_of(text: &str) -> Vec<String> {
    const OTHER: &str = "a an the my your his her their our in on of to some any around is are was were been has have really \
                         very so bit little just getting both el la los las mi su en de un una";
    let mut all: Vec<String> = Text::read(&text.to_lowercase())
        .tokens
        .iter()
        .filter(|token| !token.is(OTHER) && token.text.chars().any(char::is_alphanumeric))
        .map(|token| match terms::alike(&token.text) {
            Some(name) => stem(name),
            None => stem(&token.text),
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Adds to a line what was said of it later.
fn join(line: &mut ListLine, later: Found) {
    line.evidence.extend(later.evidence);
    for answer in later.answers {
        if !line.answers.contains(&answer) {
            line.answers.push(answer);
        }
    }
    let mut item = line.item.clone().into_exposed();
    match (&mut item, later.item) {
        (
            ListItem::Medicine { dose, often, per_day, as_needed, state, earlier, .. },
            ListItem::Medicine {
                dose: new_dose,
                often: new_often,
                per_day: new_per_day,
                as_needed: new_as_needed,
                state: new_state,
                earlier: new_earlier,
                ..
            },
        ) => {
            for amount in new_earlier {
                medicines::keep_earlier(earlier, amount);
            }
            medicines::replace_dose(dose, earlier, new_dose);
            if new_often.is_some() {
                (*often, *per_day, *as_needed) = (new_often, new_per_day, new_as_needed);
            }
            if let Some(new_state) = new_state {
                *state = Some(medicines::follows(*state, new_state));
                line.says = later.says;
            }
        }
        (
            ListItem::Allergy { reaction, denied, .. },
            ListItem::Allergy { reaction: new_reaction, denied: new_denied, .. },
        ) => {
            // Of a denial and a statement the statement counts, whichever is later: it is the one that may harm.
            if *denied && !new_denied {
                line.says = later.says;
            }
            *denied &= new_denied;
            *reaction = new_reaction.or_else(|| reaction.take());
        }
        (
            ListItem::Problem { standing, code, .. },
            ListItem::Problem { standing: new, code: new_code, .. },
        ) => {
            if *standing != new {
                line.says = later.says;
            }
            *standing = new;
            *code = code.take().or(new_code);
        }
        _ => {}
    }
    line.item = Phi::new(item);
}

/// What cannot stand beside another line: "no allergies" beside an allergy of that kind.
fn settle(lines: &mut Vec<ListLine>) {
    // "Any cancer in the family?" "My sister had breast cancer."
    let families: Vec<(String, Vec<String>)> = lines.iter().filter_map(of_relative).collect();
    lines.retain(|line| {
        let Some((whose, words)) = of_relative(line) else { return true };
        !families.iter().any(|(other, more)| {
            *other == whose && more.len() > words.len() && words.iter().all(|word| more.contains(word))
        })
    });
    let held: Vec<bool> = lines
        .iter()
        .filter_map(|line| match line.item.expose() {
            ListItem::Allergy { denied: false, substance, .. } => Some(terms::is_no_medicine(substance)),
            _ => None,
        })
        .collect();
    lines.retain(|line| match line.item.expose() {
        ListItem::NoAllergies { to: AllergyScope::Any } => held.is_empty(),
        ListItem::NoAllergies { to: AllergyScope::Medicines } => held.iter().all(|no_medicine| *no_medicine),
        _ => true,
    });
}

/// A relative's problem: whose, and its words.
fn of_relative(line: &ListLine) -> Option<(String, Vec<String>)> {
    match line.item.expose() {
        ListItem::Problem { text, relative: Some(whose), .. } => Some((whose.clone(), words_of(text))),
        _ => None,
    }
}

/// The vital signs that the clinician states.
fn vitals(utterances: &[Utterance]) -> Vec<Found> {
    let said = utterances.iter().filter(|said| said.speaker == Speaker::Clinician);
    said.flat_map(|said| {
        crate::vitals::said(said.text.expose())
            .into_iter()
            .map(|item| Found::said(item, said.speaker, &[said.index]))
    })
    .collect()
}
