//! The wording for peers that are said otherwise here: `all`, `world`, `kube-dns`, `!web`, labels of namespaces.

use crate::diag::codes::Labels;
use crate::diag::{Diagnostic, Safety};
use crate::ir::NAMESPACE_NAME;
use crate::source::Span;
use crate::syntax::ast;

use super::{api_server, quoted};

/// Adds what to write for things that exist without a declaration in other languages; else the problem as it was.
pub(super) fn what_nobody_declares(
    problem: Diagnostic,
    word: &ast::Word,
) -> Result<Diagnostic, Box<Diagnostic>> {
    let name = word.text.as_str();
    Ok(match name.to_ascii_lowercase().as_str() {
        "apiserver" | "kubernetes" | "kube-apiserver" => api_server(problem, name),
        "nodes" | "node" => problem
            .with_note("a policy cannot select nodes")
            .with_help(format!("declare their addresses: `network {name} = 192.0.2.0/24`; `kubectl get nodes -o wide` lists them")),
        "all" | "any" | "anyone" | "anybody" | "anything" | "everyone" | "everybody" | "everything"
        | "everywhere" => problem
            .with_help("write `*` for all pods of this namespace, `cluster` for those of every namespace, `internet` for addresses outside, `anywhere` for all of it"),
        "world" | "outside" | "external" | "public" => problem
            .with_help("write `internet` for addresses outside the cluster, or `anywhere` for these and all pods"),
        "internal" | "inside" | "local" | "intranet" => problem
            .with_help("write `cluster` for all pods, or `private` for the private addresses outside the cluster"),
        "namespace" | "namespaces" | "ns" => problem
            .with_help("write `NAME/*` for all pods of a namespace, `*` for those of this one"),
        "kube-dns" | "coredns" => problem
            .with_help("write `dns`, without ports: the prelude declares it as the cluster's DNS, with its ports"),
        _ => return Err(Box::new(problem)),
    })
}

/// `!web` where `web` is declared `pods` and no label key.
pub(in crate::check) fn no_all_but(
    requirement: &ast::Requirement,
    declared: &ast::Word,
    selector: &ast::Selector,
) -> Diagnostic {
    let name = quoted(&requirement.key.text);
    let problem = Diagnostic::new(
        Labels::UndeclaredKey,
        requirement.key.span,
        format!("the label key {name} is not declared, and there is no \"all but\" the `pods` {name}"),
        "`!` asks for pods without a label key: a policy can only add pods, never take some away",
    )
    .with_label(declared.span, "these `pods` have the name");
    match negated(selector) {
        Some(all_but) => problem.with_help(format!("write the selector: `{all_but}`")).with_fix(
            requirement.span,
            all_but,
            Safety::Suggestion,
        ),
        None => problem.with_help("write a selector that these pods do not match, such as `tier!=database`"),
    }
}

/// The opposite of a selector that is a single equality.
fn negated(selector: &ast::Selector) -> Option<String> {
    let [only] = &*selector.requirements else { return None };
    let ast::RequirementKind::Equals(value) = &only.kind else { return None };
    let bare = only.key.quoting == ast::Quoting::Bare && value.quoting == ast::Quoting::Bare;
    bare.then(|| format!("{}!={}", only.key.text, value.text))
}

/// A pod's selector that asks for a label of namespaces: declared as a pod label it would match nothing.
pub(in crate::check) fn key_of_namespaces(
    of: ast::Labelled,
    requirement: &ast::Requirement,
    declared: Option<Span>,
) -> Option<Diagnostic> {
    let key = requirement.key.text.as_str();
    let is_name = key == NAMESPACE_NAME || matches!(key, "namespace" | "ns");
    if of == ast::Labelled::Namespaces || !is_name && declared.is_none() {
        return None;
    }
    let value = equal_to(requirement);
    let help = if is_name {
        format!("all pods of a namespace are `NAMESPACE/*`: write `{}/*`", value.unwrap_or("NAMESPACE"))
    } else {
        let asked = value.map_or(format!("{key}=*"), |value| format!("{key}={value}"));
        format!("declare `namespaces NAME where {asked}`, and write `NAME/*`")
    };
    let message = format!("{} is a label of namespaces, not of pods", quoted(key));
    let carried = if is_name { "no pod carries it" } else { "no pod is declared to carry it" };
    let consequence = format!("{carried}, so the selector would match nothing, and nobody would notice");
    let problem = Diagnostic::new(Labels::UndeclaredKey, requirement.key.span, message, consequence);
    let problem = match declared {
        Some(span) if key != NAMESPACE_NAME => problem.with_label(span, "it is declared for namespaces here"),
        Some(_) | None => problem,
    };
    Some(problem.with_help(help))
}

/// The value of a single equality.
fn equal_to(requirement: &ast::Requirement) -> Option<&str> {
    match &requirement.kind {
        ast::RequirementKind::Equals(value) => Some(&value.text),
        ast::RequirementKind::NotEquals(_)
        | ast::RequirementKind::In(_)
        | ast::RequirementKind::NotIn(_)
        | ast::RequirementKind::Exists
        | ast::RequirementKind::Absent
        | ast::RequirementKind::DoubleEquals(_)
        | ast::RequirementKind::NotEqualsAny
        | ast::RequirementKind::Bare => None,
    }
}
