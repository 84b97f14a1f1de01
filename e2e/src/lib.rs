//! The real application, driven as a person would.
