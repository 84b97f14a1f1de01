//! How long records are kept: what is due by the clinic's rules, and its deletion.
//!
//! Nothing is deleted that was not shown before: whoever sets rules, or presses for a run, names what they saw. Once a day a run
//! goes by the rules that were set so. Whatever is due stays while a legal hold is on, while a visit or an intake is under way
//! on this device, and while the machine's clock is not believed: a clock set forward makes nothing old. What a licence grants
//! plays no part.

use std::collections::BTreeSet;
use std::sync::Arc;

use audio::journal;
use domain::{
    Action, Actor, AudioRule, Coded as _, EncounterId, EncounterRecord, EncounterStatus, EventBody,
    EventKind, NoteState, RecordingId, RetentionRules, Role, Stream, Timestamp, Who, WhyDeleted,
};
use store::{EncounterFilter, Vault};

use crate::rpc::types::{RetentionDue, RetentionRan, RetentionStop};
use crate::voice::{recording, settings};
use crate::{Engine, Error, kept};

/// Under which names the vault keeps the last run, and the day of the last one that came by itself.
pub(crate) const RUN: &str = "retention-run";
const DAY: &str = "retention-day";

const DAY_MS: i64 = 86_400_000;
/// A year is taken for a leap year, so that nothing goes before its years are over.
const YEAR_DAYS: i64 = 366;
/// The fewest years that a rule may keep signed encounters. No law that the project knows of asks for fewer.
pub(crate) const LEAST_YEARS: u32 = 3;
const MOST_YEARS: u32 = 100;
/// The fewest days that a rule may keep intakes that were left: over a weekend.
pub(crate) const LEAST_DAYS: u32 = 3;
const MOST_DAYS: u32 = 3_650;

/// The rules, and who made them when.
pub(crate) struct InForce {
    pub(crate) rules: RetentionRules,
    pub(crate) changed: Option<(Timestamp, Who)>,
}

/// The rules that hold now. Where they cannot be read nothing is old enough.
pub(crate) fn in_force(engine: &Engine) -> InForce {
    let read = || {
        let events = engine.vault()?.events_of_kinds(Stream::Facility, &[EventKind::RetentionChanged])?;
        Ok::<_, Error>(events.into_iter().last())
    };
    match read() {
        Ok(Some(event)) => match event.body {
            EventBody::RetentionChanged { rules } => {
                InForce { rules, changed: Some((event.header.time.wall, event.header.actor.who)) }
            }
            // A rule of a newer version is not known, and so nothing is deleted by it.
            _ => InForce { rules: NOTHING, changed: Some((event.header.time.wall, event.header.actor.who)) },
        },
        Ok(None) => {
            // What was set before there were rules.
            let kept = settings::read(engine).keep_recordings;
            let audio = if kept { AudioRule::Keep } else { AudioRule::AtSigning };
            InForce { rules: RetentionRules { audio, ..RetentionRules::default() }, changed: None }
        }
        Err(error) => {
            tracing::warn!(code = error.code().as_str(), "the retention rules are not known");
            InForce { rules: NOTHING, changed: None }
        }
    }
}

const NOTHING: RetentionRules =
    RetentionRules { audio: AudioRule::Keep, signed_years: None, unfinished_days: None, hold: true };

/// Refuses rules that keep for less than the least.
pub(crate) fn check(rules: &RetentionRules, method: &'static str) -> Result<(), Error> {
    let wrong = |reason: &str| Err(Error::RequestInvalid { method, reason: reason.to_owned() });
    if rules.signed_years.is_some_and(|years| !(LEAST_YEARS..=MOST_YEARS).contains(&years)) {
        return wrong("signed encounters are kept for 3 to 100 years");
    }
    if rules.unfinished_days.is_some_and(|days| !(LEAST_DAYS..=MOST_DAYS).contains(&days)) {
        return wrong("intakes that were left are kept for 3 to 3650 days");
    }
    match rules.audio {
        AudioRule::Days { days } if !(1..=MOST_DAYS).contains(&days) => {
            wrong("sound is kept for 1 to 3650 days")
        }
        _ => Ok(()),
    }
}

/// What is due, thing by thing.
#[derive(Default)]
pub(crate) struct Due {
    recordings: Vec<DueRecording>,
    encounters: Vec<(EncounterId, WhyDeleted)>,
    oldest: Option<Timestamp>,
}

struct DueRecording {
    encounter: EncounterId,
    recording: RecordingId,
    bytes: u64,
}

impl Due {
    fn is_empty(&self) -> bool {
        self.recordings.is_empty() && self.encounters.is_empty()
    }

