//! Fillers, asides, false starts and repetitions out of a sentence. No word that carries content goes, and no number.

use super::lexicon::listed;

const FILLERS: &[&str] = &[
    "ah", "ahh", "ohh", "ohhh", "aw", "eh", "er", "erm", "hm", "hmm", "huh", "mm", "mmm", "oh", "ooh", "uh",
    "uhh", "uhm", "um", "umm", "ugh", "whoa", "wow",
];

const ASSENTS: &str = "yeah yep ok okay alright";

/// Asides that say nothing, between pauses or at an end of the sentence.
const ASIDES: &[&[&str]] =
    &[&["you", "know"], &["i", "mean"], &["like"], &["you", "see"], &["as", "i", "said"], &["let's", "see"]];

/// Speech without what says nothing.
pub(super) fn clean(tokens: &mut Vec<String>) {
    drop_fillers(tokens);
    tidy(tokens);
    for aside in ASIDES {
        drop_aside(tokens, aside);
    }
    drop_you_know(tokens);
    drop_assents(tokens);
    plain_future(tokens);
    tidy(tokens);
    drop_repetitions(tokens);
    drop_new_starts(tokens);
    tidy(tokens);
}

/// "I just , um , feel it": the pauses around a filler are its own.
fn drop_fillers(tokens: &mut Vec<String>) {
    while let Some(at) = tokens.iter().position(|token| FILLERS.contains(&token.to_lowercase().as_str())) {
        tokens.remove(at);
        if at > 0 && at < tokens.len() && tokens[at - 1] == "," && tokens[at] == "," {
            tokens.drain(at - 1..=at);
        }
    }
}

/// No pause at either end, never two in a row.
pub(super) fn tidy(tokens: &mut Vec<String>) {
    tokens.dedup_by(|second, first| second == "," && first == ",");
    while tokens.first().is_some_and(|token| token == ",") {
        tokens.remove(0);
    }
    while tokens.last().is_some_and(|token| token == ",") {
        tokens.pop();
    }
}

fn drop_aside(tokens: &mut Vec<String>, aside: &[&str]) {
    let mut at = 0;
    while at + aside.len() <= tokens.len() {
        let end = at + aside.len();
        let same = tokens[at..end].iter().zip(aside).all(|(token, word)| token.eq_ignore_ascii_case(word));
        let pause_before = at == 0 || tokens[at - 1] == ",";
        let pause_after = end == tokens.len() || tokens[end] == ",";
        // "you know" needs no pause on both sides; "like" does, since it is a verb as well.
        let bare = aside.len() == 1;
        if same && pause_before && pause_after && !(bare && at == 0 && end == tokens.len()) {
            tokens.drain(at..end);
            // "I think that , you know , it will pass": the pauses are the aside's own.
            if at > 1 && tokens[at - 1] == "," && tokens[at - 2].eq_ignore_ascii_case("that") {
                tokens.remove(at - 1);
                at -= 1;
                if tokens.get(at).is_some_and(|next| next == ",") {
                    tokens.remove(at);
                }
            }
            tidy(tokens);
        } else {
            at += 1;
        }
    }
}

/// "You know" without pauses, unless something is known: "you know what it is", "do you know".
fn drop_you_know(tokens: &mut Vec<String>) {
    let mut at = 0;
    while at + 1 < tokens.len() {
        let word = |at: usize| tokens.get(at).map(|token| token.to_lowercase()).unwrap_or_default();
        let before = if at == 0 { String::new() } else { word(at - 1) };
        let known = matches!(
            word(at + 2).as_str(),
            "what" | "how" | "if" | "that" | "when" | "where" | "who" | "why" | "about"
        ) || matches!(
            before.as_str(),
            "do" | "did" | "let" | "if" | "as" | "that" | "should" | "what" | "not" | "to"
        );
        // "I think that , you know , it will pass": between pauses it is an aside after any word that takes a clause.
        let aside = word(at + 2) == "," && matches!(before.as_str(), "that" | "as" | "if");
        // "In terms of , you know what , the knee".
        if word(at) == "you" && word(at + 1) == "know" && word(at + 2) == "what" && word(at + 3) == "," {
            tokens.drain(at..at + 3);
            continue;
        }
        if word(at) == "you" && word(at + 1) == "know" && (!known || aside) {
            tokens.drain(at..at + 2 + usize::from(aside));
        } else {
            at += 1;
        }
    }
}

/// "Just watery , yeah": the same at the end.
pub(super) fn drop_last_assent(tokens: &mut Vec<String>) {
    while tokens.len() > 2
        && tokens[tokens.len() - 2] == ","
        && listed(&tokens[tokens.len() - 1].to_lowercase(), ASSENTS)
    {
        tokens.truncate(tokens.len() - 2);
    }
}

