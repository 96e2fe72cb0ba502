//! E02xx: names, and peers by name. W0003.

use crate::diag::codes::{Lint, Names, Ports};
use crate::diag::{Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::ast;

use super::{MAX_LISTED, did_you_mean, meant, quoted};
use crate::check::names::{MAX_NAME, MAX_PORT_NAME};

/// Policy names that the output uses itself.
pub(in crate::check) fn is_reserved_policy_name(text: &str) -> bool {
    matches!(text, "default-deny" | "all-pods")
}

pub(in crate::check) fn reserved_policy_name(what: &str, word: &ast::Word) -> Diagnostic {
    let message = format!("{what} cannot be called {}", quoted(&word.text));
    Diagnostic::new(Names::Reserved, word.span, message, "the output uses this name for a policy of its own")
        .with_help("choose another name")
}

pub(in crate::check) fn malformed_name(word: &ast::Word) -> Diagnostic {
    let (why, help) = name_advice(&word.text);
    let problem = Diagnostic::new(
        Names::Malformed,
        word.span,
        format!("{} is not a legal name", quoted(&word.text)),
        why,
    );
    match help {
        Some(name) => problem.with_help(format!("write `{name}`")).with_fix(word.span, name, Safety::Suggestion),
        None => problem.with_help("a name is made of `a-z`, `0-9` and `-`, begins and ends with a letter or digit, and has at most 63 characters"),
    }
}

fn name_advice(text: &str) -> (&'static str, Option<String>) {
    if text.is_empty() {
        return ("a name has at least one character", None);
    }
    if text.len() > MAX_NAME {
        return ("Kubernetes takes at most 63 characters", None);
    }
    match crate::check::names::mended(text) {
        Some(name) => ("Kubernetes refuses it: a name is made of `a-z`, `0-9` and `-`", Some(name)),
        None => ("Kubernetes refuses it", None),
    }
}

pub(in crate::check) fn malformed_port_name(word: &ast::Word) -> Diagnostic {
    let long = word.text.len() > MAX_PORT_NAME;
    let length = if long { format!("; this has {}", word.text.chars().count()) } else { String::new() };
    Diagnostic::new(
        Ports::IllegalPort,
        word.span,
        format!("{} is not a legal port name", quoted(&word.text)),
        format!(
            "at most {MAX_PORT_NAME} of `a-z`, `0-9` and `-`, with a letter, and no `-` at either end{length}"
        ),
    )
    .with_help("choose another name, such as `pg-metrics`")
}

pub(in crate::check) fn twice(what: &str, word: &ast::Word, earlier: Span) -> Diagnostic {
    Diagnostic::new(
        Names::Twice,
        word.span,
        format!("{} is declared twice", quoted(&word.text)),
        format!("there is a {what} of this name already"),
    )
    .with_label(earlier, "it is declared here")
    .with_help("remove one of the two, or give it another name")
}

pub(in crate::check) fn label_twice(key: &ast::Word, added: &[&str], earlier: Span) -> Diagnostic {
    let problem = Diagnostic::new(
        Names::Twice,
        key.span,
        format!("{} is declared twice", quoted(&key.text)),
        "a label key has one declaration, with all its values",
    )
    .with_label(earlier, "it is declared here");
    if added.is_empty() {
        return problem.with_help("remove one of the two");
    }
    let values: Vec<&str> = added.iter().take(MAX_LISTED).copied().collect();
    let more = if added.len() > MAX_LISTED { " | …" } else { "" };
    problem.with_help(format!(
        "add what is missing to the first, behind its values: ` | {}{more}`",
        values.join(" | ")
    ))
}

pub(in crate::check) fn taken_by_prelude(word: &ast::Word, prelude: Span) -> Diagnostic {
    Diagnostic::new(
        Names::Override,
        word.span,
        format!("the prelude declares {} already", quoted(&word.text)),
        "every use of the name would change its meaning",
    )
    .with_label(prelude, "the prelude declares it here")
    .with_help(format!(
        "write `override` before the declaration to replace the prelude's `{}`, or choose another name",
        word.text
    ))
}

pub(in crate::check) fn overrides_nothing(word: &ast::Word, near: Option<&str>) -> Diagnostic {
    let problem = Diagnostic::new(
        Names::Override,
        word.span,
        format!("`override` replaces nothing: the prelude has no {}", quoted(&word.text)),
        "only networks and services of the prelude can be replaced",
    );
    did_you_mean(problem, word.span, near, "remove `override`; `netdsl prelude` prints what it can replace")
}

pub(in crate::check) fn overrides_other_kind(word: &ast::Word, prelude: Span) -> Diagnostic {
    Diagnostic::new(
        Names::Override,
        word.span,
        format!("the prelude's {} is of another kind", quoted(&word.text)),
        "a network replaces a network, a service a service",
    )
    .with_label(prelude, "it is declared here")
}

pub(in crate::check) fn managed_and_external(word: &ast::Word, earlier: Span) -> Diagnostic {
    Diagnostic::new(
        Names::Disagrees,
        word.span,
        format!("namespace {} is declared both as managed and as external", quoted(&word.text)),
        "it is not clear whether policies are written into it",
    )
    .with_label(earlier, "it is declared otherwise here")
    .with_help("write `external` before both or before neither")
}

pub(in crate::check) fn external_disagrees(word: &ast::Word, first: Span) -> Diagnostic {
    Diagnostic::new(
        Names::Disagrees,
        word.span,
        format!("external namespace {} is declared again, and differently", quoted(&word.text)),
        "its labels or `pods` are not those of the first declaration",
    )
    .with_label(first, "the first declaration")
    .with_help("say the same in both, or declare it in one file and `use` that")
}

pub(in crate::check) fn labels_stated_twice(later: Span, earlier: Span) -> Diagnostic {
    Diagnostic::new(
        Names::Twice,
        later,
        "the labels of a namespace are stated twice",
        "a namespace states its labels in one of its blocks",
    )
    .with_label(earlier, "they are stated here")
}

pub(in crate::check) fn no_namespace(span: Span) -> Diagnostic {
    Diagnostic::new(
        Names::NoNamespace,
        span,
        "a peer outside a namespace block must say in which namespace its pods are",
        "no namespace encloses this line",
    )
    .with_help("write the namespace before it, as in `kasm/app=web`, `*/app=web` for every namespace, or move the line into a namespace block")
}

pub(in crate::check) fn pods_without_namespace(word: &ast::Word, namespace: &str) -> Diagnostic {
    let full = format!("{namespace}/{}", word.text);
    Diagnostic::new(
        Names::NoNamespace,
        word.span,
        format!("{} needs its namespace here", quoted(&word.text)),
        "outside a namespace block a bare name is a service or a network",
    )
    .with_help(format!("write `{full}`"))
    .with_fix(word.span, full, Safety::Suggestion)
}

pub(in crate::check) fn undeclared_peer(
    word: &ast::Word,
    near: Option<&str>,
    elsewhere: Option<&str>,
    here: Option<&str>,
) -> Diagnostic {
    let seen = match here {
        Some(namespace) => {
            format!("there are no `pods` of this name in namespace `{namespace}`, no service and no network")
        }
        None => "there is no service and no network of this name".to_owned(),
    };
    let problem = Diagnostic::new(
        Names::Undeclared,
        word.span,
        format!("{} is not declared", quoted(&word.text)),
        seen,
    );
    match (word.text.as_str(), elsewhere) {
        (name, Some(namespace)) => {
            let full = format!("{namespace}/{name}");
            problem
                .with_help(format!("`{name}` is declared in namespace `{namespace}`: write `{full}`"))
                .with_fix(word.span, full, Safety::Suggestion)
        }
        (_, None) => meant::what_nobody_declares(problem, word).unwrap_or_else(|problem| {
            let otherwise = match here {
                Some(_) => "declare it with `pods … where …` in this namespace, or write a selector such as `app=web`",
                None => "outside a namespace block pods are named with their namespace, as in `shop/web` or `shop/app=web`",
            };
            did_you_mean(*problem, word.span, near, otherwise)
        }),
    }
}

pub(in crate::check) fn undeclared_pods(
    word: &ast::Word,
    namespace: &str,
    near: Option<&str>,
    declared: Option<Span>,
) -> Diagnostic {
    let mut problem = Diagnostic::new(
        Names::Undeclared,
        word.span,
        format!("namespace `{namespace}` declares no `pods` {}", quoted(&word.text)),
        "so this peer is nobody",
    );
    if let Some(span) = declared {
        problem = problem.with_label(span, "the namespace is declared here");
    }
    let otherwise = format!(
        "declare `pods {} where …` there, or write a selector such as `{namespace}/app=web`",
        word.text
    );
    did_you_mean(problem, word.span, near, &otherwise)
}

pub(in crate::check) fn undeclared_namespace(word: &ast::Word, near: Option<&str>) -> Diagnostic {
    let problem = Diagnostic::new(
        Names::Undeclared,
        word.span,
        format!("namespace {} is not declared", quoted(&word.text)),
        "a policy that names it would match no pod, if it does not exist",
    );
    let name = &word.text;
    let otherwise = if name.contains('.') {
        format!("a label key with a prefix is written with its value, as in `{name}/name=web`")
    } else {
        format!(
            "declare it: `external namespace {name}` if it only exists, `namespace {name} {{}}` to manage it"
        )
    };
    did_you_mean(problem, word.span, near, &otherwise)
}

pub(in crate::check) fn thing_as_scope(word: &ast::Word, kind: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Names::WrongKind,
        word.span,
        format!("{} is a {kind}, not a namespace", quoted(&word.text)),
        "before `/` stands a namespace, a set of namespaces, `*` or `managed`",
    )
    .with_label(declared, "it is declared here")
    .with_help(format!("write `{}` alone", word.text))
}

