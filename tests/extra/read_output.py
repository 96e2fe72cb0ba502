"""Reads policies from standard input with PyYAML, which follows YAML 1.1, and refuses whatever is not of the API's type.

A plain scalar that YAML 1.1 takes for a boolean, a number or a date fails here: kubectl reads as this library does.
The name of the program, for messages, is the only argument.
"""

import sys

import yaml

TEXT = str
NUMBER = int
ANY_PORT = (str, int)
LABELS = {TEXT: TEXT}
SELECTOR = {
    "matchLabels": LABELS,
    "matchExpressions": [{"key": TEXT, "operator": TEXT, "values": [TEXT]}],
}
PEER = {
    "podSelector": SELECTOR,
    "namespaceSelector": SELECTOR,
    "ipBlock": {"cidr": TEXT, "except": [TEXT]},
}
PORT = {"protocol": TEXT, "port": ANY_PORT, "endPort": NUMBER}
POLICY = {
    "apiVersion": TEXT,
    "kind": TEXT,
    "metadata": {"name": TEXT, "namespace": TEXT, "labels": LABELS, "annotations": LABELS},
    "spec": {
        "podSelector": SELECTOR,
        "policyTypes": [TEXT],
        "ingress": [{"from": [PEER], "ports": [PORT]}],
        "egress": [{"to": [PEER], "ports": [PORT]}],
    },
}


def check(value, shape, path):
    """Fails unless a value has a shape: a dict of known keys, a list of one shape, or a type."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), f"{path} is {value!r}"
        for key, inner in value.items():
            known = shape.get(key, shape.get(TEXT) if isinstance(key, str) else None)
            assert known is not None, f"{path} has the key {key!r}"
            check(inner, known, f"{path}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list) and value, f"{path} is {value!r}"
        for at, inner in enumerate(value):
            check(inner, shape[0], f"{path}[{at}]")
    else:
        assert isinstance(value, shape) and not isinstance(value, bool), f"{path} is {value!r}"


def main():
    policies = list(yaml.safe_load_all(sys.stdin))
    assert policies, "nothing was written"
    for at, policy in enumerate(policies):
        check(policy, POLICY, f"document {at}")
        assert policy["apiVersion"] == "networking.k8s.io/v1" and policy["kind"] == "NetworkPolicy"
        assert policy["metadata"]["name"] and policy["metadata"]["namespace"]
    print(f"{sys.argv[1]}: {len(policies)} policies")


main()
