//! Transcripts whose lines begin with who speaks.

use domain::Speaker;

use super::{Turn, speaker};

pub(super) fn bracketed(text: &str) -> Vec<Turn> {
    by_line(text, bracket_tag)
}

pub(super) fn lettered(text: &str) -> Vec<Turn> {
    by_line(text, letter_tag)
}

/// Each paragraph a turn of somebody.
pub(super) fn plain(text: &str) -> Vec<Turn> {
    let mut turns = Vec::new();
    let mut open: Option<Turn> = None;
    for line in text.lines() {
        if line.trim().is_empty() {
            turns.extend(open.take());
        } else {
            extend(&mut open, line);
        }
    }
    turns.extend(open);
    turns
}

/// The speaker and the rest of a line that begins with a known tag in brackets.
pub(super) fn bracket_tag(line: &str) -> Option<(Speaker, &str)> {
    let (tag, rest) = line.trim_start().strip_prefix('[')?.split_once(']')?;
    Some((speaker(tag)?, rest))
}

/// The speaker and the rest of a line that begins with a known tag and a colon.
pub(super) fn letter_tag(line: &str) -> Option<(Speaker, &str)> {
    let (tag, rest) = line.trim_start().split_once([':', '：'])?;
    (tag.len() <= 20).then_some(())?;
    Some((speaker(tag)?, rest))
}

/// A tag opens a turn; a line without one continues it. Words before the first tag are somebody's.
fn by_line(text: &str, tag: fn(&str) -> Option<(Speaker, &str)>) -> Vec<Turn> {
    let mut turns = Vec::new();
    let mut open: Option<Turn> = None;
    for line in text.lines() {
        match tag(line) {
            Some((speaker, rest)) => turns.extend(open.replace(Turn::said(speaker, rest.to_owned()))),
            None => extend(&mut open, line),
        }
    }
    turns.extend(open);
    turns
}

fn extend(open: &mut Option<Turn>, line: &str) {
    let turn = open.get_or_insert_with(|| Turn::said(Speaker::Unknown, String::new()));
    turn.text.push('\n');
    turn.text.push_str(line);
}
