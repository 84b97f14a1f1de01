//! How this machine and its parts are. Asked of the real parts, now: each worker program says itself what confines it.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use audio::Direction;
use domain::{Coded as _, Timestamp};
use inference::{Hello, ModelState, SandboxReport, WorkerPrograms};
use licence::Doubt;

use crate::rpc::types::{
    AuditCheck, BackupCheck, ClockDoubt, Concern, ConcernKind, DeviceChoice, Diagnostics, DrillCheck,
    LogPlace, ModelFile, ModelFound, ModelPurpose, SandboxPart, SandboxPartState, SoundPart, Space,
    VaultState, Versions, WorkerDeath, WorkerKind, WorkerLine,
};
use crate::use_cases::compliance::{AUDIT_CHECK, BACKUP};
use crate::voice::settings;
use crate::{Engine, depot, host, kept};

/// Under which name the vault keeps when a restore was last tried.
pub(crate) const DRILL: &str = "last-restore-drill";
/// Where the desktop application writes its log, in the data folder.
pub(crate) const LOGS: &str = "logs";
const DAY_MS: i64 = 86_400_000;
/// A backup or a check of the trail that is older is due, in days.
const MONTH: i64 = 31;
/// A restore that was tried longer ago is due, in days.
const YEAR: i64 = 366;
/// Less than so many free bytes are little: a day of recorded visits, and a backup of the vault.
const LITTLE: u64 = 2 << 30;

impl Engine {
    /// How this machine is: for whoever holds it, with an open vault or without one.
    pub fn diagnose(&self) -> Diagnostics {
        let now = self.now();
        let vault = self.vault().ok();
        let settings = settings::read(self);
        let devices = audio::devices().unwrap_or_default();
        let versions = vault.as_ref().and_then(|vault| vault.engine_versions().ok()).unzip();
        let part = |direction, chosen: Option<&str>| sound_part(self, &devices, direction, chosen);
        let mut found = Diagnostics {
            generated: now,
            time_zone: host::time_zone(),
            concerns: Vec::new(),
            space: space(self.data()),
            microphone: part(Direction::Input, settings.microphone.as_deref()),
            loudspeaker: part(Direction::Output, settings.loudspeaker.as_deref()),
            workers: workers(),
            versions: Versions {
                application: env!("CARGO_PKG_VERSION").to_owned(),
                sqlcipher: versions.0,
                sqlite: versions.1,
                system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            },
            models: models(self),
            vault: vault.as_ref().map(|vault| VaultState {
                read_only: vault.is_read_only(),
                short_of_space: vault.is_short_of_space(),
                backup: kept::read::<BackupCheck>(vault, BACKUP),
                drill: kept::read::<DrillCheck>(vault, DRILL),
                audit_check: kept::read::<AuditCheck>(vault, AUDIT_CHECK),
                clock: self.licensing.time(vault, now).doubt.map(|doubt| match doubt {
                    Doubt::SetBack => ClockDoubt::SetBack,
                    Doubt::FarAhead => ClockDoubt::FarAhead,
                }),
            }),
            log: log(&self.data().join(LOGS)),
        };
        let begun = vault.and_then(|vault| Some(self.licensing.held(&vault).ok()?.begun()));
        found.concerns = concerns(&found, begun.unwrap_or(now));
        found
    }
}

