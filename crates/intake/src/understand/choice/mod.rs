//! One of the options, or several: by their words, by what means the same, by their place, by what they are not.

mod concepts;
mod denial;
mod everyday;
mod others;
mod place;
mod rate;
mod whole;

use std::sync::LazyLock;

use domain::{Coding, Language};

use super::Heard;
use super::answer::Value;
use super::asked::Asked;
use super::correct;
use super::filler;
use super::said::{Phrases, Tongue, is_any, span, words_of};
use super::spelling;
use crate::questionnaire::ChoiceOption;
use crate::redflag::words::{Mark, Word};
use denial::deny;
use place::{by_number, by_place, by_stretch, upright};
use rate::by_rate;
use whole::{all_of, nothing};

/// Every group's phrases, compiled, as they stand on buttons and in answers.
static GROUPS: LazyLock<Phrases<usize>> = LazyLock::new(|| grouped(&[]));
/// The same, with what people say for usual buttons.
static CONCEPTS: LazyLock<Phrases<usize>> = LazyLock::new(|| grouped(everyday::EVERYDAY));
/// What stands on usual buttons.
static BUTTONS: LazyLock<Phrases<usize>> = LazyLock::new(|| {
    let mut all = Phrases::of(&[], 0);
    let first = concepts::AILMENTS.len() + others::OTHERS.len();
    everyday::EVERYDAY.iter().enumerate().for_each(|(index, row)| all.more(row.button, first + index));
    all
});

fn grouped(everyday: &[everyday::Everyday]) -> Phrases<usize> {
    let mut all = Phrases::of(&[], 0);
    let groups = concepts::AILMENTS.iter().chain(others::OTHERS).copied();
    groups
        .chain(everyday.iter().map(|row| row.said))
        .enumerate()
        .for_each(|(index, phrases)| all.more(phrases, index));
    all
}

/// The meaning of these words, the first that they have.
fn meaning(words: &str) -> Option<usize> {
    GROUPS.find(&words_of(words)).first().map(|found| found.means)
}

/// A place in the answer that means an option.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Hit {
    option: usize,
    first: usize,
    last: usize,
    sure: f64,
    denied: bool,
}

/// An option's ways of being said: its meanings, and its own words by alternative.
struct Known {
    concepts: Vec<usize>,
    /// The content words of each alternative of what stands on the button, stemmed.
    alternatives: Vec<Vec<String>>,
}

const JOINING: &[&str] = &[
    "or", "and", "of", "the", "a", "an", "in", "on", "to", "my", "i", "o", "y", "de", "la", "el", "los",
    "las", "un", "una", "en", "it", "is", "with", "que", "mi", "do", "have", "que", "con", "del", "al", "lo",
    "you", "your", "am", "for",
];

fn known(option: &ChoiceOption) -> Known {
    let mut concepts = Vec::new();
    let mut alternatives: Vec<Vec<String>> = Vec::new();
    let code_is_words = option.code.chars().any(|c| c.is_ascii_lowercase())
        && !option.code.chars().any(|c| c.is_ascii_digit());
    let code = option.code.replace(['-', '_'], " ");
    let texts = option.display.every().chain(code_is_words.then_some(code.as_str()));
    for text in texts {
        let words = words_of(&without_clock(text));
        // "Me", of several people.
        let me = words.len() == 1 && is_any(&words, 0, &["me", "myself", "self", "yo"]);
        let myself = me.then(|| words_of("myself"));
        let words_or_me = myself.as_ref().unwrap_or(&words);
        for found in GROUPS.find(words_or_me).into_iter().chain(BUTTONS.every(words_or_me)) {
            // "I have no fixed home" does not mean a home.
            let denied = (found.first.saturating_sub(2)..found.first)
                .any(|word| is_any(&words, word, &["no", "not", "without", "sin"]));
            if !denied && !concepts.contains(&found.means) {
                concepts.push(found.means);
            }
        }
        let mut now: Vec<String> = Vec::new();
        let mut all: Vec<String> = Vec::new();
        for (index, word) in words.iter().enumerate() {
            if matches!(word.text.as_str(), "or" | "o" | "u") {
                alternatives.push(std::mem::take(&mut now));
                continue;
            }
            if !JOINING.contains(&word.text.as_str()) {
                let stem = spelling::stem(&word.text).to_owned();
                now.push(stem.clone());
                all.push(stem);
            }
            if word.mark == Mark::Comma && index + 1 < words.len() {
                alternatives.push(std::mem::take(&mut now));
            }
        }
        alternatives.push(now);
        alternatives.push(all);
    }
    alternatives.retain(|alternative| !alternative.is_empty());
    alternatives.dedup();
    Known { concepts, alternatives }
}

