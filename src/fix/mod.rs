//! Applies replacements to a text.
