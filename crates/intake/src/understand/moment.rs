//! At what moment a number was so: now, or before.

use super::amount::Amount;
use super::asked::Asked;
use super::said::{is_any, starts};
use crate::redflag::words::{Mark, Word};

/// What moment a scale is asked of, where it is another than now.
pub(super) fn worst_asked(asked: &Asked) -> bool {
    const WORST: &[&str] = &[
        " at its worst ",
        " at worst ",
        " at the worst ",
        " worst the ",
        " worst your ",
        " worst this ",
        " worst it ",
        " worst has ",
        " worst moment ",
        " worst point ",
        " what was the worst ",
        " was your worst ",
        " is your worst ",
        " peor momento ",
        " peor dia ",
        " lo peor que ",
        " en su peor ",
        " mas fuerte que ha ",
        " maximo que ",
        " lo mas fuerte ",
    ];
    WORST.iter().any(|phrase| asked.contains(phrase))
}

const NOW: &[&str] =
    &["now", "today", "currently", "moment", "presently", "ahora", "ahorita", "hoy", "actualmente"];
/// "So eighty-nine": what it comes to.
const HENCE: &[&str] =
    &["so", "makes", "equals", "entonces", "total", "altogether", "osea", "serian", "thats"];
const THEN: &[&str] = &[
    "was",
    "were",
    "yesterday",
    "earlier",
    "before",
    "last",
    "used",
    "usually",
    "normally",
    "ago",
    "initially",
    "first",
    "worst",
    "sometimes",
    "night",
    "times",
    "era",
    "estaba",
    "ayer",
    "antes",
    "normalmente",
    "anoche",
    "llego",
    "fue",
    "tenia",
    "worse",
    "normal",
    "spikes",
    "peor",
    "next",
];

/// "Down to six from forty": now, and before.
pub(super) fn down_to(words: &[Word], amount: &Amount) -> Option<f64> {
    let first = amount.first;
    let led = |phrase: &[&str]| first >= phrase.len() && starts(words, first - phrase.len(), phrase);
    let now = [
        &["down", "to"][..],
        &["up", "to"],
        &["back", "to"],
        &["now", "to"],
        &["baje", "a"],
        &["bajado", "a"],
        &["subi", "a"],
        &["ahora", "a"],
        &["reduje", "a"],
    ];
    let changed =
        |at: usize| is_any(words, at, &["down", "cut", "dropped", "went", "baje", "bajado", "reduje"]);
    if now.iter().any(|phrase| led(phrase)) && (0..first).any(changed) {
        return Some(1.0);
    }
    (led(&["from"]) || led(&["de"])).then_some(0.5).filter(|_| (0..words.len()).any(changed))
}

/// More for what is said to be so now, less for what was.
pub(super) fn time_of(words: &[Word], amount: &Amount, all: &[Amount]) -> f64 {
    if all.len() < 2 {
        return 1.0;
    }
    let clause_end = |word: usize| {
        words[word].mark >= Mark::Comma || is_any(words, word + 1, &["but", "and", "pero", "y", "then"])
    };
    let mut from = amount.first;
    while from > 0 && !clause_end(from - 1) && !all.iter().any(|other| other.last == from - 1) {
        from -= 1;
    }
    let mut to = amount.last;
    // "It was an eight, now it's a five": the "now" is the other's.
    let turns = |at: usize| is_any(words, at, NOW) && all.iter().any(|other| other.first > at);
    while to + 1 < words.len()
        && !clause_end(to)
        && !turns(to + 1)
        && !all.iter().any(|other| other.first == to + 1)
    {
        to += 1;
    }
    if amount.first > 1
        && (amount.first.saturating_sub(2)..amount.first).any(|word| is_any(words, word, HENCE))
    {
        return 1.0;
    }
    let says = |table: &[&str]| (from..=to).any(|word| is_any(words, word, table));
    match (says(NOW), says(THEN)) {
        (true, _) => 1.0,
        (false, true) => 0.6,
        (false, false) => 0.85,
    }
}
