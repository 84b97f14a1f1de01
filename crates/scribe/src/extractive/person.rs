//! From the first person to the third, and from "you" to the patient, by rules that leave every other word as it was said.
//!
//! The first subject becomes "patient" where only an auxiliary changes ("I have had" is "Patient has had") and "they" where a
//! verb would have to change its form ("I feel" is "They feel"); later subjects are "they" with the plural verb. Where
//! somebody else is already "they", the patient stays "the patient", and a sentence that would need another verb form is
//! quoted instead: who did what is never left open.

use super::lexicon::listed;

/// Whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// The patient's: "I" is the patient.
    Patient,
    /// The clinician's: "you" is the patient, "I" stays.
    Clinician,
}

/// The sentence about the patient; `None` where no rule is sure of it.
pub(super) fn third(tokens: &[String], voice: Voice) -> Option<Vec<String>> {
    let others = tokens.iter().any(|token| {
        matches!(
            lower(token).as_str(),
            "they" | "them" | "their" | "they're" | "they've" | "they'd" | "they'll"
        )
    });
    let mut out = Vec::with_capacity(tokens.len());
    let mut named = false;
    let mut at = 0;
    while at < tokens.len() {
        let word = lower(&tokens[at]);
        let (subject, suffix) = word.split_once('\'').map_or((word.as_str(), ""), |(a, b)| (a, b));
        let is_subject = match voice {
            Voice::Patient => subject == "i",
            Voice::Clinician => subject == "you" && !is_object(tokens, at),
        };
        if is_subject && suffix.is_empty() && is_inverted(tokens, at) {
            out.extend(if others {
                vec!["the".to_owned(), "patient".to_owned()]
            } else {
                vec!["they".to_owned()]
            });
            named = true;
            at += 1;
            continue;
        }
        if is_subject {
            at += 1;
            at = clause(tokens, at, suffix, others, &mut named, &mut out)?;
            continue;
        }
        let replaced = match (voice, word.as_str()) {
            (Voice::Patient, "me") | (Voice::Clinician, "you") => {
                let first = !std::mem::replace(&mut named, true);
                Some(if others || first { "the patient" } else { "them" })
            }
            (Voice::Patient, "my") => Some(if others { "the patient's" } else { "their" }),
            (Voice::Clinician, "your") => Some(your(tokens, at)),
            (Voice::Patient, "mine") | (Voice::Clinician, "yours") => Some("theirs"),
            (Voice::Patient, "myself") | (Voice::Clinician, "yourself") => Some("themselves"),
            (Voice::Patient, "am") => Some("are"),
            _ => None,
        };
        match replaced {
            // "Your blood pressure is good" begins with the blood pressure.
            Some("") => {}
            Some(text) => out.extend(text.split(' ').map(str::to_owned)),
            None => out.push(tokens[at].clone()),
        }
        at += 1;
    }
    Some(out)
}

/// One subject with its verb: pushes both, returns where the sentence goes on.
fn clause(
    tokens: &[String],
    mut at: usize,
    suffix: &str,
    others: bool,
    named: &mut bool,
    out: &mut Vec<String>,
) -> Option<usize> {
    let mut adverbs = Vec::new();
    let mut verb = match suffix {
        "m" | "re" => Some("am".to_owned()),
        "ve" => Some("have".to_owned()),
        "ll" => Some("will".to_owned()),
        "d" => Some("'d".to_owned()),
        "" => None,
        _ => return None,
    };
    if verb.is_none() {
        while at < tokens.len() && is_adverb(&lower(&tokens[at])) {
            adverbs.push(tokens[at].clone());
            at += 1;
        }
        if at < tokens.len() {
            verb = Some(tokens[at].clone());
            at += 1;
        }
    }
    let Some(verb) = verb else {
        out.extend(name(others, named));
        out.extend(adverbs);
        return Some(at);
    };
    let as_said = verb.clone();
    let verb = lower(&verb);
    let singular = match verb.as_str() {
        "am" | "are" => Some("is"),
        "was" | "were" => Some("was"),
        "have" => Some("has"),
        "do" => Some("does"),
        _ => None,
    };
    let unchanging = MODALS.contains(&verb.as_str()) || is_past(&verb);
    if singular.is_some() || unchanging {
        if *named && !others {
            out.push("they".to_owned());
            out.extend(adverbs);
            out.push(match verb.as_str() {
                "am" => "are".to_owned(),
                "was" => "were".to_owned(),
                "'d" => {
                    attach(out, "'d");
                    return Some(at);
                }
                _ => as_said,
            });
        } else {
            out.extend(name(others, named));
            if verb == "'d" {
                let had = tokens.get(at).is_some_and(|next| is_participle(&lower(next)));
                out.push(if had { "had" } else { "would" }.to_owned());
                return Some(at);
            }
            out.extend(adverbs);
            out.push(singular.map_or(as_said, str::to_owned));
        }
    } else if others {
        return None;
    } else {
        *named = true;
        out.push("they".to_owned());
        out.extend(adverbs);
        out.push(as_said);
    }
    Some(at)
}

