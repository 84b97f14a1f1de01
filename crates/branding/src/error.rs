//! What is wrong with a brand: one value for each thing, so that all of them can be shown together.

use domain::{Coded, ErrorCode};

use crate::{Colour, MOST_BYTES};

/// One thing that is wrong. Its message names the key or the file, and what to write instead.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file does not parse.
    #[error(
        "brand.toml, line {line}: this is not TOML ({reason}); compare it with branding/default/brand.toml"
    )]
    Toml {
        /// From 1.
        line: usize,
        /// The parser's words.
        reason: String,
    },
    /// The folder has no `brand.toml`.
    #[error("there is no brand.toml in the folder; copy branding/default and change it")]
    NoFile,
    /// A key that nothing reads.
    #[error("{key}: there is no such key; take it out, or write one of {known}")]
    UnknownKey {
        /// With its table, `colours.primary`.
        key: String,
        /// The keys that there are.
        known: String,
    },
    /// A key that must be there.
    #[error("{key} is missing; write {write}")]
    Missing {
        /// The key.
        key: String,
        /// An example.
        write: &'static str,
    },
    /// A value of another type.
    #[error("{key} is of the wrong kind; write {write}")]
    WrongKind {
        /// The key.
        key: String,
        /// An example.
        write: &'static str,
    },
    /// A text that is too long for where it stands.
    #[error("{key} has {length} characters; write at most {most}")]
    TooLong {
        /// The key.
        key: String,
        /// Characters that it has.
        length: usize,
        /// The most that fit.
        most: usize,
    },
    /// Line breaks, control characters, marks that turn the direction of writing.
    #[error(
        "{key} holds a control character or a mark that turns the direction of writing; write plain text on one line"
    )]
    Control {
        /// The key.
        key: String,
    },
    /// Not a colour.
    #[error("{key}: {value:?} is not a colour; write # and six hexadecimal digits, as in \"#0e5a63\"")]
    Colour {
        /// The key.
        key: String,
        /// What stands there.
        value: String,
    },
    /// A colour that cannot be read or seen where it is used.
    #[error(
        "{key}: {colour} on {against} ({surface}) has a contrast of {ratio:.2}:1 and needs {needed}:1; write \"{proposed}\", \
         the nearest shade that has it everywhere"
    )]
    Contrast {
        /// The key.
        key: String,
        /// The brand's colour.
        colour: Colour,
        /// What it stands on or beside.
        against: Colour,
        /// What that is.
        surface: &'static str,
        /// How much contrast there is, by WCAG 2.x.
        ratio: f32,
        /// How much there must be.
        needed: f32,
        /// The nearest shade that passes.
        proposed: Colour,
    },
    /// A font that a machine may not have.
    #[error("{key}: no machine is sure to have {value:?}; write names out of {known}")]
    Font {
        /// The key.
        key: String,
        /// The name.
        value: String,
        /// The names that there are.
        known: String,
    },
    /// Not an e-mail address.
    #[error("{key}: {value:?} is not an e-mail address; write one as in \"support@example.org\"")]
    Email {
        /// The key.
        key: String,
        /// What stands there.
        value: String,
    },
    /// Not a telephone number.
    #[error(
        "{key}: {value:?} is not a telephone number; write digits, spaces, + - ( ), as in \"+1 555 0100\""
    )]
    Phone {
        /// The key.
        key: String,
        /// What stands there.
        value: String,
    },
    /// Not the name of a language.
    #[error("{key}: {value:?} is not the name of a language; write a tag as in \"en\" or \"es\"")]
    Language {
        /// The table.
        key: String,
        /// The key in it.
        value: String,
    },
    /// A prefix that cannot be read out at a counter.
    #[error(
        "{key}: {value:?} cannot be called at a counter; write one to three capital letters, A to Z, or leave it out"
    )]
    Prefix {
        /// The key.
        key: String,
        /// What stands there.
        value: String,
    },
    /// Not an application's identifier.
    #[error(
        "{key}: {value:?} is not an identifier; write a reversed domain name of letters, digits and -, as in \"com.example.intake\""
    )]
    Identifier {
        /// The key.
        key: String,
        /// What stands there.
        value: String,
    },
    /// Not the name of a picture in the folder.
    #[error(
        "{key}: {value:?} is not the name of a picture; write a file's name without a path that ends in .svg or .png"
    )]
    FileName {
        /// The key.
        key: String,
        /// What stands there.
        value: String,
    },
    /// The picture is not in the folder.
    #[error("{key}: there is no file {value:?} in the folder; put it there, or correct the name")]
    FileMissing {
        /// The key.
        key: String,
        /// The file.
        value: String,
    },
    /// A picture that is too large for a start screen.
    #[error("{key}: {value} holds {bytes} bytes; make it smaller than {MOST_BYTES}")]
    FileTooLarge {
        /// The key.
        key: String,
        /// The file.
        value: String,
        /// What it holds.
        bytes: usize,
    },
    /// Not a picture of the kind that its name says.
    #[error("{key}: {value} is not a picture ({reason}); save it again as SVG or PNG")]
    Picture {
        /// The key.
        key: String,
        /// The file.
        value: String,
        /// Why.
        reason: String,
    },
    /// An SVG that does more than draw.
    #[error(
        "{key}: {value} holds {what}; save it as plain SVG, without scripts, links and anything from outside"
    )]
    Active {
        /// The key.
        key: String,
        /// The file.
        value: String,
        /// The element or attribute.
        what: String,
    },
    /// A picture of a size that looks poor.
    #[error("{key}: {value} measures {width} x {height}; write one of {wanted}")]
    Size {
        /// The key.
        key: String,
        /// The file.
        value: String,
        /// In pixels, or an SVG's own units.
        width: u32,
        /// In pixels, or an SVG's own units.
        height: u32,
        /// What it must measure.
        wanted: &'static str,
    },
}

