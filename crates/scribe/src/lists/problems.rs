//! Complaints and illnesses, in the words in which they were said: present, denied, past, or a relative's.

use std::collections::BTreeSet;

use domain::{ListItem, Speaker, Standing};

use super::speech::{Sentence, Visit, Words};
use super::terms::{self, AILMENTS, HURTS, PARTS, SIDES};
use super::{Found, words_of};
use crate::check::negation::Reply;

/// Said before a problem that nobody has said to be there.
const UNCERTAIN: &str = "if|in case|unless|worried|afraid|scared|concern|concerned|could be|might be|may be|could have|might have|may have|might|rule out|ruling out|make sure|looking \
    for|look for|watch for|watch out for|risk|risk of|prevent|preventing|prevents|check for|checking for|test for|testing for|test you for|screen for|screening|side effect|side effects|wonder|wondering|\
    whether|vaccine|shot|can cause|may cause|cause|causes|lead to|leads to|thought it was|thought i had|possible|possibly|maybe|or something|as opposed to|instead of|versus|turn into|develop|develops|\
    get worse|could|would|should you|any new|sign of|signs of|symptoms of|treat|used for|helps with|help with|called for|reduce|si tiene|si le da|en caso de|descartar|what if|good for|specialist|screened";
const AFTER_UNCERTAIN: &str = "is a side effect|as a side effect|vaccine|shot|screening|test|medicine|medication|pill|pills|specialist|clinic|is possible|can happen|prevention|season|cream";
const PAST_AFTER: &str = "years ago|year ago|when i was|as a child|as a kid|last year|last summer|last winter|last spring|last fall|back in|in the past|in high school|in college|\
    went away|gone now|it's gone|resolved|cleared up|in remission|hace años|el año pasado|de niño|de niña|in my twenties|in my thirties|decades ago";
const STILL: &str = "still|have had|i've had|been having|had for|just had|since|today|now|this morning|yesterday|last night|this week|lately|past few|past couple|for the past|for the last|last few|had a|all week|days|comes and goes";

/// The problems, in the order in which they were named. In some utterances it was said what an allergy does.
pub(super) fn problems(visit: &Visit<'_>, allergic: &BTreeSet<u32>) -> Vec<Found> {
    let mut all = Vec::new();
    for (at, sentence) in visit.sentences.iter().enumerate() {
        let mut places = places(sentence);
        if allergic.contains(&sentence.utterance) {
            // What an allergy does is no complaint of today's.
            let does = terms::find(&terms::REACTIONS, sentence, 0);
            places.retain(|(first, last)| !does.iter().any(|(from, to)| from <= last && first <= to));
        }
        // "Nausea or vomiting?" "Yes": which of them?
        let single = places.len() == 1 || !sentence.text.has("or o");
        for (first, last) in places {
            let text = sentence.as_said(first, last);
            let found = if sentence.asks {
                asked(visit, at, (first, last), single)
            } else {
                stated(visit, sentence, (first, last))
            };
            let Some((standing, relative, says, reply)) = found else { continue };
            let mut evidence = vec![sentence.utterance];
            evidence.extend(reply);
            let relative = relative.map(str::to_owned);
            let item = ListItem::Problem { text, standing, relative, code: None };
            all.push(Found::said(item, says, &evidence));
        }
    }
    all
}

