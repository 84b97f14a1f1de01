//! From speech to sentences: fillers, false starts and repetitions out, contractions opened, turns that a "mm-hmm" broke
//! in two joined. No word that carries content is changed, and no negation or number is dropped.

use domain::{Speaker, Utterance};

use super::clean::{clean, drop_last_assent, drop_repetitions, tidy};
use super::lexicon::{ASSENTS, listed, lower};

/// A sentence as it was said, in tokens: words and punctuation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) speaker: Speaker,
    /// Words as they were written; `,` stands alone, the end mark is left out.
    pub(super) tokens: Vec<String>,
    /// Whether it asks something.
    pub(super) question: bool,
    /// Whether a question mark says so.
    pub(super) marked: bool,
    /// The utterances it came from, ascending.
    pub(super) evidence: Vec<u32>,
    /// Its turn: sentences of one turn share the number.
    pub(super) turn: usize,
}

/// The sentences of a conversation, in order.
pub(super) fn sentences(utterances: &[Utterance]) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    for (turn, utterance) in utterances.iter().enumerate() {
        let index = u32::try_from(turn).unwrap_or(u32::MAX);
        let (mut said, broken) = split(utterance.text.expose());
        // A sentence that broke off, and goes on after somebody's "mm-hmm", is one sentence.
        let first_end = said.first().map(|(_, question)| *question);
        if let Some(question) = first_end
            && let Some(open) = open_sentence(&mut all, utterance.speaker, turn)
        {
            let (tokens, _) = said.remove(0);
            open.tokens.extend(tokens);
            open.question = question;
            open.marked = question;
            open.evidence.push(index);
            drop_repetitions(&mut open.tokens);
            tidy(&mut open.tokens);
            open.turn = turn;
        }
        let count = said.len();
        for (at, (tokens, question)) in said.into_iter().enumerate() {
            let mut sentence = Said {
                speaker: utterance.speaker,
                tokens,
                question,
                marked: question,
                evidence: vec![index],
                turn,
            };
            if broken && at + 1 == count {
                sentence.tokens.push(BROKEN.to_owned());
            }
            all.push(sentence);
        }
    }
    for sentence in &mut all {
        // What stays broken off asks nothing: a "mm-hmm" after it is no answer.
        let broken = sentence.tokens.last().is_some_and(|token| token == BROKEN);
        sentence.tokens.retain(|token| token != BROKEN);
        tidy(&mut sentence.tokens);
        if !sentence.question {
            drop_last_assent(&mut sentence.tokens);
        }
        if sentence.speaker != Speaker::Patient {
            drop_assent(sentence);
            sentence.question |= !broken && asks(&sentence.tokens);
        }
    }
    all.retain(|sentence| !sentence.tokens.is_empty());
    // A joined sentence stands where it ended: what was said meanwhile came before.
    all.sort_by_key(|sentence| sentence.turn);
    all
}

/// Whether a sentence without a question mark asks all the same: it begins with an auxiliary verb and its subject, or with a
/// question word and an auxiliary verb.
fn asks(tokens: &[String]) -> bool {
    const AUXILIARIES: &str = "do does did is are was were have has had can could would will should";
    const SUBJECTS: &str = "you it that there your they he she anything any this we i not";
    let words = lower(&super::question::strip_openers(tokens));
    let (Some(first), Some(second)) = (words.first(), words.get(1)) else { return false };
    (listed(first, AUXILIARIES) && listed(second, SUBJECTS))
        || (listed(first, "what how when where why who which")
            && (listed(second, AUXILIARIES) || listed(second, "about long many often much")))
        || listed(first, "what's how's where's who's")
        || (first == "any" && words.len() <= 12)
}

/// "I will order an MRI , okay?" asks for assent alone: it is a statement, without its "okay".
fn drop_assent(sentence: &mut Said) {
    loop {
        let words = lower(&sentence.tokens);
        let Some(length) = ASSENTS.ends(&words).filter(|length| words.len() > length + 3) else { return };
        if words[words.len() - length - 1] != "," && !listed(&words[words.len() - length], "okay ok alright")
        {
            return;
        }
        sentence.tokens.truncate(words.len() - length);
        tidy(&mut sentence.tokens);
        sentence.question = false;
        sentence.marked = false;
    }
}

