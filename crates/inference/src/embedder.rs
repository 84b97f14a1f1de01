//! A text beside others that come again and again: their vectors are kept.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::{Error, LanguageClient};

/// Vectors kept; a clinic's questionnaires have fewer different buttons.
const MOST_KEPT: usize = 4_096;

/// Embeds with one model. What is embedded as [`Embedder::kept`] is computed once and stays in memory; what a patient said
/// goes through [`Embedder::compare`] and does not.
pub struct Embedder {
    client: Arc<LanguageClient>,
    model: PathBuf,
    kept: Mutex<HashMap<String, Arc<Vec<f32>>>>,
}

impl Embedder {
    /// An embedder; no process is started yet.
    pub fn new(client: Arc<LanguageClient>, model: PathBuf) -> Self {
        Self { client, model, kept: Mutex::default() }
    }

    /// The model's file.
    pub fn model(&self) -> &Path {
        &self.model
    }

    /// The vectors of texts that are the same for everybody, each of length 1, in order.
    ///
    /// # Errors
    /// As [`LanguageClient::embed`].
    pub async fn kept(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, Error> {
        let missing: Vec<String> = {
            let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            texts.iter().filter(|text| !kept.contains_key(*text)).cloned().collect()
        };
        let computed = self.client.embed(&self.model, missing.clone()).await?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let now: HashMap<String, Arc<Vec<f32>>> =
            missing.into_iter().zip(computed.into_iter().map(Arc::new)).collect();
        let vectors = texts
            .iter()
            .filter_map(|text| now.get(text).or_else(|| kept.get(text)))
            .map(|vector| vector.as_ref().clone())
            .collect();
        if kept.len() + now.len() > MOST_KEPT {
            kept.clear();
        }
        kept.extend(now);
        Ok(vectors)
    }

    /// The vector of what was said, and those of the texts that it is held against.
    ///
    /// # Errors
    /// As [`LanguageClient::embed`].
    pub async fn compare(&self, said: &str, with: &[String]) -> Result<(Vec<f32>, Vec<Vec<f32>>), Error> {
        let vector = self.client.embed(&self.model, vec![said.to_owned()]).await?.pop().unwrap_or_default();
        Ok((vector, self.kept(with).await?))
    }
}
