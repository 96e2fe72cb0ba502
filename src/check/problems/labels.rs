//! E03xx: label keys, values and selectors. W0002.

use crate::diag::codes::{Labels, Lint};
use crate::diag::{Diagnostic, Safety};
use crate::ir::NAMESPACE_NAME;
use crate::source::Span;
use crate::syntax::ast::{self, Labelled, RequirementKind};

use super::{did_you_mean, quoted};

fn statement(of: Labelled) -> &'static str {
    match of {
        Labelled::Pods => "label",
        Labelled::Namespaces => "namespace label",
    }
}

fn carriers(of: Labelled) -> &'static str {
    match of {
        Labelled::Pods => "pod",
        Labelled::Namespaces => "namespace",
    }
}

pub(in crate::check) fn name_label_declared(key: &ast::Word) -> Diagnostic {
    Diagnostic::new(
        Labels::FixedLabel,
        key.span,
        format!("`{NAMESPACE_NAME}` is declared from the start"),
        "the control plane sets it on every namespace, to its name",
    )
    .with_help("remove this line")
}

pub(in crate::check) fn name_label_stated(key: &ast::Word) -> Diagnostic {
    Diagnostic::new(
        Labels::FixedLabel,
        key.span,
        format!("`{NAMESPACE_NAME}` cannot be stated"),
        "the control plane sets it on every namespace, to its name",
    )
    .with_help("remove this requirement")
}

pub(in crate::check) fn not_a_stated_label(requirement: &ast::Requirement) -> Diagnostic {
    let key = &requirement.key.text;
    Diagnostic::new(
        Labels::FixedLabel,
        requirement.span,
        format!("this does not say what {} is", quoted(key)),
        "a namespace carries one value of a label, or does not carry it",
    )
    .with_help(format!("write `{key}=value` or `!{key}`"))
}

pub(in crate::check) fn illegal_key(key: &ast::Word) -> Diagnostic {
    Diagnostic::new(
        Labels::IllegalLabel,
        key.span,
        format!("{} is not a legal label key", quoted(&key.text)),
        "Kubernetes refuses it, so no pod and no namespace can carry it",
    )
    .with_help("a key is `name` or `prefix/name`: the name at most 63 of `A-Z`, `a-z`, `0-9`, `-`, `_` and `.`, with a letter or digit at both ends, the prefix a DNS name")
}

pub(in crate::check) fn illegal_value(value: &ast::Word) -> Diagnostic {
    Diagnostic::new(
        Labels::IllegalLabel,
        value.span,
        format!("{} is not a legal label value", quoted(&value.text)),
        "Kubernetes refuses it, so nothing can carry it",
    )
    .with_help("a value is empty, or at most 63 of `A-Z`, `a-z`, `0-9`, `-`, `_` and `.`, with a letter or digit at both ends")
}

pub(in crate::check) fn open_and_closed(span: Span) -> Diagnostic {
    Diagnostic::new(
        Labels::IllegalLabel,
        span,
        "`*` stands alone in a label's declaration",
        "it allows every value, so the other ones say nothing",
    )
    .with_help("write either `*` or the values")
}

pub(in crate::check) fn contradiction(
    of: Labelled,
    earlier: &ast::Requirement,
    later: &ast::Requirement,
) -> Diagnostic {
    let carrier = carriers(of);
    Diagnostic::new(
        Labels::Contradiction,
        later.span,
        format!("no {carrier} can match this selector"),
        format!("`,` means AND, and no {carrier} meets this and the requirement before it"),
    )
    .with_label(earlier.span, "it contradicts this")
    .with_help("for either of two values write `key in (a, b)`, for either of two peers `A | B`")
}

