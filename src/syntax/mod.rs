//! Text in, syntax tree out. A bad line is a diagnostic and a [`ast::Broken`]; parsing never fails as a whole.

pub mod ast;
