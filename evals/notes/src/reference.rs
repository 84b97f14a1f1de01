//! The topics of a clinician's note, by its headings.

use scribe::Topic;

/// The lines of a note below a known heading, with their topics.
pub fn lines(note: &str) -> Vec<(Topic, String)> {
    let mut all = Vec::new();
    let mut section = Section::Only(Topic::History);
    for line in note.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(next) = heading(line) {
            section = next;
            continue;
        }
        let topic = match section {
            Section::Only(topic) => topic,
            // "Medical Reasoning" is the assessment, whatever else stands under a problem is to be done.
            Section::Both
                if has(
                    line,
                    &["additional testing", "medical treatment", "patient education", "follow", "plan:"],
                ) =>
            {
                Topic::Plan
            }
            Section::Both
                if has(
                    line,
                    &[
                        "will ",
                        "recommend",
                        "continue",
                        "order",
                        "refer",
                        "prescri",
                        "advise",
                        "return",
                        "start",
                    ],
                ) =>
            {
                Topic::Plan
            }
            Section::Both => Topic::Assessment,
        };
        all.push((topic, line.to_owned()));
    }
    all
}

#[derive(Clone, Copy)]
enum Section {
    Only(Topic),
    /// Assessment and plan under one heading.
    Both,
}

fn has(line: &str, words: &[&str]) -> bool {
    let line = line.to_lowercase();
    words.iter().any(|word| line.contains(word))
}

/// The section that a line opens, if it is a heading: no lower-case letter in it.
fn heading(line: &str) -> Option<Section> {
    if line.chars().any(char::is_lowercase) || !line.chars().any(char::is_alphabetic) || line.len() > 60 {
        return None;
    }
    Some(if has(line, &["assessment and plan", "assessment & plan", "impression and plan"]) {
        Section::Both
    } else if has(line, &["plan", "instruction", "recommendation", "follow"]) {
        Section::Only(Topic::Plan)
    } else if has(line, &["assessment", "impression", "diagnos"]) {
        Section::Only(Topic::Assessment)
    } else if has(line, &["result", "lab", "imaging", "radiolog", "data"]) {
        Section::Only(Topic::Results)
    } else if has(line, &["exam", "vital", "physical"]) {
        Section::Only(Topic::Examination)
    } else {
        Section::Only(Topic::History)
    })
}
