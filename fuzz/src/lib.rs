//! The laws that the targets check, and how texts of the language are changed.

pub mod laws;
pub mod mutate;
