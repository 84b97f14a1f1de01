//! The clinic's own brand: shown to everybody, previewed, installed and removed by administrators.

use std::collections::BTreeMap;

use branding::{Brand, Error as Problem, Fields, File, Kind, Palette, Picture};
use data_encoding::BASE64;
use licence::Feature;
use store::Object;

use crate::brand::{InUse, Installed, files};
use crate::router::Call;
use crate::rpc::types::{
    BrandChecked, BrandDraft, BrandPicture, BrandProblem, BrandShown, BrandStatus, BrandVerdict, Empty,
};
use crate::{Engine, Error};

/// The most pictures of a folder that are looked at.
const PICTURES_MOST: usize = 16;

pub(crate) fn current(call: &Call<'_>, _: Empty) -> Result<BrandShown, Error> {
    Ok(shown(&call.engine.brand_in_use()))
}

pub(crate) fn status(call: &Call<'_>, _: Empty) -> Result<BrandStatus, Error> {
    status_of(call.engine)
}

pub(crate) fn preview(call: &Call<'_>, request: BrandDraft) -> Result<BrandChecked, Error> {
    let draft = Draft::read(call, request)?;
    let problems = draft.check().err().unwrap_or_default();
    let verdict = |verdict: branding::Verdict| BrandVerdict {
        key: verdict.choice.key().to_owned(),
        colour: verdict.colour.to_string(),
        against: verdict.against.token.to_owned(),
        ratio: verdict.ratio,
        needed: verdict.needed,
        passes: verdict.passes(),
        proposed: verdict.proposed.to_string(),
    };
    Ok(BrandChecked {
        problems: problems.iter().map(problem).collect(),
        verdicts: Brand::verdicts(&draft.fields).into_iter().map(verdict).collect(),
        shown: draft.shown(),
        fields: draft.fields,
    })
}

pub(crate) fn install(call: &Call<'_>, request: BrandDraft) -> Result<BrandStatus, Error> {
    let engine = call.engine;
    engine.require(&Feature::WHITE_LABEL)?;
    let draft = Draft::read(call, request)?;
    let brand = draft.check().map_err(|problems| Error::Brand { problems })?;
    let _turn = engine.turn();
    call.audit(Object::Facility)?;
    engine.keep_brand(&brand, draft.pictures)?;
    status_of(engine)
}

pub(crate) fn remove(call: &Call<'_>, _: Empty) -> Result<BrandStatus, Error> {
    let _turn = call.engine.turn();
    call.audit(Object::Facility)?;
    call.engine.remove_brand()?;
    status_of(call.engine)
}

fn status_of(engine: &Engine) -> Result<BrandStatus, Error> {
    let in_use = engine.brand_in_use();
    let installed = engine.brands.installed(&*engine.vault()?);
    let there = !matches!(installed, Installed::Nothing);
    let (fields, pictures) = match installed {
        Installed::Brand(brand, pictures) => (brand.fields.clone(), pictures.to_vec()),
        Installed::Nothing | Installed::Damaged => default_of(engine),
    };
    Ok(BrandStatus {
        licensed: engine.includes(&Feature::WHITE_LABEL),
        installed: there,
        fallback: in_use.fallback,
        fields,
        pictures,
        shown: shown(&in_use),
    })
}

fn default_of(engine: &Engine) -> (Fields, Vec<BrandPicture>) {
    let brand = engine.brands.builtin();
    let picture = |name: &String, picture: &Picture| BrandPicture {
        name: name.clone(),
        content: BASE64.encode(picture.bytes()),
    };
    let fields = brand.fields.clone();
    let pictures = vec![
        picture(&fields.logo, &brand.logo),
        picture(&fields.logo_dark, &brand.logo_dark),
        picture(&fields.icon, &brand.icon),
    ];
    (fields, pictures)
}

