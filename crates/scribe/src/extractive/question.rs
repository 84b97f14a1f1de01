//! A question and its answer, as one statement.

use super::clean::tidy;
use super::lexicon::{
    ABOUT_THE_VISIT, ALLERGIES, ASKS_ABOUT, ASKS_FOR, ASKS_HOW, EMPTY_QUESTIONS, NAMES_ONLY, NO, OPENERS,
    PAUSED_OPENERS, Phrases, QUESTION_TAILS, YES, listed, lower,
};
use super::person::{self, Voice};
use super::speech::Said;

/// What an answer says before it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// "Yes", "I do".
    Yes,
    /// "No", "I haven't".
    No,
}

/// The reply that a sentence begins with, and the words after it ("no , just when I run" is no, and "just when I run").
pub(super) fn reply(tokens: &[String]) -> Option<(Reply, Vec<String>)> {
    let mut rest = tokens.to_vec();
    let mut found = None;
    loop {
        tidy(&mut rest);
        let words = lower(&rest);
        let length =
            |list: &Phrases| list.all_that_begin(&words).filter(|length| ends_reply(&words, *length)).max();
        let step = length(&NO)
            .map(|length| (Reply::No, length))
            .or_else(|| length(&YES).map(|length| (Reply::Yes, length)));
        match step {
            // "No , I have not", "yeah , I do": the echo says nothing more.
            Some((reply, length)) if found.is_none_or(|first| first == reply) => {
                found = Some(reply);
                rest.drain(..length);
            }
            _ => break,
        }
    }
    found.map(|reply| (reply, rest))
}

/// Whether a reply of this length ends there: at a pause, at the sentence's end, or before a new clause ("no I have not"). "No
/// pain" is not a reply but a statement.
fn ends_reply(words: &[String], length: usize) -> bool {
    match words.get(length).map(String::as_str) {
        None | Some(",") => true,
        Some(next) => {
            let echo = length > 1
                && listed(&words[length - 1], "do have am did was not")
                && listed(next, "i i'm i've yes no yeah");
            echo || length == 1
                && listed(&words[0], "no yes yeah nope yep")
                && listed(
                    next,
                    "i i'm i've i'll it it's not nothing but just they we he she that's there there's that",
                )
        }
    }
}

/// Whether a question asks about nothing of its own ("okay?", "anything else?").
pub(super) fn is_empty(tokens: &[String]) -> bool {
    let words: Vec<_> = lower(tokens).into_iter().filter(|word| word != ",").collect();
    EMPTY_QUESTIONS.are(&words)
}

/// The statement that a yes-or-no question and its reply make.
pub(super) fn statement(question: &Said, reply: Reply) -> Option<Vec<String>> {
    // "Does it go anywhere else?" yes: where, the yes does not say.
    const OPEN: &str = "anything anywhere anyone anybody anyhow anymore any";
    let statement = turned(question, reply)?;
    let to_what = allergies(question).is_some_and(|heading| heading.len() > 1)
        && lower(&question.tokens).iter().any(|word| listed(word, OPEN));
    let open = to_what || lower(&statement).iter().any(|word| listed(word, OPEN));
    (reply == Reply::No || !open).then_some(statement)
}

fn turned(question: &Said, reply: Reply) -> Option<Vec<String>> {
    let tokens = last_clause(strip_openers(&question.tokens));
    let words = lower(&tokens);
    // "No fever?" yes: it says one thing or the other, and nobody can tell which. "Was it throbbing, or was it sharp?" cannot
    // be answered by either.
    let negative = words.first().is_some_and(|first| listed(first, "no not"));
    // "Robert?" "Yes": who begins a visit so asks for a name.
    let name = question.turn < 3 && words.len() <= 2 && ASKS_FOR.begins(&words).is_none();
    if name || (reply == Reply::Yes && negative) || is_choice(&words) || is_request(&words) {
        return None;
    }
    // "How about the back of your legs?" no: what was asked of them, only the question before says.
    if NAMES_ONLY.begins(&words).is_some_and(|length| {
        words.get(length).is_some_and(|next| listed(next, "your the when if with on in that this at"))
    }) {
        return None;
    }
    if thing_asked(&tokens, &words).is_some() {
        let verb = match reply {
            Reply::Yes => "reports",
            Reply::No => "denies",
        };
        let thing = thing(question)?;
        let words = lower(&thing);
        // "Reports other symptoms" says nothing, "denies not any allergies" the wrong thing.
        let vague = || words.first().is_some_and(|first| listed(first, "other anything something else more"));
        // "Any issues with that?" no: which, only the question before says.
        const NOTHING: &str = "issues issue problems problem symptoms concerns changes with that it this";
        if words.iter().all(|word| listed(word, NOTHING)) || words[0].starts_with("question") {
            return None;
        }
        if words.iter().any(|word| listed(word, NEGATIONS)) || (reply == Reply::Yes && vague()) {
            return None;
        }
        return Some(std::iter::once(verb.to_owned()).chain(thing).collect());
    }
    inverted(&tokens, &words, reply)
}