/// Stands at the end of a sentence whose speaker was interrupted.
const BROKEN: &str = "\u{2014}";

/// The speaker's last sentence, if it broke off and only back-channels came since.
fn open_sentence(all: &mut [Said], speaker: Speaker, turn: usize) -> Option<&mut Said> {
    let last = all.iter().rposition(|said| said.speaker == speaker)?;
    let open = all[last].tokens.last().is_some_and(|token| token == BROKEN);
    let only_back_channels = all[last + 1..].iter().all(|said| said.tokens.len() <= 2);
    if open && only_back_channels && turn - all[last].turn <= 3 {
        all[last].tokens.pop();
        Some(&mut all[last])
    } else {
        None
    }
}

/// The sentences of one utterance, and whether the last one broke off.
fn split(text: &str) -> (Vec<(Vec<String>, bool)>, bool) {
    let text = text.replace(['\u{2019}', '\u{2018}'], "'").replace('\u{2026}', "...").replace("...", " ... ");
    let mut sentences = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut broken = false;
    for word in text.split_whitespace() {
        let body = word.trim_start_matches(['"', '(', '[', '*', '.', ',', ';', '?', '!']);
        let lead = &word[..word.len() - body.len()];
        let core = body.trim_end_matches(['.', ',', ';', '?', '!', '"', ')', ']', ':', '*']);
        let tail = &body[core.len()..];
        if core.is_empty() {
            close(&mut sentences, &mut open, lead, tail);
            continue;
        }
        close(&mut sentences, &mut open, lead, "");
        broken = false;
        if core.chars().all(|c| c == '-' || c == '\u{2013}' || c == '\u{2014}') {
            push_mark(&mut open);
            continue;
        }
        if let Some(number) =
            core.strip_suffix('-').filter(|stem| stem.contains(|c: char| c.is_ascii_digit()))
        {
            // "1- 2 days": a number is never a word that broke off.
            open.push(number.to_owned());
            push_mark(&mut open);
            continue;
        }
        if let Some(stem) = core.strip_suffix('-') {
            // "mon- , i monitor", "ex- exerting": a word that broke off.
            broken = true;
            open.push(stem.to_owned());
            open.push(CUT.to_owned());
            continue;
        }
        push_word(&mut open, whole_word(core));
        let abbreviation = tail == "." && is_abbreviation(core);
        if !abbreviation {
            close(&mut sentences, &mut open, "", tail);
        }
    }
    if broken && open.len() >= 2 {
        // Where the utterance ends with it, the speaker was interrupted and the word may be whole.
        let stem = open[open.len() - 2].to_lowercase();
        if stem.chars().count() > 2
            || listed(&stem, "a an as at by i if in is it me my no of on or so to up us we")
        {
            open.pop();
        }
    }
    if !open.is_empty() {
        sentences.push((open, false));
    }
    for (tokens, _) in &mut sentences {
        drop_cut_words(tokens);
        clean(tokens);
    }
    sentences = sentences.into_iter().flat_map(|(tokens, question)| clauses(tokens, question)).collect();
    let whole = sentences.len();
    sentences.retain(|(tokens, _)| !tokens.is_empty());
    (sentences, broken && whole > 0)
}

