//! What a note could say: every sentence worth considering, already written as the note would say it.

use domain::{Speaker, Utterance};

use super::answer;
use super::clean::tidy;
use super::clinician;
use super::lexicon::{CONFIRMS, COURTESIES, LOGISTICS, ORDERS, ORDERS_TO_PATIENT, Phrases, listed, lower};
use super::must;
use super::person::{self, Voice};
use super::question::{self, Reply};
use super::sound::is_sound;
use super::speech::{self, Said};

/// How a candidate came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The patient, or somebody with them, told it.
    Told,
    /// A question and its answer.
    Answered,
    /// The clinician said it.
    Stated,
    /// The clinician said what is to be done.
    Ordered,
}

/// A sentence that the note could hold.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// As the note would say it.
    pub text: String,
    /// The utterances it rests on, ascending.
    pub evidence: Vec<u32>,
    /// How it came to be.
    pub kind: Kind,
    /// Who said it.
    pub speaker: Speaker,
    /// Where in the visit it was said, 0 to 1.
    pub place: f32,
    /// The words of the question that it answers, in lower case.
    pub asked: String,
    /// What the clinician last announced ("physical exam", "results", "plan").
    pub phase: Phase,
}

/// The part of the visit, by what the clinician announced last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Nothing announced yet.
    Talk,
    /// "Let me examine you."
    Examination,
    /// "Looking at your results."
    Results,
    /// "My assessment and plan."
    Plan,
}

