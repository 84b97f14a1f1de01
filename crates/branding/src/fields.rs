//! What `brand.toml` says, as it stands there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::Error;

/// What `brand.toml` says, unchecked: a form can show it and change it. An empty text is a key that is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "BrandFields"))]
pub struct Fields {
    /// Whose brand it is: stands on printed pages and under the terms.
    pub company: String,
    /// What the program is called.
    pub product: String,
    /// What stands before a patient's ticket; none for nothing.
    pub ticket_prefix: String,
    /// The application's identifier in the operating system; only a build takes it.
    pub identifier: String,
    /// `#rrggbb`: buttons, links, what is chosen.
    pub primary: String,
    /// `#rrggbb`: marks, and the focus on the primary colour.
    pub secondary: String,
    /// Font families, the first that the machine has; none for the usual ones.
    pub fonts: Vec<String>,
    /// The file of the logo on light grounds.
    pub logo: String,
    /// The file of the logo on dark grounds.
    pub logo_dark: String,
    /// The file of the square icon.
    pub icon: String,
    /// Whom to write to; none for nobody.
    pub email: String,
    /// Whom to call; none for nobody.
    pub phone: String,
    /// When somebody answers, by language.
    pub hours: BTreeMap<String, String>,
    /// What the kiosk says to whoever comes near, by language.
    pub welcome: BTreeMap<String, String>,
    /// The fine print, by language.
    pub legal: BTreeMap<String, String>,
}

/// The keys at the top, and what each table holds. A table of languages holds any.
const TOP: &[&str] = &[
    "company",
    "product",
    "ticket_prefix",
    "identifier",
    "colours",
    "fonts",
    "pictures",
    "support",
    "welcome",
    "legal",
];
const COLOURS: &[&str] = &["primary", "secondary"];
const PICTURES: &[&str] = &["logo", "logo_dark", "icon"];
const SUPPORT: &[&str] = &["email", "phone", "hours"];

const A_TEXT: &str = "a text in quotation marks";
const A_TABLE: &str = "a table, as in [colours]";
const A_LIST: &str = "a list of texts, as in [\"Segoe UI\", \"Noto Sans\"]";
const BY_LANGUAGE: &str = "a table of texts by language, as in en = \"Good morning.\"";

impl Fields {
    /// Reads `brand.toml`. What could be read is given, beside everything that could not.
    pub fn from_toml(text: &str) -> (Self, Vec<Error>) {
        let table = match text.parse::<Table>() {
            Ok(table) => table,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
                let reason = error.message().replace('\n', " ");
                return (Self::default(), vec![Error::Toml { line, reason }]);
            }
        };
        let mut reading = Reading { problems: Vec::new() };
        reading.known("", &table, TOP);
        let mut fields = Self {
            company: reading.text("company", table.get("company")),
            product: reading.text("product", table.get("product")),
            ticket_prefix: reading.text("ticket_prefix", table.get("ticket_prefix")),
            identifier: reading.text("identifier", table.get("identifier")),
            fonts: reading.list("fonts", table.get("fonts")),
            welcome: reading.languages("welcome", table.get("welcome")),
            legal: reading.languages("legal", table.get("legal")),
            ..Self::default()
        };
        if let Some(colours) = reading.table("colours", table.get("colours"), COLOURS) {
            fields.primary = reading.text("colours.primary", colours.get("primary"));
            fields.secondary = reading.text("colours.secondary", colours.get("secondary"));
        }
        if let Some(pictures) = reading.table("pictures", table.get("pictures"), PICTURES) {
            fields.logo = reading.text("pictures.logo", pictures.get("logo"));
            fields.logo_dark = reading.text("pictures.logo_dark", pictures.get("logo_dark"));
            fields.icon = reading.text("pictures.icon", pictures.get("icon"));
        }
        if let Some(support) = reading.table("support", table.get("support"), SUPPORT) {
            fields.email = reading.text("support.email", support.get("email"));
            fields.phone = reading.text("support.phone", support.get("phone"));
            fields.hours = reading.languages("support.hours", support.get("hours"));
        }
        (fields, reading.problems)
    }

    /// As `brand.toml`: what reads back as the same.
    pub fn to_toml(&self) -> String {
        let mut table = Table::new();
        put(&mut table, "company", &self.company);
        put(&mut table, "product", &self.product);
        put(&mut table, "ticket_prefix", &self.ticket_prefix);
        put(&mut table, "identifier", &self.identifier);
        if !self.fonts.is_empty() {
            let fonts = self.fonts.iter().cloned().map(Value::String).collect();
            table.insert("fonts".to_owned(), Value::Array(fonts));
        }
        let mut colours = Table::new();
        put(&mut colours, "primary", &self.primary);
        put(&mut colours, "secondary", &self.secondary);
        put_table(&mut table, "colours", colours);
        let mut pictures = Table::new();
        put(&mut pictures, "logo", &self.logo);
        put(&mut pictures, "logo_dark", &self.logo_dark);
        put(&mut pictures, "icon", &self.icon);
        put_table(&mut table, "pictures", pictures);
        let mut support = Table::new();
        put(&mut support, "email", &self.email);
        put(&mut support, "phone", &self.phone);
        put_table(&mut support, "hours", by_language(&self.hours));
        put_table(&mut table, "support", support);
        put_table(&mut table, "welcome", by_language(&self.welcome));
        put_table(&mut table, "legal", by_language(&self.legal));
        table.to_string()
    }
}

