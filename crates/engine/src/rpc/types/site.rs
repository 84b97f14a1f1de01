//! The places at which a clinic sees patients.

use domain::SiteId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Site {
    /// Which.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Whether no patients are seen there any more.
    pub closed: bool,
}

/// The sites, the open ones first, each by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sites {
    /// All that there ever were.
    pub sites: Vec<Site>,
    /// Where this device stands.
    pub here: Option<SiteId>,
}

/// Adds a site.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AddSite {
    /// Its name.
    pub name: String,
}

/// Calls a site something else.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RenameSite {
    /// Which.
    pub site: SiteId,
    /// Its name from here on.
    pub name: String,
}

/// Names a site.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct SiteOf {
    /// Which.
    pub site: SiteId,
}

/// Says where this device stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct PlaceDevice {
    /// At which site; none for none.
    pub site: Option<SiteId>,
}