/// What to write instead of kubectl's notation; `None` where the requirement is written as netdsl has it.
pub(in crate::check) fn kubectl_notation(requirement: &ast::Requirement) -> Option<Diagnostic> {
    let key = &requirement.key.text;
    let (wrong, right, consequence) = match &requirement.kind {
        RequirementKind::DoubleEquals(value) => {
            ("`==`", format!("{key}={}", value.text), "netdsl writes equality with one `=`")
        }
        RequirementKind::NotEqualsAny => {
            ("`!=*`", format!("!{key}"), "that no value is carried is written with `!`")
        }
        RequirementKind::Bare => {
            ("a bare key", format!("{key}=*"), "that a key is carried, with any value, is written with `=*`")
        }
        RequirementKind::Equals(_)
        | RequirementKind::NotEquals(_)
        | RequirementKind::In(_)
        | RequirementKind::NotIn(_)
        | RequirementKind::Exists
        | RequirementKind::Absent => return None,
    };
    Some(
        Diagnostic::new(
            Labels::KubectlNotation,
            requirement.span,
            format!("{wrong} is not netdsl's notation"),
            consequence,
        )
        .with_help(format!("write `{right}`"))
        .with_fix(requirement.span, right, Safety::Safe),
    )
}

pub(in crate::check) fn undeclared_key(
    of: Labelled,
    key: &ast::Word,
    near: Option<&str>,
    elsewhere: Option<Span>,
) -> Diagnostic {
    let statement = statement(of);
    let mut problem = Diagnostic::new(
        Labels::UndeclaredKey,
        key.span,
        format!("the label key {} is not declared", quoted(&key.text)),
        format!("a {} without it would never match, and nobody would notice", carriers(of)),
    );
    if let Some(span) = elsewhere {
        problem = match of {
            Labelled::Pods => problem.with_label(span, "this declares it for namespaces, not for pods"),
            Labelled::Namespaces => problem.with_label(span, "this declares it for pods, not for namespaces"),
        };
    }
    let otherwise = format!("declare it: `{statement} {} = value | value`, or `= *` for any value", key.text);
    did_you_mean(problem, key.span, near, &otherwise)
}

pub(in crate::check) fn unknown_value(
    of: Labelled,
    key: &ast::Word,
    value: &ast::Word,
    declared: Span,
    near: Option<&str>,
    count: usize,
) -> Diagnostic {
    let known = if count == 0 { "it has no values" } else { "its values are declared here" };
    let problem = Diagnostic::new(
        Labels::UnknownValue,
        value.span,
        format!("{} is not a value of {} {}", quoted(&value.text), statement(of), quoted(&key.text)),
        format!("no {} is declared to carry this, so the line would not mean what it says", carriers(of)),
    )
    .with_label(declared, known);
    did_you_mean(problem, value.span, near, "add it to the declaration if it is right")
}

pub(in crate::check) fn full_value_list(requirement: &ast::Requirement, declared: Span) -> Diagnostic {
    let key = &requirement.key.text;
    let help = match requirement.kind {
        RequirementKind::NotIn(_) => format!("if pods without the label are meant, write `!{key}`"),
        RequirementKind::Equals(_)
        | RequirementKind::NotEquals(_)
        | RequirementKind::In(_)
        | RequirementKind::Exists
        | RequirementKind::Absent
        | RequirementKind::DoubleEquals(_)
        | RequirementKind::NotEqualsAny
        | RequirementKind::Bare => format!("if any value is meant, write `{key}=*`"),
    };
    Diagnostic::new(
        Lint::FullValueList,
        requirement.span,
        format!("this lists every declared value of {}", quoted(key)),
        "values that are not declared stay possible in the cluster",
    )
    .with_label(declared, "its values are declared here")
    .with_help(help)
}

pub(in crate::check) fn unstated_label(
    namespace: &ast::Word,
    stated: Option<Span>,
    key: &str,
    set: Span,
) -> Diagnostic {
    let name = &namespace.text;
    let problem = Diagnostic::new(
        Labels::UnstatedLabel,
        namespace.span,
        format!("namespace {} does not state its label `{key}`", quoted(name)),
        "so it is not known whether it belongs to a set of namespaces",
    )
    .with_label(set, "this set asks for the label");
    match stated {
        Some(span) => problem
            .with_label(span, "the labels that it states")
            .with_help(format!("add `{key}=value` or `!{key}` to them")),
        None => problem.with_help(format!(
            "state it: `namespace {name} labels {key}=value {{`, or `labels !{key}` where it is not carried"
        )),
    }
}
