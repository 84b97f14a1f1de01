//! What the intake's answers put on the lists.

use domain::{
    AllergyScope, Fact, FactKind, FactSource, ListItem, MedicineState, Recognised, Speaker, Standing,
};

use super::{Found, Given};

/// The lines that answers give, in their order.
pub(super) fn answered(given: &Given<'_>) -> Vec<Found> {
    given.answers.iter().flat_map(|fact| of(fact, given)).collect()
}

fn of(fact: &Fact, given: &Given<'_>) -> Vec<Found> {
    let text = fact.text.expose().trim();
    let FactSource::Answer { link_id } = &fact.source else { return Vec::new() };
    let items = match &fact.kind {
        FactKind::Medicine => medicines(text, given),
        FactKind::Allergy => vec![allergy(text, given)],
        FactKind::NoAllergies => vec![ListItem::NoAllergies { to: AllergyScope::Any }],
        FactKind::Problem => vec![ListItem::Problem {
            text: text.to_owned(),
            standing: Standing::Present,
            relative: None,
            code: fact.code.clone(),
        }],
        FactKind::Reason | FactKind::Measure { .. } => Vec::new(),
    };
    let found =
        |item| Found { item, says: Speaker::Patient, evidence: Vec::new(), answers: vec![link_id.clone()] };
    items.into_iter().map(found).collect()
}

/// The medicines of the answer; where none is recognised the answer itself, so that nothing is lost.
fn medicines(text: &str, given: &Given<'_>) -> Vec<ListItem> {
    let mentions = (given.medicines)(text);
    let known = mentions.iter().any(|mention| mention.named != Recognised::Unknown);
    let item = |mention: &domain::MedicineMention| {
        let state = if mention.not_taken { MedicineState::NotTaking } else { MedicineState::Taking };
        super::medicines::item(mention, Some(state))
    };
    if known {
        return mentions.iter().map(item).collect();
    }
    vec![ListItem::Medicine {
        name: text.to_owned(),
        dose: None,
        often: None,
        per_day: None,
        as_needed: false,
        state: Some(MedicineState::Taking),
        earlier: Vec::new(),
    }]
}

/// The allergy as it was written. One known substance gives its name, and what stands behind it what it does.
fn allergy(text: &str, given: &Given<'_>) -> ListItem {
    let known: Vec<_> =
        (given.medicines)(text).into_iter().filter(|mention| mention.named == Recognised::Exactly).collect();
    if let [only] = known.as_slice() {
        let rest: String = text.chars().skip(only.span.1 as usize).collect();
        let begins = only.span.0 == 0;
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        if begins && !text.contains(" and ") {
            let reaction = (!rest.is_empty()).then_some(rest);
            return ListItem::Allergy { substance: only.name.clone(), reaction, denied: false };
        }
    }
    ListItem::Allergy { substance: text.to_owned(), reaction: None, denied: false }
}