/// Every candidate, in the order of the visit.
pub fn candidates(utterances: &[Utterance]) -> Vec<Candidate> {
    let mut said = speech::sentences(utterances);
    name_speakers(&mut said);
    let mut all = Vec::new();
    let mut phase = Phase::Talk;
    let mut asked: Option<&Said> = None;
    let mut answered_turn = None;
    let mut bare_turn = None;
    for (at, sentence) in said.iter().enumerate() {
        if is_command(&said, at) {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a place from 0 to 1 needs no more")]
        let place = sentence.turn as f32 / utterances.len().max(1) as f32;
        if sentence.speaker == Speaker::Clinician {
            phase = announced(&sentence.tokens).unwrap_or(phase);
        }
        let examines = sentence.speaker == Speaker::Clinician
            && phase == Phase::Talk
            && clinician::finds(&sentence.tokens);
        // "I hear no murmur": who says so has examined, whatever was announced.
        let phase = if examines { Phase::Examination } else { phase };
        let mut push = |kind, tokens: Vec<String>, evidence: Vec<u32>, asked: Option<&Said>| {
            let tokens = closed(tokens);
            if let Some(text) =
                is_sound(&tokens, kind, sentence.speaker, phase).then(|| written(&tokens)).flatten()
            {
                let asked = asked.map(|asked| asked.tokens.join(" ").to_lowercase()).unwrap_or_default();
                all.push(Candidate { text, evidence, kind, speaker: sentence.speaker, place, asked, phase });
            }
        };
        if sentence.speaker == Speaker::Clinician {
            if sentence.question {
                let tokens = question::strip_openers(&sentence.tokens);
                if !question::is_empty(&tokens) {
                    asked = Some(sentence);
                    answered_turn = None;
                } else if tokens.len() <= 2 && !lower(&tokens).iter().any(|word| word == "anything") {
                    // "Okay?" asks for assent: a "yes" after it answers no question before it.
                    asked = None;
                }
                continue;
            }
            // The clinician went on: what comes next may answer anything.
            if sentence.tokens.len() >= 3 {
                asked = None;
            }
            if is_denied(&said, at) {
                continue;
            }
            for (kind, tokens) in stated(sentence) {
                push(kind, tokens, sentence.evidence.clone(), None);
            }
            continue;
        }
        if sentence.question {
            continue;
        }
        // The first turn after a question answers it, if it comes at once.
        let open = asked.filter(|asked| {
            sentence.turn > asked.turn
                && sentence.turn - asked.turn <= 3
                && answered_turn.is_none_or(|turn| turn == sentence.turn)
        });
        let first = open.is_some() && (answered_turn.is_none() || bare_turn == Some(sentence.turn));
        let Some(asked_now) = open.filter(|_| first) else {
            if let Some(tokens) = told(&sentence.tokens, sentence.speaker) {
                push(Kind::Told, tokens, sentence.evidence.clone(), open);
            }
            continue;
        };
        answered_turn = Some(sentence.turn);
        let mut evidence = asked_now.evidence.clone();
        evidence.extend(&sentence.evidence);
        evidence.sort_unstable();
        evidence.dedup();
        // "Yes. Penicillin and latex.": what comes next is the answer.
        bare_turn = answer::is_open_yes(asked_now, sentence).then_some(sentence.turn);
        for (kind, tokens, joined) in answer::answer(asked_now, sentence) {
            let rests_on = if joined { evidence.clone() } else { sentence.evidence.clone() };
            push(kind, tokens, rests_on, Some(asked_now));
        }
    }
    all
}

/// What the patient told, in the third person; quoted where no rule is sure.
pub(super) fn told(tokens: &[String], speaker: Speaker) -> Option<Vec<String>> {
    let tokens = match question::reply(tokens) {
        Some((_, rest)) => rest,
        None => tokens.to_vec(),
    };
    let tokens = question::strip_openers(&tokens);
    if tokens.len() < 2 || is_courtesy(&tokens) {
        return None;
    }
    if speaker == Speaker::Other {
        // A relative's "I" is not the patient; "he" or "she" is. Their words stay as they are.
        return Some(tokens);
    }
    // Whom the patient calls "you", the clinician or people in general, only they know: their own words, then.
    let you = lower(&tokens).iter().any(|word| listed(word, "you you're you've you'd you'll your"));
    let turned = (!you).then(|| person::third(&tokens, Voice::Patient)).flatten();
    // Nobody reads a long quotation in a note.
    turned.or_else(|| (tokens.len() <= LONGEST_QUOTE).then(|| quoted(&tokens)))
}

/// In tokens.
const LONGEST_QUOTE: usize = 25;

fn quoted(tokens: &[String]) -> Vec<String> {
    let mut out = vec!["patient".to_owned(), ":".to_owned(), "\u{201c}".to_owned()];
    out.extend(tokens.iter().cloned());
    out.push("\u{201d}".to_owned());
    out
}

/// What the clinician stated, without its lead-in; an order in the imperative.
fn stated(sentence: &Said) -> Vec<(Kind, Vec<String>)> {
    let mut tokens = question::strip_openers(&sentence.tokens);
    if tokens.first().is_some_and(|first| first.eq_ignore_ascii_case("dragon")) {
        tokens.remove(0);
        tidy(&mut tokens);
    }
    let announces = tokens.len() <= 14
        && tokens.windows(2).any(|pair| {
            pair[0].eq_ignore_ascii_case("my")
                && listed(&pair[1].to_lowercase(), "plan assessment findings exam")
        });
    if tokens.len() < 2 || is_courtesy(&tokens) || announces {
        return Vec::new();
    }
    if let Some(tokens) = let_know(&tokens) {
        return vec![(Kind::Ordered, tokens)];
    }
    // "For your heart failure , I want you to …": the topic goes before the order.
    let words: Vec<_> = tokens.iter().map(|token| token.to_lowercase()).collect();
    let found = (0..words.len().min(14)).filter(|&at| is_topic(&words[..at])).find_map(|at| {
        let rest = &words[at..];
        let longer = |list: &Phrases| list.begins(rest).filter(|length| *length < rest.len());
        longer(&ORDERS_TO_PATIENT)
            .map(|length| (at, length, true))
            .or_else(|| longer(&ORDERS).map(|length| (at, length, false)))
    });
    let Some((at, length, to_patient)) = found else {
        let tokens = clinician::finding(&tokens);
        let tokens = person::third(&tokens, Voice::Clinician).unwrap_or(tokens);
        return vec![(Kind::Stated, tokens)];
    };
    let mut out = Vec::new();
    let topic: Vec<_> = topic(&tokens[..at]);
    if !topic.is_empty() {
        out.extend(person::third(&topic, Voice::Clinician).unwrap_or(topic));
        out.push(":".to_owned());
    }
    let only = usize::from(words.get(at + length).is_some_and(|word| listed(word, "just kind")));
    let rest = &clinician::further_orders(&tokens[at + length..]);
    if to_patient {
        out.extend(["patient".to_owned(), "to".to_owned()]);
    } else if LOGISTICS.begins(&words[at + length + only..]).is_some()
        // "Check your troponin" is no talk about the visit.
        && !(listed(&words[at + length + only], "check do just") && must::names_test(&words[..words.len().min(14)]))
    {
        return Vec::new();
    }
    out.extend(person::third(rest, Voice::Clinician).unwrap_or_else(|| rest.to_vec()));
    vec![(Kind::Ordered, out)]
}

/// "Let me know if it gets worse": the patient is to.
fn let_know(tokens: &[String]) -> Option<Vec<String>> {
    let words = lower(tokens);
    let at = usize::from(words.first().is_some_and(|first| first == "just"));
    let asked = words.get(at).is_some_and(|word| word == "let")
        && words.get(at + 1).is_some_and(|word| listed(word, "me us"))
        && words.get(at + 2).is_some_and(|word| word == "know");
    let rest = asked.then(|| person::third(&tokens[at..], Voice::Clinician)).flatten()?;
    Some(["patient", "to"].into_iter().map(str::to_owned).chain(rest).collect())
}

/// Whether the patient says no to what the clinician took for granted: "you have asthma , is that right" "no".
fn is_denied(said: &[Said], at: usize) -> bool {
    let words = lower(&said[at].tokens);
    if words.iter().any(|word| listed(word, question::NEGATIONS)) {
        return false;
    }
    let mut confirms = words.iter().any(|word| listed(word, "you you're you've your"));
    for next in &said[at + 1..] {
        if next.speaker == Speaker::Clinician {
            if !CONFIRMS.are(&lower(&next.tokens)) {
                return false;
            }
            confirms = true;
            continue;
        }
        let no = question::reply(&next.tokens).is_some_and(|(reply, _)| reply == Reply::No);
        return confirms && no && next.turn - said[at].turn <= 2;
    }
    false
}

/// Whether an order may come after these words: none, or a topic ("for your heart failure ,"). After anything else, "I do not"
/// or "if" above all, what sounds like an order is none, and the sentence stays as it was said.
fn is_topic(words: &[String]) -> bool {
    let joined = words.last().is_none_or(|last| listed(last, ", so and then problem"));
    let begins = words.first().is_none_or(|first| {
        listed(first, "for in as regarding with lastly next first second third finally so and then")
    });
    joined
        && begins
        && !words.iter().any(|word| listed(word, "not never no if unless when without don't whether i you"))
}

/// The topic before an order: "for your high blood pressure ," is "high blood pressure". Anything else stays a clause.
fn topic(tokens: &[String]) -> Vec<String> {
    let mut tokens = tokens.to_vec();
    while tokens.last().is_some_and(|last| {
        matches!(last.to_lowercase().as_str(), "," | "so" | "and" | "then" | "i" | "think")
    }) {
        tokens.pop();
    }
    let words: Vec<_> = tokens.iter().map(|token| token.to_lowercase()).collect();
    let starts =
        |phrase: &[&str]| words.len() > phrase.len() && phrase.iter().zip(&words).all(|(a, b)| a == b);
    for phrase in [
        ["for", "your"].as_slice(),
        &["as", "far", "as", "your"],
        &["in", "terms", "of", "your"],
        &["regarding", "your"],
        &["with", "your"],
        &["for", "the"],
        &["for"],
    ] {
        if starts(phrase) {
            return tokens[phrase.len()..].to_vec();
        }
    }
    tokens
}

/// Greetings, thanks and assent.
pub(super) fn is_courtesy(tokens: &[String]) -> bool {
    let words = lower(tokens);
    (words.len() <= 9 && COURTESIES.begins(&words).is_some())
        || matches!(words.as_slice(), [only] if only == "hi")
}

/// A command to the recording device ("hey dragon", "show me the x-ray"): not part of the visit.
fn is_command(said: &[Said], at: usize) -> bool {
    let calls = |said: &Said| {
        let words: Vec<_> =
            said.tokens.iter().map(|token| token.to_lowercase()).filter(|word| word != ",").collect();
        words.len() <= 3 && words.last().is_some_and(|last| last == "dragon")
    };
    let text = said[at].tokens.join(" ").to_lowercase();
    let asks = ["show me", "pull up", "finalize", "bring up", "open the"]
        .iter()
        .any(|opening| text.starts_with(opening));
    calls(&said[at]) || (at > 0 && calls(&said[at - 1]) && asks) || text.contains("hey , dragon") && asks
}

/// The part of the visit that a sentence announces.
fn announced(tokens: &[String]) -> Option<Phase> {
    let text = tokens.join(" ").to_lowercase();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    // "Normally I would examine you now": nobody does.
    if has(&["normally", "usually", "i would have", "i'd have"]) {
        return None;
    }
    if has(&[
        "assessment",
        "my plan",
        "the plan",
        "impression",
        "my recommendation",
        "for your first problem",
        "what i'd like to do",
        "what i want to do",
    ]) {
        Some(Phase::Plan)
    } else if has(&[
        "results",
        "x-ray",
        "x ray",
        "labs",
        "mri",
        "echocardiogram",
        "ekg",
        "blood work",
        "ct scan",
        "ultrasound",
        "lab work",
    ]) && has(&["look", "review", "show", "see", "reveal", "came back", "back"])
    {
        Some(Phase::Results)
    } else if has(&[
        "physical exam",
        "examine you",
        "examination",
        "take a listen",
        "listen to your",
        "take a look at your",
        "vital",
        "exam",
        "let me take a look",
        "have a look at you",
    ]) {
        Some(Phase::Examination)
    } else {
        None
    }
}

/// Gives a speaker to sentences that have none, and the clinician's turns back to the clinician where the tags were swapped:
/// an examination or an order in the patient's mouth would be wrong in the note.
fn name_speakers(said: &mut [Said]) {
    for turn in said.chunk_by_mut(|a, b| a.turn == b.turn) {
        let words: Vec<String> = turn.iter().flat_map(|said| lower(&said.tokens)).collect();
        let count = |list: &str| words.iter().filter(|word| listed(word, list)).count();
        let examined = count(
            "auscultation appreciate palpation murmur murmurs bilaterally exam examination prescribe x-ray titer refill",
        );
        let addressed = count("you your you're you've you'll");
        let swapped = (count("your") >= 2 && examined >= 1 && count("my") <= 1)
            || (words.len() >= 40 && addressed >= 4 && addressed > count("i i've i'm me my"));
        for sentence in turn {
            match sentence.speaker {
                Speaker::Unknown => sentence.speaker = likely_speaker(sentence),
                Speaker::Patient if swapped => sentence.speaker = Speaker::Clinician,
                _ => {}
            }
        }
    }
}

/// Who probably speaks, in a recording that does not tell: whoever asks about "you" is the clinician, whoever says "I" and "my"
/// and asks nothing the patient.
fn likely_speaker(said: &Said) -> Speaker {
    let words = lower(&said.tokens);
    let count = |list: &str| words.iter().filter(|word| listed(word, list)).count();
    let addressed = count("you your you're you've we'll we're let's");
    let own = count("i my me i've i'm");
    if (said.question && addressed >= own) || addressed > own { Speaker::Clinician } else { Speaker::Patient }
}

/// Without a conjunction at the end, after which the speaker broke off.
fn closed(mut tokens: Vec<String>) -> Vec<String> {
    loop {
        tidy(&mut tokens);
        let words = lower(&tokens[tokens.len().saturating_sub(2)..]);
        // "I think so" is whole.
        let so =
            matches!(words.as_slice(), [verb, so] if so == "so" && listed(verb, "think hope believe guess"));
        if so || !words.last().is_some_and(|last| listed(last, "and but or so because um")) {
            return tokens;
        }
        tokens.pop();
    }
}

/// The tokens as a written sentence: spaces, a capital, a full stop. `None` where nothing is left.
fn written(tokens: &[String]) -> Option<String> {
    let mut text = String::new();
    let mut glue = true;
    for token in tokens {
        let closes = matches!(token.as_str(), "," | ":" | "\u{201d}");
        if !glue && !closes {
            text.push(' ');
        }
        match token.strip_prefix('i') {
            Some(rest) if rest.is_empty() || rest.starts_with('\'') => {
                text.push('I');
                text.push_str(rest);
            }
            _ => text.push_str(token),
        }
        glue = token == "\u{201c}";
    }
    let has_word = text.chars().any(char::is_alphanumeric);
    let mut letters = text.chars();
    let first = letters.next()?;
    let mut out: String = first.to_uppercase().chain(letters).collect();
    out.push('.');
    (has_word && tokens.len() >= 2).then_some(out)
}

#[cfg(test)]
mod tests {
    use domain::UtteranceSource;

    use super::*;

    fn texts(turns: &[(Speaker, &str)]) -> Vec<String> {
        let utterances: Vec<_> = turns
            .iter()
            .zip(0..)
            .map(|(&(speaker, text), index)| Utterance {
                index,
                speaker,
                text: text.into(),
                source: UtteranceSource::Typed,
                start_ms: None,
                end_ms: None,
                confidence: None,
            })
            .collect();
        candidates(&utterances).into_iter().map(|candidate| candidate.text).collect()
    }

    #[test]
    fn an_order_is_written_as_one_and_what_denies_it_is_not() {
        for (said, written) in [
            (
                "i'm gon na go ahead and order an mri of your left knee , okay ?",
                vec!["Order an mri of the left knee."],
            ),
            (
                "for your high blood pressure , i want you to take 20 mg of lisinopril .",
                vec!["High blood pressure: patient to take 20 mg of lisinopril."],
            ),
            (
                "i do n't want you to take ibuprofen anymore .",
                vec!["I do not want the patient to take ibuprofen anymore."],
            ),
            ("if it hurts i want you to stop .", vec!["If it hurts I want the patient to stop."]),
            ("let me do a quick physical exam .", vec![]),
        ] {
            assert_eq!(texts(&[(Speaker::Clinician, said)]), written, "{said}");
        }
    }

    #[test]
    fn a_finding_or_an_order_is_not_in_the_first_person() {
        for (said, written) in [
            (
                "Your lungs are clear on both sides and I hear no murmur.",
                "Lungs are clear on both sides and no murmur.",
            ),
            ("I hear crackles on the right and no wheeze.", "Crackles on the right and no wheeze."),
            (
                "We'll get a chest x-ray today, and I'm prescribing doxycycline 100 milligrams.",
                "Get a chest x-ray today, and prescribing doxycycline 100 milligrams.",
            ),
            ("I feel a small lump in your neck.", "A small lump in the neck."),
            ("The abdomen is soft, I see no swelling.", "The abdomen is soft, no swelling."),
            ("I see no reason to order another scan.", "I see no reason to order another scan."),
            ("I hear a new family moved in.", "I hear a new family moved in."),
            (
                "I'm going to start you on aspirin 81 milligrams a day, and I want you to see the cardiologist this week.",
                "Start the patient on aspirin 81 milligrams a day, and patient to see the cardiologist this week.",
            ),
            (
                "I will order an x-ray and then we'll refer you to the clinic.",
                "Order an x-ray and then refer the patient to the clinic.",
            ),
        ] {
            assert_eq!(texts(&[(Speaker::Clinician, said)]), [written], "{said}");
        }
    }

    #[test]
    fn an_answer_is_joined_to_the_question_before_it_even_across_a_back_channel() {
        let turns = [
            (Speaker::Clinician, "okay . and have you had any fever or-"),
            (Speaker::Patient, "mm-hmm ."),
            (Speaker::Clinician, "or chills ?"),
            (Speaker::Patient, "no . but my left ear hurts at night ."),
        ];
        assert_eq!(texts(&turns), ["Denies fever or chills.", "Their left ear hurts at night."]);
    }

    #[test]
    fn a_yes_to_one_of_several_a_no_to_what_was_taken_for_granted_and_an_exception_are_kept_apart() {
        let exchange =
            |asked, answer| texts(&[(Speaker::Clinician, asked), (Speaker::Patient, answer)]).join(" ");
        assert_eq!(
            exchange("any diabetes or high blood pressure ?", "yeah , i have high cholesterol ."),
            "The patient has high cholesterol."
        );
        assert_eq!(
            exchange("you have asthma . is that right ?", "no , i never had that ."),
            "The patient never had that."
        );
        assert_eq!(
            exchange("you take ramipril daily . any questions ?", "no ."),
            "They take ramipril daily."
        );
        assert_eq!(exchange("you have asthma . is that right ?", "yes ."), "The patient has asthma.");
        assert_eq!(
            exchange("are you normally fit and well ?", "yes , other than my asthma ."),
            "The patient is normally fit and well, other than their asthma."
        );
        assert_eq!(
            exchange("are you taking any tablets ?", "yes , i take ramipril ."),
            "They take ramipril."
        );
        assert_eq!(exchange("any rashes ?", "no rashes ."), "No rashes.");
        assert_eq!(
            exchange("does the pain go anywhere else ?", "yes , it goes into my left arm ."),
            "It goes into their left arm."
        );
        assert_eq!(
            exchange("let me know if your pain gets worse .", "okay ."),
            "Patient to let me know if the pain gets worse."
        );
    }
}