/// What of this needs attention, the most pressing first. `begun` is when the clinic was set up: nothing is due on its
/// first day.
fn concerns(found: &Diagnostics, begun: Timestamp) -> Vec<Concern> {
    use ConcernKind as K;
    let now = found.generated.as_millis();
    let since = |at: Option<Timestamp>| now - at.unwrap_or(begun).as_millis();
    let mut kinds: Vec<(K, Option<String>)> = Vec::new();
    let mut when = |there: bool, kind, about: Option<&str>| {
        if there {
            kinds.push((kind, about.map(str::to_owned)));
        }
    };
    when(found.vault.is_none(), K::VaultClosed, None);
    if let Some(vault) = &found.vault {
        let faults = vault.audit_check.is_some_and(|check| check.faults > 0);
        when(faults, K::AuditBroken, None);
        when(vault.short_of_space, K::DiskFull, None);
        when(vault.read_only, K::VaultNewer, None);
        when(vault.clock == Some(ClockDoubt::SetBack), K::ClockSetBack, None);
        when(vault.clock == Some(ClockDoubt::FarAhead), K::ClockFarAhead, None);
        let first_day = since(None) < DAY_MS;
        let backup_old = vault.backup.map_or(!first_day, |made| since(Some(made.at)) > MONTH * DAY_MS);
        when(backup_old, K::BackupDue, None);
        when(since(vault.audit_check.map(|check| check.at)) > MONTH * DAY_MS, K::AuditDue, None);
        when(since(vault.drill.map(|drill| drill.at)) > YEAR * DAY_MS, K::DrillDue, None);
    }
    let full = found.vault.as_ref().is_some_and(|vault| vault.short_of_space);
    when(!full && found.space.free.is_some_and(|free| free < LITTLE), K::DiskLow, None);
    for worker in &found.workers {
        let name = Some(name_of(worker.kind));
        when(worker.problem.is_some() || !worker.missing.is_empty(), K::WorkerBroken, name);
        when(worker.sandbox.iter().any(|part| !part.holds), K::SandboxPartial, name);
        let died = worker.last_death.as_ref().is_some_and(|death| since(Some(death.at)) < DAY_MS);
        when(died, K::WorkerDied, name);
    }
    for model in found.models.iter().filter(|model| model.file == ModelFile::Bad) {
        when(true, K::ModelBad, Some(&model.name));
    }
    let usable = |model: &ModelFound| matches!(model.file, ModelFile::Present | ModelFile::Verified);
    let hears = found.models.iter().any(|model| model.purpose == ModelPurpose::Speech && usable(model));
    when(!hears, K::SpeechModelMissing, None);
    let silent = |part: &SoundPart| part.present == 0 || part.choice == DeviceChoice::Gone;
    when(silent(&found.microphone), K::MicrophoneMissing, None);
    when(silent(&found.loudspeaker), K::LoudspeakerMissing, None);
    let mut concerns: Vec<Concern> =
        kinds.into_iter().map(|(kind, about)| Concern { kind, urgent: kind.is_urgent(), about }).collect();
    concerns.sort();
    concerns
}

/// A worker's name, as it is written.
pub(crate) const fn name_of(kind: WorkerKind) -> &'static str {
    match kind {
        WorkerKind::Speech => "speech",
        WorkerKind::Language => "language",
    }
}

fn space(data: &Path) -> Space {
    // A folder that is made later lies where the nearest one lies that is there.
    let there = data.ancestors().find(|folder| folder.exists());
    Space {
        folder: data.display().to_string(),
        free: there.and_then(|folder| fs4::available_space(folder).ok()),
        total: there.and_then(|folder| fs4::total_space(folder).ok()),
        vault: ["vault.db", "vault.db-wal", "vault.db-shm", "anchor", "keyslots.json", "reserve"]
            .iter()
            .map(|name| std::fs::metadata(data.join(name)).map_or(0, |file| file.len()))
            .sum(),
        sound: measure(&data.join("sound")).1,
        models: measure(&data.join("models")).1,
    }
}

/// How many files there are below a folder, and their bytes.
pub(crate) fn measure(folder: &Path) -> (u32, u64) {
    let Ok(entries) = std::fs::read_dir(folder) else { return (0, 0) };
    entries.flatten().fold((0, 0), |(files, bytes), entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => {
            let (more, of_those) = measure(&entry.path());
            (files + more, bytes + of_those)
        }
        Ok(kind) if kind.is_file() => (files + 1, bytes + entry.metadata().map_or(0, |file| file.len())),
        _ => (files, bytes),
    })
}

fn log(folder: &Path) -> LogPlace {
    let (files, bytes) = measure(folder);
    LogPlace { folder: folder.display().to_string(), files, bytes }
}

