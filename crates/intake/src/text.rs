//! Text in several languages, by FHIR's standard translation extension.

use std::collections::BTreeMap;

use domain::Language;
use serde_json::{Map, Value};

const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";

/// A text and its translations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    original: String,
    translations: BTreeMap<Language, String>,
}

impl Text {
    /// A text without translations.
    pub fn untranslated(original: impl Into<String>) -> Self {
        Self { original: original.into(), translations: BTreeMap::new() }
    }

    /// The text with its translation to one language more.
    pub(crate) fn with(mut self, language: Language, translation: impl Into<String>) -> Self {
        self.translations.insert(language, translation.into());
        self
    }

    /// Reads `object[name]` with the translations in `object["_name"]`; `None` where there is no such string, or an empty one.
    pub(crate) fn read(object: &Map<String, Value>, name: &str) -> Option<Self> {
        let original = object.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())?.to_owned();
        let shadow = object.get(&format!("_{name}"));
        let translations = shadow
            .and_then(|shadow| shadow.get("extension"))
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter(|extension| extension.get("url").and_then(Value::as_str) == Some(TRANSLATION))
            .filter_map(translation)
            .collect();
        Some(Self { original, translations })
    }

    /// The text in the language; its translation for the language without region ("es" for "es-MX"); else the original.
    pub fn get(&self, language: &Language) -> &str {
        self.translations
            .get(language)
            .or_else(|| self.translations.get(&Language::new(language.primary())))
            .unwrap_or(&self.original)
    }

    /// The text as the questionnaire's own language has it.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// The languages that it has been translated to.
    pub fn translated(&self) -> impl Iterator<Item = &Language> {
        self.translations.keys()
    }

    /// The original and every translation.
    pub(crate) fn every(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.original.as_str()).chain(self.translations.values().map(String::as_str))
    }
}

fn translation(extension: &Value) -> Option<(Language, String)> {
    let parts = extension.get("extension")?.as_array()?;
    let part = |url: &str, value: &str| {
        let part = parts.iter().find(|part| part.get("url").and_then(Value::as_str) == Some(url))?;
        part.get(value)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    };
    let content = part("content", "valueString").or_else(|| part("content", "valueMarkdown"))?;
    Some((Language::new(part("lang", "valueCode")?), content.to_owned()))
}
