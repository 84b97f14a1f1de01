//! The brand on this clinic's screens. An installed one lies in the vault, so that it is in every backup; it is shown where the
//! licence includes a brand of one's own and the folder is whole. Everywhere else stands the default, and the administrator is
//! told why: a brand keeps nobody from anything.

use std::sync::{Arc, Mutex, PoisonError};

use branding::{Brand, Fields, File};
use data_encoding::BASE64;
use licence::Feature;
use serde::{Deserialize, Serialize};
use store::Vault;

use crate::rpc::types::{BrandFallback, BrandPicture};
use crate::{Engine, Error};

const NAME: &str = "brand";

/// An installed brand as the vault keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    fields: Fields,
    pictures: Vec<BrandPicture>,
}

/// What the vault holds.
#[derive(Clone)]
pub(crate) enum Installed {
    Nothing,
    Brand(Arc<Brand>, Arc<[BrandPicture]>),
    /// It does not read, or is not fine any more.
    Damaged,
}

/// The brand that is built in, and the installed one as it was last read.
pub(crate) struct Brands {
    builtin: Arc<Brand>,
    held: Mutex<Option<Installed>>,
}

/// The brand to show.
pub(crate) struct InUse {
    pub(crate) brand: Arc<Brand>,
    /// Whether it is the clinic's own.
    pub(crate) installed: bool,
    /// Why the installed one is not shown, where there is one.
    pub(crate) fallback: Option<BrandFallback>,
}

impl Brands {
    pub(crate) fn new() -> Result<Self, Error> {
        let builtin = branding::builtin().map_err(|problems| Error::Brand { problems })?;
        Ok(Self { builtin: Arc::new(builtin), held: Mutex::new(None) })
    }

    /// The default.
    pub(crate) fn builtin(&self) -> Arc<Brand> {
        Arc::clone(&self.builtin)
    }

    /// Forgets what was read: another vault is open, or another brand installed.
    pub(crate) fn forget(&self) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What the vault holds.
    pub(crate) fn installed(&self, vault: &Vault) -> Installed {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.get_or_insert_with(|| read(vault)).clone()
    }
}

fn read(vault: &Vault) -> Installed {
    let stored = match vault.recall(NAME) {
        Ok(Some(stored)) => stored,
        Ok(None) => return Installed::Nothing,
        Err(_) => return Installed::Damaged,
    };
    if stored.is_empty() {
        return Installed::Nothing;
    }
    let Ok(kept) = serde_json::from_slice::<Kept>(&stored) else { return Installed::Damaged };
    match files(&kept.pictures).and_then(|files| branding::check(&kept.fields, &files).ok()) {
        Some(brand) => Installed::Brand(Arc::new(brand), kept.pictures.into()),
        None => Installed::Damaged,
    }
}

/// The pictures' files; none where one of them is not base 64.
pub(crate) fn files(pictures: &[BrandPicture]) -> Option<Vec<File>> {
    let file = |picture: &BrandPicture| {
        let bytes = BASE64.decode(picture.content.as_bytes()).ok()?;
        Some(File { name: picture.name.clone(), bytes })
    };
    pictures.iter().map(file).collect()
}

impl Engine {
    /// The brand to show now.
    pub(crate) fn brand_in_use(&self) -> InUse {
        let default = |fallback| InUse { brand: self.brands.builtin(), installed: false, fallback };
        let Ok(vault) = self.vault() else { return default(None) };
        match self.brands.installed(&vault) {
            Installed::Nothing => default(None),
            Installed::Damaged => default(Some(BrandFallback::Damaged)),
            Installed::Brand(brand, _) if self.includes(&Feature::WHITE_LABEL) => {
                InUse { brand, installed: true, fallback: None }
            }
            Installed::Brand(..) => default(Some(BrandFallback::NotLicensed)),
        }
    }

    /// Keeps a brand that was checked, with no picture that it does not name.
    pub(crate) fn keep_brand(&self, brand: &Brand, mut pictures: Vec<BrandPicture>) -> Result<(), Error> {
        let fields = brand.fields.clone();
        let named = [&fields.logo, &fields.logo_dark, &fields.icon];
        pictures.retain(|picture| named.contains(&&picture.name));
        let stored = serde_json::to_vec(&Kept { fields, pictures }).map_err(|_| Error::WrongState)?;
        self.vault()?.remember(NAME, stored)?;
        self.brands.forget();
        Ok(())
    }

    /// Goes back to the default.
    pub(crate) fn remove_brand(&self) -> Result<(), Error> {
        self.vault()?.remember(NAME, Vec::new())?;
        self.brands.forget();
        Ok(())
    }
}
