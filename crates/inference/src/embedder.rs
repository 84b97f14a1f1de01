//! What was said beside the options that come again and again: their vectors are kept.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use intake::Understanding;
use intake::understand::Nearness;

use crate::{Error, LanguageClient};

/// Vectors kept; a clinic's questionnaires have fewer different buttons.
const MOST_KEPT: usize = 4_096;

/// Embeds with one model.
pub struct Embedder {
    client: LanguageClient,
    model: PathBuf,
    /// What stands on buttons is the same for everybody: computed once. What a patient said is never kept.
    kept: Mutex<HashMap<String, Vec<f32>>>,
}

impl Embedder {
    /// An embedder; no process is started yet.
    pub fn new(client: LanguageClient, model: PathBuf) -> Self {
        Self { client, model, kept: Mutex::default() }
    }

    /// The model's file.
    pub fn model(&self) -> &Path {
        &self.model
    }

    /// What is understood once the nearness of meaning was asked as well.
    ///
    /// # Errors
    /// As [`LanguageClient::embed`].
    pub async fn settle(&self, nearness: &Nearness, by_rule: Understanding) -> Result<Understanding, Error> {
        let (said, options) = nearness.texts();
        let options: Vec<String> = options.map(str::to_owned).collect();
        let said = self.client.embed(&self.model, vec![said.to_owned()]).await?.pop().unwrap_or_default();
        Ok(nearness.settle(&said, &self.kept(&options).await?, by_rule))
    }

    /// The vectors of texts that are the same for everybody, in order.
    async fn kept(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, Error> {
        let missing: Vec<String> = {
            let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            texts.iter().filter(|text| !kept.contains_key(*text)).cloned().collect()
        };
        let computed = self.client.embed(&self.model, missing.clone()).await?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let now: HashMap<String, Vec<f32>> = missing.into_iter().zip(computed).collect();
        let vectors =
            texts.iter().filter_map(|text| now.get(text).or_else(|| kept.get(text))).cloned().collect();
        if kept.len() + now.len() > MOST_KEPT {
            kept.clear();
        }
        kept.extend(now);
        Ok(vectors)
    }
}
