//! The labelled talk of `evals/redflags`, and how it is counted. Shared by the tests and the scorer.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each user takes a part; a file that is wrong ends it"
)]

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use bedside_intake::RedFlagRules;
use domain::Language;
use serde::Deserialize;

/// A sentence and the rules that it must raise.
#[derive(Deserialize)]
pub struct Sentence {
    pub id: String,
    pub lang: String,
    pub text: String,
    pub flags: BTreeSet<String>,
    /// Rules that may be raised and need not be.
    #[serde(default)]
    pub allowed: BTreeSet<String>,
    /// Written before the rules were changed, and only counted since.
    #[serde(default)]
    pub held: bool,
}

/// The labels of a text that is not in this repository.
#[derive(Deserialize)]
struct Label {
    id: String,
    flags: BTreeSet<String>,
    #[serde(default)]
    allowed: BTreeSet<String>,
}

impl Sentence {
    /// Whether what was raised is what must be, and for a benign sentence nothing else.
    pub fn is_right(&self, raised: &BTreeSet<String>) -> bool {
        self.flags.is_subset(raised) && (!self.flags.is_empty() || raised.is_subset(&self.allowed))
    }
}

/// Counts over some sentences.
#[derive(Default)]
pub struct Score {
    pub wanted: usize,
    pub found: usize,
    pub alarms: usize,
    pub alarms_raised: usize,
    pub benign: usize,
    pub benign_raised: usize,
    pub extra: usize,
}

impl Score {
    pub fn add(&mut self, sentence: &Sentence, raised: &BTreeSet<String>) {
        self.wanted += sentence.flags.len();
        self.found += sentence.flags.intersection(raised).count();
        if sentence.flags.is_empty() {
            self.benign += 1;
            self.benign_raised += usize::from(!raised.is_subset(&sentence.allowed));
        } else {
            self.alarms += 1;
            self.alarms_raised += usize::from(!raised.is_empty());
            self.extra += raised.difference(&sentence.flags).count();
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wanted, found, alarms, alarms_raised, benign, benign_raised, extra } = self;
        write!(f, "{found} / {wanted} | {alarms_raised} / {alarms} | {benign_raised} / {benign} | {extra}")
    }
}

/// The rules that a text raises.
pub fn raised(rules: &RedFlagRules, text: &str, language: &str) -> BTreeSet<String> {
    rules.assess_text(text, &Language::new(language)).into_iter().map(|hit| hit.rule).collect()
}

/// As speech recognition writes it: lower case, no punctuation. Apostrophes stay in about half of the recognisers' output.
pub fn as_heard(text: &str) -> String {
    let chars: Vec<char> = text.replace('-', " ").chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let kept = |at: usize| match chars[at] {
        ' ' | '\'' | '’' => true,
        '.' => at > 0 && digit(at - 1) && digit(at + 1),
        c => c.is_alphanumeric(),
    };
    (0..chars.len()).filter(|at| kept(*at)).map(|at| chars[at]).collect::<String>().to_lowercase()
}

/// The sentences that were written for this.
pub fn sentences() -> Vec<Sentence> {
    lines("sentences.jsonl").iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The presenting complaints of PriMock57 and the openings of the OSCE interviews, labelled; `None` without the evaluation data.
pub fn real_talk() -> Option<Vec<Sentence>> {
    let labels: Vec<Label> =
        lines("real-talk.jsonl").iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let data = data()?;
    let text = |label: Label| {
        let text = match label.id.split_once('/')? {
            ("primock57", visit) => complaint(&data, visit)?,
            ("osce", interview) => opening(&data, interview)?,
            _ => return None,
        };
        let Label { id, flags, allowed } = label;
        Some(Sentence { id, lang: "en".to_owned(), text, flags, allowed, held: false })
    };
    Some(labels.into_iter().filter_map(text).collect())
}

/// The folder of the evaluation data, where it is there.
pub fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("BEDSIDE_EVAL_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

fn complaint(data: &Path, visit: &str) -> Option<String> {
    let file = std::fs::read(data.join(format!("primock57/notes/{visit}.json"))).ok()?;
    let note: serde_json::Value = serde_json::from_slice(&file).ok()?;
    note["presenting_complaint"].as_str().map(str::to_owned)
}

/// The patient's first turns, until eight words are said.
fn opening(data: &Path, interview: &str) -> Option<String> {
    let file = std::fs::read(data.join(format!("osce/{interview}.txt"))).ok()?;
    let file = String::from_utf8_lossy(&file);
    let mut said = String::new();
    for turn in file.lines().filter_map(|line| line.trim_start_matches('\u{feff}').trim().strip_prefix("P:"))
    {
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(turn.trim());
        if said.split_whitespace().count() >= 8 {
            break;
        }
    }
    Some(said)
}

fn lines(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../evals/redflags").join(name);
    let file = std::fs::read_to_string(path).unwrap();
    file.lines().map(str::to_owned).collect()
}
