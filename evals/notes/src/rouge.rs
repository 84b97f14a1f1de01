//! ROUGE as ACI-Bench publishes it: that of Google's `rouge_score` 0.1.2, F-measure, no stemmer.
//!
//! Words are runs of `a-z0-9` of the lower-cased text. ROUGE-1 and ROUGE-2 count n-grams, each at most as often as the
//! reference has it. ROUGE-Lsum takes each line as a sentence and, for each line of the reference, the union of its longest
//! common subsequences with the candidate's lines.

use std::collections::HashMap;

/// The three F-measures of one note, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rouge {
    /// Words.
    pub one: f64,
    /// Pairs of words.
    pub two: f64,
    /// Union of the longest common subsequences by line.
    pub lsum: f64,
}

impl Rouge {
    /// The scores of a candidate against a reference.
    pub fn of(candidate: &str, reference: &str) -> Self {
        let (words, wanted) = (words(candidate), words(reference));
        Self {
            one: by_ngrams(&words, &wanted, 1),
            two: by_ngrams(&words, &wanted, 2),
            lsum: by_lines(candidate, reference),
        }
    }

    /// The mean of many.
    pub fn mean(all: &[Self]) -> Self {
        let count = all.len().max(1) as f64;
        let mean = |of: fn(&Self) -> f64| all.iter().map(of).sum::<f64>() / count;
        Self { one: mean(|r| r.one), two: mean(|r| r.two), lsum: mean(|r| r.lsum) }
    }
}

/// The words that ROUGE counts.
pub fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn f_measure(hits: usize, candidate: usize, reference: usize) -> f64 {
    let precision = hits as f64 / candidate.max(1) as f64;
    let recall = hits as f64 / reference.max(1) as f64;
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

fn by_ngrams(candidate: &[String], reference: &[String], n: usize) -> f64 {
    let (mut left, mut total) = (HashMap::new(), 0);
    for ngram in reference.windows(n) {
        *left.entry(ngram).or_insert(0_usize) += 1;
        total += 1;
    }
    let (mut hits, mut written) = (0, 0);
    for ngram in candidate.windows(n) {
        written += 1;
        if let Some(count) = left.get_mut(ngram).filter(|count| **count > 0) {
            *count -= 1;
            hits += 1;
        }
    }
    f_measure(hits, written, total)
}

fn by_lines(candidate: &str, reference: &str) -> f64 {
    let lines = |text: &str| text.split('\n').map(words).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    let (candidate, reference) = (lines(candidate), lines(reference));
    let counts = |lines: &[Vec<String>]| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        lines.iter().flatten().for_each(|word| *counts.entry(word.clone()).or_default() += 1);
        counts
    };
    let (mut of_candidate, mut of_reference) = (counts(&candidate), counts(&reference));
    let mut hits = 0;
    for line in &reference {
        let mut union: Vec<usize> = candidate.iter().flat_map(|other| common(line, other)).collect();
        union.sort_unstable();
        union.dedup();
        for at in union {
            let word = &line[at];
            if let (Some(ours @ 1..), Some(theirs @ 1..)) =
                (of_candidate.get_mut(word), of_reference.get_mut(word))
            {
                *ours -= 1;
                *theirs -= 1;
                hits += 1;
            }
        }
    }
    f_measure(hits, candidate.iter().map(Vec::len).sum(), reference.iter().map(Vec::len).sum())
}

/// The places in `line` of its longest common subsequence with `other`; of several, the one that `rouge_score` takes.
fn common(line: &[String], other: &[String]) -> Vec<usize> {
    let width = other.len() + 1;
    let mut table = vec![0_u32; (line.len() + 1) * width];
    for (i, a) in line.iter().enumerate() {
        for (j, b) in other.iter().enumerate() {
            table[(i + 1) * width + j + 1] = if a == b {
                table[i * width + j] + 1
            } else {
                table[i * width + j + 1].max(table[(i + 1) * width + j])
            };
        }
    }
    let (mut i, mut j) = (line.len(), other.len());
    let mut places = Vec::new();
    while i > 0 && j > 0 {
        if line[i - 1] == other[j - 1] {
            places.push(i - 1);
            i -= 1;
            j -= 1;
        } else if table[i * width + j - 1] > table[(i - 1) * width + j] {
            j -= 1;
        } else {
            i -= 1;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of `rouge_score` 0.1.2 (`RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=False)`).
    #[test]
    fn the_scores_are_those_of_the_published_scorer() {
        let reference = "Denies fever.\nThe patient has had a cough for 3 days, worse at night.";
        let candidate = "Patient reports a cough for 3 days.\nNo fever. Worse at night; denies chills.";
        let rouge = Rouge::of(candidate, reference);
        for (ours, theirs) in [(rouge.one, ONE), (rouge.two, TWO), (rouge.lsum, LSUM)] {
            assert!((ours - theirs).abs() < 1e-9, "{ours} {theirs}");
        }
        assert_eq!(Rouge::of("", reference), Rouge::default());
    }

    const ONE: f64 = 0.7857142857142857;
    const TWO: f64 = 0.46153846153846156;
    const LSUM: f64 = 0.7142857142857143;
}