fn attach(out: &mut [String], suffix: &str) {
    if let Some(last) = out.last_mut() {
        last.push_str(suffix);
    }
}

/// "Patient" at the first mention, "the patient" inside a sentence.
fn name(others: bool, named: &mut bool) -> Vec<String> {
    let first = !*named;
    *named = true;
    if first || others { vec!["the".to_owned(), "patient".to_owned()] } else { vec!["they".to_owned()] }
}

/// What the clinician's "your" becomes: nothing at the start, "their" before a person, "the" before a part of the body or
/// anything else.
fn your(tokens: &[String], at: usize) -> &'static str {
    const PEOPLE: &[&str] = &[
        "wife",
        "husband",
        "mother",
        "father",
        "mom",
        "mum",
        "dad",
        "son",
        "daughter",
        "partner",
        "family",
        "kids",
        "brother",
        "sister",
        "children",
        "friend",
        "boss",
        "parents",
        "pharmacist",
        "doctor",
        "cardiologist",
        "job",
        "home",
        "diet",
    ];
    let next = tokens.get(at + 1).map(|next| lower(next)).unwrap_or_default();
    if PEOPLE.contains(&next.as_str()) {
        "their"
    } else if at == 0 {
        ""
    } else {
        "the"
    }
}

/// Whether this "you" is an object ("I want you to", "call you", "with you"): no verb of its own comes after it.
fn is_object(tokens: &[String], at: usize) -> bool {
    const NO_VERB: &str = "to , on in for with a an the some back up over about out into from through there here off down my and or this that \
                           any what of by again today at as if so because how when around after before until next later soon since during then tomorrow";
    const TAKES_OBJECT: &str = "to for with of on at from about get give let see send put tell told make refer start call help examine asked show \
                                gave bring brought seen thank ask";
    let Some(before) = at.checked_sub(1).map(|before| lower(&tokens[before])) else { return false };
    if is_made_to(tokens, at) {
        return true;
    }
    let after = tokens.get(at + 1).map(|after| lower(after)).unwrap_or_default();
    if listed(&before, ", and so that if when do does did are were have can could would will should") {
        return after.is_empty();
    }
    after.is_empty() || listed(&after, NO_VERB) || listed(&before, TAKES_OBJECT)
}

/// Whether the verb went before this subject ("do you have"): nothing after it changes. "Will have you go" is no such verb.
fn is_inverted(tokens: &[String], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        !is_made_to(tokens, at)
            && listed(&lower(&tokens[before]), "do did are were have can could would will should")
    })
}

/// "I'll have you go back", "i'm going to have you see him": somebody makes "you" do it.
fn is_made_to(tokens: &[String], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map(|at| lower(&tokens[at])).unwrap_or_default();
    let asks = tokens.get(at + 1).is_none_or(|next| {
        is_participle(&lower(next)) || listed(&lower(next), "any a an ever also not noticed still")
    });
    word(1) == "have"
        && (listed(&word(2), "will to just would i'll we'll i'd and") || (word(2).is_empty() && !asks))
}

fn lower(token: &str) -> String {
    token.to_lowercase()
}

