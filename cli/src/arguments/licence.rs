//! The command lines about licences and usage.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use licence::{Day, Feature, Fingerprint, Money, Month};

#[derive(Subcommand)]
pub(crate) enum LicenceCommand {
    /// Vendor: make a signing key, PREFIX, and its public half, PREFIX.pub
    Keygen(KeygenOptions),
    /// Vendor: sign a licence
    Issue(Box<IssueOptions>),
    /// Check a licence's file, or a list of revoked ones, and show what it says; fails unless it is genuine
    Inspect(InspectOptions),
    /// Vendor: add a licence to the signed list of revoked ones
    Revoke(RevokeOptions),
    /// Clinic: install a licence, or a list of revoked ones
    Install(InstallOptions),
    /// Clinic: what this facility may do, and how much of it is used
    Status,
}

#[derive(Args)]
pub(crate) struct KeygenOptions {
    /// Where to write: the signing key here, the public one with .pub after it
    #[arg(long, value_name = "PREFIX")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) passphrase: KeyPassphrase,
}

#[derive(Args)]
pub(crate) struct KeyPassphrase {
    /// A file whose first line is the signing key's passphrase
    #[arg(long, env = "BEDSIDE_KEY_PASSPHRASE_FILE", value_name = "FILE")]
    pub(crate) key_passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct VendorKey {
    /// The signing key's file
    #[arg(long, value_name = "PREFIX")]
    pub(crate) key: PathBuf,
    #[command(flatten)]
    pub(crate) passphrase: KeyPassphrase,
}

#[derive(Args)]
pub(crate) struct IssueOptions {
    #[command(flatten)]
    pub(crate) key: VendorKey,
    /// Whose licence it is
    #[arg(long)]
    pub(crate) company: String,
    /// What it is sold as; gives the limits and features that are not named here
    #[arg(long)]
    pub(crate) tier: String,
    /// The last day, or `never`
    #[arg(long, value_name = "DATE", value_parser = day_or_never)]
    pub(crate) expires: MaybeDay,
    /// Conversations a month [default: the tier's]
    #[arg(long, value_name = "N")]
    pub(crate) max_conversations: Option<u64>,
    /// Devices [default: the tier's]
    #[arg(long, value_name = "N")]
    pub(crate) devices: Option<u32>,
    /// A feature beside the tier's; may be repeated
    #[arg(long = "feature", value_name = "F")]
    pub(crate) features: Vec<Feature>,
    /// The first day [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) not_before: Option<Day>,
    /// The last day on which the file can be installed, or `never` [default: 90 days from the first]
    #[arg(long, value_name = "DATE", value_parser = day_or_never)]
    pub(crate) file_expires: Option<MaybeDay>,
    /// The last day whose versions of Bedside are included, or `never` [default: the last day]
    #[arg(long, value_name = "DATE", value_parser = day_or_never)]
    pub(crate) updates_until: Option<MaybeDay>,
    /// Days after the last on which everything goes on [default: 14]
    #[arg(long, value_name = "N")]
    pub(crate) grace_days: Option<u32>,
    /// The one facility that it is for: the fingerprint that `licence status` prints there
    #[arg(long, value_name = "FINGERPRINT")]
    pub(crate) facility: Option<Fingerprint>,
    /// The time zone that months are counted in, as in Europe/Berlin [default: the machine's]
    #[arg(long, value_name = "ZONE")]
    pub(crate) time_zone: Option<String>,
    /// The vendor's name, shown with the two below where somebody must be called
    #[arg(long, value_name = "NAME")]
    pub(crate) vendor: Option<String>,
    /// Whom to ring
    #[arg(long, value_name = "NUMBER")]
    pub(crate) phone: Option<String>,
    /// Whom to write to
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: Option<String>,
    /// The currency of the prices, as in USD
    #[arg(long, value_name = "CODE", requires = "prices")]
    pub(crate) currency: Option<String>,
    /// A step of the price per conversation: 1000:0.30 up to the 1,000th of the month, 0.20 for all others; repeated
    #[arg(long = "price", value_name = "[UP-TO:]PRICE", requires = "currency")]
    pub(crate) prices: Vec<PriceStep>,
    /// Where to write the licence [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// A day, or none.
#[derive(Clone, Copy)]
pub(crate) struct MaybeDay(pub(crate) Option<Day>);

fn day_or_never(text: &str) -> Result<MaybeDay, licence::Error> {
    if text == "never" { Ok(MaybeDay(None)) } else { text.parse().map(Some).map(MaybeDay) }
}

/// A step of prices, as it is typed.
#[derive(Clone, Copy)]
pub(crate) struct PriceStep {
    pub(crate) up_to: Option<u64>,
    pub(crate) price: Money,
}

impl std::str::FromStr for PriceStep {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (up_to, price) = match text.split_once(':') {
            Some((up_to, price)) => {
                (Some(up_to.parse().map_err(|_| format!("{up_to} is not a number of conversations"))?), price)
            }
            None => (None, text),
        };
        Ok(Self { up_to, price: price.parse().map_err(|error: licence::Error| error.to_string())? })
    }
}

#[derive(Args)]
pub(crate) struct InspectOptions {
    /// The file
    pub(crate) file: PathBuf,
    /// The public key to trust, and no other; may be repeated [default: those of this build]
    #[arg(long, value_name = "PREFIX.pub")]
    pub(crate) trust: Vec<PathBuf>,
    /// Forgive case, spaces and look-alike letters: the text was typed by hand
    #[arg(long)]
    pub(crate) retyped: bool,
}

#[derive(Args)]
pub(crate) struct RevokeOptions {
    #[command(flatten)]
    pub(crate) key: VendorKey,
    /// The list; made where there is none
    #[arg(long, value_name = "FILE")]
    pub(crate) list: PathBuf,
    /// From which day on [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Day>,
    /// Why
    #[arg(long)]
    pub(crate) reason: Option<String>,
    /// The licence's id, or its file
    pub(crate) licence: String,
}

#[derive(Args)]
pub(crate) struct InstallOptions {
    /// The file; - for standard input
    pub(crate) file: PathBuf,
    /// Development builds only: trust this public key from now on
    #[arg(long, value_name = "PREFIX.pub")]
    pub(crate) trust: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum UsageCommand {
    /// Clinic: a month's conversations, counted from the log, priced and signed
    Report {
        /// The month
        #[arg(long, value_name = "YYYY-MM")]
        month: Month,
        /// As what
        #[arg(long, value_enum, default_value = "json")]
        format: UsageFormat,
        /// Where to write it [default: standard output]
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Vendor: check the signature of a report in JSON
    Verify {
        /// The file
        file: PathBuf,
        /// The facility that it must be of
        #[arg(long, value_name = "FINGERPRINT")]
        facility: Option<Fingerprint>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum UsageFormat {
    /// With its signature
    Json,
    /// A table
    Csv,
}
