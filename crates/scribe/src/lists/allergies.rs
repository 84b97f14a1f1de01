//! What the patient does not tolerate, what it does, and the statement that there is nothing of that kind.

use domain::{AllergyScope, ListItem, MedicineReader, Recognised};

use super::Found;
use super::speech::{Replied, Sentence, Visit};
use super::terms;
use crate::check::negation::Reply;
use crate::check::reading::Token;

pub(super) const ALLERGY: &str =
    "allergic allergy allergies nkda nka alérgico alérgica alergia alergias alergico alergica";
/// Allergies of the air: problems, and no answer to what is not tolerated.
const OF_THE_AIR: &str = "seasonal|hay fever|allergies are|allergies acting|my allergies|nasal allergies|allergies have|allergy season|allergy medicine|\
                          allergy pill|allergy medication|allergy shots|environmental";
const HYPOTHETICAL: &str = "if|unless|might be|could be|may be|whether";
const HAPPENS: &str = "what happens|what happened|what reaction|what kind of reaction|what sort of reaction|what type of reaction|what does it do|reaction|\
                       qué le pasa|qué pasa|reacción|what did it do|what do you get";
const GIVES: &str = "gives me|gave me|makes me|made me|give me|makes my|made my|causes me|i break out|broke out|breaks me out|me da|me dio|me dan|me salen";

/// Something named that one can be allergic to, and its tokens.
struct Named {
    name: String,
    first: usize,
    last: usize,
}

/// The allergies, in the order in which they were named.
pub(super) fn allergies(visit: &Visit<'_>, read: MedicineReader<'_>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for (at, sentence) in visit.sentences.iter().enumerate() {
        if let Some(reaction) = asked_what_happens(visit, sentence, &all).or_else(|| goes_on(sentence, &all))
        {
            if let Some(last) = all.last_mut() {
                last.evidence.push(sentence.utterance);
                if let ListItem::Allergy { reaction: known, .. } = &mut last.item {
                    *known = Some(reaction);
                }
            }
            continue;
        }
        let cue = sentence.text.tokens.iter().position(|token| token.is(ALLERGY));
        let found = match cue {
            Some(_) if sentence.all().hold(OF_THE_AIR) && !sentence.all().hold("allergic to|allergy to") => {
                Vec::new()
            }
            Some(cue) if sentence.asks => asked(visit, at, cue, read),
            Some(cue) => stated(sentence, cue, read),
            None if sentence.by_clinician() || sentence.asks => Vec::new(),
            None => replied(visit, sentence, read),
        };
        all.extend(found);
    }
    all
}

fn scope(sentence: &Sentence<'_>) -> AllergyScope {
    let all = sentence.all();
    let medicines = all.hold(
        "medication|medications|medicine|medicines|drug|drugs|meds|antibiotics|nkda|medicamento|medicamentos|medicina|medicinas",
    );
    let food = all.hold("food|foods|comida|comidas|alimentos|alimento");
    let anything = all.hold("anything|any allergies to anything|nada|algo|latex|látex|environmental");
    match (medicines, food, anything) {
        (true, false, false) => AllergyScope::Medicines,
        (false, true, false) => AllergyScope::Food,
        _ => AllergyScope::Any,
    }
}

