//! Everything that can be wrong with a brand, found at once.

use std::collections::BTreeMap;

use crate::palette::Choice;
use crate::{Colour, Error, Fields, Kind, Palette, Picture, Verdict};

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without a path.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A brand that was checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Brand {
    /// What `brand.toml` says, without white space around its texts.
    pub fields: Fields,
    /// The screens' colours.
    pub palette: Palette,
    /// On light grounds.
    pub logo: Picture,
    /// On dark grounds.
    pub logo_dark: Picture,
    /// A square.
    pub icon: Picture,
}

/// Whom to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Support<'b> {
    /// None where there is nobody to write to.
    pub email: Option<&'b str>,
    /// None where there is nobody to call.
    pub phone: Option<&'b str>,
}

/// Fonts that are part of Windows, macOS or the usual Linux desktops. The screens' own list follows whatever a brand says.
const FONTS: &[&str] = &[
    "Segoe UI",
    "Segoe UI Variable Text",
    "Arial",
    "Calibri",
    "Verdana",
    "Tahoma",
    "Trebuchet MS",
    "Georgia",
    "Times New Roman",
    "Helvetica",
    "Helvetica Neue",
    "Avenir Next",
    "Palatino",
    "Noto Sans",
    "Noto Serif",
    "DejaVu Sans",
    "DejaVu Serif",
    "Liberation Sans",
    "Liberation Serif",
    "Ubuntu",
    "Cantarell",
];
/// What a list may end with: any machine has one.
const GENERIC: &[&str] = &["system-ui", "sans-serif", "serif"];

const COMPANY_MOST: usize = 60;
const PRODUCT_MOST: usize = 30;
const HOURS_MOST: usize = 80;
/// As much as a clinic's own greeting may hold.
const WELCOME_MOST: usize = 200;
const LEGAL_MOST: usize = 400;
const PREFIX_MOST: usize = 3;
const FONTS_MOST: usize = 6;
/// RFC 5321, 4.5.3.1.3, less the brackets.
const EMAIL_MOST: usize = 254;
const PHONE_MOST: usize = 30;

/// The default brand's folder.
const BUILTIN: [(&str, &[u8]); 4] = [
    (crate::FILE, include_bytes!("../../../branding/default/brand.toml")),
    ("logo.svg", include_bytes!("../../../branding/default/logo.svg")),
    ("logo-dark.svg", include_bytes!("../../../branding/default/logo-dark.svg")),
    ("icon.svg", include_bytes!("../../../branding/default/icon.svg")),
];

/// The brand that the program is built with.
///
/// # Errors
/// What is wrong with `branding/default`: a fault of the build.
pub fn builtin() -> Result<Brand, Vec<Error>> {
    let files = BUILTIN.map(|(name, bytes)| File { name: name.to_owned(), bytes: bytes.to_vec() });
    Brand::read(&files)
}

impl Brand {
    /// Reads and checks a folder.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(files: &[File]) -> Result<Self, Vec<Error>> {
        let Some(file) = files.iter().find(|file| file.name == crate::FILE) else {
            return Err(vec![Error::NoFile]);
        };
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            return Err(vec![Error::Toml { line: 1, reason: "it is not UTF-8".to_owned() }]);
        };
        let (fields, mut problems) = Fields::from_toml(text);
        if matches!(problems.as_slice(), [Error::Toml { .. }]) {
            return Err(problems);
        }
        match check(&fields, files) {
            Ok(brand) if problems.is_empty() => Ok(brand),
            Ok(_) => Err(problems),
            Err(found) => {
                // What is of the wrong kind is also missing; once is enough.
                let known: Vec<_> = problems.iter().map(|problem| problem.key().to_owned()).collect();
                let missing = |problem: &Error| matches!(problem, Error::Missing { key, .. } if known.iter().any(|known| key == known || key.starts_with(&format!("{known}."))));
                problems.extend(found.into_iter().filter(|problem| !missing(problem)));
                Err(problems)
            }
        }
    }

    /// Whom to ask.
    pub fn support(&self) -> Support<'_> {
        let filled = |text: &&str| !text.is_empty();
        Support {
            email: Some(self.fields.email.as_str()).filter(filled),
            phone: Some(self.fields.phone.as_str()).filter(filled),
        }
    }

    /// Whom to call and to write to, on one line; empty where there is nobody.
    pub fn contact_line(&self) -> String {
        let support = self.support();
        support.phone.into_iter().chain(support.email).collect::<Vec<_>>().join(" · ")
    }

    /// The fonts that machines have out of a list, as CSS writes them; none where there is none.
    pub fn font_families(names: &[String]) -> Option<String> {
        let families = names.iter().map(|name| name.trim()).filter_map(|name| {
            let known = FONTS.contains(&name).then(|| format!("\"{name}\""));
            known.or_else(|| GENERIC.contains(&name).then(|| name.to_owned()))
        });
        let list = families.collect::<Vec<_>>().join(", ");
        (!list.is_empty()).then_some(list)
    }

    /// What the screens make of the two colours, as they are.
    pub fn verdicts(fields: &Fields) -> Vec<Verdict> {
        let Ok(primary) = fields.primary.trim().parse::<Colour>() else { return Vec::new() };
        let verdict = Choice::Primary.judge(primary, primary);
        let accent = verdict.proposed;
        let secondary = fields.secondary.trim().parse::<Colour>().ok();
        let second = secondary.map(|secondary| Choice::Secondary.judge(secondary, accent));
        std::iter::once(verdict).chain(second).collect()
    }
}

