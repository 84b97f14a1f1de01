//! A language model that drafts a note, beside everything else that goes on: one of this device, or the facility's own server.
//!
//! One at a time on a device: a model takes its memory. What it writes is told to the session that asked for it, word by word; it
//! can be stopped at once; and whatever keeps it from a note (no model, a worker that died, an answer that cannot be used, too much
//! time) is said beside a draft by rule, which there always is.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

use domain::{Action, Actor, Coded as _, EncounterId, EncounterRecord, ErrorCode, EventBody, NoteState};
use inference::{LanguageClient, Limits, NoteProgress, Purpose, WorkerPrograms};
use scribe::{Outcome, Template};
use tokio::task::AbortHandle;

use crate::depot::installed;
use crate::rpc::types::{DraftLine, DraftProgress, EndpointSettings, Notice};
use crate::use_cases::lists;
use crate::{Engine, Error, endpoint};

/// A draft that takes longer is given up for the one by rule.
const MOST_TIME: Duration = Duration::from_secs(20 * 60);

/// What of drafting is under way.
#[derive(Default)]
pub(crate) struct Drafting {
    client: OnceLock<Arc<LanguageClient>>,
    running: Mutex<Option<Running>>,
    runs: AtomicU64,
}

struct Running {
    encounter: EncounterId,
    /// Tells one run from the next.
    number: u64,
    progress: DraftProgress,
    /// None while its note is being kept.
    abort: Option<AbortHandle>,
}

/// Whose draft it is, and what it goes by.
#[derive(Clone)]
pub(crate) struct Order {
    pub(crate) actor: Actor,
    pub(crate) action: Action,
    pub(crate) token: String,
    pub(crate) encounter: EncounterId,
    pub(crate) replaces: Option<u32>,
    pub(crate) template: Template,
}

impl Drafting {
    fn client(&self) -> Arc<LanguageClient> {
        let made = || Arc::new(LanguageClient::new(&WorkerPrograms::find(), Limits::in_background()));
        Arc::clone(self.client.get_or_init(made))
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far the draft of an encounter has come, where one is being written.
    pub(crate) fn progress(&self, encounter: EncounterId) -> Option<DraftProgress> {
        let running = self.running();
        running
            .as_ref()
            .filter(|running| running.encounter == encounter)
            .map(|running| running.progress.clone())
    }

    /// Stops the draft of an encounter. Nothing of it is kept.
    pub(crate) fn cancel(&self, encounter: EncounterId) {
        let mut running = self.running();
        let stops = |running: &Running| running.encounter == encounter && running.abort.is_some();
        if running.as_ref().is_some_and(stops)
            && let Some(abort) = running.take().and_then(|running| running.abort)
        {
            abort.abort();
        }
    }

    /// From here on the run cannot be stopped: its note is being kept. None where it was stopped before.
    fn hold(&self, number: u64) -> Option<()> {
        let mut running = self.running();
        running.as_mut().filter(|running| running.number == number)?.abort = None;
        Some(())
    }

    /// The run has ended.
    fn end(&self, number: u64) {
        let mut running = self.running();
        if running.as_ref().is_some_and(|running| running.number == number) {
            *running = None;
        }
    }
}

impl Drop for Drafting {
    fn drop(&mut self) {
        if let Some(abort) = self.running().take().and_then(|running| running.abort) {
            abort.abort();
        }
    }
}

/// The language models that are here, by name; the largest first, which is the best by rule of thumb.
pub(crate) fn models(engine: &Engine) -> Vec<(String, PathBuf)> {
    let mut here = installed(engine, Purpose::Language);
    here.sort_by(|(one, bytes), (other, others)| others.cmp(bytes).then_with(|| one.name.cmp(&other.name)));
    here.into_iter().map(|(model, _)| (model.name, model.path)).collect()
}

/// Who writes.
enum Writer {
    /// A model on this device.
    Model(Arc<LanguageClient>, PathBuf),
    /// The facility's server.
    Endpoint(Box<(endpoint::Client, EndpointSettings)>),
}

impl Writer {
    /// The one of this name, or the best that is here, or the facility's server.
    fn choose(engine: &Engine, wanted: Option<&str>) -> Result<Option<Self>, Error> {
        let here = models(engine).into_iter().find(|(name, _)| wanted.is_none_or(|wanted| wanted == name));
        if let Some((_, path)) = here {
            return Ok(Some(Self::Model(engine.drafting.client(), path)));
        }
        let there = endpoint::in_use(engine);
        let there = there.filter(|server| wanted.is_none_or(|wanted| wanted == server.settings.offered()));
        let Some(endpoint::Server { settings, token }) = there else { return Ok(None) };
        let client = endpoint::Client::new(&settings, token)?;
        Ok(Some(Self::Endpoint(Box::new((client, settings)))))
    }