/// A brand that was handed in.
struct Draft {
    fields: Fields,
    /// What did not read of its `brand.toml`.
    unread: Vec<Problem>,
    files: Vec<File>,
    pictures: Vec<BrandPicture>,
    from_toml: bool,
}

impl Draft {
    fn read(call: &Call<'_>, request: BrandDraft) -> Result<Self, Error> {
        let invalid =
            |reason: &str| Error::RequestInvalid { method: call.rule.name, reason: reason.to_owned() };
        if request.pictures.len() > PICTURES_MOST {
            return Err(invalid("a brand has three pictures"));
        }
        let mut files = files(&request.pictures).ok_or_else(|| invalid("a picture is not base 64"))?;
        let from_toml = request.toml.is_some();
        let (fields, unread) = match (request.toml, request.fields) {
            (Some(text), _) => {
                files.push(File { name: branding::FILE.to_owned(), bytes: text.clone().into_bytes() });
                Fields::from_toml(&text)
            }
            (None, Some(fields)) => (fields, Vec::new()),
            (None, None) => (Fields::default(), vec![Problem::NoFile]),
        };
        Ok(Self { fields, unread, files, pictures: request.pictures, from_toml })
    }

    fn check(&self) -> Result<Brand, Vec<Problem>> {
        if self.from_toml {
            Brand::read(&self.files)
        } else if self.unread.is_empty() {
            branding::check(&self.fields, &self.files)
        } else {
            Err(self.unread.clone())
        }
    }

    /// As it would look, as far as it can be shown.
    fn shown(&self) -> BrandShown {
        let fields = &self.fields;
        let colours = fields.primary.trim().parse().ok().zip(fields.secondary.trim().parse().ok());
        let picture = |kind: Kind, name: &str| {
            let file = self.files.iter().find(|file| file.name == name)?;
            Picture::check(kind, name, &file.bytes).ok().map(|picture| picture.data_url())
        };
        BrandShown {
            colours: colours
                .map(|(primary, secondary)| variables(&Palette::derive(primary, secondary)))
                .unwrap_or_default(),
            fonts: Brand::font_families(&fields.fonts),
            logo: picture(Kind::Logo, &fields.logo),
            logo_dark: picture(Kind::LogoDark, &fields.logo_dark),
            icon: picture(Kind::Icon, &fields.icon),
            ..texts(fields)
        }
    }
}

fn texts(fields: &Fields) -> BrandShown {
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    BrandShown {
        installed: true,
        company: fields.company.clone(),
        product: fields.product.clone(),
        ticket_prefix: fields.ticket_prefix.clone(),
        colours: BTreeMap::new(),
        fonts: None,
        logo: None,
        logo_dark: None,
        icon: None,
        email: filled(&fields.email),
        phone: filled(&fields.phone),
        hours: fields.hours.clone(),
        welcome: fields.welcome.clone(),
        legal: fields.legal.clone(),
    }
}

fn shown(in_use: &InUse) -> BrandShown {
    let brand = &in_use.brand;
    let texts = BrandShown { installed: in_use.installed, ..texts(&brand.fields) };
    if !in_use.installed {
        return texts;
    }
    BrandShown {
        colours: variables(&brand.palette),
        fonts: Brand::font_families(&brand.fields.fonts),
        logo: Some(brand.logo.data_url()),
        logo_dark: Some(brand.logo_dark.data_url()),
        icon: Some(brand.icon.data_url()),
        ..texts
    }
}

fn variables(palette: &Palette) -> BTreeMap<String, String> {
    palette.variables().into_iter().map(|(name, colour)| (name.to_owned(), colour.to_string())).collect()
}

fn problem(problem: &Problem) -> BrandProblem {
    let (value, wanted) = problem.values();
    BrandProblem {
        key: problem.key().to_owned(),
        kind: problem.kind().to_owned(),
        value,
        wanted,
        proposed: problem.proposed().map(|colour| colour.to_string()),
        said: problem.to_string(),
    }
}
