//! The tiers that are sold: a table, turned into limits and features when a licence is issued.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{Error, Feature, Limits};

/// The table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tiers {
    unlicensed: Unlicensed,
    issue: Issue,
    tier: Vec<Tier>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unlicensed {
    evaluation_tier: String,
    evaluation_days: u32,
    fallback_tier: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Issue {
    grace_days: u32,
    file_days: u32,
}

/// One of them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// What it is sold as.
    pub name: String,
    /// Encounters a month; `None` for as many as one likes.
    pub conversations_per_month: Option<u64>,
    /// Devices; `None` for as many as one likes.
    pub devices: Option<u32>,
    /// What is included.
    pub features: BTreeSet<Feature>,
    /// The support, in words.
    pub support: Option<String>,
}

impl Tier {
    /// How much it includes.
    pub fn limits(&self) -> Limits {
        Limits { conversations_per_month: self.conversations_per_month, devices: self.devices }
    }
}

impl Tiers {
    /// The table of this build.
    ///
    /// # Errors
    /// [`Error::Invalid`]: a fault of the build.
    pub fn builtin() -> Result<Self, Error> {
        Self::from_toml(include_str!("../tiers.toml"))
    }

    /// A table from its file.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is no table, names a feature that this build does not know, or a tier that it lacks.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let invalid = |reason| Error::Invalid { field: "tiers".to_owned(), reason };
        let tiers: Self = toml::from_str(text).map_err(|_| invalid("the table of tiers does not read"))?;
        for tier in &tiers.tier {
            for feature in &tier.features {
                feature.as_str().parse::<Feature>()?;
            }
        }
        tiers.find(&tiers.unlicensed.evaluation_tier)?;
        tiers.find(&tiers.unlicensed.fallback_tier)?;
        Ok(tiers)
    }

    /// The tier of a name.
    ///
    /// # Errors
    /// [`Error::UnknownTier`].
    pub fn find(&self, name: &str) -> Result<&Tier, Error> {
        self.tier.iter().find(|tier| tier.name == name).ok_or_else(|| Error::UnknownTier {
            name: name.to_owned(),
            known: self.tier.iter().map(|tier| tier.name.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    /// What an evaluation includes, and for how many days.
    pub(crate) fn evaluation(&self) -> (Option<&Tier>, u32) {
        (self.find(&self.unlicensed.evaluation_tier).ok(), self.unlicensed.evaluation_days)
    }

    /// What remains without a licence.
    pub(crate) fn fallback(&self) -> Option<&Tier> {
        self.find(&self.unlicensed.fallback_tier).ok()
    }

    /// How many grace days a licence gets unless something else is said.
    pub fn grace_days(&self) -> u32 {
        self.issue.grace_days
    }

    /// How many days a licence's file can be installed unless something else is said.
    pub fn file_days(&self) -> u32 {
        self.issue.file_days
    }
}
