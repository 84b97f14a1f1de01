//! Licences at a real clinic: installed, refused, used up; and care first, whatever happens to them.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bedside_engine::Error;
use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{
    Clock, Coded as _, EncounterId, EncounterStatus, ErrorCode, ExportFormat, Language, Role, Timestamp,
};
use licence::{
    Contact, Day, Feature, Licence, LicenceId, Limits, Prices, Revocation, Revocations, SignedUsage,
    SigningKey, Step,
};
use store::SystemRandom;
use support::{Clinic, DAY, Hand, PASSWORD, START, TRANSCRIPT};

struct World {
    clinic: Clinic,
    clock: Arc<Hand>,
    vendor: SigningKey,
    admin: String,
}

impl World {
    fn new() -> Self {
        let clock = Arc::new(Hand(AtomicI64::new(START)));
        let clinic = Clinic::by(Arc::<Hand>::clone(&clock));
        let admin = clinic.sign_in(Role::Administrator);
        Self { clinic, clock, vendor: SigningKey::make(&SystemRandom), admin }
    }

    fn set(&self, days: i64) {
        self.clock.0.store(START + days * DAY, Ordering::SeqCst);
        self.clinic.unlock(&self.admin);
    }

    fn day(&self, days: i64) -> Day {
        Day::of(Timestamp::from_millis(START + days * DAY))
    }

    /// A licence that was signed today, from the first day on and for so many days.
    fn licence(&self, from: i64, days: u32, conversations: Option<u64>) -> Licence {
        let now = self.clock.now();
        Licence {
            id: LicenceId::make(now, &SystemRandom),
            company: "Acme Healthcare".to_owned(),
            tier: "bespoke".to_owned(),
            limits: Limits { conversations_per_month: conversations, devices: None },
            features: [Feature::TEXT, Feature::VOICE].into(),
            support: None,
            contact: Contact { phone: Some("+1 555 0100".to_owned()), ..Contact::default() },
            issued: now,
            not_before: self.day(from),
            expires: Some(self.day(from).plus(days)),
            file_expires: None,
            updates_until: None,
            grace_days: 0,
            facility: None,
            time_zone: Some("Europe/Berlin".to_owned()),
            prices: None,
            other: BTreeMap::new(),
        }
    }

    fn install_text(&self, text: String, key: &SigningKey) -> Result<LicenceStatus, Error> {
        let request = InstallLicence { text, trust: Some(key.public().to_text()) };
        self.clinic.request::<method::LicenceInstall>(&self.admin, &request)
    }

    fn install(&self, licence: &Licence) -> Result<LicenceStatus, Error> {
        self.install_text(licence.sign(&self.vendor).unwrap(), &self.vendor)
    }

    fn revoke(&self, id: LicenceId) -> Result<LicenceStatus, Error> {
        let mut list = Revocations { issued: self.clock.now(), ..Revocations::default() };
        list.add(Revocation { id, on: Day::of(self.clock.now()), reason: None });
        self.install_text(list.sign(&self.vendor).unwrap(), &self.vendor)
    }

    fn status(&self) -> LicenceStatus {
        self.clinic.request::<method::LicenceStatusOf>(&self.admin, &Empty {}).unwrap()
    }

    fn open(&self, clinician: &str) -> Result<EncounterId, Error> {
        let request = OpenEncounter::of("Ada Marlowe", Language::english());
        Ok(self.clinic.request::<method::EncountersOpen>(clinician, &request)?.record.id)
    }

    fn restart(mut self) -> Self {
        self.clinic = self.clinic.restart_by(Arc::<Hand>::clone(&self.clock));
        self.admin = self.clinic.sign_in(Role::Administrator);
        self
    }
}

fn code<T: std::fmt::Debug>(answered: Result<T, Error>) -> ErrorCode {
    answered.unwrap_err().code()
}

#[test]
fn an_evaluation_has_everything_for_thirty_days_and_then_the_starters_limits() {
    let world = World::new();
    let first = world.status();
    assert_eq!((first.standing, first.days_left), (LicenceStanding::Evaluation, Some(30)));
    assert_eq!((first.usage.limit, first.usage.month.as_str()), (None, "2027-01"));
    world.set(29);
    assert_eq!(world.status().days_left, Some(1));
    world.set(30);
    let over = world.status();
    assert_eq!((over.standing, over.usage.limit), (LicenceStanding::EvaluationOver, Some(100)));
    assert_eq!(over.features, ["text"]);
    let clinician = world.clinic.sign_in(Role::Clinician);
    world.open(&clinician).unwrap();
}

