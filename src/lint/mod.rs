//! What is legal and probably not meant: a resolved program in, warnings out.
//!
//! One file a lint, each a function from `Facts` to findings, with its own wording. A lint is about the
//! program alone and changes nothing of what is written. All are linear in the program but for searches with a
//! counted `Budget`, after which they find no more. [`run`] is also the one place where comments of the form
//! `# netdsl: allow(shadowed-rule) reason` silence findings, those of earlier steps too.

mod all_ports;
mod ambiguous_union;
mod budget;
mod container_port_name;
mod empty_test;
mod facts;
mod internet_as_source;
mod isolated_without_rules;
mod lists;
mod lonely_value;
mod matches_no_declared_pods;
mod missing_dns_egress;
mod one_address_family;
mod peers;
mod pods_without_rules;
mod repeated_port;
mod set_to_itself;
mod shadowed_rule;
mod silencers;
mod undeclared_port;
mod unroutable_address;
mod unused_declaration;
mod wide_open;
mod written;

use crate::diag::{self, Diagnostic};
use crate::source::Sources;
use crate::syntax::ast;
use crate::{hir, parallel};

use budget::Budget;
use facts::Facts;
use silencers::Silencers;
use written::Written;

/// Every lint that looks at a whole program.
const LINTS: &[fn(&Facts) -> Vec<Diagnostic>] = &[
    missing_dns_egress::find,
    one_address_family::find,
    shadowed_rule::find,
    unused_declaration::find,
    matches_no_declared_pods::find,
    lonely_value::find,
    ambiguous_union::find,
    set_to_itself::find,
    all_ports::find,
    wide_open::find,
    internet_as_source::find,
    container_port_name::find,
    pods_without_rules::find,
    isolated_without_rules::find,
    empty_test::find,
    repeated_port::find,
    unroutable_address::find,
    undeclared_port::find,
];

/// Lints a program without errors: its findings and those of earlier steps, less what comments silence.
///
/// `files` are those of the program, in any order; the prelude is there for what it uses.
pub fn run(
    program: &hir::Program,
    prelude: &ast::File,
    files: &[ast::File],
    sources: &Sources,
    earlier: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let facts = Facts::of(program, Written::of(prelude, files));
    let mut found = earlier;
    let size = program.rules.len();
    found.extend(parallel::map(LINTS.to_vec(), size, |lint| lint(&facts)).into_iter().flatten());
    let mut silencers = Silencers::of(files, sources);
    let mut found = silencers.silence(found);
    found.extend(silencers.unused());
    diag::sort(&mut found);
    found
}

/// Silences the warnings of a program that has errors. Its lints wait, so nothing is said about comments that
/// silence nothing.
pub fn silence(files: &[ast::File], sources: &Sources, earlier: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut found = Silencers::of(files, sources).silence(earlier);
    diag::sort(&mut found);
    found
}