/// "Evening (after 5 pm)" without what stands in brackets: the clock belongs to no other time of the day.
fn without_clock(text: &str) -> String {
    let brackets = text.split_once('(').and_then(|(head, rest)| Some((head, rest.split_once(')')?)));
    match brackets {
        Some((head, (inside, tail)))
            if inside.chars().any(|c| c.is_ascii_digit()) && !head.trim().is_empty() =>
        {
            format!("{head}{tail}")
        }
        _ => text.to_owned(),
    }
}

/// Whether the words name a symptom, an illness, an allergen or the like.
pub(super) fn names_something(words: &[Word]) -> bool {
    named(words).next().is_some()
}

/// Whether both name the same symptom, illness or the like.
pub(super) fn names_the_same(one: &[Word], other: &[Word]) -> bool {
    named(one).any(|means| named(other).any(|same| same == means))
}

fn named(words: &[Word]) -> impl Iterator<Item = usize> {
    GROUPS.find(words).into_iter().map(|found| found.means).filter(|means| *means < concepts::AILMENTS.len())
}

/// The options that were meant. `open` allows the patient's own words instead.
pub(super) fn read(
    asked: &Asked,
    text: &str,
    words: &[Word],
    tongue: Tongue,
    language: &Language,
    options: &[ChoiceOption],
    open: bool,
) -> Option<Heard> {
    let words = &as_written(words);
    let parts = correct::parts(words, tongue, false);
    let corrected = parts.len() > 1;
    let part = parts.iter().find(|part| {
        chosen(asked, part, tongue, options).is_some_and(|chosen| !chosen.hits.is_empty()) || parts.len() == 1
    });
    let part = part.copied().unwrap_or(words);
    let chosen = chosen(asked, part, tongue, options)
        .or_else(|| corrected.then(|| chosen(asked, words, tongue, options)).flatten());
    let written = |indices: &[usize]| -> Vec<Coding> {
        indices
            .iter()
            .map(|&index| {
                let option = &options[index];
                Coding {
                    system: option.system.clone(),
                    code: option.code.clone(),
                    display: option.display.get(language).to_owned(),
                }
            })
            .collect()
    };
    if let Some(chosen) = chosen {
        let confidence = chosen.confidence * if corrected { 0.95 } else { 1.0 };
        return Some(Heard::new(Value::Choice(written(&chosen.indices)), confidence, chosen.span));
    }
    if open {
        let (own, place) = super::free::cleaned(text, words, tongue)?;
        return Some(Heard::new(
            Value::Choice(vec![Coding { system: None, code: own.clone(), display: own }]),
            0.75,
            place,
        ));
    }
    None
}

/// "Guasap" is "WhatsApp".
fn as_written(words: &[Word]) -> Vec<Word> {
    let written = |word: &Word| {
        let found = everyday::SPELLED.iter().find(|(said, _)| *said == word.text);
        found.map_or_else(|| word.clone(), |(_, text)| Word { text: (*text).to_owned(), ..word.clone() })
    };
    words.iter().map(written).collect()
}

struct Chosen {
    indices: Vec<usize>,
    confidence: f64,
    span: (u32, u32),
    hits: Vec<Hit>,
}

