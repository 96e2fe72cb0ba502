//! The netdsl compiler: who may talk to whom in a Kubernetes cluster, stated in a compact typed language,
//! lowered to minimal NetworkPolicy YAML.
//!
//! ```text
//! &str ─parse→ ast::File ─check→ hir::Program ─(no errors)→ Checked ─lower→ ir::Policy ─minimise→ Minimal ─backend→ [NetworkPolicy] ─write→ YAML
//! ```
//!
//! `pipeline` is the table of contents; `ARCHITECTURE.md` says what each may import, and where to add what.

pub mod algebra;
pub mod backend;
pub mod check;
pub mod cli;
pub mod denote;
pub mod diag;
pub mod fix;
pub mod fmt;
pub mod guards;
pub mod hir;
pub mod ir;
pub mod k8s;
pub mod lint;
pub mod load;
pub mod lower;
pub mod minimise;
pub mod output;
pub mod parallel;
pub mod pipeline;
pub mod query;
pub mod source;
pub mod syntax;
pub mod verify;
