//! The wording for names with dots where a peer or an address stands: hosts, Services, `shop.web`, and a range of addresses.

use crate::diag::codes::Addresses;
use crate::diag::{Diagnostic, Safety};
use crate::source::Span;
use crate::syntax::ast;

use super::quoted;

pub(in crate::check) fn host_name(word: &ast::Word) -> Diagnostic {
    Diagnostic::new(
        Addresses::HostName,
        word.span,
        format!("{} is a host name, and a NetworkPolicy cannot name hosts", quoted(&word.text)),
        "policies are enforced on addresses and labels; a name may change its address at any time",
    )
    .with_help("declare its addresses as a `network`, allow `internet` on the port, or put an egress proxy in front and allow that")
}

/// `shop.web` where the namespace and the `pods` are declared.
pub(in crate::check) fn dotted_pods(word: &ast::Word, peer: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        Addresses::HostName,
        word.span,
        format!("{} is a host name, and a NetworkPolicy cannot name hosts", quoted(&word.text)),
        "policies are enforced on addresses and labels; pods are named behind their namespace and a `/`",
    )
    .with_label(declared, "these `pods` are declared here")
    .with_help(format!("did you mean `{peer}`?"))
    .with_fix(word.span, peer, Safety::Suggestion)
}

/// `db.foo.svc.cluster.local`, of which no `pods` are declared.
pub(in crate::check) fn service_name(word: &ast::Word, service: &str, namespace: &str) -> Diagnostic {
    Diagnostic::new(
        Addresses::HostName,
        word.span,
        format!("{} is a Service's name, and a NetworkPolicy cannot name Services", quoted(&word.text)),
        "policies are enforced on the addresses and ports of pods, behind the Service",
    )
    .with_help(format!(
        "name the pods behind it: `{namespace}/{service}`, once `pods {service} where …` says in the namespace `{namespace}` which they are"
    ))
}

/// `kubernetes.default.svc`.
pub(in crate::check) fn api_server_name(word: &ast::Word) -> Diagnostic {
    let message =
        format!("{} is a Service's name, and a NetworkPolicy cannot name Services", quoted(&word.text));
    let consequence = "policies are enforced on addresses and labels";
    api_server(Diagnostic::new(Addresses::HostName, word.span, message, consequence), "kubernetes")
}

/// Adds what to write for the API server, which has no pods that a policy sees.
pub(super) fn api_server(problem: Diagnostic, name: &str) -> Diagnostic {
    problem
        .with_note("a policy cannot select the API server: it does not run as a pod in the pod network")
        .with_help(format!("declare its addresses: `network {name} = 192.0.2.10`; `kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes` lists them"))
}

/// `10.0.0.1-10.0.0.9`.
pub(in crate::check) fn address_range(word: &ast::Word) -> Diagnostic {
    Diagnostic::new(
        Addresses::IllegalAddress,
        word.span,
        format!("{} is a range of addresses", quoted(&word.text)),
        "a NetworkPolicy knows addresses and CIDRs, no ranges",
    )
    .with_help("write it as CIDRs, in a `network` if there are several, as in `network NAME = 10.0.0.1 | 10.0.0.2/31`")
}
