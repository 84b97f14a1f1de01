//! What a facility may do, from what it has: the licence or none, what was revoked, the time, the month's use.

use std::collections::BTreeSet;

use domain::Timestamp;
use serde::Serialize;

use crate::{
    Contact, Day, Doubt, Error, Feature, Fingerprint, Judged, Level, Licence, LicenceId, Limits, Meter,
    Revocations, Tier, Tiers,
};

/// Everything that an entitlement follows from.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    /// The newest installed licence.
    pub licence: Option<&'a Licence>,
    /// The newest installed list of revoked ones.
    pub revocations: Option<&'a Revocations>,
    /// This facility.
    pub facility: Fingerprint,
    /// When the facility was created: the evaluation begins then.
    pub begun: Timestamp,
    /// When this program was built.
    pub built: Timestamp,
    /// The time to go by.
    pub time: Judged,
    /// Encounters opened in the month of that time.
    pub opened: u64,
}

/// Where the entitlement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "standing")]
pub enum Standing {
    /// There is no licence, and the evaluation's days are not over.
    Evaluation {
        /// How many days are left, the present one among them.
        days_left: u32,
    },
    /// A licence holds.
    Licensed {
        /// Its last day; `None` for one that does not end.
        until: Option<Day>,
    },
    /// A licence has ended, and its grace days are not over: everything goes on.
    Grace {
        /// Its last day.
        ended: Day,
        /// The last day of grace.
        until: Day,
    },
    /// Neither: the starter's limits.
    Fallback {
        /// Why.
        #[serde(flatten)]
        why: Fallback,
    },
}

/// Why no licence holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "why")]
pub enum Fallback {
    /// The evaluation's days are over.
    EvaluationOver,
    /// The licence and its grace days are over.
    Expired {
        /// Its last day.
        on: Day,
    },
    /// The vendor took it back.
    Revoked {
        /// When.
        on: Day,
    },
    /// It begins later.
    NotYet {
        /// Its first day.
        from: Day,
    },
    /// It is another facility's.
    OtherFacility {
        /// The facility that it is for.
        wanted: Fingerprint,
    },
}

/// What may be done, and how much of it is used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entitlement {
    /// Where it comes from.
    #[serde(flatten)]
    pub standing: Standing,
    /// The licence, where there is one, whether it holds or not.
    pub licence: Option<LicenceId>,
    /// Whose.
    pub company: Option<String>,
    /// What it was sold as: for people to read.
    pub tier: Option<String>,
    /// How much.
    pub limits: Limits,
    /// What is included.
    pub features: BTreeSet<Feature>,
    /// The support that was sold, in words.
    pub support: Option<String>,
    /// With whom to speak.
    pub contact: Contact,
    /// The month's use.
    pub meter: Meter,
    /// How far along it is.
    pub level: Level,
    /// Why the machine's clock is not believed, where it is not.
    pub clock: Option<Doubt>,
    /// Whether this version is among the updates that the licence includes.
    pub version_included: bool,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Open a new encounter. The one act that can be refused.
    OpenEncounter,
    /// Anything that an open encounter needs until it is signed and closed.
    ContinueEncounter,
    /// Read what is recorded.
    Read,
    /// Sign a note or an addendum.
    Sign,
    /// Let a record leave the store.
    Export,
    /// Back up, verify, restore.
    BackUp,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 6] =
        [Self::OpenEncounter, Self::ContinueEncounter, Self::Read, Self::Sign, Self::Export, Self::BackUp];
}

