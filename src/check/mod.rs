//! Syntax trees in, a resolved program out, and everything that is wrong with it.
//!
//! An ordered list of steps, each in its own file. A step reports all that it finds and leaves a gap; the next
//! steps skip what touches a gap, so one cause gives one diagnostic and no good line goes unchecked. Only an
//! outcome without errors becomes a [`Checked`] program, the one thing that `lower` takes.

mod addresses;
mod declare;
mod defaults;
mod effect;
mod externals;
mod hosts;
mod labels;
mod names;
mod networks;
mod peers;
mod pods;
mod ports;
mod problems;
mod program;
mod resolver;
mod services;
mod sets;
mod statements;
mod suggest;
mod tables;

use std::ops::Range;

use crate::diag::{self, Diagnostic};
use crate::hir;
use crate::syntax::ast;

pub(crate) use names::{is_label_key, is_label_value};
use resolver::{Findings, Parts, Resolver};
use tables::Tables;

/// The text of the prelude: a netdsl file that every program is compiled with.
pub const PRELUDE: &str = include_str!("prelude.netdsl");

/// The name under which messages show the prelude.
pub const PRELUDE_PATH: &str = "<prelude>";

/// A program as far as it could be resolved, and everything that was found.
#[derive(Debug)]
pub struct Outcome {
    program: hir::Program,
    diagnostics: Vec<Diagnostic>,
}

/// A program without errors.
#[derive(Debug)]
pub struct Checked(hir::Program);

impl Outcome {
    /// What was found, in the order of files and places.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The program where nothing is wrong with it, beside the warnings; otherwise all that was found.
    ///
    /// # Errors
    /// All diagnostics, where at least one of them is an error.
    pub fn into_checked(self) -> Result<(Checked, Vec<Diagnostic>), Vec<Diagnostic>> {
        if diag::has_errors(&self.diagnostics) {
            return Err(self.diagnostics);
        }
        Ok((Checked(self.program), self.diagnostics))
    }
}

impl Checked {
    /// The program.
    pub fn program(&self) -> &hir::Program {
        &self.0
    }
}

/// Resolves a program and finds all that is wrong with it.
///
/// `files` are in no particular order, `earlier` is what was found when they were read. The order changes no
/// byte of what follows: everything is sorted by names, or by files and places for messages.
pub fn check(prelude: &ast::File, files: &[ast::File], earlier: Vec<Diagnostic>) -> Outcome {
    let mut checker = Checker::new(earlier);
    checker.declare(prelude, files);
    checker.close_labels(files);
    checker.resolve_pods();
    checker.resolve_externals();
    checker.resolve_sets();
    checker.resolve_defaults();
    checker.resolve_networks();
    checker.resolve_services();
    let mut program = checker.build_program();
    checker.resolve_statements(&mut program);
    let mut diagnostics = checker.findings.problems;
    if !diag::has_errors(&diagnostics) {
        diagnostics.extend(effect::find_rules_without_effect(&program));
    }
    diag::sort(&mut diagnostics);
    Outcome { program, diagnostics }
}

/// What the steps share: tables of declarations, and the findings so far.
#[derive(Debug)]
struct Checker<'a> {
    tables: Tables<'a>,
    findings: Findings,
}

impl<'a> Checker<'a> {
    fn new(problems: Vec<Diagnostic>) -> Self {
        Self { tables: Tables::default(), findings: Findings::new(problems) }
    }

    fn report(&mut self, problem: Diagnostic) {
        self.findings.problems.push(problem);
    }

    /// What resolves against the tables as they are now.
    fn resolver(&mut self) -> Resolver<'_, 'a> {
        Resolver { tables: &self.tables, findings: &mut self.findings }
    }

    /// Resolves things in parts, on all cores, against the tables as they are now.
    fn in_parts<R: Send>(
        &mut self,
        parts: Parts,
        resolve: impl Fn(&mut Resolver<'_, 'a>, Range<usize>) -> R + Sync + Send,
    ) -> Vec<R> {
        parts.resolve(&self.tables, &mut self.findings, resolve)
    }
}
