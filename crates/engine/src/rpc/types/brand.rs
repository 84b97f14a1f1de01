//! The brand: what the screens show of it, and what an administrator installs.

use std::collections::BTreeMap;

use branding::Fields;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The brand on the screens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BrandShown {
    /// Whether it is the clinic's own. The default one has its colours and its mark in the screens.
    pub installed: bool,
    /// Whose brand it is.
    pub company: String,
    /// What the program is called.
    pub product: String,
    /// What stands before a ticket; none for nothing.
    pub ticket_prefix: String,
    /// The CSS variables of the colours, by name; none for the default.
    pub colours: BTreeMap<String, String>,
    /// Font families, as CSS writes them.
    pub fonts: Option<String>,
    /// On light grounds, as a `data:` address; none for the default.
    pub logo: Option<String>,
    /// On dark grounds.
    pub logo_dark: Option<String>,
    /// The square one.
    pub icon: Option<String>,
    /// Whom to write to.
    pub email: Option<String>,
    /// Whom to call.
    pub phone: Option<String>,
    /// When somebody answers, by language.
    pub hours: BTreeMap<String, String>,
    /// What the kiosk says to whoever comes near, by language.
    pub welcome: BTreeMap<String, String>,
    /// The fine print, by language.
    pub legal: BTreeMap<String, String>,
}

/// A picture of a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BrandPicture {
    /// The file's name, as `brand.toml` has it.
    pub name: String,
    /// What the file holds, in base 64.
    pub content: String,
}

/// A brand that is to be checked or installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BrandDraft {
    /// The text of `brand.toml`, as it stands in a folder; wins over the fields.
    pub toml: Option<String>,
    /// What a form says instead.
    pub fields: Option<Fields>,
    /// The pictures that it names.
    pub pictures: Vec<BrandPicture>,
}

/// One thing that is wrong with a brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BrandProblem {
    /// The key of `brand.toml`.
    pub key: String,
    /// What is wrong, by its stable name.
    pub kind: String,
    /// What stands there.
    pub value: String,
    /// What should, or the limit that it breaks.
    pub wanted: String,
    /// The colour to take instead, where it is about contrast.
    pub proposed: Option<String>,
    /// The whole sentence, in English.
    pub said: String,
}

/// What the screens make of one of the two colours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BrandVerdict {
    /// `colours.primary` or `colours.secondary`.
    pub key: String,
    /// The colour.
    pub colour: String,
    /// Where it does worst: a name of `tokens.css`.
    pub against: String,
    /// The contrast there, by WCAG 2.x.
    pub ratio: f32,
    /// The contrast that it needs there.
    pub needed: f32,
    /// Whether it passes everywhere.
    pub passes: bool,
    /// The nearest shade that does: the colour itself where it passes.
    pub proposed: String,
}

/// What was found of a brand, and how it would look. Where a colour cannot be read, the nearest shade stands in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BrandChecked {
    /// What it says, for a form.
    pub fields: Fields,
    /// All that is wrong; nothing for a brand that is fine.
    pub problems: Vec<BrandProblem>,
    /// One for each colour that is one.
    pub verdicts: Vec<BrandVerdict>,
    /// How it would look.
    pub shown: BrandShown,
}

/// Why an installed brand is not on the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BrandFallback {
    /// The licence does not include it, or does no longer.
    NotLicensed,
    /// What was kept of it does not read, or is not fine by the rules of this version.
    Damaged,
}

/// What is installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BrandStatus {
    /// Whether the licence includes a brand of one's own.
    pub licensed: bool,
    /// Whether there is one in the vault, shown or not.
    pub installed: bool,
    /// Why it is not shown, where it is not.
    pub fallback: Option<BrandFallback>,
    /// What it says, to be changed: the installed one, else the default.
    pub fields: Fields,
    /// Its pictures.
    pub pictures: Vec<BrandPicture>,
    /// What stands on the screens.
    pub shown: BrandShown,
}
