"""Reads what `netdsl compile` writes with other people's readers: PyYAML, which follows YAML 1.1, and kubectl.

Reads the output for every example, and for a program full of strings that YAML readers take for something else.
Whatever is not of the API's type is refused: a plain scalar that YAML 1.1 takes for a boolean, a number or a date fails
here. Where kubectl is there, both readers must see the same, to the last string. The binary is the only argument.
"""

import json
import os
import pathlib
import shutil
import subprocess
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

# Legal label values that some reader has taken for another type; most are legal keys and names too.
AWKWARD = """
    on On ON off Off no No NO n N yes Yes y Y true True TRUE false False null Null NULL nan NaN inf Inf 0 1 7 01 08 010
    1_000 1__0 190_20.5 0x1F 0x_1 0xdead_beef 0o17 0b1 0b_1 1e3 1E3 12e03 1e-3 1.5 1.0 1.5e3 1_0e1 2026-11-22 2026-1-2
    20261122 1-1 0.1 00 0x 0b v1.2.3 9223372036854775808
""".split()
NAMES = "on off no n yes y true null nan inf 0 1 01 010 0x1f 0o17 0b1 1e3 2026-11-22 20261122 1-1".split()
PORT_NAMES = "on no y null nan 0x1f 1e3".split()
DESCRIPTIONS = ["yes", "1", "~", "key: value", "a # b", "'quoted'", '"quoted"', "- item", "{map}", "&a *b !c", "naïve ☃"]
DESCRIPTION = "policy.kubernetes.io/description"
MARK = "netdsl-read-back"


def awkward_program():
    """A program that has each awkward string wherever it may stand."""
    lines = [f'label "{text}" = *' for text in AWKWARD]
    lines += ["label empty = *", "namespace awkward {", '  allow ingress empty="" -> empty="":80']
    lines += [f'  allow ingress "{text}"="{text}" -> "{text}"="{text}":80' for text in AWKWARD]
    lines += [f'  allow ingress * -> *:"{name}"' for name in PORT_NAMES] + ["}"]
    for name in NAMES:
        lines += [f'namespace "{name}" {{', f'  pods "{name}" where "on"="{name}"', f'  allow ingress * -> "{name}":1', "}"]
    lines += ["namespace described {"]
    for at, text in enumerate(DESCRIPTIONS):
        lines += [f"  ## {text}", f'  allow ingress * -> "on"=d{at}:80']
    return "\n".join(lines + ["}", ""])


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


def check_awkward(policies):
    """Fails unless every awkward string came through as it is."""
    own = [policy for policy in policies if policy["metadata"]["namespace"] == "awkward"]
    selectors = [policy["spec"]["podSelector"].get("matchLabels", {}) for policy in own]
    read = {text for labels in selectors for pair in labels.items() for text in pair}
    assert read == {*AWKWARD, "empty", ""}, read ^ {*AWKWARD, "empty", ""}
    peers = [policy["spec"]["ingress"][0]["from"][0]["podSelector"] for policy in own if policy["spec"]["podSelector"]]
    assert peers == [policy["spec"]["podSelector"] for policy in own if policy["spec"]["podSelector"]]
    rules = [rule for policy in own for rule in policy["spec"].get("ingress", [])]
    ports = {port["port"] for rule in rules for port in rule["ports"]}
    assert ports == {80, *PORT_NAMES}, ports
    assert set(NAMES) <= {policy["metadata"]["namespace"] for policy in policies}
    assert set(NAMES) <= {policy["metadata"]["name"] for policy in policies}
    described = {policy["metadata"].get("annotations", {}).get(DESCRIPTION) for policy in policies}
    assert described == {None, *DESCRIPTIONS}, described


def has_kubectl():
    """Whether kubectl runs here; says so where it does not."""
    here = shutil.which("kubectl") and not subprocess.run(["kubectl", "version", "--client"], capture_output=True).returncode
    if not here:
        assert os.environ.get("NETDSL_REQUIRE_KUBECTL") != "1", "kubectl is required and not here"
        print("SKIPPED: the comparison with kubectl, which is not here")
    return here


def by_kubectl(text):
    """The objects as kubectl reads them, without a cluster: it adds an annotation and prints JSON."""
    command = ["kubectl", "annotate", "--local", "-f", "-", "-o", "json", f"{MARK}=yes"]
    left = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout.strip()
    policies = []
    while left:
        policy, end = json.JSONDecoder().raw_decode(left)
        left = left[end:].strip()
        assert policy["metadata"]["annotations"].pop(MARK) == "yes"
        if not policy["metadata"]["annotations"]:
            del policy["metadata"]["annotations"]
        policies.append(policy)
    return policies


def read(name, text, kubectl):
    """The policies of an output, on which all readers agree."""
    policies = list(yaml.safe_load_all(text))
    assert policies, f"{name}: nothing was written"
    for at, policy in enumerate(policies):
        check(policy, POLICY, f"{name}: document {at}")
        assert policy["apiVersion"] == "networking.k8s.io/v1" and policy["kind"] == "NetworkPolicy"
        assert policy["metadata"]["name"] and policy["metadata"]["namespace"]
    if kubectl:
        theirs = by_kubectl(text)
        assert len(theirs) == len(policies), f"{name}: kubectl reads {len(theirs)} of {len(policies)}"
        for ours, other in zip(policies, theirs):
            assert ours == other, f"{name}: PyYAML reads\n{ours}\nand kubectl reads\n{other}"
    print(f"{name}: {len(policies)} policies")
    return policies


def main():
    binary, kubectl = sys.argv[1], has_kubectl()

    def compile(path, program=None):
        command = [binary, "compile", "--quiet", path]
        return subprocess.run(command, input=program, stdout=subprocess.PIPE, text=True, check=True).stdout

    examples = sorted(path.parent for path in pathlib.Path("examples").glob("*/README.md"))
    assert len(examples) >= 5, f"the examples are not where they should be: {examples}"
    for example in examples:
        read(example, compile(example), kubectl)
    check_awkward(read("awkward strings", compile("-", awkward_program()), kubectl))


main()
