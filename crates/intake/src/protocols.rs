//! The protocols that a clinic has, and the words that pick one: those that are built into the program, and the files of its own
//! folder on top. A broken file is named with what is wrong with it, and takes nothing else down.

use std::cmp::Ordering;
use std::sync::Arc;

use domain::Language;

use crate::{Error, Questionnaire, Routes, Routing};

/// The file of a clinic's own routing words.
const ROUTING: &str = "routing.toml";

/// What ships; the general visit first.
const BUILT_IN: &[&str] = &[
    include_str!("../../../protocols/general-visit.json"),
    include_str!("../../../protocols/respiratory.json"),
    include_str!("../../../protocols/chest.json"),
    include_str!("../../../protocols/abdominal.json"),
    include_str!("../../../protocols/musculoskeletal.json"),
    include_str!("../../../protocols/refill-follow-up.json"),
    include_str!("../../../protocols/mood.json"),
    include_str!("../../../protocols/phq-9.json"),
    include_str!("../../../protocols/gad-7.json"),
];

/// The protocols there are, and the files that could not be used.
#[derive(Clone, Debug)]
pub struct Protocols {
    all: Vec<Protocol>,
    routes: Routes,
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
    /// What is built in. It is tested to load.
    ///
    /// # Errors
    /// Those of [`Questionnaire::from_json`] and [`Routes::builtin`].
    pub fn builtin() -> Result<Self, Error> {
        let protocol = |json: &&str| {
            Questionnaire::from_json(json).map(|questionnaire| Protocol {
                questionnaire: Arc::new(questionnaire),
                origin: Origin::BuiltIn,
            })
        };
        let all = BUILT_IN.iter().map(protocol).collect::<Result<_, _>>()?;
        Ok(Self { all, routes: Routes::builtin()?, faults: Vec::new() })
    }

    /// These and a clinic's own files, taken in the order of their names: FHIR R4 Questionnaires, and its routing words in
    /// `routing.toml`. A file with the URL of a protocol that there is already replaces it where its version is higher, and is
    /// a fault otherwise.
    #[must_use]
    pub fn with(mut self, files: impl IntoIterator<Item = ProtocolFile>) -> Self {
        let mut files: Vec<ProtocolFile> = files.into_iter().collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let (routing, forms): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.name == ROUTING);
        for ProtocolFile { name, content } in forms {
            if let Err(error) = self.add(&name, &content) {
                self.faults.push(Fault { file: name, error });
            }
        }
        // Once every protocol is known that words can lead to.
        for ProtocolFile { name, content } in routing {
            match self.routed(&content) {
                Ok(routes) => self.routes = routes,
                Err(error) => self.faults.push(Fault { file: name, error }),
            }
        }
        self
    }

    fn routed(&self, content: &[u8]) -> Result<Routes, Error> {
        let routes = self.routes.clone().with(text(content)?)?;
        let unknown = routes.protocols().find(|url| self.find(url).is_none()).map(str::to_owned);
        match unknown {
            None => Ok(routes),
            protocol => Err(Error::Routes { protocol, problem: "there is no such protocol".to_owned() }),
        }
    }

    fn add(&mut self, file: &str, content: &[u8]) -> Result<(), Error> {
        let questionnaire = Questionnaire::from_json(text(content)?)?;
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

    /// Picks the protocol for the reason of a visit; see [`Routes::route`].
    pub fn route(&self, text: &str, language: &Language) -> Routing {
        self.routes.route(text, language)
    }

    /// Whether there are words that lead to the protocol with that URL.
    pub fn is_led_to(&self, url: &str) -> bool {
        self.routes.protocols().any(|known| known == url)
    }

    /// The protocol of that name, URL, or `url|version`.
    pub fn find(&self, name: &str) -> Option<&Protocol> {
        self.all.iter().find(|protocol| {
            let questionnaire = &protocol.questionnaire;
            questionnaire.name() == name || questionnaire.url() == name || questionnaire.canonical() == name
        })
    }
}

/// The file as text, without the byte order mark that some editors write.
fn text(content: &[u8]) -> Result<&str, Error> {
    let text = std::str::from_utf8(content).map_err(|error| Error::NotUtf8 { at: error.valid_up_to() })?;
    Ok(text.trim_start_matches('\u{feff}'))
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
        text.split(['.', '-', '_', '+']).map(|part| part.parse().map_err(|_| part.to_owned())).collect()
    };
    let (left, right) = (parts(left), parts(right));
    // "1.0" and "1.0.0" are the same version.
    let at = |parts: &[Result<u64, String>], place: usize| parts.get(place).cloned().unwrap_or(Ok(0));
    let places = 0..left.len().max(right.len());
    let mut orders = places.map(|place| match (at(&left, place), at(&right, place)) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        (Err(left), Err(right)) => left.cmp(&right),
        (left, right) => left.is_ok().cmp(&right.is_ok()),
    });
    orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
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
