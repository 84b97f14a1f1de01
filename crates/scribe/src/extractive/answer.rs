//! A question and its answer, as what a note says of them.

use super::candidate::{Kind, is_courtesy, told};
use super::lexicon::{BACK_CHANNELS, listed, lower};
use super::person::{self, Voice};
use super::question::{self, Reply};
use super::sound::has_verb;
use super::speech::Said;

/// What a question and the first sentence of its answer make; `true` where the sentence rests on both.
pub(super) fn answer(asked: &Said, sentence: &Said) -> Vec<(Kind, Vec<String>, bool)> {
    if !asked.marked && BACK_CHANNELS.are(&lower(&sentence.tokens)) {
        return Vec::new();
    }
    if let Some((reply, rest)) = question::reply(&sentence.tokens) {
        let rest = (!rest.is_empty()).then(|| told(&rest, sentence.speaker)).flatten();
        return match (question::statement(asked, reply), rest) {
            // "A cough or a fever?" "Yes, I have had a cough": which of them, only the rest tells. So too "are you taking any
            // tablets?" "Yes, I take …".
            (Some(statement), Some(rest))
                if reply == Reply::Yes && is_open(asked, &statement) && has_verb(&lower(&rest)) =>
            {
                vec![(Kind::Told, rest, false)]
            }
            (Some(mut statement), Some(rest)) if goes_on(&rest) => {
                statement.push(",".to_owned());
                statement.extend(rest);
                vec![(Kind::Answered, statement, true)]
            }
            (Some(statement), rest) => {
                let rest = rest.map(|rest| (Kind::Told, rest, false));
                std::iter::once((Kind::Answered, statement, true)).chain(rest).collect()
            }
            // What no rule can turn round: the rest stands alone, after a "no" only if it says the no itself.
            (None, Some(rest))
                if reply == Reply::Yes || lower(&rest).iter().any(|word| listed(word, "not never no")) =>
            {
                vec![(Kind::Told, rest, false)]
            }
            (None, _) => Vec::new(),
        };
    }
    let tokens = question::strip_openers(&sentence.tokens);
    let whole = tokens.len() >= 5 && tokens.iter().any(|token| is_verb(token));
    let heading = question::heading(asked).or_else(|| question::thing(asked));
    let Some(mut heading) = heading.filter(|heading| !whole && !question::answers_itself(heading, &tokens))
    else {
        return told(&sentence.tokens, sentence.speaker)
            .map(|tokens| (Kind::Told, tokens, false))
            .into_iter()
            .collect();
    };
    // A short answer ("not really", "three") means something only below what was asked.
    if tokens.is_empty() || is_courtesy(&tokens) || question::is_empty(&tokens) {
        return Vec::new();
    }
    heading.push(":".to_owned());
    heading.extend(person::third(&tokens, Voice::Patient).unwrap_or(tokens));
    vec![(Kind::Answered, heading, true)]
}

/// Whether a "yes" leaves open to what.
fn is_open(asked: &Said, statement: &[String]) -> bool {
    let reports = statement.first().is_some_and(|first| first == "reports");
    lower(statement).iter().any(|word| word == "or")
        || (!reports && lower(&asked.tokens).iter().any(|word| word == "any"))
}

/// Whether what comes after "yes" or "no" belongs to it: "just at night", "two of them".
fn goes_on(rest: &[String]) -> bool {
    let first = rest.first().map(|first| first.to_lowercase()).unwrap_or_default();
    listed(
        &first,
        "but just only except especially because about sometimes at when in on mostly for since other apart",
    ) || (rest.len() <= 4 && !rest.iter().any(|token| is_verb(token)))
}

fn is_verb(token: &str) -> bool {
    const VERBS: &str = "is are was were has have had does do did can could will would it's that's they patient there's hurts gets feels i'm i've i i'd";
    listed(&token.to_lowercase(), VERBS)
}