#[test]
fn an_installed_licence_stands_in_the_log_and_in_the_audit_trail_and_survives_a_restart() {
    let world = World::new();
    let licence = world.licence(0, 365, Some(10));
    let status = world.install(&licence).unwrap();
    assert_eq!(status.standing, LicenceStanding::Licensed);
    assert_eq!(status.licence, Some(licence.id.to_string()));
    assert_eq!(status.company.as_deref(), Some("Acme Healthcare"));
    assert_eq!(status.until, Some(world.day(365).to_string()));
    assert_eq!(status.usage.time_zone, "Europe/Berlin");
    // Installed once more it changes nothing.
    world.install(&licence).unwrap();
    let auditor = world.clinic.sign_in(Role::Auditor);
    let trail = world.clinic.request::<method::AuditList>(&auditor, &ListAudit::default()).unwrap();
    let installs: Vec<_> = trail.iter().filter(|line| line.action == "licence.install").collect();
    assert_eq!(installs.len(), 1);
    assert_eq!((installs[0].role, &installs[0].refused), (Role::Administrator, &None));
    let world = world.restart();
    assert_eq!(world.status().licence, Some(licence.id.to_string()));
    assert!(world.clinic.engine.entitlement().unwrap().has(&Feature::VOICE));
    assert!(!world.clinic.engine.entitlement().unwrap().has(&Feature::WHITE_LABEL));
    // Who may take no licence in may see what it is.
    let clinician = world.clinic.sign_in(Role::Clinician);
    assert!(world.clinic.request::<method::LicenceStatusOf>(&clinician, &Empty {}).is_ok());
    let text = licence.sign(&world.vendor).unwrap();
    let request = InstallLicence { text, trust: None };
    assert_eq!(
        code(world.clinic.request::<method::LicenceInstall>(&clinician, &request)),
        ErrorCode::Forbidden
    );
}

#[test]
fn what_cannot_be_installed_is_refused_with_its_own_code_and_the_licence_before_goes_on() {
    let world = World::new();
    let standing = world.licence(0, 365, Some(10));
    world.install(&standing).unwrap();
    let signed = |licence: &Licence| licence.sign(&world.vendor).unwrap();
    let untrusted = world.licence(0, 10, None).sign(&SigningKey::make(&SystemRandom)).unwrap();
    assert_eq!(code(world.install_text(untrusted, &world.vendor)), ErrorCode::LicenceKeyUnknown);
    assert_eq!(code(world.install(&world.licence(-100, 50, None))), ErrorCode::LicenceExpired);
    assert_eq!(code(world.install(&world.licence(3, 50, None))), ErrorCode::LicenceNotYet);
    let stale = Licence { file_expires: Some(world.day(-2)), ..world.licence(-5, 50, None) };
    assert_eq!(code(world.install(&stale)), ErrorCode::LicenceFileExpired);
    let elsewhere =
        Licence { facility: Some(licence::Fingerprint::from_bytes([1; 10])), ..world.licence(0, 50, None) };
    assert_eq!(code(world.install(&elsewhere)), ErrorCode::LicenceOtherFacility);
    let earlier = Licence { issued: Timestamp::from_millis(START - DAY), ..world.licence(0, 50, None) };
    assert_eq!(code(world.install(&earlier)), ErrorCode::LicenceOlder);
    let cut = signed(&standing).replace("-----END BEDSIDE LICENCE-----", "");
    assert_eq!(code(world.install_text(cut, &world.vendor)), ErrorCode::LicenceUnreadable);
    let tomorrow = Licence { issued: Timestamp::from_millis(START + DAY), ..world.licence(0, 50, None) };
    assert_eq!(code(world.install(&tomorrow)), ErrorCode::LicenceClock);
    assert_eq!(world.status().licence, Some(standing.id.to_string()));

    let bound =
        Licence { facility: Some(world.status().facility.parse().unwrap()), ..world.licence(0, 50, None) };
    assert_eq!(world.install(&bound).unwrap().licence, Some(bound.id.to_string()));
    assert_eq!(world.revoke(bound.id).unwrap().standing, LicenceStanding::Revoked);
    assert_eq!(
        code(world.install(&Licence { company: "Acme".to_owned(), ..bound })),
        ErrorCode::LicenceRevoked
    );
}