fn chosen(asked: &Asked, words: &[Word], tongue: Tongue, options: &[ChoiceOption]) -> Option<Chosen> {
    if words.is_empty() {
        return None;
    }
    let several = asked.repeats;
    let none = Asked::none_option(options);
    if let Some(all) = all_of(words, tongue, options, none, several) {
        return Some(all);
    }
    let known: Vec<Known> = options.iter().map(known).collect();
    let upright = upright(words, &known);
    let mut hits = hits(&upright, &known, tongue);
    hits.extend(by_number(words, options, tongue));
    let rates = by_rate(words, options, tongue);
    let stretches = if rates.is_empty() { by_stretch(words, options, tongue) } else { rates };
    // What stands on the button counts as it stands there.
    if !stretches.is_empty() && !hits.iter().any(|hit| hit.sure >= 0.95) {
        hits = stretches;
    }
    if hits.is_empty() {
        hits = by_place(words, options.len(), tongue);
    } else if hits.iter().all(|hit| hit.sure < 0.85) {
        let placed = by_place(words, options.len(), tongue);
        if !placed.is_empty() {
            hits = placed;
        }
    }
    if hits.is_empty() {
        hits = somebody_else(words, &known);
    }
    deny(words, &mut hits, tongue, several);
    // "Fever, no, not fever": what is denied later is not so.
    let later: Vec<Hit> = hits.iter().filter(|hit| hit.denied).copied().collect();
    for hit in &mut hits {
        hit.denied |= later.iter().any(|other| other.option == hit.option && other.first > hit.last);
    }
    let stated: Vec<Hit> =
        hits.iter().filter(|hit| !hit.denied && (!several || Some(hit.option) != none)).copied().collect();
    let none_said = hits.iter().any(|hit| Some(hit.option) == none && !hit.denied);
    if stated.is_empty() {
        return nothing(asked, words, tongue, options, none, none_said, &hits);
    }
    let mut covered = vec![false; words.len()];
    hits.iter().for_each(|hit| (hit.first..=hit.last).for_each(|word| covered[word] = true));
    for (word, covered) in words.iter().zip(&mut covered) {
        *covered |= asked.mentions(&word.text);
    }
    let left = filler::left_over(words, &covered, tongue);
    let rest = filler::after(left.saturating_sub(1));
    let place = |hits: &[Hit]| {
        let first = hits.iter().map(|hit| hit.first).min().unwrap_or_default();
        let last = hits.iter().map(|hit| hit.last).max().unwrap_or_default();
        span(words, first, last)
    };
    if several {
        let mut indices: Vec<usize> = stated.iter().map(|hit| hit.option).collect();
        indices.sort_unstable();
        indices.dedup();
        let sure = indices
            .iter()
            .map(|&index| {
                stated.iter().filter(|hit| hit.option == index).map(|hit| hit.sure).fold(0.0, f64::max)
            })
            .fold(1.0, f64::min);
        let span = place(&stated);
        return Some(Chosen {
            indices,
            confidence: sure * rest * filler::hedged(words, tongue),
            span,
            hits: stated,
        });
    }
    let (best, sure) = both_sides(words, &stated, &known).unwrap_or_else(|| one_of(words, &stated));
    Some(Chosen {
        indices: vec![best.option],
        confidence: sure * rest * filler::hedged(words, tongue),
        span: place(&[best]),
        hits: stated,
    })
}

/// "Both, but the right is worse": both.
fn both_sides(words: &[Word], stated: &[Hit], known: &[Known]) -> Option<(Hit, f64)> {
    static BOTH: LazyLock<Option<usize>> = LazyLock::new(|| meaning("both"));
    let means = (*BOTH)?;
    let both = stated.iter().find(|hit| known[hit.option].concepts.contains(&means))?;
    let narrowed =
        words.iter().any(|word| matches!(word.text.as_str(), "only" | "just" | "solo" | "nomas" | "not"));
    let turned = (both.last..words.len()).any(|word| is_any(words, word, NOW));
    let others = stated.iter().any(|hit| hit.option != both.option);
    (others && !narrowed && !turned).then_some((*both, both.sure.min(0.86)))
}

const NOW: &[&str] = &["now", "today", "currently", "ahora", "hoy", "actualmente", "ahorita", "lately"];