/// Checks what `brand.toml` says, and the pictures that it names.
///
/// # Errors
/// Everything that is wrong.
pub fn check(fields: &Fields, files: &[File]) -> Result<Brand, Vec<Error>> {
    let mut checking = Checking { problems: Vec::new() };
    let fields = Fields {
        company: checking.needed("company", &fields.company, COMPANY_MOST, "company = \"Acme Healthcare\""),
        product: checking.needed("product", &fields.product, PRODUCT_MOST, "product = \"Acme Intake\""),
        ticket_prefix: checking.prefix(&fields.ticket_prefix),
        identifier: checking.identifier(&fields.identifier),
        primary: checking.colour_text(
            "colours.primary",
            &fields.primary,
            "primary = \"#0e5a63\" under [colours]",
        ),
        secondary: checking.colour_text(
            "colours.secondary",
            &fields.secondary,
            "secondary = \"#f2c572\" under [colours]",
        ),
        fonts: checking.fonts(&fields.fonts),
        logo: fields.logo.trim().to_owned(),
        logo_dark: fields.logo_dark.trim().to_owned(),
        icon: fields.icon.trim().to_owned(),
        email: checking.email(&fields.email),
        phone: checking.phone(&fields.phone),
        hours: checking.languages("support.hours", &fields.hours, HOURS_MOST),
        welcome: checking.languages("welcome", &fields.welcome, WELCOME_MOST),
        legal: checking.languages("legal", &fields.legal, LEGAL_MOST),
    };
    for verdict in Brand::verdicts(&fields).into_iter().filter(|verdict| !verdict.passes()) {
        checking.problems.push(Error::Contrast {
            key: verdict.choice.key().to_owned(),
            colour: verdict.colour,
            against: verdict.against.colour,
            surface: verdict.against.name,
            ratio: verdict.ratio,
            needed: verdict.needed,
            proposed: verdict.proposed,
        });
    }
    let logo = checking.picture(Kind::Logo, &fields.logo, files, "logo = \"logo.svg\" under [pictures]");
    let logo_dark = checking.picture(
        Kind::LogoDark,
        &fields.logo_dark,
        files,
        "logo_dark = \"logo-dark.svg\" under [pictures]",
    );
    let icon = checking.picture(Kind::Icon, &fields.icon, files, "icon = \"icon.svg\" under [pictures]");
    let colours = fields.primary.parse::<Colour>().ok().zip(fields.secondary.parse::<Colour>().ok());
    match (colours, logo, logo_dark, icon) {
        (Some((primary, secondary)), Some(logo), Some(logo_dark), Some(icon))
            if checking.problems.is_empty() =>
        {
            Ok(Brand { palette: Palette::derive(primary, secondary), fields, logo, logo_dark, icon })
        }
        _ => Err(checking.problems),
    }
}

struct Checking {
    problems: Vec<Error>,
}

