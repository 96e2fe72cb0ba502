//! E06xx: what the program says as a whole. W0004, W0005.

use crate::diag::Diagnostic;
use crate::diag::codes::{Lint, Meaning, Syntax};
use crate::source::Span;
use crate::syntax::ast::{self, Halves};

use super::quoted;

pub(in crate::check) fn second_default(what: &str, later: Span, earlier: Span) -> Diagnostic {
    Diagnostic::new(
        Meaning::DefaultConflict,
        later,
        format!("{what} two `default` lines"),
        "it is not clear which directions are isolated",
    )
    .with_label(earlier, "the first is here")
    .with_help("keep one, which names all directions that are isolated")
}

pub(in crate::check) fn default_in_external(span: Span) -> Diagnostic {
    Diagnostic::new(
        Meaning::DefaultConflict,
        span,
        "an external namespace has no `default`",
        "netdsl writes nothing into it, so it isolates nothing there",
    )
    .with_help("remove the line, or manage the namespace: write `namespace` without `external`")
}

pub(in crate::check) fn default_allow_in_pods(span: Span) -> Diagnostic {
    Diagnostic::new(
        Meaning::DefaultConflict,
        span,
        "`default allow` is for namespaces",
        "policies only add: what the namespace isolates, no `pods` can open again",
    )
    .with_help("write `default allow` or `default deny ingress` in the namespace, and `default deny` in the `pods` to isolate")
}

pub(in crate::check) fn system_namespace(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Meaning::SystemNamespace,
        span,
        format!("`{name}` is managed without saying what it isolates"),
        "isolating it by accident breaks DNS and more for the whole cluster",
    )
    .with_help("write `default allow`, `default deny ingress` or `default deny` in its block, or declare it with `external namespace`")
}

pub(in crate::check) fn host_network(word: &ast::Word, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Meaning::HostNetwork,
        word.span,
        format!("no policy sees {} by its labels", quoted(&word.text)),
        "pods in the host's network have their node's address, so this line would do nothing",
    )
    .with_label(declared, "declared with `host-network`")
    .with_help("declare the addresses of the nodes as a `network`, and write that")
}

pub(in crate::check) fn host_network_selected(span: Span, pods: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Meaning::HostNetwork,
        span,
        format!("no policy sees these pods by their labels: they are `{pods}`"),
        "pods in the host's network have their node's address, so this line would do nothing",
    )
    .with_label(declared, "declared with `host-network`")
    .with_help("declare the addresses of the nodes as a `network`, and write that")
}

pub(in crate::check) fn nothing_managed(span: Span, halves: Halves) -> Diagnostic {
    let message = match halves {
        Halves::Both => "neither side of this rule is in a managed namespace",
        Halves::Ingress => "no target of this rule is in a managed namespace",
        Halves::Egress => "no source of this rule is in a managed namespace",
    };
    Diagnostic::new(
        Meaning::NothingManaged,
        span,
        message,
        "netdsl writes into namespaces that it manages alone, so nothing would be written",
    )
    .with_help(
        "declare one of the namespaces with `namespace` instead of `external namespace`, or remove the rule",
    )
}

pub(in crate::check) fn rule_without_effect(span: Span, halves: Halves) -> Diagnostic {
    let why = match halves {
        Halves::Both => "neither its sources' egress nor its targets' ingress is isolated",
        Halves::Ingress => "its targets' ingress is not isolated",
        Halves::Egress => "its sources' egress is not isolated",
    };
    Diagnostic::new(
        Lint::RuleWithoutEffect,
        span,
        "nothing is written for this rule",
        format!("{why}, so these connections are possible without it"),
    )
    .with_help("isolate a side with `default deny …`, or remove the rule")
}

pub(in crate::check) fn alternative_without_effect(span: Span) -> Diagnostic {
    Diagnostic::new(
        Lint::RuleWithoutEffect,
        span,
        "nothing is written for this alternative",
        "neither it nor any other side of the rule is isolated in the direction concerned",
    )
    .with_help("isolate it with `default deny …`, or remove it")
}

pub(in crate::check) fn too_many_expansions(set: Span, most: usize) -> Diagnostic {
    Diagnostic::new(
        Syntax::Limit,
        set,
        "the statements of sets hold in too many namespaces",
        format!("a program has at most {most} of them, counted once for each namespace"),
    )
    .with_help("write fewer sets, or rules between sets outside their blocks: `allow tenants/app=web -> tenants/app=db:5432`")
}

pub(in crate::check) fn empty_set(span: Span, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Lint::EmptySet,
        span,
        "nothing is written for this statement",
        "it holds in each managed namespace of the set, and there is none",
    )
    .with_label(declared, "the set is declared here")
}
