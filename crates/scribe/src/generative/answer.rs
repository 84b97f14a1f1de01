//! A model's answer: lines of `section [evidence] sentence`, and "end".

use std::collections::BTreeSet;

use crate::{Template, words};

/// A sentence as a model wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The section's id.
    pub section: String,
    /// The utterances, ascending.
    pub evidence: Vec<u32>,
    /// The words.
    pub text: String,
}

/// Reads a whole answer; none where it is not in its form.
pub(super) fn read(text: &str, template: &Template) -> Option<Vec<Written>> {
    let body = text.trim_end().strip_suffix("end")?;
    if !(body.is_empty() || body.ends_with('\n')) {
        return None;
    }
    body.lines()
        .map(|line| {
            let (section, evidence, words) = parts(line)?;
            let known = template.sections.iter().any(|known| known.id == section);
            let mut evidence = evidence?;
            evidence.sort_unstable();
            evidence.dedup();
            known.then(|| Written { section: section.to_owned(), evidence, text: tidy(words) })
        })
        .collect::<Option<Vec<_>>>()
        .map(|all| all.into_iter().filter(|written| !written.text.is_empty()).collect())
}

/// Sections and words of what is written so far, the line that is being written included.
pub(super) fn so_far(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(parts).map(|(section, _, words)| (section, words.trim()))
}

type Parts<'l> = (&'l str, Option<Vec<u32>>, &'l str);

fn parts(line: &str) -> Option<Parts<'_>> {
    let (section, rest) = line.split_once(" [")?;
    let (evidence, words) = rest.split_once("] ")?;
    let evidence = evidence.split(',').map(|index| index.trim().parse().ok()).collect();
    Some((section, evidence, words))
}

/// Single spaces, a capital first, a full stop last. Nothing where there is no word.
fn tidy(text: &str) -> String {
    if !text.chars().any(char::is_alphanumeric) {
        return String::new();
    }
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = joined.chars();
    let mut text: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    text
}

/// Adds a sentence. One that says nothing that its section does not say already only adds its evidence: the lines that two
/// windows share are told twice.
pub(super) fn merge(all: &mut Vec<Written>, new: Written) {
    let content = |text: &str| -> BTreeSet<String> {
        words::tokens(text)
            .filter(|word| words::is_content(word) || matches!(word.as_str(), "not" | "denies"))
            .collect()
    };
    let said = content(&new.text);
    let same = all.iter_mut().find(|old| {
        old.section == new.section
            && old.evidence.iter().any(|index| new.evidence.contains(index))
            && content(&old.text) == said
            || (old.section == new.section && old.text == new.text)
    });
    match same {
        Some(old) => {
            old.evidence.extend(new.evidence);
            old.evidence.sort_unstable();
            old.evidence.dedup();
        }
        None => all.push(new),
    }
}
