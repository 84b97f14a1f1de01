//! The words of Bedside: ids, times, roles and permissions, events, notes, error codes.
//!
//! Nothing here does I/O, reads a clock or draws a random number: the [`Clock`] and [`Random`] traits are how the crates
//! above are handed both. Everything a patient said or is called travels in [`Phi`], so that a log line, a panic message
//! or an error cannot carry it by accident.

mod access;
mod answer;
mod csv;
mod error;
mod event;
mod fact;
mod id;
mod list;
mod note;
mod phi;
mod record;
mod retention;
mod time;
mod utterance;

pub use access::{Action, Actor, Permission, Role, Who};
pub use answer::{Answer, AnswerSource, AnswerValue, Coding, PartialDate};
pub use csv::csv_cell;
pub use error::{Coded, ErrorCode};
pub use event::{
    ConsentScope, EncounterOrigin, EventBody, EventHeader, EventKind, ExportFormat, FlagSource,
    ProtocolChoice, ReasonClosed, Severity, Stream,
};
pub use fact::{Fact, FactKind, FactSource, FactValue, MeasureClass};
pub use id::{
    DeliveryId, DestinationId, DeviceId, EncounterId, EventId, FacilityId, FlagId, IncarnationId, Language,
    PatientId, PersonId, RecordingId, SessionId, SiteId,
};
pub use list::{
    AllergyScope, Amount, ListItem, ListLine, MedicineMention, MedicineReader, MedicineState, Recognised,
    Standing,
};
pub use note::{Addendum, ConfirmedSentence, DraftEngine, Note, NoteSection, Sentence, SentenceOrigin};
pub use phi::Phi;
pub use record::{
    EncounterRecord, EncounterStatus, FlagRecord, NoteState, PatientRecord, RecordingRecord,
    RetractionRecord, SignatureRecord,
};
pub use retention::{AudioRule, RetentionRules, WhyDeleted};
pub use time::{Clock, HybridTime, Random, Timestamp};
pub use utterance::{Speaker, Utterance, UtteranceSource};

/// A SHA-256 digest, written as 64 lower-case hexadecimal digits where it is shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The predecessor of the first link of a chain.
    pub const ZERO: Self = Self([0; 32]);
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const WRONG: &str = "a digest is 64 hexadecimal digits";
        if text.len() != 64 || !text.is_ascii() {
            return Err(WRONG);
        }
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).map_err(|_| WRONG)?;
        }
        Ok(Self(bytes))
    }
}
