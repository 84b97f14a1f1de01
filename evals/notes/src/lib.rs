//! What the scorer and the trainer share: the data sets, ROUGE, and the topics of a reference note.

pub mod dialogues;
pub mod reference;
pub mod rouge;
pub mod sets;