    /// How much it is, with the digest that stands for all of it.
    pub(crate) fn shown(&self) -> RetentionDue {
        let count = |why| {
            let these = self.encounters.iter().filter(|(_, of)| *of == why).count();
            u32::try_from(these).unwrap_or(u32::MAX)
        };
        let mut named: Vec<String> = self
            .recordings
            .iter()
            .map(|due| format!("{} {}", due.encounter, due.recording))
            .chain(self.encounters.iter().map(|(id, why)| format!("{id} {why:?}")))
            .collect();
        named.sort();
        RetentionDue {
            recordings: u32::try_from(self.recordings.len()).unwrap_or(u32::MAX),
            recording_bytes: self.recordings.iter().map(|due| due.bytes).sum(),
            signed: count(WhyDeleted::SignedKept),
            unfinished: count(WhyDeleted::Unfinished),
            oldest: self.oldest,
            digest: seal::digest(named.join("\n").as_bytes()).to_string(),
        }
    }
}

/// What is due by these rules, whether or not anything stops its deletion.
pub(crate) fn due(engine: &Engine, rules: &RetentionRules) -> Result<Due, Error> {
    let vault = engine.vault()?;
    let now = engine.licensing.time(&vault, engine.now()).at;
    let before = |days: i64| Timestamp::from_millis(now.as_millis().saturating_sub(days * DAY_MS));
    let mut due = Due::default();
    let asked = [
        (
            rules.signed_years.map(|years| before(i64::from(years) * YEAR_DAYS)),
            EncounterStatus::Signed,
            WhyDeleted::SignedKept,
        ),
        (
            rules.unfinished_days.map(|days| before(i64::from(days))),
            EncounterStatus::Partial,
            WhyDeleted::Unfinished,
        ),
    ];
    for (until, status, why) in asked {
        let Some(until) = until else { continue };
        let filter = EncounterFilter {
            until: Some(until),
            statuses: vec![status],
            limit: u32::MAX,
            ..EncounterFilter::default()
        };
        for row in vault.encounters(&filter)?.into_iter().filter(|row| row.changed < until) {
            due.encounters.push((row.id, why));
            due.oldest = Some(due.oldest.map_or(row.changed, |oldest| oldest.min(row.changed)));
        }
    }
    let going: BTreeSet<EncounterId> = due.encounters.iter().map(|(id, _)| *id).collect();
    let sound_until = match rules.audio {
        AudioRule::AtSigning => Some(now),
        AudioRule::Days { days } => Some(before(i64::from(days))),
        AudioRule::Keep => None,
    };
    for id in with_sound(engine) {
        let Some(record) = vault.encounter(id)? else { continue };
        let signed = signed_at(&record);
        let over = sound_until.zip(signed).is_some_and(|(until, signed)| signed <= until);
        if !over && !going.contains(&id) {
            continue;
        }
        for known in record.recordings.iter().filter(|known| !known.deleted) {
            let file = journal::path(&recording::folder(engine, id), known.id);
            let bytes = std::fs::metadata(file).map_or(0, |file| file.len());
            due.recordings.push(DueRecording { encounter: id, recording: known.id, bytes });
            let at = signed.unwrap_or(record.changed);
            due.oldest = Some(due.oldest.map_or(at, |oldest| oldest.min(at)));
        }
    }
    Ok(due)
}

fn signed_at(record: &EncounterRecord) -> Option<Timestamp> {
    match &record.note {
        NoteState::Signed { signature, .. } => Some(signature.at),
        NoteState::None | NoteState::Draft { .. } => None,
    }
}

/// The encounters that have sound on the disk.
fn with_sound(engine: &Engine) -> BTreeSet<EncounterId> {
    let Ok(folders) = std::fs::read_dir(engine.data().join("sound")) else { return BTreeSet::new() };
    folders.flatten().filter_map(|folder| folder.file_name().to_str()?.parse().ok()).collect()
}

/// Why nothing may be deleted now.
pub(crate) fn stopped(engine: &Engine, vault: &Vault, rules: &RetentionRules) -> Option<RetentionStop> {
    if rules.hold {
        return Some(RetentionStop::Hold);
    }
    if engine.licensing.time(vault, engine.now()).doubt.is_some() {
        return Some(RetentionStop::Clock);
    }
    let busy = engine.voice.recording().is_some()
        || engine.intakes().values().any(crate::use_cases::intake::OpenIntake::is_under_way);
    busy.then_some(RetentionStop::Busy)
}