/// Speech that was written down without full stops, in pieces: a long sentence is cut where the speaker turned to the next
/// thing ("okay", "alright", "so", "now", "and then"). Nothing is lost, only the marks between are new.
fn clauses(tokens: Vec<String>, question: bool) -> Vec<(Vec<String>, bool)> {
    const LONG: usize = 22;
    const SHORTEST: usize = 5;
    const SUBJECTS: &str = "i i'm i've i'll i'd you you're your we we're we'll it it's that's there there's they he she then so the my on for \
                            let's does do is";
    /// After these a clause goes on.
    const JOINS: &str = "and but so that if when because what where as than which who how like think know sure hope said until while since why \
                         do or then the a whenever , to of with in at is was are now okay before after exam examination x-rays results";
    if tokens.len() <= LONG {
        return vec![(tokens, question)];
    }
    let words: Vec<_> = tokens.iter().map(|token| token.to_lowercase()).collect();
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let mut cuts = vec![0];
    for at in 1..tokens.len() {
        let (before, here, next) = (word(at - 1), word(at), word(at + 1));
        let subject = listed(next, SUBJECTS);
        let asks = listed(next, "you it that your they there")
            && listed(before, "okay alright right here so now today , this that it");
        let turn = match here {
            "okay" | "ok" | "alright" => true,
            "all" => next == "right",
            "so" => subject && !listed(before, "think hope do or and said feels is not"),
            "now" | "then" => subject && !listed(before, "and right"),
            "and" => subject && !listed(next, "the for on"),
            "but" => subject,
            "does" | "do" | "have" | "is" | "are" | "did" => asks,
            // What clinicians begin with when they dictate without a pause.
            "on" => {
                listed(next, "your the")
                    && (word(at + 2) == "exam" || word(at + 3) == "exam")
                    && !listed(before, JOINS)
            }
            "for" => {
                listed(next, "your the problem")
                    && (next == "your"
                        || listed(word(at + 2), "first second third fourth next last one two three"))
                    && !listed(before, JOINS)
            }
            "i" => {
                listed(next, "want will do appreciate reviewed would")
                    && !listed(before, JOINS)
                    && !listed(before, "do did have")
            }
            "i'll" | "i'd" | "i've" | "let's" | "we'll" => !listed(before, JOINS),
            "there" => listed(next, "is are") && !listed(before, JOINS) && before != "is",
            _ => false,
        };
        let last = cuts.last().copied().unwrap_or_default();
        if turn && at - last >= SHORTEST && tokens.len() - at >= SHORTEST {
            cuts.push(at);
        }
    }
    cuts.push(tokens.len());
    let pieces = cuts.windows(2).map(|pair| {
        let mut piece = tokens[pair[0]..pair[1]].to_vec();
        tidy(&mut piece);
        (piece, question && pair[1] == tokens.len())
    });
    pieces.collect()
}

/// Follows a word that broke off inside an utterance.
const CUT: &str = "\u{2013}";

fn drop_cut_words(tokens: &mut Vec<String>) {
    while let Some(at) = tokens.iter().position(|token| token == CUT) {
        tokens.remove(at);
        if at > 0 {
            tokens.remove(at - 1);
        }
    }
}

/// What the marks around a word do to the sentence: `.?!` end it, the rest is a pause.
fn close(sentences: &mut Vec<(Vec<String>, bool)>, open: &mut Vec<String>, lead: &str, tail: &str) {
    for marks in [lead, tail] {
        if marks.is_empty() {
            continue;
        }
        let ends = marks.contains(['?', '!']) || (marks.contains('.') && !marks.contains(".."));
        if ends {
            if !open.is_empty() {
                sentences.push((std::mem::take(open), marks.contains('?')));
            } else if marks.contains('?')
                && let Some((_, question)) = sentences.last_mut()
            {
                *question = true;
            }
        } else if marks.contains([',', ';', ':', '.']) {
            push_mark(open);
        }
    }
}

fn push_mark(open: &mut Vec<String>) {
    if open.last().is_some_and(|last| last != ",") {
        open.push(",".to_owned());
    }
}