/// "Are you allergic to penicillin?" "No."
fn asked(visit: &Visit<'_>, at: usize, cue: usize, read: MedicineReader<'_>) -> Vec<Found> {
    let sentence = &visit.sentences[at];
    let Some(Replied { reply, utterance, speaker }) = visit.replied(at) else { return Vec::new() };
    if sentence.names_relative().is_some() {
        return Vec::new();
    }
    let evidence = [sentence.utterance, utterance];
    let named = named(sentence, cue, read);
    match reply {
        Reply::No if named.is_empty() => {
            vec![Found::said(ListItem::NoAllergies { to: scope(sentence) }, speaker, &evidence)]
        }
        Reply::No | Reply::Yes if named.len() == 1 || reply == Reply::No => named
            .into_iter()
            .map(|one| {
                let denied = reply == Reply::No;
                let reaction =
                    visit.of_utterance(utterance).find_map(|(_, said)| reaction(said, 0)).filter(|_| !denied);
                let item = ListItem::Allergy { substance: one.name, reaction, denied };
                Found::said(item, speaker, &evidence)
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// "I'm allergic to sulfa", "no known drug allergies".
fn stated(sentence: &Sentence<'_>, cue: usize, read: MedicineReader<'_>) -> Vec<Found> {
    let nobodys = sentence.relative(cue).is_some()
        || sentence.words(0, cue).hold(HYPOTHETICAL)
        || sentence.by_clinician() && sentence.words(0, cue).hold("some people|people|many people");
    if nobodys {
        return Vec::new();
    }
    let said = |item| Found::said(item, sentence.speaker, &[sentence.utterance]);
    let nothing = sentence.text.tokens[cue].is("nkda nka")
        || sentence.denied(cue) == Some(true)
        || sentence.words(0, cue + 1).hold(
            "no known drug allergies|no known allergies|no allergies|no drug allergies|no food allergies",
        );
    let named = named(sentence, cue, read);
    if nothing {
        // "I'm not allergic to anything but penicillin"
        let but = sentence.text.tokens.iter().position(|token| token.is("but except pero"));
        let (denied, held): (Vec<_>, Vec<_>) =
            named.into_iter().partition(|one| but.is_none_or(|but| one.first < but));
        if !held.is_empty() {
            return held.into_iter().map(|one| said(positive(sentence, one))).collect();
        }
        if denied.is_empty() {
            return vec![said(ListItem::NoAllergies { to: scope(sentence) })];
        }
        let item = |one: Named| ListItem::Allergy { substance: one.name, reaction: None, denied: true };
        return denied.into_iter().map(|one| said(item(one))).collect();
    }
    let single = named.len() == 1;
    let item = |one: Named| match positive(sentence, one) {
        ListItem::Allergy { substance, reaction: None, denied } if single => {
            ListItem::Allergy { substance, reaction: reaction(sentence, 0), denied }
        }
        item => item,
    };
    named.into_iter().map(|one| said(item(one))).collect()
}

fn positive(sentence: &Sentence<'_>, one: Named) -> ListItem {
    ListItem::Allergy { substance: one.name, reaction: reaction(sentence, one.last + 1), denied: false }
}

/// What answers a question about allergies, or says what a substance does.
fn replied(visit: &Visit<'_>, sentence: &Sentence<'_>, read: MedicineReader<'_>) -> Vec<Found> {
    let questions = visit.answers(sentence.utterance);
    let asked = questions.iter().any(|question| {
        question.text.has(ALLERGY) && !question.all().hold(OF_THE_AIR) && question.names_relative().is_none()
    });
    let said = |item| Found::said(item, sentence.speaker, &[sentence.utterance]);
    let does = sentence.all().hold(GIVES);
    // Only what is said first answers the question.
    let says = |one: &Sentence<'_>| {
        one.text.tokens.iter().any(|token| !token.is("yes yeah yep no nope okay um uh well oh sí si , . !"))
    };
    let first = visit.of_utterance(sentence.utterance).find(|(_, one)| says(one));
    let asked = asked && (does || first.is_none_or(|(_, first)| std::ptr::eq(first, sentence)));
    if !(asked || does) {
        return Vec::new();
    }
    let held = all_named(sentence, 0, read)
        .into_iter()
        .filter(|one| sentence.denied(one.first) != Some(true) && sentence.relative(one.first).is_none());
    let mut found: Vec<Found> = Vec::new();
    for one in held {
        let reaction = reaction(sentence, 0);
        if asked && questions.iter().any(|question| question.text.has(ALLERGY)) || reaction.is_some() {
            found.push(said(ListItem::Allergy { substance: one.name, reaction, denied: false }));
        }
    }
    if !found.is_empty() || !asked {
        return found;
    }
    short_answer(sentence)
        .into_iter()
        .map(|substance| said(ListItem::Allergy { substance, reaction: None, denied: false }))
        .collect()
}

/// "Just strawberries": a reply of few words names what was asked for.
fn short_answer(sentence: &Sentence<'_>) -> Option<String> {
    const AROUND: &str =
        "just only yes yeah yep um uh to i'm i am think well some the a an and my , . ! sí si solo a la el";
    const NO_NAME: &str =
        "no not none nothing know sure remember anything never nope okay right i it that don't nada ninguna";
    if !terms::find(&terms::REACTIONS, sentence, 0).is_empty() {
        return None;
    }
    let tokens = &sentence.text.tokens;
    let first = tokens.iter().position(|token| !token.is(AROUND))?;
    let last = tokens.iter().rposition(|token| !token.is(AROUND))?;
    let named = &tokens[first..=last];
    let plain = named.len() <= 3
        && named.iter().all(|token| !token.is(NO_NAME) && token.text.chars().all(char::is_alphabetic))
        && named.iter().any(|token| token.text.chars().count() > 3);
    plain.then(|| sentence.as_said(first, last).to_lowercase())
}

/// What happens, asked after an allergy and answered without its name.
fn asked_what_happens(visit: &Visit<'_>, sentence: &Sentence<'_>, all: &[Found]) -> Option<String> {
    let last = all.last()?;
    let ListItem::Allergy { reaction: None, denied: false, .. } = &last.item else { return None };
    let before = *last.evidence.last()?;
    if sentence.by_clinician() || sentence.utterance <= before || sentence.utterance - before > 2 {
        return None;
    }
    let questions = visit.answers(sentence.utterance);
    questions.iter().any(|question| question.all().hold(HAPPENS)).then(|| reaction(sentence, 0)).flatten()
}

/// "Penicillin. It gives me hives."
fn goes_on(sentence: &Sentence<'_>, all: &[Found]) -> Option<String> {
    let last = all.last()?;
    let ListItem::Allergy { reaction: None, denied: false, .. } = &last.item else { return None };
    let here = last.evidence.last() == Some(&sentence.utterance)
        && !sentence.by_clinician()
        && !sentence.text.has(ALLERGY);
    let first = sentence.text.tokens.first()?;
    let of_it = first.is("it they that i my me") || sentence.all().hold(GIVES);
    (here && of_it).then(|| reaction(sentence, 0)).flatten()
}

/// The words for what an allergy does, as they were said.
fn reaction(sentence: &Sentence<'_>, from: usize) -> Option<String> {
    let found = terms::find(&terms::REACTIONS, sentence, from);
    let (first, last) =
        (found.iter().map(|(first, _)| *first).min()?, found.iter().map(|(_, last)| *last).max()?);
    (sentence.denied(first) != Some(true)).then(|| sentence.as_said(first, last).to_lowercase())
}

/// What the sentence names behind the word for the allergy; where nothing known is, the words after "to".
fn named(sentence: &Sentence<'_>, cue: usize, read: MedicineReader<'_>) -> Vec<Named> {
    let mut all = all_named(sentence, 0, read);
    // "Penicillin allergy", but "I took aspirin and I'm allergic to sulfa".
    all.retain(|one| one.first > cue || one.last + 2 >= cue);
    if !all.is_empty() {
        return all;
    }
    const TO: &str = "to a al";
    const ENDS: &str =
        ", . ? ! ; : and but or which that so because it i he she they we when where y pero que";
    const GENERAL: &str = "any anything some medication medications medicine medicines drug drugs food foods meds antibiotics else other the my your \
                           certain latex? nada algún alguna algo medicamento medicamentos medicina medicinas comida alimentos ningún ninguna";
    let tokens = &sentence.text.tokens;
    let Some(to) = (cue + 1..tokens.len().min(cue + 4)).find(|at| tokens[*at].is(TO)) else {
        return Vec::new();
    };
    let first = to + 1;
    let ends = |token: &Token| token.is(ENDS);
    let length = tokens[first.min(tokens.len())..].iter().take_while(|token| !ends(token)).count();
    let plain =
        (1..=3).contains(&length) && tokens[first..first + length].iter().all(|token| !token.is(GENERAL));
    if !plain {
        return Vec::new();
    }
    let last = first + length - 1;
    vec![Named { name: sentence.as_said(first, last).to_lowercase(), first, last }]
}

/// Every medicine and known substance of a sentence, by place.
fn all_named(sentence: &Sentence<'_>, from: usize, read: MedicineReader<'_>) -> Vec<Named> {
    let Some((begin, _)) = sentence.text.places.get(from).copied() else { return Vec::new() };
    let text = sentence.cut(from, sentence.text.places.len() - 1);
    let mut all: Vec<Named> = terms::find(&terms::ALLERGENS, sentence, from)
        .into_iter()
        .map(|(first, last)| Named { name: sentence.as_said(first, last).to_lowercase(), first, last })
        .collect();
    for mention in read(&text).into_iter().filter(|mention| mention.named != Recognised::Unknown) {
        let span = (begin + mention.span.0, begin + mention.span.1);
        let Some((first, last)) = sentence.covered(span) else { continue };
        all.retain(|one| one.last < first || one.first > last);
        all.push(Named { name: mention.name, first, last });
    }
    all.sort_by_key(|one| one.first);
    all
}
