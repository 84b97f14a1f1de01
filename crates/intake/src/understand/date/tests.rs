//! Sentences and what they mean.