const MODALS: &[&str] = &[
    "can", "can't", "cannot", "could", "will", "would", "should", "may", "might", "must", "did", "had", "'d",
    "used", "'ll",
];

fn is_adverb(word: &str) -> bool {
    matches!(
        word,
        "also"
            | "just"
            | "always"
            | "never"
            | "usually"
            | "still"
            | "really"
            | "actually"
            | "only"
            | "probably"
            | "sometimes"
            | "recently"
            | "already"
            | "kind"
            | "kinda"
            | "of"
            | "sort"
            | "even"
            | "definitely"
            | "then"
            | "currently"
            | "basically"
            | "normally"
            | "generally"
            | "often"
            | "first"
            | "now"
            | "mostly"
            | "certainly"
            | "either"
            | "typically"
            | "occasionally"
            | "previously"
            | "both"
            | "honestly"
            | "literally"
            | "not"
    ) || (word.ends_with("ly") && word.len() > 4 && word != "rely" && word != "reply" && word != "apply")
}

pub(super) fn is_past(verb: &str) -> bool {
    const PAST: &[&str] = &[
        "ate",
        "became",
        "began",
        "bent",
        "bought",
        "broke",
        "brought",
        "came",
        "caught",
        "cut",
        "drank",
        "drove",
        "fell",
        "felt",
        "forgot",
        "found",
        "gave",
        "got",
        "grew",
        "heard",
        "held",
        "hit",
        "hurt",
        "kept",
        "knew",
        "left",
        "lost",
        "made",
        "met",
        "put",
        "quit",
        "ran",
        "rode",
        "said",
        "sat",
        "saw",
        "set",
        "slept",
        "slipped",
        "sought",
        "spent",
        "spoke",
        "stood",
        "swam",
        "taught",
        "thought",
        "threw",
        "told",
        "took",
        "tore",
        "tripped",
        "understood",
        "went",
        "woke",
        "wore",
        "wrote",
        "shut",
        "let",
        "read",
        "sprained",
        "twisted",
        "did",
        "had",
    ];
    PAST.contains(&verb)
        || (verb.ends_with("ed")
            && verb.len() > 3
            && !matches!(verb, "need" | "feed" | "bleed" | "speed" | "exceed"))
}

fn is_participle(word: &str) -> bool {
    is_past(word)
        || matches!(word, "been" | "gone" | "done" | "seen" | "taken" | "eaten" | "given" | "better")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(text: &str, voice: Voice) -> Option<String> {
        let tokens: Vec<_> = text.split(' ').map(str::to_owned).collect();
        third(&tokens, voice).map(|tokens| tokens.join(" "))
    }

    #[test]
    fn the_first_person_becomes_the_patient() {
        for (said, written) in [
            ("i have had a cough", "the patient has had a cough"),
            ("i've had it since my wife left", "the patient has had it since their wife left"),
            ("i feel dizzy when i am tired", "they feel dizzy when they are tired"),
            ("i do not smoke", "the patient does not smoke"),
            ("i was sick and i was tired", "the patient was sick and they were tired"),
            ("i also noticed it on my left foot", "the patient also noticed it on their left foot"),
            ("they told me i was anemic", "they told the patient the patient was anemic"),
            ("it wakes me up", "it wakes the patient up"),
        ] {
            assert_eq!(turned(said, Voice::Patient).as_deref(), Some(written), "{said}");
        }
        assert_eq!(turned("they said i need surgery", Voice::Patient), None);
    }

    #[test]
    fn you_is_the_patient_when_the_clinician_speaks() {
        for (said, written) in [
            ("your blood pressure is good", "blood pressure is good"),
            ("you have fluid in your lungs", "the patient has fluid in the lungs"),
            ("i think you're retaining fluid", "i think the patient is retaining fluid"),
            ("i'll see you in two weeks", "i'll see the patient in two weeks"),
            ("i will just have you go back to dr reyes", "i will just have the patient go back to dr reyes"),
            ("review you after the tests", "review the patient after the tests"),
            ("have you had a cough", "have they had a cough"),
        ] {
            assert_eq!(turned(said, Voice::Clinician).as_deref(), Some(written), "{said}");
        }
    }
}
