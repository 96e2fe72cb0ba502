"""Counts what is in NetworkPolicies, whoever wrote them: objects, rules, peers, port entries, bytes.

A peer that selects pods counts 1, a block of addresses 1 and 1 for each exception. Other objects do not count, and
neither do their bytes. A list of rules that allows nothing has none.
"""

import sys

import yaml


def policies(text):
    """The NetworkPolicies of a stream of documents, each with its text."""
    for document in text.split("\n---"):
        value = yaml.load(document, Loader=yaml.CSafeLoader)
        for item in (value or {}).get("items", [value]) if value else []:
            if item and item.get("kind") == "NetworkPolicy":
                yield item


def count(text):
    """The figures, in the order in which netdsl minimises them."""
    objects = rules = peers = ports = 0
    for policy in policies(text):
        objects += 1
        spec = policy["spec"]
        for rule in (spec.get("ingress") or []) + (spec.get("egress") or []):
            rules += 1
            ports += len(rule.get("ports") or [])
            for peer in (rule.get("from") or []) + (rule.get("to") or []):
                peers += 1 + len((peer.get("ipBlock") or {}).get("except") or [])
    return {"objects": objects, "rules": rules, "peers": peers, "port entries": ports, "bytes": size(text)}


def size(text):
    """The bytes of the policies as they were written; all of them where nothing else is there."""
    documents = text.split("\n---")
    return sum(len(document.encode()) for document in documents if "kind: NetworkPolicy" in document)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print(count(file.read()))