pub(in crate::check) fn prefixed_key(word: &ast::Word, key: &str) -> Diagnostic {
    Diagnostic::new(
        Names::Undeclared,
        word.span,
        format!("namespace {} is not declared", quoted(&word.text)),
        "before `/` stands a namespace, unless the key is quoted or its prefix has a dot",
    )
    .with_help(format!("for the label key write it in quotes: `\"{key}\"=…`"))
}

pub(in crate::check) fn namespace_as_peer(word: &ast::Word) -> Diagnostic {
    let all = format!("{}/*", word.text);
    Diagnostic::new(
        Names::WrongKind,
        word.span,
        format!("{} is a namespace, not a peer", quoted(&word.text)),
        "a peer says which of its pods",
    )
    .with_help(format!("for all its pods write `{all}`"))
    .with_fix(word.span, all, Safety::Suggestion)
}

pub(in crate::check) fn pods_of_set(word: &ast::Word, set: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Names::WrongKind,
        word.span,
        format!("`{set}` is a set of namespaces, which has no `pods` names"),
        "each of its namespaces may mean other pods by this name",
    )
    .with_label(declared, "the set is declared here")
    .with_help(format!("write the selector: `{set}/app=…`"))
}

pub(in crate::check) fn pods_of_many(word: &ast::Word, all: &str) -> Diagnostic {
    let scope = if all == "cluster" { "*" } else { all };
    Diagnostic::new(
        Names::WrongKind,
        word.span,
        format!("`pods` names such as {} belong to one namespace", quoted(&word.text)),
        "each namespace may mean other pods by this name",
    )
    .with_help(format!("write the selector: `{scope}/app=…`, or `{scope}/{}=*` for a label key", word.text))
}

