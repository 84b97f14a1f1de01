//! The licence: installing one, what it grants, how much is used.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Installs a licence, or a vendor's list of revoked ones.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct InstallLicence {
    /// The text, as it was sent, pasted or typed.
    pub text: String,
    /// Development builds only: the line of a vendor's public key to trust from now on.
    pub trust: Option<String>,
}

/// Where the entitlement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LicenceStanding {
    /// There is no licence, and the evaluation goes on.
    Evaluation,
    /// A licence holds.
    Licensed,
    /// A licence has ended, and its grace days go on.
    Grace,
    /// No licence, and no evaluation any more: the starter's limits.
    EvaluationOver,
    /// The licence has ended: the starter's limits.
    Expired,
    /// The vendor took the licence back: the starter's limits.
    Revoked,
    /// The licence begins later: the starter's limits.
    NotYet,
    /// The licence is another facility's: the starter's limits.
    OtherFacility,
}

/// How far along the month's conversations are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum UsageLevel {
    /// Below 80 %, or without a limit.
    Fine,
    /// From 80 %.
    Near80,
    /// From 95 %.
    Near95,
    /// From 100 %, within the allowance above it.
    Over,
    /// The allowance is used up: no new conversation begins.
    UsedUp,
}

/// Why the machine's clock is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ClockDoubt {
    /// It is behind a time that was seen: nothing new is granted.
    SetBack,
    /// It is far ahead of the last time that was seen.
    FarAhead,
}

/// What this facility may do, and how much of it is used.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LicenceStatus {
    /// Where it comes from.
    pub standing: LicenceStanding,
    /// The last day, grace days not counted, where there is one (YYYY-MM-DD).
    pub until: Option<String>,
    /// The last day of grace, where that goes on.
    pub grace_until: Option<String>,
    /// How many days of the evaluation are left.
    pub days_left: Option<u32>,
    /// The licence's id, whether it holds or not.
    pub licence: Option<String>,
    /// The vendor's key that signed it, by its name.
    pub signed_by: Option<String>,
    /// How many days it still grants what it grants, grace days not counted, today among them; none where it does not end,
    /// or has ended.
    pub ends_in_days: Option<u32>,
    /// Whose it is.
    pub company: Option<String>,
    /// What it was sold as. For people to read: what is included stands in `features`.
    pub tier: Option<String>,
    /// What is included.
    pub features: Vec<String>,
    /// The support that was sold.
    pub support: Option<String>,
    /// With whom to call.
    pub call: String,
    /// Devices; none for any number.
    pub devices: Option<u32>,
    /// The month's conversations.
    pub usage: MonthUsage,
    /// Why the machine's clock is not believed, where it is not.
    pub clock: Option<ClockDoubt>,
    /// Whether this version is among the updates that the licence includes.
    pub version_included: bool,
    /// This facility's fingerprint, for a licence that is bound to it.
    pub facility: String,
}

/// A month's conversations against their limit.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MonthUsage {
    /// The month (YYYY-MM).
    pub month: String,
    /// The time zone that it is of.
    pub time_zone: String,
    /// Encounters opened in it.
    #[ts(type = "number")]
    pub opened: u64,
    /// The limit; none for as many as one likes.
    #[ts(type = "number | null")]
    pub limit: Option<u64>,
    /// The limit and the allowance above it.
    #[ts(type = "number | null")]
    pub allowed: Option<u64>,
    /// How far along.
    pub level: UsageLevel,
}

/// Asks for a month's report.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReportUsage {
    /// The month (YYYY-MM).
    pub month: String,
}

/// A month's report, signed with the facility's key.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct UsageReported {
    /// Encounters opened in it, counted from the log.
    #[ts(type = "number")]
    pub conversations: u64,
    /// What they cost, where the licence has prices.
    pub total: Option<String>,
    /// The currency's three letters.
    pub currency: Option<String>,
    /// The report with its signature, as JSON.
    pub json: String,
    /// The same as a table.
    pub csv: String,
}

/// Use and cost, month by month.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct UsageHistory {
    /// The time zone that months are of.
    pub time_zone: String,
    /// The months since the facility was created, the newest first, at most thirteen of them.
    pub months: Vec<UsedMonth>,
    /// What a conversation costs, step by step, where the licence has prices.
    pub prices: Vec<PriceStep>,
    /// The currency's three letters, where the licence has prices.
    pub currency: Option<String>,
}

/// A month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UsedMonth {
    /// Which (YYYY-MM).
    pub month: String,
    /// Encounters begun in it.
    #[ts(type = "number")]
    pub conversations: u64,
    /// What they cost at today's prices, where the licence has prices.
    pub total: Option<String>,
    /// Whether the month is over.
    pub complete: bool,
}

/// What a month's conversations cost up to a number of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PriceStep {
    /// The last conversation of the month at this price; none for all that follow.
    #[ts(type = "number | null")]
    pub up_to: Option<u64>,
    /// The price of each.
    pub price: String,
}
