//! What holds for lints beside their cases: what they say is superfluous is, what a comment silences is silent, and
//! large programs take a moment.

mod laws;
mod speed;