pub(crate) const fn refusal(stop: RetentionStop) -> Error {
    match stop {
        RetentionStop::Hold => Error::RetentionHeld,
        RetentionStop::Clock => Error::RetentionClock,
        RetentionStop::Busy => Error::RetentionBusy,
    }
}

/// Deletes what is due, one thing after the other. A visit that begins meanwhile stops it where it is.
pub(crate) fn run(engine: &Engine, actor: Actor, due: &Due, by_hand: bool) -> Result<RetentionRan, Error> {
    let vault = engine.vault()?;
    let mut ran = RetentionRan {
        at: engine.now(),
        by_hand,
        recordings: 0,
        recording_bytes: 0,
        signed: 0,
        unfinished: 0,
    };
    let goes_on = || stopped(engine, &vault, &in_force(engine).rules).is_none();
    let finished = delete(engine, &vault, actor, due, &goes_on, &mut ran);
    if by_hand || ran.recordings + ran.signed + ran.unfinished > 0 {
        kept::note(&vault, RUN, &ran);
    }
    tracing::info!(
        recordings = ran.recordings,
        signed = ran.signed,
        unfinished = ran.unfinished,
        "what was due was deleted"
    );
    finished.map(|()| ran)
}

fn delete(
    engine: &Engine,
    vault: &Vault,
    actor: Actor,
    due: &Due,
    goes_on: &dyn Fn() -> bool,
    ran: &mut RetentionRan,
) -> Result<(), Error> {
    for DueRecording { encounter, recording: id, bytes } in &due.recordings {
        let _turn = engine.turn();
        if !goes_on() {
            return Ok(());
        }
        journal::delete(&journal::path(&recording::folder(engine, *encounter), *id))?;
        let deleted = EventBody::RecordingDeleted { recording: *id };
        engine.append(actor, Action("recording.deleted"), *encounter, vec![deleted])?;
        // Not empty while another recording of the visit is kept.
        let _ = std::fs::remove_dir(recording::folder(engine, *encounter));
        ran.recordings += 1;
        ran.recording_bytes += bytes;
    }
    for (id, why) in &due.encounters {
        let _turn = engine.turn();
        if !goes_on() {
            return Ok(());
        }
        // Somebody may have gone on with it since it was found.
        let expected = match why {
            WhyDeleted::SignedKept => EncounterStatus::Signed,
            WhyDeleted::Unfinished => EncounterStatus::Partial,
        };
        if vault.encounter(*id)?.is_none_or(|record| record.status != expected) {
            continue;
        }
        vault.shred(*id, actor, *why)?;
        let _ = std::fs::remove_dir_all(recording::folder(engine, *id));
        match why {
            WhyDeleted::SignedKept => ran.signed += 1,
            WhyDeleted::Unfinished => ran.unfinished += 1,
        }
    }
    Ok(())
}

/// How often the engine looks whether its day's work is done.
const EVERY: std::time::Duration = std::time::Duration::from_secs(60);

impl Engine {
    /// Tends the clinic for as long as the application runs: for a host that stays.
    pub fn keep_tending(&self) {
        let Ok(me) = self.shared() else { return };
        let me = Arc::downgrade(&me);
        let tending = std::thread::Builder::new().name("tending".into()).spawn(move || {
            loop {
                std::thread::sleep(EVERY);
                let Some(engine) = me.upgrade() else { return };
                engine.tend();
            }
        });
        if let Err(error) = tending {
            tracing::warn!(%error, "nothing is deleted by itself: no thread was started");
        }
    }

    /// What the application does by itself now and then: deletes what is due, once a day; counts ahead for the dashboard. A host calls it every few minutes.
    pub fn tend(&self) {
        let Ok(vault) = self.vault() else { return };
        if vault.is_read_only() {
            return;
        }
        if let Err(error) = self.delete_once_a_day(&vault) {
            tracing::warn!(code = error.code().as_str(), "what is due was not deleted");
        }
        if let Err(error) = crate::use_cases::analytics::count_ahead(self) {
            tracing::warn!(code = error.code().as_str(), "nothing was counted ahead");
        }
    }

    fn delete_once_a_day(&self, vault: &Vault) -> Result<(), Error> {
        let rules = in_force(self).rules;
        if stopped(self, vault, &rules).is_some() {
            return Ok(());
        }
        let today = (self.options.local_day)(self.now());
        if kept::read::<String>(vault, DAY).as_ref() == Some(&today) {
            return Ok(());
        }
        let due = due(self, &rules)?;
        if !due.is_empty() {
            let actor = Actor { who: Who::Device(vault.device()), role: Role::Administrator };
            run(self, actor, &due, false)?;
        }
        kept::note(vault, DAY, &today);
        Ok(())
    }
}