impl Entitlement {
    /// What follows from a situation.
    pub fn of(situation: &Situation<'_>, tiers: &Tiers) -> Self {
        let standing = standing(situation, tiers);
        let holds = matches!(standing, Standing::Licensed { .. } | Standing::Grace { .. });
        let granted = match (situation.licence, standing) {
            (Some(licence), Standing::Licensed { .. } | Standing::Grace { .. }) => Granted::by(licence),
            (_, Standing::Evaluation { .. }) => Granted::as_in(tiers.evaluation().0),
            _ => Granted::as_in(tiers.fallback()),
        };
        let meter = Meter { opened: situation.opened, limit: granted.limits.conversations_per_month };
        let licence = situation.licence;
        Self {
            standing,
            licence: licence.map(|licence| licence.id),
            company: licence.map(|licence| licence.company.clone()),
            tier: granted.tier,
            limits: granted.limits,
            features: granted.features,
            support: granted.support,
            contact: licence.map(|licence| licence.contact.clone()).unwrap_or_default(),
            meter,
            level: meter.level(),
            clock: situation.time.doubt,
            version_included: licence
                .filter(|_| holds)
                .and_then(|licence| licence.updates_until)
                .is_none_or(|until| situation.built < until.ends()),
        }
    }

    /// Whether something is included.
    pub fn has(&self, feature: &Feature) -> bool {
        self.features.contains(feature)
    }

    /// Whether an act may be done. Care first: nothing but the opening of a new encounter is ever refused.
    ///
    /// # Errors
    /// [`Error::LimitReached`].
    pub fn permits(&self, act: Act) -> Result<(), Error> {
        match act {
            Act::OpenEncounter => match (self.level, self.meter.limit) {
                (Level::UsedUp, Some(limit)) => {
                    Err(Error::LimitReached { limit, call: self.contact.to_string() })
                }
                _ => Ok(()),
            },
            Act::ContinueEncounter | Act::Read | Act::Sign | Act::Export | Act::BackUp => Ok(()),
        }
    }
}

struct Granted {
    tier: Option<String>,
    limits: Limits,
    features: BTreeSet<Feature>,
    support: Option<String>,
}

impl Granted {
    fn by(licence: &Licence) -> Self {
        Self {
            tier: Some(licence.tier.clone()),
            limits: licence.limits,
            features: licence.features.clone(),
            support: licence.support.clone(),
        }
    }

    fn as_in(tier: Option<&Tier>) -> Self {
        // A table whose tiers are there was checked when it was read.
        let none = Limits { conversations_per_month: None, devices: None };
        Self {
            tier: tier.map(|tier| tier.name.clone()),
            limits: tier.map_or(none, Tier::limits),
            features: tier.map(|tier| tier.features.clone()).unwrap_or_default(),
            support: tier.and_then(|tier| tier.support.clone()),
        }
    }
}

fn standing(situation: &Situation<'_>, tiers: &Tiers) -> Standing {
    let at = situation.time.at;
    let evaluation = evaluation_days_left(situation, tiers);
    // One that cannot hold yet, or not here, takes nothing from an evaluation.
    let or_evaluation = |why| match evaluation {
        Some(days_left) => Standing::Evaluation { days_left },
        None => Standing::Fallback { why },
    };
    let Some(licence) = situation.licence else { return or_evaluation(Fallback::EvaluationOver) };
    if let Some(wanted) = licence.facility
        && wanted != situation.facility
    {
        return or_evaluation(Fallback::OtherFacility { wanted });
    }
    let revocation = situation.revocations.and_then(|list| list.find(licence.id));
    if let Some(revocation) = revocation
        && at >= revocation.on.begins()
    {
        return Standing::Fallback { why: Fallback::Revoked { on: revocation.on } };
    }
    if at < licence.not_before.begins() {
        return or_evaluation(Fallback::NotYet { from: licence.not_before });
    }
    match (licence.expires, licence.last_day()) {
        (Some(on), Some(last)) if at >= last.ends() => Standing::Fallback { why: Fallback::Expired { on } },
        (Some(on), Some(last)) if at >= on.ends() => Standing::Grace { ended: on, until: last },
        (until, _) => Standing::Licensed { until },
    }
}

fn evaluation_days_left(situation: &Situation<'_>, tiers: &Tiers) -> Option<u32> {
    const DAY_MS: i64 = 24 * 3_600_000;
    let (_, days) = tiers.evaluation();
    let passed = situation.time.at.as_millis().saturating_sub(situation.begun.as_millis()).max(0) / DAY_MS;
    u32::try_from(passed).ok().and_then(|passed| days.checked_sub(passed)).filter(|left| *left > 0)
}