#[test]
fn above_the_allowance_new_conversations_alone_are_refused_until_the_next_month() {
    let world = World::new();
    world.install(&world.licence(0, 365, Some(10))).unwrap();
    let clinician = world.clinic.sign_in(Role::Clinician);
    let kiosk = world.clinic.sign_in(Role::Kiosk);
    let intake = world.clinic.begin_intake(&kiosk).encounter;
    let mut levels = Vec::new();
    for _ in 1..11 {
        world.open(&clinician).unwrap();
        levels.push(world.status().usage.level);
    }
    assert_eq!(
        levels[5..],
        [UsageLevel::Fine, UsageLevel::Near80, UsageLevel::Near80, UsageLevel::Over, UsageLevel::UsedUp]
    );
    let refusal = world.open(&clinician).unwrap_err();
    assert_eq!(refusal.code(), ErrorCode::LicenceLimitReached);
    assert!(refusal.to_string().contains("+1 555 0100"), "{refusal}");
    let second = world.clinic.sign_in(Role::Kiosk);
    let begin = BeginIntake { language: Language::english(), protocol: None };
    assert_eq!(
        code(world.clinic.request::<method::IntakeBegin>(&second, &begin)),
        ErrorCode::LicenceLimitReached
    );
    // The patient at the kiosk goes on.
    world.clinic.request::<method::IntakeHelp>(&kiosk, &IntakeOf { encounter: intake }).unwrap();
    assert_eq!(world.status().usage.opened, 11);
    world.set(17);
    world.clinic.unlock(&clinician);
    assert_eq!((world.status().usage.month.as_str(), world.status().usage.opened), ("2027-02", 0));
    world.open(&clinician).unwrap();
}

#[test]
fn a_months_report_counts_the_log_adds_up_and_is_signed_by_the_facility() {
    let world = World::new();
    let step = |up_to, price: &str| Step { up_to, price: price.parse().unwrap() };
    let prices = Prices::new("EUR", vec![step(Some(2), "0.30"), step(None, "0.20")]).unwrap();
    world.install(&Licence { prices: Some(prices), ..world.licence(0, 365, Some(10)) }).unwrap();
    let clinician = world.clinic.sign_in(Role::Clinician);
    for _ in 0..3 {
        world.open(&clinician).unwrap();
    }
    let vault = world.clinic.engine.vault().unwrap();
    let gone = world.open(&clinician).unwrap();
    vault
        .shred(
            gone,
            domain::Actor { who: domain::Who::Device(vault.device()), role: Role::Administrator },
            domain::WhyDeleted::Unfinished,
        )
        .unwrap();
    world.set(20);
    world.clinic.unlock(&clinician);
    world.open(&clinician).unwrap();
    let report = |month: &str| {
        let request = ReportUsage { month: month.to_owned() };
        world.clinic.request::<method::UsageReportOf>(&world.admin, &request)
    };
    let january = report("2027-01").unwrap();
    assert_eq!((january.conversations, january.total.as_deref()), (4, Some("1.00")));
    let signed: SignedUsage = serde_json::from_str(&january.json).unwrap();
    signed.verify().unwrap();
    assert!(signed.report.complete);
    assert_eq!(signed.report.facility.to_string(), world.status().facility);
    assert_eq!(january.csv.lines().count(), 4);
    assert_eq!(report("2027-02").unwrap().conversations, 1);
    assert_eq!(code(report("2027-13")), ErrorCode::LicenceInvalid);
}

#[test]
fn a_clock_set_far_ahead_burns_nothing_and_one_set_back_grants_nothing_new() {
    let world = World::new();
    world.install(&world.licence(0, 365, Some(10))).unwrap();
    let clinician = world.clinic.sign_in(Role::Clinician);
    world.set(5_000);
    world.clinic.unlock(&clinician);
    world.open(&clinician).unwrap();
    let ahead = world.status();
    assert_eq!((ahead.standing, ahead.clock), (LicenceStanding::Licensed, Some(ClockDoubt::FarAhead)));
    let world = world.restart();
    let clinician = world.clinic.sign_in(Role::Clinician);
    world.set(1);
    world.clinic.unlock(&clinician);
    // The log's own times stay ahead; the month's count does not.
    world.open(&clinician).unwrap();
    let right = world.status();
    assert_eq!((right.standing, right.clock, right.usage.opened), (LicenceStanding::Licensed, None, 2));
    for _ in 0..9 {
        world.open(&clinician).unwrap();
    }
    world.set(-60);
    let world = world.restart();
    let back = world.status();
    assert_eq!((back.clock, back.usage.opened), (Some(ClockDoubt::SetBack), 11));
    let clinician = world.clinic.sign_in(Role::Clinician);
    assert_eq!(code(world.open(&clinician)), ErrorCode::LicenceLimitReached);
}

