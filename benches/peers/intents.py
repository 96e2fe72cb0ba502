"""The intents that every tool gets, drawn from a seed: who may reach whom, as JSON and as a netdsl program.

Two kinds: `pods`, from pods to pods of any namespace, where few are reached by many; and `addresses`, from all pods of
one namespace to networks, which is what tools without selectors can say.
"""

import random

PORTS = [443, 5432, 6379, 8443, 9092]


def pods(count):
    """So many different pairs, four for each of the pods, in namespaces of twenty."""
    numbers = random.Random(count)
    size = max(5, count // 4)
    every = [{"namespace": f"team-{i // 20}", "name": f"app-{i}", "port": 8000 + i % 1000} for i in range(size)]
    pairs = set()
    while len(pairs) < count:
        source, target = numbers.randrange(size), int(size * numbers.random() ** 2)
        if source != target:
            pairs.add((source, target))
    return {"pods": every, "rules": sorted(pairs)}


def addresses(count):
    """So many different networks, each with a port."""
    numbers = random.Random(count)
    blocks = set()
    while len(blocks) < count:
        length = numbers.choice([24, 32])
        last = numbers.randrange(256) if length == 32 else 0
        blocks.add(f"{numbers.randrange(11, 100)}.{numbers.randrange(256)}.{numbers.randrange(256)}.{last}/{length}")
    return {"rules": [[block, numbers.choice(PORTS)] for block in sorted(blocks)]}


def pods_program(intents):
    """The same for netdsl."""
    every, lines, inside = intents["pods"], ["label app = pods"], {}
    for pod in every:
        own = inside.setdefault(pod["namespace"], [])
        own.append(f"  pods {pod['name']} where app={pod['name']} {{ port main = {pod['port']} }}")
    for source, target in intents["rules"]:
        source, target = every[source], every[target]
        inside[source["namespace"]].append(f"  allow {source['name']} -> {target['namespace']}/{target['name']}")
    for namespace, own in inside.items():
        lines += [f"namespace {namespace} {{", *own, "}"]
    return "\n".join(lines) + "\n"


def addresses_program(intents):
    """The same for netdsl."""
    rules = [f"  allow * -> {block}:{port}" for block, port in intents["rules"]]
    return "\n".join(["namespace team {", *rules, "}"]) + "\n"