/// Words that turn what is said around.
pub(super) const NEGATIONS: &str = "no not never none nothing nobody without neither nor cannot can't don't";

/// Whether a question offers a choice between clauses: "was it throbbing , or was it sharp".
fn is_choice(words: &[String]) -> bool {
    words.windows(2).any(|pair| {
        pair[0] == "or"
            && listed(
                &pair[1],
                "is are was were do does did has have can could would will more less just with alone",
            )
    })
}

/// Whether a question asks for something to be done or understood: "can you describe it", "would you mind standing up", "is
/// the plan clear". A "yes" to it says nothing about the patient.
fn is_request(words: &[String]) -> bool {
    const ABLE: &str = "feel move walk bend hear see sleep eat drink swallow stand sit breathe keep hold work exercise run climb lift                         raise straighten turn manage do still normally usually get";
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let asks_you = word(1) == "you";
    (asks_you && listed(word(0), "would will should"))
        || (asks_you && listed(word(0), "can could") && !listed(word(2), ABLE))
        || (listed(word(0), "can could may should shall") && listed(word(1), "i we"))
        || words.last().is_some_and(|last| listed(last, "clear okay sense good"))
        || (asks_you && listed(word(2), "mind understand remember mean know see agree happy"))
}

/// Whether an answer says what was asked for itself, so that it needs no heading: "any rashes?" "no rashes".
pub(super) fn answers_itself(heading: &[String], answer: &[String]) -> bool {
    let answer = lower(answer);
    answer.first().is_some_and(|first| listed(first, "no not some just only"))
        && lower(heading).iter().any(|word| crate::words::is_content(word) && answer.contains(word))
}

/// The thing that a question asks for, as a note names it.
pub(super) fn thing(question: &Said) -> Option<Vec<String>> {
    let tokens = last_clause(strip_openers(&question.tokens));
    let mut thing = person::third(&thing_asked(&tokens, &lower(&tokens))?, Voice::Clinician)?;
    drop_leading(&mut thing, &["any", "a", "an", "the", "some", "just", "like", "kind", "sort", "of", ","]);
    drop_at_all(&mut thing);
    thing.retain(|token| token != "any");
    if let Some(first) = thing.first_mut().filter(|first| first.chars().skip(1).all(char::is_lowercase)) {
        *first = first.to_lowercase();
    }
    drop_trailing(&mut thing);
    (!thing.is_empty() && thing.len() <= 24 && !is_empty(&thing)).then_some(thing)
}

