//! The protocols that a clinic has: those that are built into the program, and the files of its own folder on top. A broken file
//! is named with what is wrong with it, and takes nothing else down.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::{Error, Questionnaire};

/// What ships, by file name; the general visit first.
const BUILT_IN: &[(&str, &str)] = &[
    ("general-visit.json", include_str!("../../../protocols/general-visit.json")),
    ("respiratory.json", include_str!("../../../protocols/respiratory.json")),
    ("chest.json", include_str!("../../../protocols/chest.json")),
    ("abdominal.json", include_str!("../../../protocols/abdominal.json")),
    ("musculoskeletal.json", include_str!("../../../protocols/musculoskeletal.json")),
    ("refill-follow-up.json", include_str!("../../../protocols/refill-follow-up.json")),
    ("mood.json", include_str!("../../../protocols/mood.json")),
    ("phq-9.json", include_str!("../../../protocols/phq-9.json")),
    ("gad-7.json", include_str!("../../../protocols/gad-7.json")),
];

/// The protocols there are, and the files that could not be used.
#[derive(Clone, Debug)]
pub struct Protocols {
    all: Vec<Protocol>,
    faults: Vec<Fault>,
}

/// A protocol that can be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Protocol {
    /// What is asked.
    pub questionnaire: Arc<Questionnaire>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a protocol comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Built into the program.
    BuiltIn,
    /// A file of the clinic.
    Clinic {
        /// The file's name.
        file: String,
        /// The version that it replaces, as `url|version`, where it replaces one.
        replaces: Option<String>,
    },
}

/// A file of the clinic's folder, as it was read.
#[derive(Clone, Debug)]
pub struct ProtocolFile {
    /// Its name, without the folder.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// A file that is not used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name.
    pub file: String,
    /// What is wrong, by item where it is an item.
    pub error: Error,
}

impl Protocols {
    /// What is built in. The files that ship are tested to load; one that did not would be a fault like any other.
    pub fn builtin() -> Self {
        let mut protocols = Self { all: Vec::new(), faults: Vec::new() };
        for (file, json) in BUILT_IN {
            match Questionnaire::from_json(json) {
                Ok(questionnaire) => protocols
                    .all
                    .push(Protocol { questionnaire: Arc::new(questionnaire), origin: Origin::BuiltIn }),
                Err(error) => protocols.faults.push(Fault { file: (*file).to_owned(), error }),
            }
        }
        protocols
    }

    /// These and a clinic's own files, taken in the order of their names. A file with the URL of a protocol that there is
    /// already replaces it where its version is higher, and is a fault otherwise.
    #[must_use]
    pub fn with(mut self, files: impl IntoIterator<Item = ProtocolFile>) -> Self {
        let mut files: Vec<ProtocolFile> = files.into_iter().collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        for ProtocolFile { name, content } in files {
            if let Err(error) = self.add(&name, &content) {
                self.faults.push(Fault { file: name, error });
            }
        }
        self
    }

    fn add(&mut self, file: &str, content: &[u8]) -> Result<(), Error> {
        let json =
            std::str::from_utf8(content).map_err(|error| Error::NotUtf8 { at: error.valid_up_to() })?;
        // A byte order mark, which some editors write.
        let questionnaire = Questionnaire::from_json(json.trim_start_matches('\u{feff}'))?;
        if questionnaire.is_retired() {
            return Err(Error::Retired);
        }
        let protocol = |questionnaire, replaces| Protocol {
            questionnaire: Arc::new(questionnaire),
            origin: Origin::Clinic { file: file.to_owned(), replaces },
        };
        match self.all.iter_mut().find(|known| known.questionnaire.url() == questionnaire.url()) {
            None => self.all.push(protocol(questionnaire, None)),
            Some(known) => {
                let version = known.questionnaire.version();
                if compare_versions(questionnaire.version(), version) != Ordering::Greater {
                    return Err(Error::NotNewer {
                        url: questionnaire.url().to_owned(),
                        known: version.unwrap_or("none").to_owned(),
                    });
                }
                let replaces = Some(known.questionnaire.canonical());
                *known = protocol(questionnaire, replaces);
            }
        }
        Ok(())
    }

    /// Every protocol that can be used, the built-in ones (or what replaces them) first.
    pub fn all(&self) -> &[Protocol] {
        &self.all
    }

    /// The files that are not used.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The protocol of that name, URL, or `url|version`.
    pub fn find(&self, name: &str) -> Option<&Protocol> {
        self.all.iter().find(|protocol| {
            let questionnaire = &protocol.questionnaire;
            questionnaire.name() == name || questionnaire.url() == name || questionnaire.canonical() == name
        })
    }
}

/// The order of two business versions: their parts one by one, numbers by size ("1.10" after "1.9"), a number after a word
/// ("1.0" after "1.draft"), nothing before anything. What follows a hyphen comes before the same without ("2.0-rc" before "2.0").
fn compare_versions(left: Option<&str>, right: Option<&str>) -> Ordering {
    let (Some(left), Some(right)) = (left, right) else { return left.is_some().cmp(&right.is_some()) };
    let (left, left_before) =
        left.split_once('-').map_or((left, None), |(main, before)| (main, Some(before)));
    let (right, right_before) =
        right.split_once('-').map_or((right, None), |(main, before)| (main, Some(before)));
    compare_parts(left, right).then_with(|| match (left_before, right_before) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(left), Some(right)) => compare_parts(left, right),
    })
}

fn compare_parts(left: &str, right: &str) -> Ordering {
    let parts = |text: &str| -> Vec<Result<u64, String>> {
        let mut parts: Vec<_> =
            text.split(['.', '-', '_', '+']).map(|part| part.parse().map_err(|_| part.to_owned())).collect();
        // "1.0" and "1.0.0" are the same version.
        while parts.len() > 1 && parts.last() == Some(&Ok(0)) {
            parts.pop();
        }
        parts
    };
    let (left, right) = (parts(left), parts(right));
    let pairs = left.iter().zip(&right).map(|pair| match pair {
        (Ok(left), Ok(right)) => left.cmp(right),
        (Err(left), Err(right)) => left.cmp(right),
        (left, right) => left.is_ok().cmp(&right.is_ok()),
    });
    pairs.into_iter().find(|order| order.is_ne()).unwrap_or_else(|| left.len().cmp(&right.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_by_their_numbers() {
        let order = |left, right| compare_versions(Some(left), Some(right));
        for (lower, higher) in [
            ("1.0.0", "1.0.1"),
            ("1.9", "1.10"),
            ("1.0", "2"),
            ("2.0-rc1", "2.0"),
            ("1.draft", "1.0"),
            ("2025-11-01", "2026-01-01"),
            ("1.0.0", "1.0.0.1"),
        ] {
            assert_eq!(order(lower, higher), Ordering::Less, "{lower} {higher}");
            assert_eq!(order(higher, lower), Ordering::Greater, "{lower} {higher}");
        }
        assert_eq!(order("1.0", "1.0.0"), Ordering::Equal);
        assert_eq!(compare_versions(None, Some("0.1")), Ordering::Less);
        assert_eq!(compare_versions(None, None), Ordering::Equal);
    }
}