/// One word, contractions with "not" opened ("don't", "do n't", "gon na"), so that no negation hides in a suffix.
fn push_word(open: &mut Vec<String>, word: &str) {
    let lower = word.to_lowercase();
    let joins =
        |open: &[String], first: &str| open.last().is_some_and(|last| last.eq_ignore_ascii_case(first));
    match lower.as_str() {
        "n't" | "nt"
            if open.last().is_some_and(|last| AUXILIARY_STEMS.contains(&last.to_lowercase().as_str())) =>
        {
            let stem = open.pop().unwrap_or_default();
            open.push(whole_stem(&stem));
            open.push("not".to_owned());
        }
        "na" if joins(open, "gon") => replace_last(open, "gonna"),
        "na" if joins(open, "wan") => replace_last(open, "want to"),
        "ta" if joins(open, "got") => replace_last(open, "got to"),
        "me" if joins(open, "lem") => replace_last(open, "let me"),
        "wanna" => open.extend(["want".to_owned(), "to".to_owned()]),
        "gotta" => open.extend(["got".to_owned(), "to".to_owned()]),
        "lemme" => open.extend(["let".to_owned(), "me".to_owned()]),
        suffix
            if suffix.starts_with('\'')
                && suffix.len() <= 3
                && open.last().is_some_and(|last| last != ",") =>
        {
            if let Some(last) = open.last_mut() {
                last.push_str(word);
            }
        }
        contracted if contracted.strip_suffix("n't").is_some_and(|stem| AUXILIARY_STEMS.contains(&stem)) => {
            open.push(whole_stem(&word[..word.len() - 3]));
            open.push("not".to_owned());
        }
        "cannot" => open.push(word.to_owned()),
        _ => open.push(word.to_owned()),
    }
}

/// "i-i", "y-you", "wh-what", "and-and": a word begun twice is the word. What may be a prefix ("co-codamol") is none.
fn whole_word(word: &str) -> &str {
    let Some((first, last)) = word.rsplit_once('-') else { return word };
    let again = |part: &str| {
        !part.is_empty()
            && last.get(..part.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(part))
            && part.chars().all(char::is_alphabetic)
            && (part.len() == last.len()
                || !part.contains(|c: char| "aeiouyAEIOUY".contains(c))
                || part.chars().count() == 1)
            && (part.len() == last.len() || part == "I" || !part.starts_with(char::is_uppercase))
    };
    if !last.is_empty() && first.split('-').all(again) { last } else { word }
}

fn replace_last(open: &mut Vec<String>, words: &str) {
    open.pop();
    open.extend(words.split(' ').map(str::to_owned));
}

const AUXILIARY_STEMS: &[&str] = &[
    "are", "ca", "could", "did", "do", "does", "had", "has", "have", "is", "might", "must", "need", "should",
    "was", "were", "wo", "would",
];

fn whole_stem(stem: &str) -> String {
    match stem.to_lowercase().as_str() {
        "ca" => "can".to_owned(),
        "wo" => "will".to_owned(),
        _ => stem.to_owned(),
    }
}

fn is_abbreviation(word: &str) -> bool {
    let lower = word.to_lowercase();
    matches!(lower.as_str(), "dr" | "mr" | "mrs" | "ms" | "vs" | "st" | "e.g" | "i.e" | "approx" | "no" if lower != "no")
        || (lower.len() == 1 && lower.chars().all(char::is_alphabetic) && lower != "i" && lower != "a")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        split(text)
            .0
            .into_iter()
            .map(|(tokens, question)| tokens.join(" ") + if question { "?" } else { "" })
            .collect()
    }

    #[test]
    fn fillers_and_false_starts_go_and_negations_and_numbers_stay() {
        assert_eq!(
            said("i , i just , um , feel it , you know , i do n't know ."),
            ["i just feel it , i do not know"]
        );
        assert_eq!(
            said("No, I don't. It's 20, 20 over 4.5 mg?"),
            ["No , I do not", "It's 20 , 20 over 4.5 mg?"]
        );
        assert_eq!(said("it , it , it kind of ex- exerting"), ["it kind of exerting"]);
        assert_eq!(said("i'm gon na see dr. flores . okay ?"), ["i will see dr flores", "okay?"]);
        assert_eq!(said("no blood, yeah, just w-watery, yeah."), ["no blood , just watery , yeah"]);
        assert_eq!(
            said("I've, I have lost count. well i was , i am tired"),
            ["I have lost count", "well i am tired"]
        );
        assert_eq!(said("i do , i smoke"), ["i do , i smoke"]);
        assert_eq!(said("co-codamol for 1- 2 days"), ["co-codamol for 1 , 2 days"]);
        assert_eq!(said("i think that , you know , it will pass"), ["i think that it will pass"]);
        assert_eq!(said("i ca n't and wo n't"), ["i can not and will not"]);
    }
}