/// The thing that a question asks for, where it asks for one ("any fever", "do you have chest pain", "how about a cough").
fn thing_asked(tokens: &[String], words: &[String]) -> Option<Vec<String>> {
    // An echo of a time or an amount is no thing that anybody reports.
    const AMOUNT: &str = "day days week weeks month months year years hour hours minutes ago today yesterday";
    const CLAUSE: &str = "you these those patient is are it that do does did was were you're your i we it's the what how when where why who which has have had so \
                          okay can will he she this";
    let length = ASKS_FOR.all_that_begin(words).filter(|length| *length < words.len()).max();
    // "Nausea or vomiting?": no verb, no "you".
    let bare = || {
        let clause = words.iter().any(|word| listed(word, CLAUSE) || word.ends_with("'s"));
        (words.len() <= 12 && !clause && !words.iter().any(|word| listed(word, AMOUNT))).then_some(0)
    };
    let length = length.or_else(bare)?;
    // "Any pain , or does it feel tender": the thing ends where the next question begins.
    let next = (length + 1..words.len()).find(|&at| {
        let after = words.get(at + 1).map_or("", String::as_str);
        (listed(&words[at], "do does did is are was were have has can could would")
            && listed(after, "you it that they there your he she"))
            || (words[at] == "i" && after == "mean")
    });
    let thing = tokens[length..next.unwrap_or(tokens.len())].to_vec();
    let first = thing.first()?.to_lowercase();
    // "Have you had to stop", "do you have it": no thing.
    let none = "to it that been you your this them when if what how is are do does did has have was were can could would at on in tried seen \
                where up here there right of for with and or anyone felt";
    (!listed(&first, none) && !super::candidate::is_courtesy(&thing)).then_some(thing)
}

/// "Does it hurt?" no: "It does not hurt." Subject and auxiliary change places, which leaves every word as it was said.
fn inverted(tokens: &[String], words: &[String], reply: Reply) -> Option<Vec<String>> {
    const AUXILIARIES: &[&str] = &[
        "do", "does", "did", "is", "are", "was", "were", "have", "has", "had", "can", "could", "will",
        "would", "should",
    ];
    if words.len() < 3 || words.len() > 26 || !AUXILIARIES.contains(&words[0].as_str()) {
        return None;
    }
    let subject_length = match words[1].as_str() {
        // "That" and "this" may be a subject or belong to one ("has that pain been"): nobody can tell.
        "you" | "it" | "there" | "they" | "he" | "she" => 1,
        "your" | "the" | "any" if words.len() > 3 => 2,
        _ => return None,
    };
    let negated = words.get(1 + subject_length).is_some_and(|word| word == "not");
    let rest = 1 + subject_length + usize::from(negated);
    let mut out: Vec<String> = tokens[1..=subject_length].to_vec();
    out.push(tokens[0].to_lowercase());
    if reply == Reply::No {
        out.push("not".to_owned());
    } else if negated {
        return None;
    }
    let mut tail = tokens[rest..].to_vec();
    // "Have you ever taken any tablets at all?" yes: "the patient has taken tablets".
    let idle = match reply {
        Reply::Yes => "ever any",
        Reply::No => "still ever",
    };
    tail.retain(|token| !listed(&token.to_lowercase(), idle));
    if reply == Reply::Yes {
        drop_at_all(&mut tail);
    }
    drop_trailing(&mut tail);
    if tail.is_empty() {
        return None;
    }
    if words[0] == "do" && reply == Reply::Yes && words[1] == "you" {
        // "Do you smoke?" yes: "They smoke."
        out.pop();
    }
    out.extend(tail);
    person::third(&out, Voice::Clinician)
}

fn drop_at_all(tokens: &mut Vec<String>) {
    while let Some(at) = tokens
        .windows(2)
        .position(|pair| pair[0].eq_ignore_ascii_case("at") && pair[1].eq_ignore_ascii_case("all"))
    {
        tokens.drain(at..at + 2);
    }
}

/// Without "okay", "and", "so" and the like in front.
pub(super) fn strip_openers(tokens: &[String]) -> Vec<String> {
    let mut tokens = tokens.to_vec();
    loop {
        tidy(&mut tokens);
        let words = lower(&tokens);
        let paused = || {
            PAUSED_OPENERS.begins(&words).filter(|length| words.get(*length).is_none_or(|next| next == ","))
        };
        let Some(length) = OPENERS.begins(&words).or_else(paused) else { return tokens };
        // "So far", "well controlled", "now that": the word belongs to what follows.
        let next = words.get(length).map_or("", String::as_str);
        if length == 1
            && listed(next, "far controlled nourished developed appearing healed that long much many")
            && listed(&words[0], "so well now")
        {
            return tokens;
        }
        tokens.drain(..length);
    }
}

