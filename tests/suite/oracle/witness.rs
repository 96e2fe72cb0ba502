//! A witness as a connection of its own small world, put to the oracle.

use netdsl::algebra::{State, Target};
use netdsl::ir::NAMESPACE_NAME;
use netdsl::verify::{self, Difference, Other, Side, Witness};

use super::kubernetes::Manifests;
use super::world::Case;
use crate::evaluator::{Blocks, End, Labels, Pod, Port};

/// Whether exactly the side that the witness names does what it says.
pub(crate) fn is_real(witness: &Witness, source: &Manifests, output: &Manifests) -> bool {
    let case = case(witness);
    let is = |by: Side, of_source: bool, of_output: bool| match by {
        Side::Source => of_source && !of_output,
        Side::Output => of_output && !of_source,
    };
    match &witness.difference {
        Difference::Isolated { by } => is(*by, source.is_isolated(&case), output.is_isolated(&case)),
        Difference::Allowed { by, .. } => {
            let side = |manifests: &Manifests| manifests.side(&case, Blocks::OutsideOnly);
            is(*by, side(source), side(output)) && source.is_isolated(&case) && output.is_isolated(&case)
        }
    }
}

fn case(witness: &Witness) -> Case {
    let (other, port) = match &witness.difference {
        Difference::Isolated { .. } => (End::Rest, Port { protocol: None, number: 0, names: Vec::new() }),
        Difference::Allowed { peer, target, origins, .. } => {
            assert!(!origins.is_empty(), "somebody allows it");
            (end(peer), port(target))
        }
    };
    let subject = pod(witness.namespace.to_string(), Labels::new(), labels(&witness.subject));
    Case { subject, direction: witness.direction, other, port }
}

fn end(peer: &Other) -> End {
    match peer {
        Other::Rest => End::Rest,
        Other::Address(address) => End::Address(*address),
        Other::Pod { namespace, labels: own } => {
            let namespace = labels(namespace);
            End::Pod(pod(namespace[NAMESPACE_NAME].clone(), namespace, labels(own)))
        }
    }
}

fn pod(namespace: String, namespace_labels: Labels, labels: Labels) -> Pod {
    Pod { namespace, namespace_labels, labels, address: None }
}

fn labels(labels: &verify::Labels) -> Labels {
    let present = labels.iter().filter_map(|(key, state)| match state {
        State::Value(value) => Some((key.to_string(), value.to_string())),
        State::Absent => None,
    });
    present.collect()
}

fn port(target: &Target) -> Port {
    match target {
        Target::Number(protocol, number) => {
            Port { protocol: Some(protocol.api_name()), number: *number, names: Vec::new() }
        }
        Target::Named(protocol, number, name) => {
            Port { protocol: Some(protocol.api_name()), number: *number, names: vec![name.to_string()] }
        }
        Target::OtherProtocol => Port { protocol: None, number: 0, names: Vec::new() },
    }
}