fn put(table: &mut Table, key: &str, value: &str) {
    if !value.is_empty() {
        table.insert(key.to_owned(), Value::String(value.to_owned()));
    }
}

fn put_table(table: &mut Table, key: &str, value: Table) {
    if !value.is_empty() {
        table.insert(key.to_owned(), Value::Table(value));
    }
}

fn by_language(texts: &BTreeMap<String, String>) -> Table {
    texts.iter().map(|(language, text)| (language.clone(), Value::String(text.clone()))).collect()
}

struct Reading {
    problems: Vec<Error>,
}

impl Reading {
    fn known(&mut self, place: &str, table: &Table, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.as_str())) {
            let key = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
            self.problems.push(Error::UnknownKey { key, known: known.join(", ") });
        }
    }

    fn wrong(&mut self, key: &str, write: &'static str) {
        self.problems.push(Error::WrongKind { key: key.to_owned(), write });
    }

    fn text(&mut self, key: &str, value: Option<&Value>) -> String {
        match value {
            Some(Value::String(text)) => text.clone(),
            Some(_) => {
                self.wrong(key, A_TEXT);
                String::new()
            }
            None => String::new(),
        }
    }

    fn list(&mut self, key: &str, value: Option<&Value>) -> Vec<String> {
        let Some(value) = value else { return Vec::new() };
        let texts = value
            .as_array()
            .and_then(|list| list.iter().map(|text| text.as_str().map(str::to_owned)).collect::<Option<_>>());
        texts.unwrap_or_else(|| {
            self.wrong(key, A_LIST);
            Vec::new()
        })
    }

    fn table<'t>(&mut self, key: &str, value: Option<&'t Value>, known: &[&str]) -> Option<&'t Table> {
        let value = value?;
        let Some(table) = value.as_table() else {
            self.wrong(key, A_TABLE);
            return None;
        };
        self.known(key, table, known);
        Some(table)
    }

    fn languages(&mut self, key: &str, value: Option<&Value>) -> BTreeMap<String, String> {
        let Some(value) = value else { return BTreeMap::new() };
        let Some(table) = value.as_table() else {
            self.wrong(key, BY_LANGUAGE);
            return BTreeMap::new();
        };
        let texts = table
            .iter()
            .map(|(language, text)| (language.clone(), self.text(&format!("{key}.{language}"), Some(text))));
        texts.collect()
    }
}
