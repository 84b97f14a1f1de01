//! Which sentences a note may hold: those that say something by themselves, and leave nobody in doubt of whom.

use domain::Speaker;

use super::candidate::{Kind, Phase};
use super::lexicon::{ABOUT_THE_VISIT, listed, lower};
use super::person;

/// Whether the sentence, as the note would say it, may stand in a note.
pub(super) fn is_sound(tokens: &[String], kind: Kind, speaker: Speaker, phase: Phase) -> bool {
    let words = lower(tokens);
    let first = words.first().map_or("", String::as_str);
    let last = words.last().map_or("", String::as_str);
    let quoted = words.iter().any(|word| word == "\u{201c}");
    // A sentence that stops where it should go on; of what was asked for, that may be a preposition as well.
    const OPEN: &str = "the a an and or but any because my your their if when as than i it's that's";
    const OPEN_THING: &str = "of with in to for from about on at so like";
    if !quoted && (listed(last, OPEN) || (kind == Kind::Answered && listed(last, OPEN_THING))) {
        return false;
    }
    if kind == Kind::Answered {
        return true;
    }
    if ABOUT_THE_VISIT.within(&words) || is_clause_alone(&words) {
        return false;
    }
    match speaker {
        // "Kick against my hands": what is asked for in an examination, not what it finds.
        Speaker::Clinician if kind == Kind::Stated && listed(first, COMMANDS) => false,
        Speaker::Clinician => {
            kind == Kind::Ordered || phase != Phase::Talk && words.len() >= 3 || has_verb(&words)
        }
        // "She had a fall": who, only the sentence before says, and it may not be in the note.
        Speaker::Patient if listed(first, "he she he's she's him her his hers it'd") => false,
        // A relative's "I" would be read as the patient; whom they call "she" is the patient.
        Speaker::Other => !words.iter().any(|word| listed(word, "i i'm i've i'll i'd my me we our us")),
        // What the patient says to the clinician, or of people in general.
        _ => {
            quoted
                || (!words.iter().any(|word| listed(word, "you you're you've you'd you'll your"))
                    && is_whole(&words))
        }
    }
}

/// Whether words are a sentence, a denial ("no alcohol"), or long enough to be understood without the question before them.
fn is_whole(words: &[String]) -> bool {
    has_verb(words) || words.len() >= 6 || words.first().is_some_and(|first| first == "no")
}

/// What clinicians tell a patient to do while they examine.
const COMMANDS: &str = "kick push pull squeeze raise lift lie lay sit stand bend turn breathe open close shut follow look hold touch press stick \
                        say cough relax lean scoot hop tilt wiggle show tell walk straighten";

/// "Based on the symptoms you are having", "if your symptoms return": the rest of it is missing.
fn is_clause_alone(words: &[String]) -> bool {
    let first = words.first().map_or("", String::as_str);
    let second = words.get(1).map_or("", String::as_str);
    let opens = (first == "based" && second == "on")
        || (first == "given" && second == "that")
        || (first == "along" && second == "with")
        || (first == "in" && second == "terms")
        || (first == "as" && second == "well")
        || (first == "because" || first == "before" || first == "after" || first == "whether");
    // "If the patient can touch the elbow": one subject is one clause.
    let subjects = words
        .iter()
        .filter(|word| listed(word, "i we it they patient there it's they're i'm i'll we'll"))
        .count();
    let opens = opens
        || (first == "if"
            && subjects < 2
            && !words.iter().any(|word| listed(word, "call return stop come go take please")))
        || (listed(first, "for on") && !has_verb(words));
    opens && !words.iter().any(|word| word == ",")
}

/// Whether a sentence has a verb that a subject could go with.
pub(super) fn has_verb(words: &[String]) -> bool {
    const VERBS: &str = "is are was were am be been has have had do does did can could will would should may might must cannot hurts gets feels \
                         comes goes looks sounds seems makes takes wakes starts helps bothers works lives smoke smokes drink drinks take work live \
                         feel get go know think want need see use try eat sleep walk run come say says hear look start started worked live drive";
    words.iter().any(|word| {
        listed(word, VERBS)
            || person::is_past(word)
            || ["'s", "'m", "'re", "'ve", "'ll", "'d"].iter().any(|suffix| word.ends_with(suffix))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(text: &str, kind: Kind, speaker: Speaker) -> bool {
        let tokens: Vec<_> = text.split(' ').map(str::to_owned).collect();
        is_sound(&tokens, kind, speaker, Phase::Talk)
    }

    #[test]
    fn what_says_nothing_by_itself_is_left_out() {
        for (text, speaker) in [
            ("she had a bit of a fall", Speaker::Patient),
            ("six days ago", Speaker::Patient),
            ("had to go to bed and", Speaker::Patient),
            ("it gets worse if you move", Speaker::Patient),
            ("I have had diabetes for years", Speaker::Other),
            ("if the patient can just touch the tip of the elbow", Speaker::Clinician),
            ("for the second problem of the hypertension", Speaker::Clinician),
            ("kick against my hands", Speaker::Clinician),
            ("three months , OK", Speaker::Clinician),
            ("based on the symptoms the patient is experiencing", Speaker::Clinician),
            ("my next question was about the situation", Speaker::Clinician),
        ] {
            let kind = if speaker == Speaker::Clinician { Kind::Stated } else { Kind::Told };
            assert!(!sound(text, kind, speaker), "{text}");
        }
        assert!(!sound("denies family history of", Kind::Answered, Speaker::Patient));
        for (text, speaker) in [
            ("the patient has had a cough", Speaker::Patient),
            ("their mother had a fall and she is better", Speaker::Patient),
            ("the patient has a viral infection", Speaker::Clinician),
        ] {
            assert!(sound(text, Kind::Told, speaker), "{text}");
        }
    }
}