type Stands = (Standing, Option<&'static str>, Speaker, Option<u32>);

/// "Any chest pain?" "No."
fn asked(visit: &Visit<'_>, at: usize, (first, last): (usize, usize), single: bool) -> Option<Stands> {
    let sentence = &visit.sentences[at];
    let before = sentence.words(0, first);
    if sentence.words(last + 1, last + 5).hold(AFTER_UNCERTAIN) {
        return None;
    }
    if sentence.by_clinician()
        && sentence
            .words(first.saturating_sub(4), first)
            .hold("how's your|how is your|how are your|about your|with your")
    {
        return Some((Standing::Present, None, Speaker::Clinician, None));
    }
    let replied = visit.replied(at).filter(|_| sentence.by_clinician())?;
    let open = before.hold(
        "how is|how's|how are|when|what|where|how long|how often|how bad|which|who|why|cómo|cuándo|dónde|tell me|could|would|how many|does that|did that|what about|better|worse|worried",
    );
    let relative = sentence.names_relative();
    let reply_relative = || visit.of_utterance(replied.utterance).find_map(|(_, said)| said.names_relative());
    // "Any fever or cough?" "No fever. I have had a dry cough."
    if replied.reply == Reply::No && affirms(visit, replied.utterance, &sentence.as_said(first, last)) {
        return None;
    }
    match (replied.reply, relative) {
        (Reply::No, None) if !before.hold("how is|how's|how are|when|where|why|who|which") => {
            Some((Standing::Denied, None, replied.speaker, Some(replied.utterance)))
        }
        (Reply::Yes, None) if single && !open => {
            let past = before.hold("ever had|ever have|in the past|as a child|history of|used to")
                && after_says(visit, replied.utterance, PAST_AFTER);
            let standing = if past { Standing::Past } else { Standing::Present };
            Some((standing, None, replied.speaker, Some(replied.utterance)))
        }
        (Reply::Yes, Some(asked)) if single => {
            let relative = reply_relative().unwrap_or(asked);
            Some((Standing::Family, Some(relative), replied.speaker, Some(replied.utterance)))
        }
        (Reply::Open, Some(_)) if single => {
            let relative = reply_relative()?;
            Some((Standing::Family, Some(relative), replied.speaker, Some(replied.utterance)))
        }
        _ => None,
    }
}

/// Whether an utterance says of itself that there is what was asked for, or a kind of it.
fn affirms(visit: &Visit<'_>, utterance: u32, asked: &str) -> bool {
    let wanted = words_of(asked);
    visit.of_utterance(utterance).any(|(_, said)| {
        places(said).into_iter().any(|(first, last)| {
            let named = words_of(&said.as_said(first, last));
            said.denied(first) == Some(false) && wanted.iter().all(|word| named.contains(word))
        })
    })
}

fn after_says(visit: &Visit<'_>, utterance: u32, phrases: &str) -> bool {
    visit.of_utterance(utterance).any(|(_, said)| said.all().hold(phrases))
}

fn stated(visit: &Visit<'_>, sentence: &Sentence<'_>, (first, last): (usize, usize)) -> Option<Stands> {
    let before = sentence.words(first.saturating_sub(10), first);
    let near = sentence.words(first.saturating_sub(4), first);
    let after = sentence.words(last + 1, last + 8);
    if before.hold(UNCERTAIN) || sentence.words(last + 1, last + 5).hold(AFTER_UNCERTAIN) {
        return None;
    }
    let line = |standing| Some((standing, None, sentence.speaker, None));
    if let Some(relative) = sentence.relative(first).or_else(|| answers_of_family(visit, sentence, first)) {
        let denied = sentence.denied(first) == Some(true);
        return (!denied).then_some((Standing::Family, Some(relative), sentence.speaker, None));
    }
    match sentence.denied(first) {
        Some(true) => return line(Standing::Denied),
        None => return None,
        Some(false) => {}
    }
    if is_past(&before, &near, &after) {
        return line(Standing::Past);
    }
    line(Standing::Present)
}

fn is_past(before: &Words, near: &Words, after: &Words) -> bool {
    let said_past = before.hold("used to|used to have|used to get|when i was|as a child|as a kid|years ago|back in|in the past|last year|de niño|de niña|hace años|recovered from|got over")
        || after.hold(PAST_AFTER);
    if said_past {
        return !before.hold("still|since|started|began|diagnosed|for years");
    }
    near.hold("once had|tuve") && !before.hold(STILL) && !after.hold(STILL)
}

/// The relative of whom a reply speaks: "Does anybody in your family have …?" "My father, diabetes."
fn answers_of_family(visit: &Visit<'_>, sentence: &Sentence<'_>, first: usize) -> Option<&'static str> {
    let asked = visit.answers(sentence.utterance);
    let of_family = asked.last().is_some_and(|question| question.names_relative().is_some());
    if !of_family || sentence.by_clinician() {
        return None;
    }
    let before =
        sentence.text.tokens[..first].iter().rev().find_map(|token| crate::check::subject::kin(&token.text));
    let own = sentence.words(0, first).hold("i have|i had|i've|i do|i'm|tengo");
    before.or_else(|| sentence.names_relative()).filter(|_| !own).or_else(|| {
        (!own).then(|| asked.iter().rev().find_map(|question| question.names_relative())).flatten()
    })
}

/// Where problems stand in a sentence: known ones, and what a part of the body does. First and last token.
fn places(sentence: &Sentence<'_>) -> Vec<(usize, usize)> {
    let mut all = of_parts(sentence);
    for (first, last) in terms::find(&terms::PROBLEMS, sentence, 0) {
        if !all.iter().any(|(from, to)| *from <= last && first <= *to) {
            all.push((first, last));
        }
    }
    all.sort_unstable();
    all
}

/// "Pain in my left knee", "right ankle swelling", "my shoulder hurts".
fn of_parts(sentence: &Sentence<'_>) -> Vec<(usize, usize)> {
    const JOINS: &str = "in on of to around behind under en de";
    const OWN: &str = "my your his her their the a mi su el la los las";
    const LINKS: &str = "is are has have been was were really still just kind of getting feels feel felt so very starts started to both also always me";
    let tokens = &sentence.text.tokens;
    let is = |at: usize, list: &str| tokens.get(at).is_some_and(|token| token.is(list));
    let mut all: Vec<(usize, usize)> = Vec::new();
    for at in 0..tokens.len() {
        let span = if is(at, PARTS) {
            let mut first = at;
            while first > 0 && is(first - 1, SIDES) {
                first -= 1;
            }
            if is(at + 1, AILMENTS) {
                Some((first, at + 1))
            } else {
                let to = (at + 1..(at + 5).min(tokens.len())).find(|next| !is(*next, LINKS));
                to.filter(|to| is(*to, HURTS)).map(|to| (first, to))
            }
        } else if is(at, AILMENTS) && is(at + 1, JOINS) {
            let mut to = at + 2;
            while is(to, OWN) || is(to, SIDES) || is(to, "side of") {
                to += 1;
            }
            is(to, PARTS).then_some((at, to))
        } else {
            None
        };
        if let Some((first, last)) = span
            && all.last().is_none_or(|(_, before)| first > *before)
        {
            all.push((first, last));
        }
    }
    all
}
