//! From a method's name to its use case: the session is looked up, access is decided and, where it is refused, audited,
//! before the use case sees the request.

use std::cell::RefCell;

use domain::{Action, Actor, Coded, DeviceId, EncounterId, ErrorCode, Role, Who};
use serde_json::Value;
use store::{AuditWrite, Object, Outcome};

use crate::rpc::schema::{Method, RULES, method};
use crate::rpc::{Access, MethodRule};
use crate::sessions::{Session, Standing};
use crate::use_cases::{
    analytics, answers, brand, clinic, compliance, destinations, diagnostics, encounters, endpoint, export,
    first_start, flows, import, intake, kiosk, licences, lists, lock, models, notes, oversight, patients,
    people, protocols, retention, sites, sound,
};
use crate::{Engine, Error, logoff};

/// A call that was let through: the engine, and who calls.
pub(crate) struct Call<'e> {
    pub(crate) engine: &'e Engine,
    pub(crate) rule: MethodRule,
    token: Option<&'e str>,
    session: Option<Session>,
    locked: bool,
    /// What the call is about, for the audit trail of a refusal: the encounter that it names, or what the use case found.
    object: RefCell<Option<Object>>,
}

impl<'e> Call<'e> {
    /// Who calls. Only methods that need no session have none.
    pub(crate) fn session(&self) -> Result<&Session, Error> {
        self.session.as_ref().ok_or(Error::NotSignedIn)
    }

    pub(crate) fn token(&self) -> Result<&'e str, Error> {
        self.token.ok_or(Error::NotSignedIn)
    }

    pub(crate) fn actor(&self) -> Result<Actor, Error> {
        Ok(self.session()?.actor)
    }

    /// What the audit trail calls this.
    pub(crate) fn action(&self) -> Action {
        Action(self.rule.name)
    }

    /// Says what the call is about, where its request does not.
    pub(crate) fn is_about(&self, object: Object) {
        self.object.replace(Some(object));
    }

    /// Refuses an intake other than the one that this session began: what a patient answers is theirs until it is handed
    /// in, and after that it is read as a record.
    pub(crate) fn authorise_intake(&self, encounter: EncounterId) -> Result<(), Error> {
        if self.session()?.intake == Some(encounter) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Writes that the caller did this to the object. Where it is a reading, there is none without the entry.
    pub(crate) fn audit(&self, object: Object) -> Result<(), Error> {
        self.audit_as(self.actor()?, object)
    }

    /// The same for whoever becomes the caller, or for nobody yet.
    pub(crate) fn audit_as(&self, actor: Actor, object: Object) -> Result<(), Error> {
        let outcome = Outcome::Allowed;
        self.engine.audit(AuditWrite { actor, action: self.action(), object: Some(object), outcome })
    }
}

macro_rules! routes {
    ($($method:ident => $use_case:expr,)*) => {
        fn answer(call: &Call<'_>, params: Value) -> Result<Value, Error> {
            match call.rule.name {
                $(name if name == <method::$method as Method>::RULE.name => {
                    run::<method::$method>(call, params, $use_case)
                })*
                _ => Err(Error::MethodUnknown),
            }
        }
    };
}

