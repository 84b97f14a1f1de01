//! Sentence embeddings for understanding, where an embedding model is installed.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use ::intake::understand::{Nearness, Understanding};
use domain::Coded;
use inference::{Embedder, LanguageClient, Limits, Purpose, WorkerPrograms};

use crate::Engine;
use crate::depot::installed;

/// A patient waits no longer than this for a suggestion; the parsers' outcome counts then. The first answer after a start
/// may come before the model is loaded.
const PATIENCE: Duration = Duration::from_millis(800);

/// The embedding model in use.
#[derive(Default)]
pub(crate) struct Near {
    embedder: Mutex<Option<Arc<Embedder>>>,
}

impl Near {
    /// The embedder of the model that is installed; `None` without one.
    fn embedder(&self, engine: &Engine) -> Option<Arc<Embedder>> {
        let model = model(engine)?;
        let mut open = self.embedder.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(embedder) = open.as_ref().filter(|embedder| embedder.model() == model) {
            return Some(Arc::clone(embedder));
        }
        // Not the client that drafts notes: that one leaves a core to the screens, and a patient waits for this.
        let client = LanguageClient::new(&WorkerPrograms::find(), Limits::default());
        let embedder = Arc::new(Embedder::new(client, model));
        *open = Some(Arc::clone(&embedder));
        Some(embedder)
    }
}

/// The file of the embedding model that is here: the first in the catalog's order, else the clinic's own.
fn model(engine: &Engine) -> Option<PathBuf> {
    installed(engine, Purpose::Embedding).into_iter().next().map(|(model, _)| model.path)
}

/// What is understood once nearness was asked as well. Without a model, or where it takes too long or fails, what the parsers
/// understood.
pub(crate) fn settled(engine: &Engine, nearness: &Nearness, by_rule: Understanding) -> Understanding {
    let Some(embedder) = engine.near.embedder(engine) else { return by_rule };
    let Ok(runtime) = engine.voice.runtime() else { return by_rule };
    let (asked, unsettled) = (nearness.clone(), by_rule.clone());
    let (send, receive) = mpsc::channel();
    // A thread of its own: the caller may be one of the runtime's, which must not wait for the runtime. It goes on where the
    // patience ends, so that the model is there for the next answer.
    let handle = runtime.handle().clone();
    let asking = std::thread::Builder::new().name("nearness".into()).spawn(move || {
        let _ = send.send(handle.block_on(embedder.settle(&asked, unsettled)));
    });
    if asking.is_err() {
        return by_rule;
    }
    match receive.recv_timeout(PATIENCE) {
        Ok(Ok(settled)) => settled,
        Ok(Err(error)) => {
            tracing::warn!(code = error.code().as_str(), "the embedding model was of no use");
            by_rule
        }
        Err(_) => {
            tracing::info!("the embedding model took too long");
            by_rule
        }
    }
}
