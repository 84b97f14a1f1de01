//! What the weights look at: a candidate as a list of names.

use domain::Speaker;

use super::candidate::{Candidate, Kind, Phase};
use crate::words;

/// The features of a candidate, each once, sorted.
pub fn features(candidate: &Candidate) -> Vec<String> {
    let kind = match candidate.kind {
        Kind::Told => "told",
        Kind::Answered => "answered",
        Kind::Stated => "stated",
        Kind::Ordered => "ordered",
    };
    let phase = match candidate.phase {
        Phase::Talk => "talk",
        Phase::Examination => "examination",
        Phase::Results => "results",
        Phase::Plan => "plan",
    };
    let tokens: Vec<String> = words::tokens(&candidate.text).collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place from 0 to 1")]
    let tenth = (candidate.place * 10.0) as u32;
    let mut all = vec![
        "=".to_owned(),
        format!("k:{kind}"),
        format!("p:{phase}"),
        format!("kp:{kind}:{phase}"),
        format!("t:{tenth}"),
        format!("kt:{kind}:{}", tenth / 2),
        format!("l:{}", length(tokens.len())),
        format!("kl:{kind}:{}", length(tokens.len())),
        format!("c:{}", length(tokens.iter().filter(|word| words::is_content(word)).count())),
    ];
    if candidate.speaker == Speaker::Other {
        all.push("s:other".to_owned());
    }
    if tokens.iter().any(|word| word.chars().any(|c| c.is_ascii_digit())) {
        all.push("d".to_owned());
    }
    for word in &tokens {
        all.push(format!("w:{word}"));
        all.push(format!("kw:{}:{word}", &kind[..1]));
    }
    for pair in tokens.windows(2) {
        all.push(format!("b:{} {}", pair[0], pair[1]));
    }
    if let Some(first) = tokens.first() {
        all.push(format!("f:{first}"));
    }
    for word in words::tokens(&candidate.asked).filter(|word| words::is_content(word)) {
        all.push(format!("q:{word}"));
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn length(words: usize) -> &'static str {
    match words {
        0..=1 => "1",
        2..=3 => "3",
        4..=6 => "6",
        7..=10 => "10",
        11..=16 => "16",
        17..=24 => "24",
        25..=40 => "40",
        _ => "more",
    }
}
