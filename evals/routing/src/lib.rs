//! What the scorer is made of: the labelled reasons for a visit, and the counting.

pub mod corpus;
pub mod tally;
