"""The address intents by aerleon, which selects all pods and knows no namespaces: by_aerleon.py INTENTS > YAML."""

import json
import sys

from aerleon import api
from aerleon.lib import naming


def main():
    """One term a rule, under one header."""
    with open(sys.argv[1], encoding="utf-8") as file:
        rules = json.load(file)["rules"]
    networks = {f"NET_{i}": {"values": [{"address": block}]} for i, (block, _) in enumerate(rules)}
    services = {f"PORT_{port}": [{"protocol": "tcp", "port": port}] for port in {port for _, port in rules}}
    terms = [
        {
            "name": f"rule-{i}",
            "destination-address": f"NET_{i}",
            "destination-port": f"PORT_{port}",
            "protocol": "tcp",
            "action": "accept",
        }
        for i, (_, port) in enumerate(rules)
    ]
    policy = {"filename": "policy", "filters": [{"header": {"targets": {"k8s": "EGRESS"}}, "terms": terms}]}
    definitions = naming.Naming()
    definitions.ParseDefinitionsObject({"networks": networks, "services": services}, "")
    for text in api.Generate([policy], definitions).values():
        print(text)


main()
