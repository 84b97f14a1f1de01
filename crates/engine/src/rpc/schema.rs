//! The methods. One line each: name, access rule, request, response.

use domain::Permission as P;

use super::types::*;
use super::{Access, MethodRule};

/// A method, as a type: what the router and the generated TypeScript are made from.
pub trait Method {
    /// What is asked.
    type Request: serde::Serialize + serde::de::DeserializeOwned + ts_rs::TS + 'static;
    /// What is answered.
    type Response: serde::Serialize + serde::de::DeserializeOwned + ts_rs::TS + 'static;
    /// The name and the access rule.
    const RULE: MethodRule;
}

/// Is handed every method of the schema, one after the other.
pub trait MethodVisitor {
    /// One method.
    fn visit<M: Method>(&mut self);
}

macro_rules! methods {
    ($($(#[$doc:meta])* $method:ident = $name:literal, $access:expr, $request:ty => $response:ty;)*) => {
        /// The methods, as types.
        pub mod method {
            use super::*;
            $(
                $(#[$doc])*
                #[derive(Clone, Copy, Debug)]
                pub struct $method;

                impl Method for $method {
                    type Request = $request;
                    type Response = $response;
                    const RULE: MethodRule = MethodRule { name: $name, access: $access };
                }
            )*
        }

        /// Every method's name and access rule.
        pub const RULES: &[MethodRule] = &[$(<method::$method as Method>::RULE,)*];

        /// Shows the visitor every method.
        pub fn visit_methods(visitor: &mut impl MethodVisitor) {
            $(visitor.visit::<method::$method>();)*
        }
    };
}

methods! {
    /// What the application is doing.
    AppStateOf = "app.state", Access::Open, Empty => AppState;
    /// Creates the clinic. Only where there is none.
    ClinicCreate = "clinic.create", Access::Open, CreateClinic => ClinicCreated;
    /// Shows that the recovery words were written down.
    RecoveryConfirm = "recovery.confirm", Access::Open, ConfirmRecovery => Empty;
    /// Makes new recovery words, where the first start was cut off before they were written down.
    RecoveryRenew = "recovery.renew", Access::May(P::DeviceManage), Empty => ClinicCreated;
    /// Opens a backup and checks all of it. Only where there is no clinic.
    BackupCheck = "backup.check", Access::Open, OpenBackup => BackupFound;
    /// Makes this installation the clinic that a backup was made of. Only where there is none.
    BackupRestore = "backup.restore", Access::Open, OpenBackup => AppState;
    /// Keeps how far the first start has come.
    FirstStartKeep = "first-start.keep", Access::May(P::DeviceManage), KeepFirstStep => AppState;
    /// Says what this device is for.
    DeviceAssign = "device.assign", Access::May(P::DeviceManage), AssignDevice => AppState;
    /// The places at which the clinic sees patients, and where this device stands.
    SitesList = "sites.list", Access::Session, Empty => Sites;
    /// Adds one.
    SitesAdd = "sites.add", Access::May(P::DeviceManage), AddSite => Sites;
    /// Calls one something else.
    SitesRename = "sites.rename", Access::May(P::DeviceManage), RenameSite => Sites;
    /// Closes one. Its encounters stay.
    SitesClose = "sites.close", Access::May(P::DeviceManage), SiteOf => Sites;
    /// Says where this device stands.
    SitesPlace = "sites.place", Access::May(P::DeviceManage), PlaceDevice => Sites;
    /// Begins a rehearsal on a vault that is thrown away.
    RehearsalBegin = "rehearsal.begin", Access::May(P::DeviceManage), Empty => Rehearsing;
    /// Ends the rehearsal and forgets all of it.
    RehearsalEnd = "rehearsal.end", Access::May(P::DeviceManage), Empty => Empty;
    /// Opens a locked vault.
    VaultUnlock = "vault.unlock", Access::Open, UnlockVault => AppState;
    /// Tries to open a vault that did not open.
    VaultRetry = "vault.retry", Access::Open, Empty => AppState;
    /// Opens a vault that was put back to an earlier state, for whoever put it back.
    VaultAccept = "vault.accept", Access::Open, UnlockVault => AppState;

    /// Signs in.
    SessionSignIn = "session.sign-in", Access::Open, SignIn => Session;
    /// Signs out.
    SessionSignOut = "session.sign-out", Access::Session, Empty => Empty;
    /// Who is signed in.
    SessionCurrent = "session.current", Access::Session, Empty => Session;
    /// Somebody touches the screen, or types: the session is not idle.
    SessionPresent = "session.present", Access::Session, Empty => Empty;
    /// Locks the session.
    SessionLock = "session.lock", Access::Session, Empty => Empty;
    /// Unlocks it.
    SessionUnlock = "session.unlock", Access::Session, UnlockSession => Session;
    /// Changes one's own password.
    PasswordChange = "password.change", Access::May(P::PasswordChangeOwn), ChangePassword => Empty;
    /// Chooses a PIN for oneself.
    PinSet = "pin.set", Access::May(P::PasswordChangeOwn), SetPin => Session;
    /// Does without it.
    PinRemove = "pin.remove", Access::May(P::PasswordChangeOwn), RemovePin => Session;
    /// After how long without input a person's session is locked.
    LogoffRead = "logoff.read", Access::May(P::PeopleManage), Empty => LogoffSettings;
    /// Sets it.
    LogoffConfigure = "logoff.configure", Access::May(P::PeopleManage), LogoffSettings => LogoffSettings;
    /// Who can sign in.
    PeopleList = "people.list", Access::May(P::PeopleManage), Empty => Vec<Person>;
    /// Lets somebody sign in.
    PeopleCreate = "people.create", Access::May(P::PeopleManage), CreatePerson => Person;

    /// Ends the caller's session and begins a kiosk's.
    KioskOpen = "kiosk.open", Access::May(P::KioskOpen), Empty => Session;
    /// Ends the caller's session and begins a kiosk's that goes on with an intake that was left.
    KioskHandOver = "kiosk.hand-over", Access::May(P::KioskOpen), IntakeOf => Session;
    /// Ends a kiosk's session: somebody who may open one signs in.
    KioskClose = "kiosk.close", Access::Session, SignIn => Session;
    /// The same by the PIN of somebody who may open one.
    KioskLeave = "kiosk.leave", Access::Session, LeaveKiosk => Session;

    /// Begins a kiosk's session when the application starts, where the device is set to begin as a kiosk.
    KioskResume = "kiosk.resume", Access::Open, Empty => Session;
    /// What the kiosk's screens need to know of their device.
    KioskDeviceOf = "kiosk.device", Access::Session, Empty => KioskDevice;
    /// Sets how the kiosk on this device behaves.
    KioskConfigure = "kiosk.configure", Access::May(P::KioskOpen), KioskSettings => KioskDevice;

    /// The intake that the session is taking; none where it takes none.
    IntakeStanding = "intake.standing", Access::May(P::IntakeTake), Empty => Option<IntakeView>;
    /// Begins an intake.
    IntakeBegin = "intake.begin", Access::May(P::IntakeTake), BeginIntake => IntakeView;
    /// Gives or declines consents.
    IntakeConsent = "intake.consent", Access::May(P::IntakeTake), GiveConsent => IntakeView;
    /// Says who the patient is.
    IntakeIdentify = "intake.identify", Access::May(P::IntakeTake), Identify => IntakeView;
    /// Answers a question.
    IntakeAnswer = "intake.answer", Access::May(P::IntakeTake), GiveAnswer => IntakeView;
    /// Makes out what was typed or said, without recording it.
    IntakeUnderstand = "intake.understand", Access::May(P::IntakeTake), UnderstandWords => VoiceMeaning;
    /// Leaves a question to staff, with the words that were not understood.
    IntakeLeaveOpen = "intake.leave-open", Access::May(P::IntakeTake), LeaveOpen => IntakeView;
    /// Goes one question back.
    IntakeBack = "intake.back", Access::May(P::IntakeTake), IntakeOf => IntakeView;
    /// Goes to a question that the review named.
    IntakeGoTo = "intake.go-to", Access::May(P::IntakeTake), GoToQuestion => IntakeView;
    /// Asks for a person.
    IntakeHelp = "intake.help", Access::May(P::IntakeTake), IntakeOf => IntakeView;
    /// Hands the answers in.
    IntakeSubmit = "intake.submit", Access::May(P::IntakeTake), IntakeOf => IntakeView;
    /// Ends the intake before its end; what was said is kept for staff.
    IntakeAbandon = "intake.abandon", Access::May(P::IntakeTake), IntakeOf => Empty;

    /// Says a prompt at the kiosk and listens for the answer.
    VoiceAttend = "voice.attend", Access::May(P::IntakeTake), Attend => Empty;
    /// Silences the kiosk's prompt.
    VoiceHush = "voice.hush", Access::May(P::IntakeTake), IntakeOf => Empty;
    /// Says something at the kiosk without listening.
    VoiceSay = "voice.say", Access::May(P::IntakeTake), SayPrompt => Empty;
    /// Makes the kiosk louder or quieter for this patient.
    VoiceVolume = "voice.volume", Access::May(P::IntakeTake), SetVolume => Empty;
    /// Stops speaking and listening at the kiosk.
    VoiceLeave = "voice.leave", Access::May(P::IntakeTake), IntakeOf => Empty;

    /// Begins to record a visit.
    RecordingStart = "recording.start", Access::May(P::TranscriptWrite), StartRecording => EncounterView;
    /// Ends the recording.
    RecordingStop = "recording.stop", Access::May(P::TranscriptWrite), EncounterOf => EncounterView;
    /// Takes in a sound file.
    RecordingImport = "recording.import", Access::May(P::TranscriptWrite), ImportSound => EncounterView;
    /// Stops taking it in, or recognising it.
    RecordingImportStop = "recording.import-stop", Access::May(P::TranscriptWrite), EncounterOf => EncounterView;
    /// Whether a visit is being recorded on this device.
    RecordingNowOf = "recording.now", Access::May(P::TranscriptWrite), Empty => RecordingNow;
    /// Plays a part of a visit's sound.
    RecordingPlay = "recording.play", Access::May(P::EncounterRead), PlaySound => Empty;
    /// Silences it.
    RecordingSilence = "recording.silence", Access::May(P::EncounterRead), Empty => Empty;

    /// What this device hears and speaks with.
    SoundStatusOf = "sound.status", Access::May(P::KioskOpen), Empty => SoundStatus;
    /// Chooses microphone, loudspeaker and voice.
    SoundConfigure = "sound.configure", Access::May(P::KioskOpen), SoundSettings => SoundStatus;
    /// Tries the microphone.
    SoundTryMicrophone = "sound.try-microphone", Access::May(P::KioskOpen), TrySound => SoundTried;
    /// Tries the loudspeaker.
    SoundTryLoudspeaker = "sound.try-loudspeaker", Access::May(P::KioskOpen), Empty => Empty;

    /// The work list.
    EncountersList = "encounters.list", Access::May(P::EncounterList), ListEncounters => Vec<EncounterLine>;
    /// Opens an encounter without a kiosk.
    EncountersOpen = "encounters.open", Access::May(P::EncounterOpen), OpenEncounter => EncounterView;
    /// Opens an encounter with what a file says.
    EncountersImport = "encounters.import", Access::May(P::EncounterOpen), ImportEncounter => EncounterView;
    /// One encounter, whole.
    EncountersShow = "encounters.show", Access::May(P::EncounterRead), EncounterOf => EncounterView;
    /// Marks an encounter as entered in error: hidden from the work list and from searches, not forgotten.
    EncountersRetract = "encounters.retract", Access::May(P::EncounterRetract), RetractEncounter => EncounterView;
    /// Finds patients by name or record number.
    PatientsFind = "patients.find", Access::May(P::PatientIdentify), FindPatients => Vec<PatientLine>;
    /// The patients whom somebody of that name and date of birth may be.
    PatientsAlike = "patients.alike", Access::May(P::PatientIdentify), AlikePatients => Vec<PatientAlike>;
    /// A patient and their visits.
    PatientsShow = "patients.show", Access::May(P::PatientIdentify), PatientOf => PatientView;
    /// Says whose visit an encounter is.
    PatientsConfirm = "patients.confirm", Access::May(P::PatientIdentify), ConfirmPatient => EncounterLine;
    /// Lets an encounter leave the store.
    EncountersExport = "encounters.export", Access::May(P::EncounterExport), ExportEncounter => ExportedFile;
    /// Acknowledges an alarm.
    FlagsAcknowledge = "flags.acknowledge", Access::May(P::RedFlagAcknowledge), AcknowledgeFlag => Empty;
    /// Adds a transcript.
    TranscriptAdd = "transcript.add", Access::May(P::TranscriptWrite), AddTranscript => EncounterView;
    /// Corrects an utterance.
    TranscriptCorrect = "transcript.correct", Access::May(P::TranscriptWrite), CorrectUtterance => EncounterView;
    /// Puts clinician and patient in each other's place in the whole transcript.
    TranscriptSwap = "transcript.swap", Access::May(P::TranscriptWrite), EncounterOf => EncounterView;
    /// Searches transcripts.
    TranscriptSearch = "transcript.search", Access::May(P::TranscriptSearch), SearchTranscripts => Vec<SearchHit>;
    /// The facility's own server of language models.
    EndpointRead = "endpoint.read", Access::May(P::DestinationsManage), Empty => Endpoint;
    /// Sets it.
    EndpointSave = "endpoint.save", Access::May(P::DestinationsManage), SaveEndpoint => Endpoint;
    /// Forgets it.
    EndpointRemove = "endpoint.remove", Access::May(P::DestinationsManage), Empty => Endpoint;
    /// Asks a server what models it has.
    EndpointTry = "endpoint.try", Access::May(P::DestinationsManage), TryEndpoint => EndpointTried;

    /// What a note can be drafted as, and by what.
    NoteOffersOf = "note.offers", Access::May(P::NoteWrite), Empty => NoteOffers;
    /// Stops a language model that drafts a note.
    NoteCancel = "note.cancel", Access::May(P::NoteWrite), EncounterOf => EncounterView;
    /// Drafts a note from the transcript.
    NoteDraft = "note.draft", Access::May(P::NoteWrite), DraftNote => EncounterView;
    /// Changes a draft.
    NoteEdit = "note.edit", Access::May(P::NoteWrite), EditNote => EncounterView;
    /// Changes the lists beside a draft.
    ListsEdit = "lists.edit", Access::May(P::NoteWrite), EditLists => EncounterView;
    /// Signs the note.
    NoteSign = "note.sign", Access::May(P::NoteSign), SignNote => EncounterView;
    /// Adds to a signed note.
    NoteAddendum = "note.addendum", Access::May(P::NoteSign), SignAddendum => EncounterView;

    /// The audit trail.
    AuditList = "audit.list", Access::May(P::AuditRead), ListAudit => Vec<AuditLine>;
    /// Verifies the audit trail.
    AuditVerify = "audit.verify", Access::May(P::AuditRead), Empty => AuditVerdict;
    /// Lets the audit trail leave, as FHIR AuditEvents.
    AuditExport = "audit.export", Access::May(P::AuditRead), ExportAudit => ExportedFile;
    /// What patients can be asked, and the files that cannot be used.
    ProtocolsList = "protocols.list", Access::May(P::ProtocolsManage), Empty => ProtocolList;
    /// Reads the folder of the clinic's own protocols again.
    ProtocolsReload = "protocols.reload", Access::May(P::ProtocolsManage), Empty => ProtocolList;
    /// Shows a protocol's questions.
    ProtocolsPreview = "protocols.preview", Access::May(P::ProtocolsManage), ProtocolOf => ProtocolPreview;
    /// Lets reasons lead to a protocol again.
    ProtocolsActivate = "protocols.activate", Access::May(P::ProtocolsManage), ProtocolOf => ProtocolList;
    /// Lets no reason lead to a protocol any more.
    ProtocolsDeactivate = "protocols.deactivate", Access::May(P::ProtocolsManage), ProtocolOf => ProtocolList;
    /// Makes a backup and verifies it.
    BackupCreate = "backup.create", Access::May(P::BackupCreate), CreateBackup => BackupCreated;

    /// Which models there are, what this machine can carry, and what is under way.
    ModelsList = "models.list", Access::May(P::ModelsManage), Empty => ModelsHere;
    /// Begins to download a model, or goes on where a download stopped.
    ModelsFetch = "models.fetch", Access::May(P::ModelsManage), ModelOf => ModelsHere;
    /// Begins to copy models from a file, a folder or a USB stick.
    ModelsImport = "models.import", Access::May(P::ModelsManage), ImportModels => ModelsHere;
    /// Begins to compare a model's hash.
    ModelsVerify = "models.verify", Access::May(P::ModelsManage), ModelOf => ModelsHere;
    /// Removes a model.
    ModelsRemove = "models.remove", Access::May(P::ModelsManage), ModelOf => ModelsHere;
    /// Stops the work on the models that is under way.
    ModelsCancel = "models.cancel", Access::May(P::ModelsManage), Empty => ModelsHere;

    /// What the licence grants, and how much of it is used.
    LicenceStatusOf = "licence.status", Access::Session, Empty => LicenceStatus;
    /// Installs a licence, or a list of revoked ones.
    LicenceInstall = "licence.install", Access::May(P::LicenceManage), InstallLicence => LicenceStatus;
    /// Reports a month's use.
    UsageReportOf = "usage.report", Access::May(P::LicenceManage), ReportUsage => UsageReported;
    /// Use and cost, month by month.
    UsageHistoryOf = "usage.history", Access::May(P::LicenceManage), Empty => UsageHistory;
    /// Figures over many encounters.
    AnalyticsRead = "analytics.read", Access::May(P::AnalyticsRead), ReadAnalytics => Analytics;
    /// The same as a table that may leave.
    AnalyticsExport = "analytics.export", Access::May(P::AnalyticsRead), ReadAnalytics => ExportedFile;
    /// What this installation has to show of the technical safeguards.
    ComplianceRead = "compliance.read", Access::May(P::AuditRead), Empty => Compliance;

    /// How this machine and its parts are.
    DiagnosticsRead = "diagnostics.read", Access::May(P::DiagnosticsRead), Empty => Diagnostics;
    /// Makes a support bundle and shows all of it.
    SupportPreview = "support.preview", Access::May(P::DiagnosticsRead), Empty => SupportBundle;
    /// Lets the bundle that was shown leave.
    SupportSave = "support.save", Access::May(P::DiagnosticsRead), SaveSupport => ExportedFile;
    /// Restores a backup into a folder that is thrown away.
    RestoreTry = "backup.try-restore", Access::May(P::BackupCreate), TryRestore => DrillCheck;
    /// How long records are kept, and what is due.
    RetentionStatusOf = "retention.status", Access::May(P::RetentionManage), Empty => RetentionStatus;
    /// Shows what other rules would delete now. Changes nothing.
    RetentionPreview = "retention.preview", Access::May(P::RetentionManage), PreviewRetention => RetentionDue;
    /// Sets how long records are kept.
    RetentionSet = "retention.set", Access::May(P::RetentionManage), SetRetention => RetentionStatus;
    /// Deletes what is due and was shown.
    RetentionRun = "retention.run", Access::May(P::RetentionManage), RunRetention => RetentionStatus;
    /// Where signed records are sent by themselves, and what has not arrived.
    DestinationsList = "destinations.list", Access::May(P::DestinationsManage), Empty => Destinations;
    /// Adds a destination, or changes it.
    DestinationsSave = "destinations.save", Access::May(P::DestinationsManage), SaveDestination => Destinations;
    /// Removes one, with what was to be sent to it.
    DestinationsRemove = "destinations.remove", Access::May(P::DestinationsManage), DestinationOf => Destinations;
    /// Sends it something that holds no patient.
    DestinationsTest = "destinations.test", Access::May(P::DestinationsManage), DestinationOf => DestinationTried;
    /// Tries again what did not arrive.
    DestinationsRetry = "destinations.retry", Access::May(P::DestinationsManage), DeliveryOf => Destinations;
    /// Takes what did not arrive out of the queue.
    DestinationsGiveUp = "destinations.give-up", Access::May(P::DestinationsManage), DeliveryOf => Destinations;
    /// Every way that something can leave this machine, or come onto it.
    FlowsRead = "flows.read", Access::May(P::AuditRead), Empty => DataFlows;

    /// The brand on the screens, before anybody signed in too.
    BrandCurrent = "brand.current", Access::Open, Empty => BrandShown;
    /// What is installed, and why it is not shown where it is not.
    BrandStatusOf = "brand.status", Access::May(P::BrandManage), Empty => BrandStatus;
    /// Checks a brand and shows what the screens make of it. Changes nothing.
    BrandPreview = "brand.preview", Access::May(P::BrandManage), BrandDraft => BrandChecked;
    /// Installs a brand that is fine.
    BrandInstall = "brand.install", Access::May(P::BrandManage), BrandDraft => BrandStatus;
    /// Goes back to the default brand.
    BrandRemove = "brand.remove", Access::May(P::BrandManage), Empty => BrandStatus;
}