    async fn write(
        self,
        record: &EncounterRecord,
        template: &Template,
        tell: impl Fn(NoteProgress) + Send + 'static,
    ) -> Result<Outcome, ErrorCode> {
        match self {
            Self::Model(client, path) => {
                let language = record.language.primary();
                let drafting = client.draft_note(&path, &record.utterances, template, language, tell);
                drafting.await.map_err(|error| {
                    tracing::warn!(code = error.code().as_str(), %error, "a model drafted no note");
                    error.code()
                })
            }
            Self::Endpoint(server) => {
                let (client, settings) = *server;
                let (record, template) = (record.clone(), template.clone());
                let outcome =
                    endpoint::draft(client, settings, record, template, endpoint::SILENCE, tell).await;
                outcome.inspect_err(|code| {
                    tracing::warn!(code = code.as_str(), "the facility's server drafted no note");
                })
            }
        }
    }
}

/// Begins a draft by a language model: the one of this name, or the best that there is. Without any, the draft by rule stands at once.
pub(crate) fn begin(engine: &Engine, order: Order, model: Option<&str>) -> Result<(), Error> {
    let record = engine.encounter(order.encounter)?;
    let Some(writer) = Writer::choose(engine, model)? else {
        return keep(engine, &order, &record, Err(ErrorCode::ModelMissing));
    };
    let runtime = engine.voice.runtime()?;
    let mut running = engine.drafting.running();
    if running.is_some() {
        return Err(Error::DraftBusy);
    }
    let number = engine.drafting.runs.fetch_add(1, Ordering::Relaxed);
    let progress = DraftProgress { part: 1, parts: 1, lines: Vec::new() };
    *running = Some(Running { encounter: order.encounter, number, progress, abort: None });
    let me = Arc::downgrade(&engine.shared()?);
    let task = runtime.spawn(run(me, writer, order, record, number));
    if let Some(running) = running.as_mut() {
        running.abort = Some(task.abort_handle());
    }
    Ok(())
}

async fn run(me: Weak<Engine>, writer: Writer, order: Order, record: EncounterRecord, number: u64) {
    let tell = {
        let (me, order) = (me.clone(), order.clone());
        move |progress: NoteProgress| {
            if let Some(engine) = me.upgrade() {
                told(&engine, &order, number, progress);
            }
        }
    };
    let drafting = writer.write(&record, &order.template, tell);
    let outcome = match tokio::time::timeout(MOST_TIME, drafting).await {
        Err(_) => Err(ErrorCode::WorkerTimeout),
        Ok(Err(code)) => Err(code),
        // It read everything and found nothing to write; the rules may.
        Ok(Ok(Outcome::Refused(_))) => Err(ErrorCode::ModelAnswerInvalid),
        Ok(Ok(Outcome::Draft(note))) => Ok(note),
    };
    // From here on it cannot be stopped any more: the store is written on a thread for blocking work.
    let kept = tokio::task::spawn_blocking(move || {
        let Some(engine) = me.upgrade() else { return };
        if engine.drafting.hold(number).is_none() {
            return;
        }
        let kept = keep(&engine, &order, &record, outcome);
        engine.drafting.end(number);
        let failure = kept.err().map(|error| error.code());
        engine.notices.to(&order.token, Notice::DraftEnded { encounter: order.encounter, failure });
    });
    if kept.await.is_err() {
        tracing::error!("a draft was not kept");
    }
}

fn told(engine: &Engine, order: &Order, number: u64, progress: NoteProgress) {
    let lines = progress.lines.into_exposed().into_iter();
    let progress = DraftProgress {
        part: progress.part,
        parts: progress.parts,
        lines: lines.map(|(heading, text)| DraftLine { heading, text: text.into() }).collect(),
    };
    let mut running = engine.drafting.running();
    let Some(running) = running.as_mut().filter(|running| running.number == number) else { return };
    running.progress = progress.clone();
    engine.notices.to(&order.token, Notice::DraftWritten { encounter: order.encounter, progress });
}

/// Keeps the note, or the one by rule with the reason. Where the note or the transcript changed meanwhile, nothing is kept.
fn keep(
    engine: &Engine,
    order: &Order,
    read: &EncounterRecord,
    outcome: Result<domain::Note, ErrorCode>,
) -> Result<(), Error> {
    let _turn = engine.turn();
    let record = engine.encounter(order.encounter)?;
    if matches!(record.note, NoteState::Signed { .. }) {
        return Err(Error::NoteSigned);
    }
    if present(&record) != order.replaces || record.utterances != read.utterances {
        return Err(Error::NoteConflict);
    }
    let (note, fallback) = match outcome {
        Ok(note) => (note, None),
        Err(code) => (by_rule(&record, &order.template)?, Some(code)),
    };
    let mut events = vec![EventBody::NoteDrafted { note, fallback }];
    events.extend(lists::found(engine, &record));
    engine.append(order.actor, order.action, order.encounter, events)?;
    Ok(())
}

/// The revision of the draft that there is.
pub(crate) fn present(record: &EncounterRecord) -> Option<u32> {
    match &record.note {
        NoteState::Draft { revision, .. } => Some(*revision),
        NoteState::None | NoteState::Signed { .. } => None,
    }
}

/// The draft by rule.
pub(crate) fn by_rule(record: &EncounterRecord, template: &Template) -> Result<domain::Note, Error> {
    match scribe::draft(&record.utterances, template, record.language.primary()) {
        Outcome::Draft(note) => Ok(note),
        Outcome::Refused(refusal) => Err(refusal.into()),
    }
}
