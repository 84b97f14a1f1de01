//! The usage report of a month: what was opened, what it costs, signed with the facility's key.

use domain::{Timestamp, csv_cell};
use serde::{Deserialize, Serialize};

use crate::key::{hex, unhex};
use crate::signed::{USAGE_DOMAIN, message};
use crate::{Charge, Doubt, Error, Fingerprint, Licence, Money, Month, PublicKey, SigningKey};

/// A month's use. Numbers and names of the contract; nothing about a patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageReport {
    /// The month.
    pub month: Month,
    /// The time zone that it is of.
    pub time_zone: String,
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
    /// Whether the month was over when this was written.
    pub complete: bool,
    /// Encounters opened in it.
    pub conversations: u64,
    /// The licence's limit, where it has one.
    pub limit: Option<u64>,
    /// What each step of the contract's prices comes to.
    pub charges: Vec<Charge>,
    /// What all of them come to, where the contract has prices.
    pub total: Option<Money>,
    /// The currency's three letters.
    pub currency: Option<String>,
    /// The licence's id.
    pub licence: Option<String>,
    /// Whose it is.
    pub company: Option<String>,
    /// The facility.
    pub facility: Fingerprint,
    /// When this was written.
    pub generated: Timestamp,
    /// Whether the machine's clock was believed then.
    pub clock_suspect: bool,
}

/// A report and the facility's signature under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedUsage {
    /// The report.
    pub report: UsageReport,
    /// The facility's public key: its fingerprint is the report's `facility`.
    key: String,
    /// The signature over the report's canonical CBOR.
    signature: String,
}

/// A month as it was counted.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The month.
    pub month: Month,
    /// The time zone that it is of.
    pub time_zone: String,
    /// Its bounds.
    pub bounds: std::ops::Range<Timestamp>,
    /// Encounters opened in it.
    pub conversations: u64,
}

impl UsageReport {
    /// The report of a month, priced as the licence says.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the amount is beyond counting.
    pub fn of(
        counted: Counted,
        licence: Option<&Licence>,
        limit: Option<u64>,
        facility: Fingerprint,
        time: crate::Judged,
    ) -> Result<Self, Error> {
        let prices = licence.and_then(|licence| licence.prices.as_ref());
        let (charges, total) = prices.map(|prices| prices.bill(counted.conversations)).transpose()?.unzip();
        Ok(Self {
            month: counted.month,
            time_zone: counted.time_zone,
            from: counted.bounds.start,
            until: counted.bounds.end,
            complete: time.at >= counted.bounds.end,
            conversations: counted.conversations,
            limit,
            charges: charges.unwrap_or_default(),
            total,
            currency: prices.map(|prices| prices.currency().to_owned()),
            licence: licence.map(|licence| licence.id.to_string()),
            company: licence.map(|licence| licence.company.clone()),
            facility,
            generated: time.at,
            clock_suspect: matches!(time.doubt, Some(Doubt::SetBack | Doubt::FarAhead)),
        })
    }

    /// Signs it with the facility's key.
    ///
    /// # Errors
    /// [`Error::Seal`] when it has no canonical encoding.
    pub fn sign(self, key: &SigningKey) -> Result<SignedUsage, Error> {
        let signature = key.sign(&message(USAGE_DOMAIN, &seal::encode_canonical(&self)?));
        Ok(SignedUsage { report: self, key: hex(key.public().as_bytes()), signature: hex(&signature) })
    }
}

impl SignedUsage {
    /// Checks the signature, and that the key is that of the facility which the report names. That this is the customer's
    /// facility is the vendor's to know.
    ///
    /// # Errors
    /// [`Error::Forged`].
    pub fn verify(&self) -> Result<(), Error> {
        let key =
            unhex(&self.key).and_then(|bytes| PublicKey::from_bytes(&bytes).ok()).ok_or(Error::Forged)?;
        let signature = unhex(&self.signature).ok_or(Error::Forged)?;
        let message = message(USAGE_DOMAIN, &seal::encode_canonical(&self.report)?);
        if key.verifies(&message, &signature) && Fingerprint::of(&key) == self.report.facility {
            Ok(())
        } else {
            Err(Error::Forged)
        }
    }

    /// As a table: a row for each step of the prices, then the total.
    pub fn to_csv(&self) -> String {
        let report = &self.report;
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        let currency = optional(&report.currency);
        let row = |kind: &str, first: String, count: u64, price: String, amount: String, signature: &str| {
            let cells = [
                kind,
                &report.month.to_string(),
                &report.time_zone,
                &optional(&report.company),
                &optional(&report.licence),
                &report.facility.to_string(),
                &first,
                &count.to_string(),
                &price,
                &amount,
                &currency,
                signature,
            ]
            .map(csv_cell);
            cells.join(",") + "\r\n"
        };
        let mut table = String::from(
            "row,month,time_zone,company,licence,facility,first,conversations,price,amount,currency,signature\r\n",
        );
        for charge in &report.charges {
            let price = charge.price.to_string();
            let amount = charge.amount.to_string();
            table.push_str(&row("step", charge.from.to_string(), charge.conversations, price, amount, ""));
        }
        let total = report.total.map(|total| total.to_string()).unwrap_or_default();
        let count = report.conversations;
        table.push_str(&row("total", String::new(), count, String::new(), total, &self.signature));
        table
    }
}