pub(in crate::check) fn say_it_in_one_word(span: Span, all: &str) -> Diagnostic {
    Diagnostic::new(
        Names::WrongKind,
        span,
        format!("all of these pods are written `{all}`"),
        "there is one spelling for each meaning",
    )
    .with_help(format!("write `{all}`"))
    .with_fix(span, all, Safety::Safe)
}

pub(in crate::check) fn reserved_scope(word: &ast::Word) -> Diagnostic {
    let help = match word.text.as_str() {
        "cluster" => "for pods of every namespace write `*/…`, for all pods `cluster`",
        _ => "`anywhere` stands alone; for pods of every namespace write `*/…`",
    };
    Diagnostic::new(
        Names::WrongKind,
        word.span,
        format!("{} is not a namespace", quoted(&word.text)),
        "before `/` stands a namespace, a set of namespaces, `*` or `managed`",
    )
    .with_help(help)
}

pub(in crate::check) fn service_as_source(span: Span, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Names::WrongKind,
        span,
        "a service cannot be FROM",
        "a service is a target with its ports; as a source its ports would mean nothing",
    )
    .with_label(declared, "the service is declared here")
    .with_help("write the pods that connect")
}

pub(in crate::check) fn service_in_service(word: &ast::Word, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Names::WrongKind,
        word.span,
        format!("{} is a service, and services are not made of services", quoted(&word.text)),
        "write its targets here",
    )
    .with_label(declared, "it is declared here")
}

pub(in crate::check) fn service_as_network(word: &ast::Word, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Names::WrongKind,
        word.span,
        format!("{} is a service, not a network", quoted(&word.text)),
        "a network is made of addresses and of networks",
    )
    .with_label(declared, "it is declared here")
}

pub(in crate::check) fn undeclared_network(word: &ast::Word, near: Option<&str>) -> Diagnostic {
    let problem = Diagnostic::new(
        Names::Undeclared,
        word.span,
        format!("network {} is not declared", quoted(&word.text)),
        "so it is not known which addresses are meant",
    );
    did_you_mean(problem, word.span, near, "declare it with `network … = …`, or write a CIDR")
}

pub(in crate::check) fn hidden_name(word: &ast::Word, kind: &str, declared: Option<Span>) -> Diagnostic {
    let name = &word.text;
    let problem = Diagnostic::new(
        Lint::HiddenName,
        word.span,
        format!("the `pods` `{name}` hide the {kind} of the same name"),
        format!("in this namespace `{name}` means these pods"),
    )
    .with_help("give the pods another name");
    match declared {
        Some(span) => problem.with_label(span, format!("the {kind} is declared here")),
        None => problem.with_note(format!("the prelude declares the {kind}")),
    }
}
