//! The lists beside a note: found with each draft, changed by the clinician, frozen by the signature.

use domain::{
    Amount, EncounterRecord, EventBody, Fact, FactKind, ListItem, ListLine, MedicineState, NoteState, Phi,
    SentenceOrigin, Speaker,
};

use super::{filled, view};
use crate::router::Call;
use crate::rpc::types::{EditLists, EncounterView, ListChange};
use crate::{Engine, Error};

/// Longer texts than this are no name, no reaction and no frequency.
const LONGEST: usize = 300;

/// What a new draft puts beside the note. Nothing where there is nothing and was nothing.
pub(crate) fn found(engine: &Engine, record: &EncounterRecord) -> Option<EventBody> {
    let facts = view::intake_of(engine, record)
        .map_or_else(Vec::new, |intake| intake.facts(&engine.staff_language()));
    let found = scribe::lists(&scribe::Given {
        utterances: &record.utterances,
        answers: &facts,
        medicines: &|text| ::intake::medicines_named(text, &record.language),
    });
    let lines = scribe::carry_over(&record.lists, found);
    (!(lines.is_empty() && record.lists.is_empty())).then_some(EventBody::ListsFound { lines })
}

pub(crate) fn edit(call: &Call<'_>, request: EditLists) -> Result<EncounterView, Error> {
    let _turn = call.engine.turn();
    let record = call.engine.encounter(request.encounter)?;
    match &record.note {
        NoteState::Draft { .. } => {}
        NoteState::Signed { .. } => return Err(Error::NoteSigned),
        NoteState::None => return Err(Error::WrongState),
    }
    let lines = changed(&record.lists, request.change)?;
    if lines == record.lists {
        return view::encounter(call.engine, record);
    }
    let event = EventBody::ListsEdited { lines };
    let record = call.engine.append(call.actor()?, call.action(), request.encounter, vec![event])?;
    view::encounter(call.engine, record)
}

fn changed(standing: &[ListLine], change: ListChange) -> Result<Vec<ListLine>, Error> {
    let mut lines = standing.to_vec();
    let line = |lines: &'_ mut Vec<ListLine>, id: u32| {
        lines.iter().position(|line| line.id == id).ok_or(Error::NotFound { what: "line" })
    };
    match change {
        ListChange::Drop { line: id } => {
            let at = line(&mut lines, id)?;
            lines[at].dropped = true;
        }
        ListChange::Keep { line: id } => {
            let at = line(&mut lines, id)?;
            lines[at].dropped = false;
        }
        ListChange::Correct { line: id, item } => {
            let at = line(&mut lines, id)?;
            correct(&mut lines[at], checked(item.into_exposed())?)?;
        }
        ListChange::Add { item } => {
            let id = lines.iter().map(|line| line.id).max().map_or(0, |id| id.saturating_add(1));
            lines.push(ListLine {
                id,
                item: Phi::new(checked(item.into_exposed())?),
                says: Speaker::Clinician,
                evidence: Vec::new(),
                answers: Vec::new(),
                origin: SentenceOrigin::Typed,
                found: None,
                dropped: false,
            });
        }
    }
    Ok(lines)
}

/// A line keeps its kind and what it rests on. What is put back to what was found is found again.
fn correct(line: &mut ListLine, item: ListItem) -> Result<(), Error> {
    if std::mem::discriminant(line.item.expose()) != std::mem::discriminant(&item) {
        return Err(wrong("a line keeps its kind"));
    }
    if line.origin != SentenceOrigin::Typed {
        let found = line.found.take().unwrap_or_else(|| line.item.clone());
        let as_found = *found.expose() == item;
        line.origin = if as_found { SentenceOrigin::Drafted } else { SentenceOrigin::Edited };
        line.found = (!as_found).then_some(found);
    }
    line.item = Phi::new(item);
    Ok(())
}

fn wrong(reason: &str) -> Error {
    Error::RequestInvalid { method: "lists.edit", reason: reason.to_owned() }
}

/// The item as it may be kept: its texts without white space around them, its numbers above zero.
fn checked(item: ListItem) -> Result<ListItem, Error> {
    let text = |text: String, field: &'static str| {
        let text = filled(&text, field)?;
        if text.chars().count() > LONGEST { Err(wrong("a text is too long")) } else { Ok(text) }
    };
    let also = |found: Option<String>, field: &'static str| {
        found.filter(|found| !found.trim().is_empty()).map(|found| text(found, field)).transpose()
    };
    let number = |value: f64| {
        if value.is_finite() && value > 0.0 { Ok(value) } else { Err(wrong("a number is not above zero")) }
    };
    Ok(match item {
        ListItem::Medicine { name, dose, often, per_day, as_needed, state, earlier } => ListItem::Medicine {
            name: text(name, "name")?,
            dose: dose
                .map(|dose| {
                    Ok::<_, Error>(Amount { value: number(dose.value)?, unit: also(dose.unit, "dose")? })
                })
                .transpose()?,
            often: also(often, "often")?,
            per_day: per_day.map(number).transpose()?,
            as_needed,
            state,
            earlier,
        },
        ListItem::Allergy { substance, reaction, denied } => ListItem::Allergy {
            substance: text(substance, "substance")?,
            reaction: also(reaction, "reaction")?,
            denied,
        },
        ListItem::NoAllergies { to } => ListItem::NoAllergies { to },
        ListItem::Problem { text: said, standing, relative, code } => ListItem::Problem {
            text: text(said, "text")?,
            standing,
            relative: also(relative, "relative")?,
            code,
        },
        ListItem::Vital { code, value, over, unit } => ListItem::Vital {
            code,
            value: number(value)?,
            over: over.map(number).transpose()?,
            unit: text(unit, "unit")?,
        },
    })
}

/// What leaves of a signed encounter in place of the answers that the lists were made of. Of a vital sign that the note states
/// and a line says too, the line decides. What is not taken any more is no medicine of the patient's.
pub(crate) fn in_place_of(facts: Vec<Fact>, record: &EncounterRecord) -> Vec<Fact> {
    if record.lists.is_empty() || !matches!(record.note, NoteState::Signed { .. }) {
        return facts;
    }
    let listed = |fact: &Fact| {
        record.lists.iter().any(|line| match (line.as_found(), &fact.kind) {
            (ListItem::Vital { code, .. }, FactKind::Measure { value, .. }) => {
                let found = ListLine { dropped: false, found: None, item: Phi::new(line.as_found().clone()), ..line.clone() };
                let same = matches!(found.fact().map(|found| found.kind), Some(FactKind::Measure { value: of_line, .. }) if of_line == *value);
                same && fact.code.as_ref().is_some_and(|known| known.code == code.code)
            }
            _ => false,
        })
    };
    let from_lists = |fact: &Fact| {
        matches!(
            fact.kind,
            FactKind::Medicine | FactKind::Allergy | FactKind::NoAllergies | FactKind::Problem
        )
    };
    let mut all: Vec<Fact> = facts.into_iter().filter(|fact| !from_lists(fact) && !listed(fact)).collect();
    let not_taken = |line: &&ListLine| {
        matches!(
            line.item.expose(),
            ListItem::Medicine { state: Some(MedicineState::Stopped | MedicineState::NotTaking), .. }
        )
    };
    all.extend(record.lists.iter().filter(|line| !not_taken(line)).filter_map(ListLine::fact));
    all
}