routes! {
    AppStateOf => clinic::app_state,
    ClinicCreate => clinic::create,
    RecoveryConfirm => clinic::confirm_recovery,
    RecoveryRenew => clinic::renew_recovery,
    BackupCheck => first_start::check_backup,
    BackupRestore => first_start::restore_backup,
    FirstStartKeep => first_start::keep_step,
    DeviceAssign => first_start::assign_device,
    SitesList => sites::list,
    SitesAdd => sites::add,
    SitesRename => sites::rename,
    SitesClose => sites::close,
    SitesPlace => sites::place,
    RehearsalBegin => first_start::begin_rehearsal,
    RehearsalEnd => first_start::end_rehearsal,
    VaultUnlock => clinic::unlock,
    VaultRetry => clinic::retry,
    VaultAccept => clinic::accept,
    SessionSignIn => people::sign_in,
    SessionSignOut => people::sign_out,
    SessionCurrent => people::current,
    SessionPresent => lock::present,
    SessionLock => lock::lock,
    SessionUnlock => lock::unlock,
    PasswordChange => people::change_password,
    PinSet => lock::set_pin,
    PinRemove => lock::remove_pin,
    LogoffRead => lock::read_logoff,
    LogoffConfigure => lock::configure_logoff,
    PeopleList => people::list,
    PeopleCreate => people::create,
    KioskOpen => kiosk::open,
    KioskHandOver => kiosk::hand_over,
    KioskClose => kiosk::close,
    KioskLeave => kiosk::leave,
    KioskResume => kiosk::resume,
    KioskDeviceOf => kiosk::device,
    KioskConfigure => kiosk::configure,
    IntakeStanding => intake::standing,
    IntakeBegin => intake::begin,
    IntakeConsent => intake::consent,
    IntakeIdentify => intake::identify,
    IntakeAnswer => intake::answer,
    IntakeUnderstand => answers::understand,
    IntakeLeaveOpen => intake::leave_open,
    IntakeBack => intake::back,
    IntakeGoTo => intake::go_to,
    IntakeHelp => intake::help,
    IntakeSubmit => intake::submit,
    IntakeAbandon => intake::abandon,
    VoiceAttend => sound::attend,
    VoiceHush => sound::hush,
    VoiceSay => sound::say,
    VoiceVolume => sound::volume,
    VoiceLeave => sound::leave,
    RecordingStart => sound::start_recording,
    RecordingStop => sound::stop_recording,
    RecordingImport => sound::import_sound,
    RecordingImportStop => sound::stop_import,
    RecordingNowOf => sound::recording_now,
    RecordingPlay => sound::play,
    RecordingSilence => sound::silence,
    SoundStatusOf => sound::status,
    SoundConfigure => sound::configure,
    SoundTryMicrophone => sound::try_microphone,
    SoundTryLoudspeaker => sound::try_loudspeaker,
    EncountersList => encounters::list,
    EncountersOpen => encounters::open,
    EncountersImport => import::import,
    EncountersShow => encounters::show,
    EncountersExport => export::encounter,
    EncountersRetract => encounters::retract,
    PatientsFind => patients::find,
    PatientsAlike => patients::alike,
    PatientsShow => patients::show,
    PatientsConfirm => patients::confirm,
    FlagsAcknowledge => encounters::acknowledge_flag,
    TranscriptAdd => encounters::add_transcript,
    TranscriptCorrect => encounters::correct_utterance,
    TranscriptSwap => encounters::swap_speakers,
    TranscriptSearch => encounters::search,
    EndpointRead => endpoint::read,
    EndpointSave => endpoint::save,
    EndpointRemove => endpoint::remove,
    EndpointTry => endpoint::attempt,
    NoteOffersOf => notes::offers,
    NoteDraft => notes::draft,
    NoteCancel => notes::cancel,
    NoteEdit => notes::edit,
    ListsEdit => lists::edit,
    NoteSign => notes::sign,
    NoteAddendum => notes::addendum,
    AuditList => oversight::list_audit,
    AuditVerify => oversight::verify_audit,
    AuditExport => export::audit_trail,
    ProtocolsList => protocols::list,
    ProtocolsReload => protocols::reload,
    ProtocolsPreview => protocols::preview,
    ProtocolsActivate => protocols::activate,
    ProtocolsDeactivate => protocols::deactivate,
    BackupCreate => oversight::create_backup,
    ModelsList => models::list,
    ModelsFetch => models::fetch,
    ModelsImport => models::import,
    ModelsVerify => models::verify,
    ModelsRemove => models::remove,
    ModelsCancel => models::cancel,
    LicenceStatusOf => licences::status,
    LicenceInstall => licences::install,
    UsageReportOf => licences::report_usage,
    UsageHistoryOf => licences::usage_history,
    AnalyticsRead => analytics::read,
    AnalyticsExport => analytics::export,
    ComplianceRead => compliance::read,
    DiagnosticsRead => diagnostics::read,
    SupportPreview => diagnostics::preview_support,
    SupportSave => diagnostics::save_support,
    RestoreTry => diagnostics::try_restore,
    RetentionStatusOf => retention::status,
    RetentionPreview => retention::preview,
    RetentionSet => retention::set,
    RetentionRun => retention::run,
    DestinationsList => destinations::list,
    DestinationsSave => destinations::save,
    DestinationsRemove => destinations::remove,
    DestinationsTest => destinations::test,
    DestinationsRetry => destinations::retry,
    DestinationsGiveUp => destinations::give_up,
    FlowsRead => flows::read,
    BrandCurrent => brand::current,
    BrandStatusOf => brand::status,
    BrandPreview => brand::preview,
    BrandInstall => brand::install,
    BrandRemove => brand::remove,
}

