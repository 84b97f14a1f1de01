//! Who may do what. Roles are data: a set of permissions each; code asks for a permission, never for a role.

use serde::{Deserialize, Serialize};

use crate::{DeviceId, PersonId};

/// What a person or a device is, at the facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Role {
    /// A screen in the waiting room: takes an intake, reads nothing.
    Kiosk,
    /// Reception: sees who is there and acknowledges alarms, reads no notes.
    FrontDesk,
    /// Records visits; drafts, edits and signs notes.
    Clinician,
    /// Runs the place: people, models, backups. Reads no clinical text.
    Administrator,
    /// Reads the audit trail, writes nothing.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] =
        [Self::Kiosk, Self::FrontDesk, Self::Clinician, Self::Administrator, Self::Auditor];

    /// What the role may do.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Kiosk => &[P::IntakeTake],
            Self::FrontDesk => &[
                P::IntakeTake,
                P::KioskOpen,
                P::EncounterList,
                P::PatientIdentify,
                P::RedFlagAcknowledge,
                P::PasswordChangeOwn,
            ],
            Self::Clinician => &[
                P::IntakeTake,
                P::KioskOpen,
                P::EncounterList,
                P::EncounterOpen,
                P::EncounterRead,
                P::EncounterRetract,
                P::PatientIdentify,
                P::TranscriptWrite,
                P::TranscriptSearch,
                P::NoteWrite,
                P::NoteSign,
                P::RedFlagAcknowledge,
                P::EncounterExport,
                P::PasswordChangeOwn,
            ],
            Self::Administrator => &[
                P::KioskOpen,
                P::PeopleManage,
                P::ModelsManage,
                P::ProtocolsManage,
                P::BackupCreate,
                P::LicenceManage,
                P::BrandManage,
                P::DeviceManage,
                P::AuditRead,
                P::AnalyticsRead,
                P::DiagnosticsRead,
                P::RetentionManage,
                P::DestinationsManage,
                P::PasswordChangeOwn,
            ],
            Self::Auditor => &[P::AuditRead, P::AnalyticsRead, P::PasswordChangeOwn],
        }
    }

    /// Whether the role holds the permission.
    pub fn may(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }

    /// The role's stable name, as stored and as sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::FrontDesk => "front-desk",
            Self::Clinician => "clinician",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or("a role is kiosk, front-desk, clinician, administrator or auditor")
    }
}

/// Something that is allowed or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Permission {
    /// Put the kiosk on this device's screen.
    KioskOpen,
    /// Take an intake: its own, and only while it is open.
    IntakeTake,
    /// See which encounters there are: time, ticket, state, red flags; no clinical text.
    EncounterList,
    /// Open an encounter without a kiosk.
    EncounterOpen,
    /// Read an encounter: intake, transcript, note.
    EncounterRead,
    /// Mark an encounter as entered in error.
    EncounterRetract,
    /// Find patients and their visits, and say whose visit an encounter is; no clinical text.
    PatientIdentify,
    /// Add to a transcript and correct it.
    TranscriptWrite,
    /// Search transcripts.
    TranscriptSearch,
    /// Draft and edit notes.
    NoteWrite,
    /// Sign notes and addenda.
    NoteSign,
    /// Acknowledge a red flag.
    RedFlagAcknowledge,
    /// Let an encounter leave the store, as FHIR or otherwise.
    EncounterExport,
    /// Create people and set their roles.
    PeopleManage,
    /// Change one's own password and PIN.
    PasswordChangeOwn,
    /// Fetch, import and remove models.
    ModelsManage,
    /// See, preview, activate and deactivate the questionnaires that patients are asked.
    ProtocolsManage,
    /// Make, verify and restore backups.
    BackupCreate,
    /// Install licences and report use.
    LicenceManage,
    /// Give the screens the clinic's own name and colours.
    BrandManage,
    /// Say what a device is for, and go through its first start.
    DeviceManage,
    /// Read and verify the audit trail.
    AuditRead,
    /// Read figures over many encounters: counts and times, no name and no clinical text.
    AnalyticsRead,
    /// See how this machine and its parts are, and let that leave for whoever supports it; no name and no clinical text.
    DiagnosticsRead,
    /// Say how long records are kept, and delete what is due.
    RetentionManage,
    /// Say where signed records are sent by themselves, and see to what did not arrive.
    DestinationsManage,
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "id")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Who {
    /// A signed-in person.
    Person(PersonId),
    /// The device itself: a kiosk, or the command line of somebody who holds the vault's passphrase.
    Device(DeviceId),
}

/// Who acts, and in which role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Actor {
    /// The person or the device.
    pub who: Who,
    /// The role in which it acts.
    pub role: Role,
}

/// What was done or tried, as the audit trail names it: the noun and the verb, "note.sign".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Action(pub &'static str);

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_desk_reads_no_notes_and_an_auditor_writes_nothing() {
        for permission in [Permission::EncounterRead, Permission::NoteWrite, Permission::NoteSign] {
            assert!(!Role::FrontDesk.may(permission));
            assert!(!Role::Administrator.may(permission));
        }
        assert_eq!(
            Role::Auditor.permissions(),
            [Permission::AuditRead, Permission::AnalyticsRead, Permission::PasswordChangeOwn]
        );
        assert_eq!(Role::Kiosk.permissions(), [Permission::IntakeTake]);
    }

    #[test]
    fn a_role_is_read_back_from_its_name() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
    }
}