fn sound_part(
    engine: &Engine,
    devices: &[audio::Device],
    direction: Direction,
    chosen: Option<&str>,
) -> SoundPart {
    let mine: Vec<_> = devices.iter().filter(|device| device.direction == direction).collect();
    let in_use = match chosen {
        Some(id) => mine.iter().find(|device| device.id == id),
        None => mine.first(),
    };
    SoundPart {
        present: u32::try_from(mine.len()).unwrap_or(u32::MAX),
        choice: match (chosen, in_use) {
            (None, _) => DeviceChoice::Default,
            (Some(_), Some(_)) => DeviceChoice::Chosen,
            (Some(_), None) => DeviceChoice::Gone,
        },
        name: in_use.map(|device| device.name.lines().collect::<Vec<_>>().join(", ")),
        last_fault: engine.voice.last_fault(direction),
    }
}

fn workers() -> Vec<WorkerLine> {
    let programs = WorkerPrograms::find();
    let deaths = inference::last_deaths();
    [(WorkerKind::Speech, programs.speech), (WorkerKind::Language, programs.language)]
        .into_iter()
        .map(|(kind, program)| {
            let file =
                program.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let last_death = deaths.iter().find(|ended| ended.program == file).map(|ended| WorkerDeath {
                at: timestamp(ended.at),
                class: ended.death.class().to_owned(),
                detail: ended.death.to_string(),
            });
            let said = inference::introduce(&program);
            let problem = said.as_ref().err().map(|error| error.code());
            worker_line(kind, problem, said.ok(), last_death)
        })
        .collect()
}

fn worker_line(
    kind: WorkerKind,
    problem: Option<domain::ErrorCode>,
    said: Option<Hello>,
    last_death: Option<WorkerDeath>,
) -> WorkerLine {
    let Some(Hello { engine, back_end, cpu, sandbox }) = said else {
        return WorkerLine {
            kind,
            problem,
            version: None,
            back_end: None,
            architecture: None,
            features: Vec::new(),
            missing: Vec::new(),
            sandbox: Vec::new(),
            mechanisms: Vec::new(),
            last_death,
        };
    };
    WorkerLine {
        kind,
        problem,
        version: Some(engine),
        back_end: Some(back_end),
        architecture: Some(cpu.architecture),
        features: cpu.present,
        missing: cpu.missing,
        sandbox: parts(&sandbox),
        mechanisms: sandbox.mechanisms,
        last_death,
    }
}

fn parts(report: &SandboxReport) -> Vec<SandboxPartState> {
    [
        (SandboxPart::Network, report.no_network),
        (SandboxPart::FileWrites, report.no_file_writes),
        (SandboxPart::OtherReads, report.no_other_reads),
        (SandboxPart::Exec, report.no_exec),
        (SandboxPart::Fork, report.no_fork),
        (SandboxPart::Tracing, report.no_tracing),
        (SandboxPart::CoreDumps, report.no_core_dumps),
    ]
    .into_iter()
    .map(|(part, holds)| SandboxPartState { part, holds })
    .collect()
}

fn models(engine: &Engine) -> Vec<ModelFound> {
    let Ok(models) = depot::models(engine) else { return Vec::new() };
    let here = models.list().unwrap_or_default();
    here.into_iter()
        .filter_map(|model| {
            let (file, bytes) = match &model.state {
                ModelState::Absent => return None,
                ModelState::Partial { bytes } => (ModelFile::Partial, *bytes),
                ModelState::Present { bytes } => (ModelFile::Present, *bytes),
                ModelState::Verified { bytes, .. } => (ModelFile::Verified, *bytes),
                ModelState::Bad { .. } => (ModelFile::Bad, 0),
            };
            Some(ModelFound {
                known: model.entry.is_some() || model.name == inference::STARTER,
                purpose: model.purpose.into(),
                bytes,
                file,
                verified: models.verified_at(&model).map(timestamp),
                name: model.name,
            })
        })
        .collect()
}