/// Answers a call, or says why not. A refusal, and a failed use case, are audited where there is a vault to do it in.
pub(crate) fn route(engine: &Engine, token: Option<&str>, name: &str, params: Value) -> Result<Value, Error> {
    let rule = *RULES.iter().find(|rule| rule.name == name).ok_or(Error::MethodUnknown)?;
    if rule.access != Access::Open
        && let Some(rehearsing) = token.and_then(|token| engine.rehearsing(token))
    {
        return route_rehearsed(&rehearsing, token, rule, params);
    }
    let found = token.and_then(|token| {
        engine.sessions.look(token, engine.now(), logoff::LEAST_IDLE_MS, || logoff::idle_ms(engine))
    });
    let (session, standing) = found.unzip();
    let locked = standing.is_some_and(|standing| standing != Standing::Open);
    let call = Call { engine, rule, token, session, locked, object: RefCell::new(named_encounter(&params)) };
    if standing == Some(Standing::JustLocked) {
        audit_lock(&call);
    }
    let answered = authorise(&call).and_then(|()| answer(&call, params));
    if let Err(error) = &answered {
        audit_refusal(&call, error);
    }
    answered
}

/// A call of a rehearsal's session, which never hands the device over: its window is not locked.
fn route_rehearsed(
    engine: &Engine,
    token: Option<&str>,
    rule: MethodRule,
    params: Value,
) -> Result<Value, Error> {
    let hands_over = [
        method::KioskOpen::RULE,
        method::KioskHandOver::RULE,
        method::KioskClose::RULE,
        method::KioskLeave::RULE,
    ];
    if hands_over.iter().any(|other| other.name == rule.name) {
        return Err(Error::Forbidden);
    }
    route(engine, token, rule.name, params)
}

/// Whether the caller may call this method at all. What it may be called *on* is each use case's question.
fn authorise(call: &Call<'_>) -> Result<(), Error> {
    if call.locked && call.rule.access != Access::Open && !logoff::is_allowed_while_locked(call.rule.name) {
        return Err(Error::SessionLocked);
    }
    match call.rule.access {
        Access::Open => Ok(()),
        Access::Session => call.session().map(|_| ()),
        Access::May(permission) => {
            if call.session()?.actor.role.may(permission) {
                Ok(())
            } else {
                Err(Error::Forbidden)
            }
        }
    }
}

/// Says in the audit trail that nobody was at the screen for too long.
fn audit_lock(call: &Call<'_>) {
    let Some(session) = &call.session else { return };
    let action = Action(method::SessionLock::RULE.name);
    let (object, outcome) = (Some(Object::Vault), Outcome::Allowed);
    if let Err(failure) = call.engine.audit(AuditWrite { actor: session.actor, action, object, outcome }) {
        tracing::error!(code = failure.code().as_str(), "a log-off was not audited");
    }
}

fn audit_refusal(call: &Call<'_>, error: &Error) {
    let Ok(vault) = call.engine.vault() else { return };
    let actor = call.session.as_ref().map_or_else(|| nobody(vault.device()), |session| session.actor);
    let object = call.object.take();
    let entry = AuditWrite { actor, action: call.action(), object, outcome: outcome(error) };
    if let Err(failure) = call.engine.audit(entry) {
        tracing::error!(code = failure.code().as_str(), action = call.rule.name, "a refusal was not audited");
    }
}

/// The encounter that a request names, by the one name that every request has for it.
fn named_encounter(params: &Value) -> Option<Object> {
    params.get("encounter")?.as_str()?.parse().ok().map(Object::Encounter)
}

const fn outcome_is_refusal(code: ErrorCode) -> bool {
    use ErrorCode as E;
    matches!(
        code,
        E::Forbidden | E::NotSignedIn | E::SignInFailed | E::PinWrong | E::SignInWait | E::SessionLocked
    )
}

fn outcome(error: &Error) -> Outcome {
    let code = error.code();
    if outcome_is_refusal(code) { Outcome::Refused(code) } else { Outcome::Failed(code) }
}

/// Who acts where nobody signed in: the device, in the role that may least.
pub(crate) const fn nobody(device: DeviceId) -> Actor {
    Actor { who: Who::Device(device), role: Role::Kiosk }
}

fn run<M: Method>(
    call: &Call<'_>,
    params: Value,
    use_case: impl FnOnce(&Call<'_>, M::Request) -> Result<M::Response, Error>,
) -> Result<Value, Error> {
    let request = serde_json::from_value(params).map_err(|error| Error::RequestInvalid {
        method: M::RULE.name,
        // The message of a value of the wrong type quotes the value, which may be what a patient typed.
        reason: match error.classify() {
            serde_json::error::Category::Data => "a field is missing or of another type".to_owned(),
            _ => "not JSON".to_owned(),
        },
    })?;
    let response = use_case(call, request)?;
    serde_json::to_value(response).map_err(|_| Error::RequestInvalid {
        method: M::RULE.name,
        reason: "the answer holds a number that JSON has not".to_owned(),
    })
}