/// What may happen to the licence between two steps of a visit.
const BLOWS: [fn(&World); 7] = [
    |world| world.set(400),
    |world| world.set(5_000),
    |world| world.set(-300),
    |world| {
        let _ = world.install(&world.licence(0, 30, Some(0)));
    },
    |world| {
        if let Some(id) = world.status().licence {
            // Where the clock stands before the list that is there, it is refused.
            let _ = world.revoke(id.parse().unwrap());
        }
    },
    |world| {
        let request = InstallLicence { text: "no licence".to_owned(), trust: None };
        world.clinic.request::<method::LicenceInstall>(&world.admin, &request).unwrap_err();
    },
    |world| world.set(0),
];

#[test]
fn care_first_a_visit_goes_on_to_its_end_whatever_happens_to_the_licence_at_every_step() {
    // Each blow before each step, and a different one before each other step.
    for shift in 0..BLOWS.len() {
        let world = World::new();
        world.install(&world.licence(0, 30, Some(2))).unwrap();
        let kiosk = world.clinic.sign_in(Role::Kiosk);
        let clinician = world.clinic.sign_in(Role::Clinician);
        let mut step = shift;
        let mut blow = |world: &World| {
            BLOWS[step % BLOWS.len()](world);
            world.clinic.unlock(&clinician);
            step += 1;
        };
        let encounter = world.clinic.begin_intake(&kiosk).encounter;
        blow(&world);
        world.clinic.request::<method::IntakeHelp>(&kiosk, &IntakeOf { encounter }).unwrap();
        blow(&world);
        world.clinic.request::<method::IntakeAbandon>(&kiosk, &IntakeOf { encounter }).unwrap();
        blow(&world);
        world
            .clinic
            .request::<method::FlagsAcknowledge>(&clinician, &AcknowledgeFlag { encounter, flag: None })
            .unwrap();
        blow(&world);
        let transcript = AddTranscript { encounter, text: TRANSCRIPT.into() };
        world.clinic.request::<method::TranscriptAdd>(&clinician, &transcript).unwrap();
        blow(&world);
        let drafted = world
            .clinic
            .request::<method::NoteDraft>(&clinician, &DraftNote::by_rule(encounter, None))
            .unwrap();
        blow(&world);
        let domain::NoteState::Draft { note, revision, .. } = drafted.record.note else { panic!("no draft") };
        let sections = note.sections.iter().map(|section| EditedSection {
            id: section.id.clone(),
            sentences: vec![EditedSentence { id: None, text: "Seen.".into() }],
        });
        let edit = EditNote { encounter, revision, sections: sections.collect() };
        let edited = world.clinic.request::<method::NoteEdit>(&clinician, &edit).unwrap();
        blow(&world);
        let domain::NoteState::Draft { revision, .. } = edited.record.note else { panic!("no draft") };
        let signed = world
            .clinic
            .request::<method::NoteSign>(
                &clinician,
                &SignNote { encounter, revision, confirmed: Vec::new(), password: PASSWORD.into() },
            )
            .unwrap();
        assert_eq!(signed.record.status, EncounterStatus::Signed);
        blow(&world);
        let addendum = SignAddendum { encounter, text: "Seen again.".into(), password: PASSWORD.into() };
        world.clinic.request::<method::NoteAddendum>(&clinician, &addendum).unwrap();
        blow(&world);
        world.clinic.request::<method::EncountersShow>(&clinician, &EncounterOf { encounter }).unwrap();
        let export = ExportEncounter { encounter, format: ExportFormat::Fhir };
        world.clinic.request::<method::EncountersExport>(&clinician, &export).unwrap();
        blow(&world);
        let backup = world.clinic.data.with_file_name("backup");
        let backup = CreateBackup { folder: backup.to_str().unwrap().to_owned() };
        world.clinic.request::<method::BackupCreate>(&world.admin, &backup).unwrap();
        let auditor = world.clinic.sign_in(Role::Auditor);
        let verdict = world.clinic.request::<method::AuditVerify>(&auditor, &Empty {}).unwrap();
        assert!(verdict.faults.is_empty());
    }
}
