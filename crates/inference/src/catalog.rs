//! The catalog: which models there are, and where.

use domain::Digest;
use serde::Deserialize;

use crate::Error;

/// What a model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Speech to text.
    Speech,
    /// Sentence embeddings.
    Embedding,
    /// Chat, extraction, notes.
    Language,
}

/// A model of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogEntry {
    /// What it is called on the command line.
    pub name: String,
    /// What it is called on the screen.
    pub title: String,
    /// What it is for.
    pub purpose: Purpose,
    /// BCP 47 primary tags; `*` for many.
    pub languages: Vec<String>,
    /// The name of its file.
    pub file: String,
    /// The file's size.
    pub bytes: u64,
    /// The size is only about right.
    pub bytes_approximate: bool,
    /// Memory that a worker takes with it, roughly.
    pub memory: u64,
    /// SPDX identifier.
    pub licence: String,
    /// The file's SHA-256, where known.
    pub sha256: Option<Digest>,
    /// Addresses, in the order to try.
    pub sources: Vec<String>,
}

impl CatalogEntry {
    /// Whether it knows English and nothing else.
    pub fn is_english_only(&self) -> bool {
        self.languages.iter().all(|language| language == "en")
    }

    /// The most bytes that a download may bring.
    pub(crate) fn most_bytes(&self) -> u64 {
        if self.bytes_approximate { self.bytes.saturating_mul(2) } else { self.bytes }
    }
}

/// Models, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    entries: Vec<CatalogEntry>,
}

impl Catalog {
    /// The catalog that is built in: `models/catalog.toml`.
    ///
    /// # Errors
    /// Never, as a test sees to it.
    pub fn built_in() -> Result<Self, Error> {
        Self::parse(include_str!("../../../models/catalog.toml"))
    }

    /// A catalog from text.
    ///
    /// # Errors
    /// [`Error::Catalog`] with the place.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = |detail: String| Error::Catalog { detail };
        let file: CatalogFile = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        let mut entries: Vec<CatalogEntry> = Vec::new();
        for entry in file.model {
            let sha256 = match entry.sha256.as_str() {
                "" => None,
                text => Some(
                    Digest::try_from(text.to_owned())
                        .map_err(|error| wrong(format!("{}: {error}", entry.name)))?,
                ),
            };
            let plain_name = |text: &str| {
                !text.is_empty()
                    && !text.starts_with('.')
                    && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter))
            };
            if !plain_name(&entry.name) || !plain_name(&entry.file) {
                return Err(wrong(format!("{} is no plain name", entry.name)));
            }
            if entries.iter().any(|other| other.name == entry.name || other.file == entry.file) {
                return Err(wrong(format!("{} is there twice", entry.name)));
            }
            entries.push(CatalogEntry {
                name: entry.name,
                title: entry.title,
                purpose: entry.purpose,
                languages: entry.languages,
                file: entry.file,
                bytes: entry.bytes,
                bytes_approximate: entry.bytes_approximate,
                memory: entry.memory,
                licence: entry.licence,
                sha256,
                sources: entry.sources,
            });
        }
        Ok(Self { entries })
    }

    /// All of them.
    pub fn entries(&self) -> &[CatalogEntry] {
        &self.entries
    }

    /// The one of this name.
    ///
    /// # Errors
    /// [`Error::ModelUnknown`].
    pub fn entry(&self, name: &str) -> Result<&CatalogEntry, Error> {
        self.entries
            .iter()
            .find(|entry| entry.name == name)
            .ok_or_else(|| Error::ModelUnknown { name: name.to_owned() })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogFile {
    #[serde(default)]
    model: Vec<EntryInFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryInFile {
    name: String,
    title: String,
    purpose: Purpose,
    languages: Vec<String>,
    file: String,
    bytes: u64,
    #[serde(default)]
    bytes_approximate: bool,
    memory: u64,
    licence: String,
    sha256: String,
    sources: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_catalog_holds_what_a_clinic_needs() {
        let catalog = Catalog::built_in().unwrap();
        let of = |purpose| catalog.entries().iter().filter(move |entry| entry.purpose == purpose);
        assert!(of(Purpose::Speech).count() >= 7 && of(Purpose::Embedding).count() >= 1);
        assert!(of(Purpose::Language).count() >= 3);
        for entry in catalog.entries() {
            assert!(["MIT", "Apache-2.0"].contains(&entry.licence.as_str()), "{}", entry.name);
            assert!(entry.sources.iter().all(|source| source.starts_with("https://")), "{}", entry.name);
            assert!(entry.memory > entry.bytes && !entry.sources.is_empty(), "{}", entry.name);
        }
    }

    #[test]
    fn a_catalog_that_would_write_outside_its_folder_is_refused() {
        let text = include_str!("../../../models/catalog.toml").replacen(
            "ggml-tiny.en-q5_1.bin\"",
            "../../x.bin\"",
            1,
        );
        assert!(matches!(Catalog::parse(&text), Err(Error::Catalog { .. })));
    }
}
