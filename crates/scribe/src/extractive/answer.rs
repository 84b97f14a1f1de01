//! A question and its answer, as what a note says of them.

use domain::Speaker;

use super::candidate::{Kind, is_courtesy, told};
use super::lexicon::{ALLERGIES, BACK_CHANNELS, listed, lower};
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
        // "Are you allergic to anything?" "Yes, penicillin": the yes says nothing, and the rest all there is.
        let open = question::statement(asked, reply).is_none() && question::allergies(asked).is_some();
        if reply == Reply::Yes && open && !rest.is_empty() {
            return stands_alone(asked, question::strip_openers(&rest), sentence.speaker);
        }
        if let Some(mut heading) = question::quotation(asked)
            .filter(|heading| reply == Reply::Yes && open && ALLERGIES.within(&lower(heading)))
        {
            heading.push(":".to_owned());
            heading.extend(lower(&sentence.tokens));
            return vec![(Kind::Answered, heading, true)];
        }
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
    stands_alone(asked, question::strip_openers(&sentence.tokens), sentence.speaker)
}

/// What an answer makes that says neither yes nor no.
fn stands_alone(asked: &Said, tokens: Vec<String>, speaker: Speaker) -> Vec<(Kind, Vec<String>, bool)> {
    let whole = tokens.len() >= 5 && tokens.iter().any(|token| is_verb(token));
    let allergies =
        question::allergies(asked).filter(|_| !ALLERGIES.within(&lower(&tokens))).and_then(|heading| {
            // "Allergic to: I had a bad time with penicillin" is no sentence; the question as it was asked goes before it.
            let clause = tokens
                .first()
                .is_some_and(|first| listed(&first.to_lowercase(), "i i've i'd it my when if they that"));
            if heading.len() > 1 && clause { question::quotation(asked) } else { Some(heading) }
        });
    let heading = question::heading(asked)
        .or_else(|| question::thing(asked))
        .filter(|heading| !whole && !question::answers_itself(heading, &tokens));
    let heading = allergies.or(heading).or_else(|| question::quoted(asked, &tokens));
    let Some(mut heading) = heading else {
        return told(&tokens, speaker).map(|tokens| (Kind::Told, tokens, false)).into_iter().collect();
    };
    // A short answer ("not really", "three") means something only below what was asked.
    let idle = BACK_CHANNELS.are(&lower(&tokens)) || is_courtesy(&tokens) || question::is_empty(&tokens);
    if tokens.is_empty() || idle {
        return Vec::new();
    }
    heading.push(":".to_owned());
    heading.extend(person::third(&tokens, Voice::Patient).unwrap_or(tokens));
    vec![(Kind::Answered, heading, true)]
}

/// Whether a sentence is only the "yes" to a question that it leaves open ("are you allergic to anything?").
pub(super) fn is_open_yes(asked: &Said, sentence: &Said) -> bool {
    question::reply(&sentence.tokens).is_some_and(|(reply, rest)| reply == Reply::Yes && rest.is_empty())
        && question::statement(asked, Reply::Yes).is_none()
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

#[cfg(test)]
mod tests {
    use domain::{Speaker, Utterance, UtteranceSource};

    use crate::extractive::candidates;

    fn exchange(asked: &str, answer: &str) -> String {
        let turns = [(Speaker::Clinician, asked), (Speaker::Patient, answer)];
        let utterances: Vec<_> = turns
            .into_iter()
            .zip(0..)
            .map(|((speaker, text), index)| Utterance {
                index,
                speaker,
                text: text.into(),
                source: UtteranceSource::Typed,
                start_ms: None,
                end_ms: None,
                confidence: None,
            })
            .collect();
        let all = candidates(&utterances);
        assert!(all.first().is_none_or(|first| !first.text.contains(':') || first.evidence == [0, 1]));
        all.into_iter().map(|candidate| candidate.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_the_patient_is_allergic_to_is_named_as_such_whatever_the_answer_leaves_unsaid() {
        for (asked, answer, written) in [
            (
                "Are you allergic to anything?",
                "Penicillin. I came out in hives as a child.",
                "Allergic to: Penicillin. The patient came out in hives as a child.",
            ),
            ("Are you allergic to anything?", "Yes, penicillin.", "Allergic to: penicillin."),
            (
                "Are you allergic to any medicines?",
                "Yes. Sulfa and latex.",
                "\u{201c}Are you allergic to any medicines\u{201d}: yes. Allergic to: Sulfa and latex.",
            ),
            (
                "Are you allergic to anything?",
                "I had a bad time with penicillin.",
                "\u{201c}Are you allergic to anything\u{201d}: the patient had a bad time with penicillin.",
            ),
            ("Any allergies?", "Penicillin.", "Allergies: Penicillin."),
            ("Do you have any allergies?", "Yes, to peanuts.", "Reports allergies, to peanuts."),
            (
                "Any allergies?",
                "Penicillin gives me a bad rash.",
                "Allergies: Penicillin gives the patient a bad rash.",
            ),
            (
                "Any allergies?",
                "I am allergic to penicillin, it gave me a rash.",
                "The patient is allergic to penicillin, it gave them a rash.",
            ),
            ("Are you allergic to anything?", "No.", "The patient is not allergic to anything."),
            (
                "Are you allergic to anything?",
                "Not that I know of.",
                "The patient is not allergic to anything.",
            ),
        ] {
            assert_eq!(exchange(asked, answer), written, "{asked} {answer}");
        }
    }

    #[test]
    fn an_answer_that_does_not_name_what_it_is_about_stands_below_the_question() {
        for (asked, answer, written) in [
            (
                "Do you smoke?",
                "I stopped ten years ago.",
                "\u{201c}Do you smoke\u{201d}: the patient stopped ten years ago.",
            ),
            (
                "do you drink alcohol ?",
                "only on weekends .",
                "\u{201c}Do you drink alcohol\u{201d}: only on weekends.",
            ),
            (
                "How bad is it, from zero to ten?",
                "About a six, and I was sweating with it last night.",
                "\u{201c}How bad is it, from zero to ten\u{201d}: About a six, and the patient was sweating with it last night.",
            ),
            (
                "Are your vaccinations up to date?",
                "I think so.",
                "\u{201c}Are your vaccinations up to date\u{201d}: they think so.",
            ),
            ("Is it alright to confirm your name?", "It is Zinnia.", "It is Zinnia."),
            ("Do you take any medicines?", "I take metformin.", "They take metformin."),
            ("Do you smoke?", "I quit smoking ten years ago.", "The patient quit smoking ten years ago."),
            (
                "How are you feeling today?",
                "My knee hurts when I climb the stairs.",
                "Their knee hurts when they climb the stairs.",
            ),
        ] {
            assert_eq!(exchange(asked, answer), written, "{asked} {answer}");
        }
    }
}