impl Error {
    /// The key of `brand.toml` that it is about.
    pub fn key(&self) -> &str {
        match self {
            Self::Toml { .. } | Self::NoFile => crate::FILE,
            Self::UnknownKey { key, .. }
            | Self::Missing { key, .. }
            | Self::WrongKind { key, .. }
            | Self::TooLong { key, .. }
            | Self::Control { key }
            | Self::Colour { key, .. }
            | Self::Contrast { key, .. }
            | Self::Font { key, .. }
            | Self::Email { key, .. }
            | Self::Phone { key, .. }
            | Self::Language { key, .. }
            | Self::Prefix { key, .. }
            | Self::Identifier { key, .. }
            | Self::FileName { key, .. }
            | Self::FileMissing { key, .. }
            | Self::FileTooLarge { key, .. }
            | Self::Picture { key, .. }
            | Self::Active { key, .. }
            | Self::Size { key, .. } => key,
        }
    }

    /// Its stable name, by which a screen finds its own sentence.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Toml { .. } => "toml",
            Self::NoFile => "no-file",
            Self::UnknownKey { .. } => "unknown-key",
            Self::Missing { .. } => "missing",
            Self::WrongKind { .. } => "wrong-kind",
            Self::TooLong { .. } => "too-long",
            Self::Control { .. } => "control",
            Self::Colour { .. } => "colour",
            Self::Contrast { .. } => "contrast",
            Self::Font { .. } => "font",
            Self::Email { .. } => "email",
            Self::Phone { .. } => "phone",
            Self::Language { .. } => "language",
            Self::Prefix { .. } => "prefix",
            Self::Identifier { .. } => "identifier",
            Self::FileName { .. } => "file-name",
            Self::FileMissing { .. } => "file-missing",
            Self::FileTooLarge { .. } => "file-too-large",
            Self::Picture { .. } => "picture",
            Self::Active { .. } => "active",
            Self::Size { .. } => "size",
        }
    }

    /// What a sentence about it fills in: what stands there, and the limit that it breaks.
    pub fn values(&self) -> (String, String) {
        let none = String::new;
        match self {
            Self::Toml { line, reason } => (line.to_string(), reason.clone()),
            Self::NoFile | Self::Control { .. } => (none(), none()),
            Self::UnknownKey { known, .. } => (none(), known.clone()),
            Self::Missing { write, .. } | Self::WrongKind { write, .. } => (none(), (*write).to_owned()),
            Self::TooLong { length, most, .. } => (length.to_string(), most.to_string()),
            Self::Contrast { ratio, needed, .. } => (format!("{ratio:.2}"), needed.to_string()),
            Self::Font { value, known, .. } => (value.clone(), known.clone()),
            Self::Colour { value, .. }
            | Self::Email { value, .. }
            | Self::Phone { value, .. }
            | Self::Language { value, .. }
            | Self::Prefix { value, .. }
            | Self::Identifier { value, .. }
            | Self::FileName { value, .. }
            | Self::FileMissing { value, .. } => (value.clone(), none()),
            Self::FileTooLarge { value, .. } => (value.clone(), MOST_BYTES.to_string()),
            Self::Picture { value, reason, .. } => (value.clone(), reason.clone()),
            Self::Active { value, what, .. } => (value.clone(), what.clone()),
            Self::Size { value, width, height, wanted, .. } => {
                (format!("{value}, {width} x {height}"), (*wanted).to_owned())
            }
        }
    }

    /// The shade to take instead, where it is about contrast.
    pub const fn proposed(&self) -> Option<Colour> {
        match self {
            Self::Contrast { proposed, .. } => Some(*proposed),
            _ => None,
        }
    }
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        ErrorCode::BrandInvalid
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![("key", self.key().to_owned())]
    }
}