/// "That's good , do you have any fever": the question is the last clause that begins like one.
fn last_clause(tokens: Vec<String>) -> Vec<String> {
    const STARTS: &[&str] = &[
        "do", "does", "did", "is", "are", "was", "were", "have", "has", "any", "how", "what", "can", "could",
    ];
    let at = (1..tokens.len()).rev().find(|&at| {
        let before = tokens[at - 1].to_lowercase();
        let after = tokens.get(at + 1).map(|after| after.to_lowercase()).unwrap_or_default();
        let word = tokens[at].to_lowercase();
        STARTS.contains(&word.as_str())
            && listed(&before, ", and so then")
            && (listed(&after, "you it there that your about anyone anybody they")
                || (word == "any"
                    && before == ","
                    && !tokens[..at]
                        .iter()
                        .any(|t| t.eq_ignore_ascii_case("you") || t.eq_ignore_ascii_case("any"))))
    });
    at.map_or_else(|| tokens.clone(), |at| tokens[at..].to_vec())
}

fn drop_leading(tokens: &mut Vec<String>, words: &[&str]) {
    while tokens.first().is_some_and(|first| words.contains(&first.to_lowercase().as_str())) {
        tokens.remove(0);
    }
}

/// Without "at all", "or anything like that" and the like behind.
fn drop_trailing(tokens: &mut Vec<String>) {
    loop {
        tidy(tokens);
        let Some(length) = QUESTION_TAILS.ends(&lower(tokens)) else { return };
        tokens.truncate(tokens.len() - length);
    }
}

/// What a question that starts with a question word asks about, as a heading for its answer: "when was your last colonoscopy"
/// is "last colonoscopy".
pub(super) fn heading(question: &Said) -> Option<Vec<String>> {
    let tokens = last_clause(strip_openers(&question.tokens));
    let words = lower(&tokens);
    let mut heading = if ASKS_HOW.begins(&words).is_some() {
        tokens
    } else {
        tokens[ASKS_ABOUT.begins(&words)?..].to_vec()
    };
    drop_trailing(&mut heading);
    let heading = person::third(&heading, Voice::Clinician)?;
    (heading.len() <= 10 && !heading.is_empty()).then_some(heading)
}

/// The heading of what a patient is allergic to, where that was asked without a name ("are you allergic to anything").
pub(super) fn allergies(question: &Said) -> Option<Vec<String>> {
    let words = lower(&question.tokens);
    let at = (0..words.len()).find(|&at| ALLERGIES.within(&words[at..=at]))?;
    let to = words.get(at + 1).is_some_and(|next| next == "to");
    Some(words[at..=at + usize::from(to)].to_vec())
}

/// The question as it was asked, as a heading for an answer that does not name what it is about ("do you smoke": "I stopped ten
/// years ago"). `None` where the answer names it, says enough by itself, or the question only points ("does this hurt").
pub(super) fn quoted(question: &Said, answer: &[String]) -> Option<Vec<String>> {
    const FRAGMENTS: &str = "about in on at since maybe around probably just only for from up every once twice a one two three four \
                             five six seven eight nine ten";
    let mut tokens = last_clause(strip_openers(&question.tokens));
    drop_trailing(&mut tokens);
    let words = lower(&tokens);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let of_patient = listed(word(0), "do does did are is were was have has had")
        && listed(word(1), "you your it the there anybody anyone");
    let fits = match word(0) {
        "how" | "where" | "when" => listed(&answer.first()?.to_lowercase(), FRAGMENTS),
        _ => of_patient && answer.len() <= 8,
    };
    let points = words.iter().any(|word| listed(word, "this that these those here okay"));
    let answered = lower(answer);
    let names = words.iter().filter(|word| *word != "," && crate::words::is_content(word)).any(|word| {
        let stem = word.trim_end_matches('e');
        let stem = stem.get(..stem.len().min(5)).unwrap_or(stem);
        answered.iter().any(|other| word == other || (stem.len() > 3 && other.starts_with(stem)))
    });
    let pointed = answered.iter().all(|word| listed(word, "me my i am i'm , that this it there here"))
        || ABOUT_THE_VISIT.within(&words)
        || words.iter().any(|word| word == "name");
    (fits && !points && !pointed && !names && words.len() >= 3 && !is_request(&words))
        .then(|| quotation(question))?
}

