//! Carrying one file to where it goes, and what is said where it does not arrive.

use std::collections::BTreeMap;

use domain::{DeliveryId, EncounterId, ErrorCode, ExportFormat, Timestamp};

use super::retry::Ended;
use super::{folder, http};
use crate::rpc::RpcError;
use crate::rpc::types::DestinationPlace;

/// A file on its way.
pub(crate) struct Parcel {
    pub(crate) delivery: DeliveryId,
    /// What it is of; none for a test.
    pub(crate) of: Option<Contents>,
    pub(crate) extension: &'static str,
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// What a file holds, as the other end is told.
pub(crate) struct Contents {
    pub(crate) encounter: EncounterId,
    pub(crate) format: ExportFormat,
    /// The kind of the event that it follows from.
    pub(crate) cause: String,
}

const TEST: &str =
    "This is a test from Bedside. It holds no patient's record. Nothing need be done with it.\n";

impl Parcel {
    /// A file that holds no patient.
    pub(crate) fn test(delivery: DeliveryId) -> Self {
        Self {
            delivery,
            of: None,
            extension: "txt",
            media_type: "text/plain; charset=utf-8",
            bytes: TEST.as_bytes().to_vec(),
        }
    }

    /// What it is called in a folder. The same however often it is tried.
    pub(crate) fn file_name(&self) -> String {
        let Self { delivery, extension, .. } = self;
        match &self.of {
            Some(of) => format!("bedside-{}-{delivery}.{extension}", of.encounter),
            None => format!("bedside-test-{delivery}.{extension}"),
        }
    }
}

/// The name of a format in a header.
pub(crate) const fn format_name(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Fhir => "fhir",
        ExportFormat::Text => "text",
        ExportFormat::Pdf => "pdf",
        ExportFormat::Hl7v2 => "hl7v2",
        ExportFormat::Csv => "csv",
    }
}

/// Why a file did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotTaken {
    pub(crate) code: ErrorCode,
    /// What a server answered.
    pub(crate) status: Option<u16>,
    pub(crate) ended: Ended,
}

impl NotTaken {
    /// Something that may mend by itself.
    pub(crate) const fn now(code: ErrorCode) -> Self {
        Self { code, status: None, ended: Ended::NotNow { asked: None } }
    }

    /// The same as a screen is told.
    pub(crate) fn shown(&self) -> RpcError {
        let status = self.status.map(|status| ("status".to_owned(), status.to_string()));
        RpcError { code: self.code, parameters: status.into_iter().collect::<BTreeMap<_, _>>() }
    }
}

/// Whoever carries files. A call may take as long as the network does, so nothing is held meanwhile.
pub(crate) trait Carry {
    /// Carries a file; the time is for an answer that names one.
    ///
    /// # Errors
    /// It did not arrive.
    fn carry(
        &self,
        place: &DestinationPlace,
        token: Option<&str>,
        parcel: &Parcel,
        now: Timestamp,
    ) -> Result<(), NotTaken>;
}

/// The disk and the network.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Carrier {
    pub(crate) patience: http::Patience,
}

impl Carry for Carrier {
    fn carry(
        &self,
        place: &DestinationPlace,
        token: Option<&str>,
        parcel: &Parcel,
        now: Timestamp,
    ) -> Result<(), NotTaken> {
        match place {
            DestinationPlace::Folder { path } => folder::put(path.as_ref(), parcel),
            DestinationPlace::Http { address } => http::post(address, token, parcel, self.patience, now),
        }
    }
}