pub(crate) fn timestamp(at: SystemTime) -> Timestamp {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn well(at: i64) -> Diagnostics {
        let at = Timestamp::from_millis(at);
        let part = SoundPart { present: 1, choice: DeviceChoice::Default, name: None, last_fault: None };
        let worker = |kind| {
            let sandbox = SandboxReport {
                no_network: true,
                no_file_writes: true,
                no_other_reads: true,
                no_exec: true,
                no_fork: true,
                no_tracing: true,
                no_core_dumps: true,
                ..SandboxReport::default()
            };
            let hello = Hello {
                engine: "an engine 1".into(),
                back_end: "cpu".into(),
                cpu: Default::default(),
                sandbox,
            };
            worker_line(kind, None, Some(hello), None)
        };
        Diagnostics {
            generated: at,
            time_zone: "UTC".into(),
            concerns: Vec::new(),
            space: Space {
                folder: String::new(),
                free: Some(LITTLE),
                total: Some(LITTLE * 10),
                vault: 1,
                sound: 0,
                models: 0,
            },
            microphone: part.clone(),
            loudspeaker: part,
            workers: vec![worker(WorkerKind::Speech), worker(WorkerKind::Language)],
            versions: Versions {
                application: "1".into(),
                sqlcipher: None,
                sqlite: None,
                system: String::new(),
            },
            models: vec![ModelFound {
                name: "starter".into(),
                known: true,
                purpose: ModelPurpose::Speech,
                bytes: 1,
                file: ModelFile::Present,
                verified: None,
            }],
            vault: Some(VaultState {
                read_only: false,
                short_of_space: false,
                backup: Some(BackupCheck { at, events: 1 }),
                drill: Some(DrillCheck { at, made: at, events: 1 }),
                audit_check: Some(AuditCheck { at, entries: 1, events: 1, faults: 0 }),
                clock: None,
            }),
            log: LogPlace { folder: String::new(), files: 0, bytes: 0 },
        }
    }

    #[test]
    fn a_machine_on_which_nothing_is_wrong_has_no_concern_and_each_fault_is_one() {
        use ConcernKind as K;
        let now = 1_000 * DAY_MS;
        let begun = Timestamp::from_millis(0);
        assert_eq!(concerns(&well(now), begun), []);
        type Change = fn(&mut Diagnostics);
        let cases: [(Change, K); 17] = [
            (|d| d.vault = None, K::VaultClosed),
            (|d| d.vault.as_mut().unwrap().audit_check.as_mut().unwrap().faults = 1, K::AuditBroken),
            (|d| d.vault.as_mut().unwrap().short_of_space = true, K::DiskFull),
            (|d| d.vault.as_mut().unwrap().read_only = true, K::VaultNewer),
            (|d| d.space.free = Some(LITTLE - 1), K::DiskLow),
            (|d| d.vault.as_mut().unwrap().clock = Some(ClockDoubt::SetBack), K::ClockSetBack),
            (|d| d.vault.as_mut().unwrap().clock = Some(ClockDoubt::FarAhead), K::ClockFarAhead),
            (|d| d.workers[1].problem = Some(domain::ErrorCode::WorkerMissing), K::WorkerBroken),
            (|d| d.workers[0].sandbox[2].holds = false, K::SandboxPartial),
            (
                |d| {
                    d.workers[0].last_death =
                        Some(WorkerDeath { at: d.generated, class: "hung".into(), detail: String::new() });
                },
                K::WorkerDied,
            ),
            (|d| d.models[0].file = ModelFile::Bad, K::ModelBad),
            (|d| d.models.clear(), K::SpeechModelMissing),
            (|d| d.microphone.present = 0, K::MicrophoneMissing),
            (|d| d.loudspeaker.choice = DeviceChoice::Gone, K::LoudspeakerMissing),
            (|d| d.vault.as_mut().unwrap().backup = None, K::BackupDue),
            (|d| d.vault.as_mut().unwrap().audit_check = None, K::AuditDue),
            (|d| d.vault.as_mut().unwrap().drill = None, K::DrillDue),
        ];
        for (change, kind) in cases {
            let mut found = well(now);
            change(&mut found);
            let kinds: Vec<K> = concerns(&found, begun).into_iter().map(|concern| concern.kind).collect();
            assert!(kinds.contains(&kind), "{kind:?}: {kinds:?}");
            let sorted = kinds.is_sorted();
            assert!(sorted && kinds.len() <= 2, "{kind:?}: {kinds:?}");
        }
    }

    #[test]
    fn nothing_is_due_on_a_clinics_first_day() {
        let mut found = well(1_000 * DAY_MS);
        let vault = found.vault.as_mut().unwrap();
        (vault.backup, vault.drill, vault.audit_check) = (None, None, None);
        let begun = Timestamp::from_millis(found.generated.as_millis() - DAY_MS / 2);
        assert_eq!(concerns(&found, begun), []);
    }
}