/// "No blood , yeah , just watery": an assent to oneself, between pauses. At the start it is a reply, and stays.
fn drop_assents(tokens: &mut Vec<String>) {
    let mut at = 1;
    while at + 1 < tokens.len() {
        let ends = tokens.get(at + 2).is_some_and(|next| next == ",");
        if at > 1 && tokens[at] == "," && listed(&tokens[at + 1].to_lowercase(), ASSENTS) && ends {
            tokens.drain(at..=at + 1);
        } else {
            at += 1;
        }
    }
}

/// "I'm gonna", "we're going to" is "I will", "we will".
fn plain_future(tokens: &mut Vec<String>) {
    let mut at = 0;
    while at < tokens.len() {
        let word = tokens[at].to_lowercase();
        match word.as_str() {
            "gonna" => future(tokens, at, 1),
            "going"
                if tokens.get(at + 1).is_some_and(|next| next.eq_ignore_ascii_case("to"))
                    && may_follow_to(tokens.get(at + 2)) =>
            {
                future(tokens, at, 2);
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether a verb comes after "going to": not "going to the store", "going to my doctor".
fn may_follow_to(next: Option<&String>) -> bool {
    next.is_some_and(|next| {
        !matches!(
            next.to_lowercase().as_str(),
            "the"
                | "a"
                | "my"
                | "your"
                | "his"
                | "her"
                | "their"
                | "our"
                | "this"
                | "that"
                | "school"
                | "work"
                | "bed"
                | "physical"
                | "sleep"
                | "church"
                | "see"
                | ","
                | "college"
        )
    })
}

/// "… 'm gonna" at this place: the verb "to be" before it goes, "will" comes.
fn future(tokens: &mut Vec<String>, at: usize, length: usize) {
    let mut verb = at;
    while verb > 0
        && matches!(
            tokens[verb - 1].to_lowercase().as_str(),
            "just" | "also" | "not" | "actually" | "probably" | "still"
        )
    {
        verb -= 1;
    }
    let Some(before) = verb.checked_sub(1) else {
        tokens.splice(at..at + length, ["will".to_owned()]);
        return;
    };
    let lower = tokens[before].to_lowercase();
    if matches!(lower.as_str(), "am" | "are" | "is") {
        tokens.drain(at..at + length);
        tokens[before] = "will".to_owned();
    } else if let Some(stem) = ["'m", "'re", "'s"].iter().find_map(|suffix| lower.strip_suffix(suffix)) {
        let length_of_stem = stem.len();
        tokens.drain(at..at + length);
        tokens[before].truncate(length_of_stem);
        tokens.insert(before + 1, "will".to_owned());
    } else if matches!(lower.as_str(), "was" | "were") {
        tokens.splice(at..at + length, ["to".to_owned()]);
    } else {
        tokens.splice(at..at + length, ["will".to_owned()]);
    }
}

/// "I , I just", "do you , do you": said twice is said once. Numbers are left alone: "20 20" may be two of them.
pub(super) fn drop_repetitions(tokens: &mut Vec<String>) {
    for length in (1..=4).rev() {
        let mut at = 0;
        while at + 2 * length <= tokens.len() {
            let pause = usize::from(tokens[at + length] == ",");
            let second = at + length + pause;
            let repeats = second + length <= tokens.len()
                && (0..length).all(|k| {
                    tokens[at + k].eq_ignore_ascii_case(&tokens[second + k])
                        && may_be_dropped(&tokens[at + k])
                })
                && tokens[at..at + length].iter().any(|token| token != ",");
            if repeats && !(length == 1 && pause == 0 && matches!(tokens[at].as_str(), "had" | "that")) {
                tokens.drain(at..second);
            } else {
                at += 1;
            }
        }
    }
}

/// "I've , I have lost count", "i have been , i was": a subject and its verb, and then another start, is the other start. A
/// whole "I do" before a pause at the beginning is a reply, and stays.
fn drop_new_starts(tokens: &mut Vec<String>) {
    const BEGUN: &str = "i've i'm i'll i'd";
    const VERBS: &str = "have had am was did do";
    const AGAIN: &str = "i i've i'm i'll i'd";
    let mut at = 0;
    while at < tokens.len() {
        let word = |at: usize| tokens.get(at).map(|token| token.to_lowercase()).unwrap_or_default();
        let begun = if listed(&word(at), BEGUN) {
            1
        } else if at > 0 && word(at) == "i" && listed(&word(at + 1), VERBS) {
            2
        } else {
            0
        };
        let pause = usize::from(word(at + begun) == ",");
        if begun > 0 && listed(&word(at + begun + pause), AGAIN) {
            tokens.drain(at..at + begun + pause);
        } else {
            at += 1;
        }
    }
}

fn may_be_dropped(token: &str) -> bool {
    const NUMBERS: &[&str] = &[
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "oh",
        "double", "hundred", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
        "point", "half",
    ];
    !token.chars().any(|c| c.is_ascii_digit()) && !NUMBERS.contains(&token.to_lowercase().as_str())
}