/// Of several the one that is so now, else the surest, else the last; less sure where it had to be chosen.
fn one_of(words: &[Word], stated: &[Hit]) -> (Hit, f64) {
    let mut best = stated[0];
    for hit in &stated[1..] {
        let longer = hit.first <= best.first
            && hit.last >= best.last
            && (hit.last - hit.first) > (best.last - best.first);
        if hit.sure > best.sure + 0.04 || (longer && hit.sure >= best.sure - 0.02) {
            best = *hit;
        }
    }
    let others: Vec<&Hit> =
        stated.iter().filter(|hit| hit.option != best.option && hit.sure > best.sure - 0.12).collect();
    if others.is_empty() {
        return (best, best.sure);
    }
    // "It was clear but now it's green."
    let last = stated
        .iter()
        .filter(|hit| hit.sure > best.sure - 0.12)
        .max_by_key(|hit| hit.first)
        .copied()
        .unwrap_or(best);
    let turned = (0..last.first).any(|word| is_any(words, word, NOW) && word + 6 > last.first)
        || (0..last.first).rev().take(4).any(|word| {
            is_any(words, word, &["but", "pero", "actually", "no", "rather", "more", "mas", "so", "sino"])
        });
    let after_now = is_any(words, last.last + 1, NOW);
    if turned || after_now {
        return (last, last.sure.min(0.78));
    }
    let same_words = others.iter().any(|other| other.first <= best.last && best.first <= other.last);
    (best, if same_words { 0.6 } else { 0.55 })
}

/// "My wife" where the options name others, and "someone else".
fn somebody_else(words: &[Word], known: &[Known]) -> Vec<Hit> {
    static OTHER: LazyLock<Option<usize>> = LazyLock::new(|| meaning("someone else"));
    const PEOPLE: &[&str] = &[
        "wife",
        "husband",
        "friend",
        "sister",
        "brother",
        "partner",
        "girlfriend",
        "boyfriend",
        "colleague",
        "mate",
        "roommate",
        "flatmate",
        "esposa",
        "esposo",
        "marido",
        "mujer",
        "amigo",
        "amiga",
        "hermano",
        "hermana",
        "pareja",
        "novio",
        "novia",
    ];
    let option = OTHER.and_then(|other| known.iter().position(|option| option.concepts.contains(&other)));
    let place = words.iter().position(|word| PEOPLE.contains(&word.text.as_str()));
    let hit =
        option.zip(place).map(|(option, at)| Hit { option, first: at, last: at, sure: 0.72, denied: false });
    hit.into_iter().collect()
}

