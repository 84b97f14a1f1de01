//! The trained weights of the choice: two linear models over the same features. `evals/notes` holds their training.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::{Error, Topic};

/// How many numbers a feature has: whether to keep, and one for each topic.
const WIDTH: usize = 1 + Topic::ALL.len();

/// Linear weights: of whether a candidate belongs in a note, and of where.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    threshold: f32,
    of: HashMap<String, [f32; WIDTH]>,
}

static BUILT_IN: LazyLock<Weights> =
    LazyLock::new(|| Weights::parse(include_str!("../../weights/extractive.tsv")).unwrap_or_default());

impl Weights {
    /// The weights that Bedside ships.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Reads weights: a line `threshold<TAB>x`, then lines of a feature and its six numbers in hundredths, all tab-separated.
    /// Lines that begin with `#` are remarks.
    pub fn parse(text: &str) -> Result<Self, Error> {
        const WRONG: Error = Error::Weights;
        let mut weights = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut cells = line.split('\t');
            let name = cells.next().ok_or(WRONG)?;
            let numbers: Vec<f32> = cells.map(str::parse).collect::<Result<_, _>>().map_err(|_| WRONG)?;
            match (name, numbers.as_slice()) {
                ("threshold", [threshold]) => weights.threshold = *threshold / 100.0,
                (_, numbers) => {
                    let row: [f32; WIDTH] = numbers.try_into().map_err(|_| WRONG)?;
                    weights.of.insert(name.to_owned(), row.map(|number| number / 100.0));
                }
            }
        }
        Ok(weights)
    }

    /// How likely the candidate with these features belongs in the note, on a scale without bounds.
    pub fn keep(&self, features: &[String]) -> f32 {
        self.sum(features)[0]
    }

    /// The topic that fits these features best.
    pub fn topic(&self, features: &[String]) -> Topic {
        let sum = self.sum(features);
        let best = Topic::ALL.iter().zip(&sum[1..]).max_by(|a, b| a.1.total_cmp(b.1));
        best.map_or(Topic::History, |(topic, _)| *topic)
    }

    /// What [`Self::keep`] must pass.
    pub const fn threshold(&self) -> f32 {
        self.threshold
    }

    fn sum(&self, features: &[String]) -> [f32; WIDTH] {
        let mut sum = [0.0; WIDTH];
        for row in features.iter().filter_map(|feature| self.of.get(feature)) {
            for (total, weight) in sum.iter_mut().zip(row) {
                *total += weight;
            }
        }
        sum
    }
}