/// Marks that turn the direction of writing or are not seen: a name could read as another (Unicode TR 36).
const fn is_hidden(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl Checking {
    /// The text without white space around it, where it fits.
    fn text(&mut self, key: &str, text: &str, most: usize) -> String {
        let text = text.trim().to_owned();
        let length = text.chars().count();
        if length > most {
            self.problems.push(Error::TooLong { key: key.to_owned(), length, most });
        }
        if text.chars().any(|sign| sign.is_control() || is_hidden(sign)) {
            self.problems.push(Error::Control { key: key.to_owned() });
        }
        text
    }

    fn needed(&mut self, key: &str, text: &str, most: usize, write: &'static str) -> String {
        let text = self.text(key, text, most);
        if text.is_empty() {
            self.problems.push(Error::Missing { key: key.to_owned(), write });
        }
        text
    }

    fn colour_text(&mut self, key: &str, text: &str, write: &'static str) -> String {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            self.problems.push(Error::Missing { key: key.to_owned(), write });
        } else if text.parse::<Colour>().is_err() {
            self.problems.push(Error::Colour { key: key.to_owned(), value: shown(&text) });
        }
        text
    }

    fn prefix(&mut self, text: &str) -> String {
        let text = text.trim();
        if text.len() > PREFIX_MOST || !text.bytes().all(|letter| letter.is_ascii_uppercase()) {
            self.problems.push(Error::Prefix { key: "ticket_prefix".to_owned(), value: shown(text) });
        }
        text.to_owned()
    }

    fn identifier(&mut self, text: &str) -> String {
        let text = text.trim();
        let part = |part: &str| {
            let mut letters = part.bytes();
            letters.next().is_some_and(|first| first.is_ascii_alphabetic())
                && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == b'-')
        };
        let fits = text.len() <= 100 && text.split('.').count() >= 2 && text.split('.').all(part);
        // macOS forbids `.app` at the end: it is the bundle's own extension.
        if !text.is_empty() && (!fits || text.ends_with(".app")) {
            self.problems.push(Error::Identifier { key: "identifier".to_owned(), value: shown(text) });
        }
        text.to_owned()
    }

    fn fonts(&mut self, names: &[String]) -> Vec<String> {
        if names.len() > FONTS_MOST {
            self.problems.push(Error::TooLong {
                key: "fonts".to_owned(),
                length: names.len(),
                most: FONTS_MOST,
            });
        }
        let names: Vec<_> = names.iter().map(|name| name.trim().to_owned()).collect();
        for name in &names {
            if !FONTS.contains(&name.as_str()) && !GENERIC.contains(&name.as_str()) {
                let known = FONTS.iter().chain(GENERIC).copied().collect::<Vec<_>>().join(", ");
                self.problems.push(Error::Font { key: "fonts".to_owned(), value: shown(name), known });
            }
        }
        names
    }

    fn email(&mut self, text: &str) -> String {
        let text = text.trim();
        let fits = text.len() <= EMAIL_MOST
            && text.split_once('@').is_some_and(|(local, domain)| {
                let plain = |part: &str| {
                    part.chars().all(|sign| sign.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(sign))
                };
                !local.is_empty()
                    && domain.split('.').count() >= 2
                    && domain.split('.').all(|part| !part.is_empty())
                    && plain(local)
                    && plain(domain)
            });
        if !text.is_empty() && !fits {
            self.problems.push(Error::Email { key: "support.email".to_owned(), value: shown(text) });
        }
        text.to_owned()
    }

    fn phone(&mut self, text: &str) -> String {
        let text = text.trim();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let plain = text.chars().all(|sign| sign.is_ascii_digit() || "+-() ./".contains(sign));
        if !text.is_empty() && (!plain || digits < 3 || text.len() > PHONE_MOST) {
            self.problems.push(Error::Phone { key: "support.phone".to_owned(), value: shown(text) });
        }
        text.to_owned()
    }

    fn languages(
        &mut self,
        key: &str,
        texts: &BTreeMap<String, String>,
        most: usize,
    ) -> BTreeMap<String, String> {
        let mut kept = BTreeMap::new();
        for (language, text) in texts {
            let text = self.text(&format!("{key}.{language}"), text, most);
            if !is_tag(language) {
                self.problems.push(Error::Language { key: key.to_owned(), value: shown(language) });
            } else if !text.is_empty() {
                kept.insert(language.clone(), text);
            }
        }
        kept
    }

    fn picture(&mut self, kind: Kind, name: &str, files: &[File], write: &'static str) -> Option<Picture> {
        let key = kind.key().to_owned();
        if name.is_empty() {
            self.problems.push(Error::Missing { key, write });
            return None;
        }
        let lower = name.to_ascii_lowercase();
        let plain = name.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-_.@".contains(&letter));
        if !plain
            || name.starts_with('.')
            || name.len() > 64
            || !(lower.ends_with(".svg") || lower.ends_with(".png"))
        {
            self.problems.push(Error::FileName { key, value: shown(name) });
            return None;
        }
        let Some(file) = files.iter().find(|file| file.name == name) else {
            self.problems.push(Error::FileMissing { key, value: name.to_owned() });
            return None;
        };
        Picture::check(kind, name, &file.bytes).map_err(|problems| self.problems.extend(problems)).ok()
    }
}

/// A tag of a language, with a script or a region or without (RFC 5646's usual ones).
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|letter| letter.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphanumeric())
        })
}

/// So much of a wrong value as helps to find it.
fn shown(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control() && !is_hidden(*sign)).take(60).collect()
}