/// Where an option's words or meanings stand.
fn hits(words: &[Word], known: &[Known], tongue: Tongue) -> Vec<Hit> {
    let mut out: Vec<Hit> = Vec::new();
    // By meaning: only meanings that some option has; of overlapping ones the longest.
    let active = |concept: usize| known.iter().any(|option| option.concepts.contains(&concept));
    let mut found: Vec<_> = CONCEPTS.every(words).into_iter().filter(|found| active(found.means)).collect();
    found.sort_by_key(|found| (usize::MAX - (found.last - found.first), found.first));
    let mut taken = vec![false; words.len()];
    let mut kept: Vec<(usize, usize, usize)> = Vec::new();
    for found in found {
        let same = kept.iter().any(|(first, last, _)| *first == found.first && *last == found.last);
        if same || !(found.first..=found.last).any(|word| taken[word]) {
            (found.first..=found.last).for_each(|word| taken[word] = true);
            kept.push((found.first, found.last, found.means));
        }
    }
    for (first, last, concept) in kept {
        let holders: Vec<usize> =
            (0..known.len()).filter(|&option| known[option].concepts.contains(&concept)).collect();
        let sure = if holders.len() == 1 { 0.92 } else { 0.6 };
        out.extend(holders.into_iter().map(|option| Hit { option, first, last, sure, denied: false }));
    }
    // By the option's own words.
    let stems: Vec<&str> = words.iter().map(|word| spelling::stem(&word.text)).collect();
    let holders = |stem: &str| {
        known
            .iter()
            .filter(|option| {
                option.alternatives.iter().any(|alternative| alternative.iter().any(|own| own == stem))
            })
            .count()
    };
    let together = |stems: &[&String]| {
        let has = |alternative: &Vec<String>| stems.iter().all(|stem| alternative.contains(stem));
        known.iter().filter(|option| option.alternatives.iter().any(has)).count()
    };
    for (option, own) in known.iter().enumerate() {
        let mut best: Option<Hit> = None;
        for alternative in &own.alternatives {
            if let Some(hit) =
                alternative_hit(words, &stems, alternative, option, &holders, &together, tongue)
                && best.is_none_or(|best| hit.sure > best.sure)
            {
                best = Some(hit);
            }
        }
        out.extend(best);
    }
    // A longer phrase outweighs the words in it: "no better no worse".
    let all = out.clone();
    let inside = |hit: &Hit, other: &Hit| {
        other.option != hit.option
            && other.sure >= 0.84
            && other.first <= hit.first
            && other.last >= hit.last
            && other.last - other.first > hit.last - hit.first
    };
    out.retain(|hit| !all.iter().any(|other| inside(hit, other)));
    // What is said exactly outweighs a part of it that means another option.
    let exact: Vec<Hit> = out.iter().filter(|hit| hit.sure >= 0.95).copied().collect();
    out.retain(|hit| {
        !exact.iter().any(|exact| {
            exact.option != hit.option
                && exact.first <= hit.first
                && exact.last >= hit.last
                && (exact.last - exact.first > hit.last - hit.first || hit.sure < 0.95)
        })
    });
    out
}

/// How much of an alternative's words stand in the answer, close together.
fn alternative_hit(
    words: &[Word],
    stems: &[&str],
    alternative: &[String],
    option: usize,
    holders: &dyn Fn(&str) -> usize,
    together: &dyn Fn(&[&String]) -> usize,
    tongue: Tongue,
) -> Option<Hit> {
    let mut places: Vec<usize> = Vec::new();
    let mut matched: Vec<&String> = Vec::new();
    let mut unique = false;
    let mut slips = 0;
    for own in alternative {
        let place = stems.iter().position(|stem| *stem == own).or_else(|| {
            let allowed = spelling::allowed(own.len());
            let near = (allowed > 0)
                .then(|| {
                    stems.iter().position(|stem| {
                        // A slip keeps the first letter: "every" is no "never".
                        stem.len() > 3
                            && stem.as_bytes().first() == own.as_bytes().first()
                            && spelling::distance(stem, own, allowed).is_some()
                    })
                })
                .flatten();
            let ordinary = near.is_some_and(|near| filler::is_filler(&words[near].text, tongue));
            slips += usize::from(near.is_some() && !ordinary);
            near.filter(|_| !ordinary)
        });
        if let Some(place) = place {
            unique |= holders(own) == 1 && !filler::is_filler(&words[place].text, tongue);
            places.push(place);
            matched.push(own);
        }
    }
    // "Bottom right": words that several options have, and together only one.
    unique |= places.len() > 1 && together(&matched) == 1;
    let (first, last) = (*places.iter().min()?, *places.iter().max()?);
    #[expect(clippy::cast_precision_loss, reason = "a few words")]
    let share = places.len() as f64 / alternative.len() as f64;
    if last - first > places.len() + 4 {
        return None;
    }
    let only_filler = places
        .iter()
        .all(|&place| filler::is_filler(&words[place].text, tongue) && words[place].text.len() < 4);
    let sure = match share {
        _ if only_filler && share < 1.0 => return None,
        share if share >= 1.0 && unique => 0.96,
        share if share >= 1.0 => 0.9,
        share if share >= 0.5 && unique => 0.84,
        _ if unique && places.iter().any(|&place| words[place].text.len() > 4) => 0.74,
        _ => return None,
    };
    #[expect(clippy::cast_precision_loss, reason = "a few words")]
    let sure = sure - slips as f64 * 0.06;
    Some(Hit { option, first, last, sure, denied: false })
}
