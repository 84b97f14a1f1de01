//! What the program asks for.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// Something that a licence includes or does not. A name that this build does not know is kept, and included in nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Feature(Cow<'static, str>);

impl Feature {
    /// Typed and touched conversations.
    pub const TEXT: Self = Self(Cow::Borrowed("text"));
    /// Spoken conversations.
    pub const VOICE: Self = Self(Cow::Borrowed("voice"));
    /// The dashboard.
    pub const ANALYTICS: Self = Self(Cow::Borrowed("analytics"));
    /// The compliance reports.
    pub const COMPLIANCE_REPORTS: Self = Self(Cow::Borrowed("compliance-reports"));
    /// Several sites (tenants) under one roof.
    pub const SEVERAL_SITES: Self = Self(Cow::Borrowed("several-sites"));
    /// The clinic's own name and colours.
    pub const WHITE_LABEL: Self = Self(Cow::Borrowed("white-label"));
    /// Other destinations, and an inference endpoint of the facility.
    pub const CUSTOM_INTEGRATIONS: Self = Self(Cow::Borrowed("custom-integrations"));

    /// Every feature that this build knows.
    pub const ALL: [Self; 7] = [
        Self::TEXT,
        Self::VOICE,
        Self::ANALYTICS,
        Self::COMPLIANCE_REPORTS,
        Self::SEVERAL_SITES,
        Self::WHITE_LABEL,
        Self::CUSTOM_INTEGRATIONS,
    ];

    /// Its name, as it stands in licences.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A name from a licence, known or not.
    pub(crate) fn named(name: String) -> Self {
        Self(Cow::Owned(name))
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Feature {
    type Err = Error;

    /// A feature that this build knows: for whoever types one.
    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|feature| feature.as_str() == name).ok_or_else(|| Error::UnknownFeature {
            name: name.to_owned(),
            known: Self::ALL.map(|feature| feature.0).join(", "),
        })
    }
}