/// The question as it was asked, in quotation marks.
pub(super) fn quotation(question: &Said) -> Option<Vec<String>> {
    let mut tokens = last_clause(strip_openers(&question.tokens));
    drop_trailing(&mut tokens);
    if tokens.len() > 12 {
        return None;
    }
    let first = tokens.first_mut()?;
    let mut letters = first.chars();
    *first = letters.next()?.to_uppercase().chain(letters).collect();
    Some(["\u{201c}".to_owned()].into_iter().chain(tokens).chain(["\u{201d}".to_owned()]).collect())
}

#[cfg(test)]
mod tests {
    use domain::Speaker;

    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn joined(question: &str, reply: Reply) -> Option<String> {
        let said = Said {
            speaker: Speaker::Clinician,
            tokens: tokens(question),
            question: true,
            marked: true,
            evidence: vec![0],
            turn: 9,
        };
        statement(&said, reply).map(|tokens| tokens.join(" ").replace(" ,", ","))
    }

    #[test]
    fn a_question_and_its_answer_are_one_statement() {
        for (question, reply, statement) in [
            ("any fever", Reply::No, "denies fever"),
            ("okay , and have you had a fever or chills", Reply::No, "denies fever or chills"),
            ("do you have any chest pain", Reply::Yes, "reports chest pain"),
            ("how about a cough", Reply::Yes, "reports cough"),
            ("nausea or vomiting , diarrhea", Reply::No, "denies nausea or vomiting, diarrhea"),
            ("does it hurt when you walk", Reply::No, "it does not hurt when they walk"),
            ("is there any tenderness in your left calf", Reply::No, "denies tenderness in the left calf"),
            ("have you ever taken any tablets at all", Reply::Yes, "the patient has taken tablets"),
            ("Any kind of swelling at all in your legs", Reply::No, "denies swelling in the legs"),
            ("Cancers", Reply::No, "denies cancers"),
            ("any other symptoms", Reply::No, "denies other symptoms"),
            ("do you smoke", Reply::No, "the patient does not smoke"),
            ("are you taking your medications", Reply::Yes, "the patient is taking the medications"),
        ] {
            assert_eq!(joined(question, reply).as_deref(), Some(statement), "{question}");
        }
        assert_eq!(joined("okay", Reply::Yes), None);
    }

    #[test]
    fn what_a_yes_or_no_leaves_open_is_no_statement() {
        for (question, reply) in [
            ("was it throbbing , or was it more of a sharp pain", Reply::Yes),
            ("can you describe the pain to me", Reply::Yes),
            ("would you mind standing up", Reply::Yes),
            ("is the treatment plan clear", Reply::Yes),
            ("so not any allergies to any medications", Reply::No),
            ("no , nothing like that", Reply::No),
            ("has that pain been getting worse", Reply::No),
            ("how about the back of your legs", Reply::No),
            ("any other symptoms like these", Reply::Yes),
            ("any issues with that", Reply::No),
            ("have you had , has anyone told you you have migraines", Reply::No),
            ("hello", Reply::Yes),
            ("a week and a half", Reply::Yes),
            ("she's in school", Reply::Yes),
            ("living alone or with family", Reply::No),
            ("does the pain go anywhere else", Reply::Yes),
            ("are you allergic to anything", Reply::Yes),
            ("do you have pain anywhere else", Reply::Yes),
        ] {
            assert_eq!(joined(question, reply), None, "{question}");
        }
    }

    #[test]
    fn a_reply_is_found_and_what_follows_it_is_kept() {
        assert_eq!(reply(&tokens("no , i have not")), Some((Reply::No, Vec::new())));
        assert_eq!(reply(&tokens("yeah , just at night")), Some((Reply::Yes, tokens("just at night"))));
        assert_eq!(reply(&tokens("no pain in my chest")), None);
        assert_eq!(reply(&tokens("i do i play rugby")), Some((Reply::Yes, tokens("i play rugby"))));
        assert_eq!(strip_openers(&tokens("so far it has been good")), tokens("so far it has been good"));
    }
}
