//! What a name with dots is where a peer or an address stands: `shop.web`, a Service, a range of addresses, a host.
//!
//! Comes in: a word that looks like a host. Goes out: the error that says what to write instead; never a peer.

use std::net::Ipv4Addr;

use crate::diag::Diagnostic;
use crate::syntax::ast;

use super::tables::ScopeId;
use super::{Resolver, problems};

impl Resolver<'_, '_> {
    /// The error for a word in the shape of a host.
    pub(super) fn not_a_host(&self, word: &ast::Word) -> Diagnostic {
        self.dotted_pods(word)
            .or_else(|| self.service_name(word))
            .or_else(|| is_range(&word.text).then(|| problems::address_range(word)))
            .unwrap_or_else(|| problems::host_name(word))
    }

    /// `shop.web`, or its host name in the cluster `web.shop`, with declared `pods` for both parts.
    fn dotted_pods(&self, word: &ast::Word) -> Option<Diagnostic> {
        let name = word.text.strip_suffix(".cluster.local").unwrap_or(&word.text);
        let (one, other) = name.strip_suffix(".svc").unwrap_or(name).split_once('.')?;
        [(one, other), (other, one)].into_iter().find_map(|(scope, pods)| {
            let ScopeId::Namespace(at) = self.tables.scopes.get(scope)?.scope else { return None };
            let found = *self.tables.namespaces[at].pods.get(pods)?;
            let peer = format!("{scope}/{pods}");
            Some(problems::dotted_pods(word, &peer, self.tables.pods[found].name.span))
        })
    }

    /// `db.foo.svc`, and `db.foo` where there is a namespace `foo`.
    fn service_name(&self, word: &ast::Word) -> Option<Diagnostic> {
        let name = word.text.strip_suffix('.').unwrap_or(&word.text);
        let name = name.strip_suffix(".cluster.local").unwrap_or(name);
        let short = name.strip_suffix(".svc");
        let (service, namespace) = short.unwrap_or(name).split_once('.')?;
        if namespace.contains('.') {
            return None;
        }
        if (service, namespace) == ("kubernetes", "default") {
            return Some(problems::api_server_name(word));
        }
        let known = short.is_some() || self.tables.scopes.contains_key(namespace);
        known.then(|| problems::service_name(word, service, namespace))
    }
}

/// `10.0.0.1-10.0.0.9`
fn is_range(text: &str) -> bool {
    let address = |text: &str| text.parse::<Ipv4Addr>().is_ok();
    text.split_once('-').is_some_and(|(first, last)| address(first) && address(last))
}
