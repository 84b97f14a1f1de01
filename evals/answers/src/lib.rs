//! What the scorer is made of: the labelled answers, and when what was understood of one is right.

pub mod compare;
pub mod corpus;
pub mod tally;
