"""Runs every tool on the same intents and prints a table of counts and one of times: compare.py FOLDER RULES..."""

import json
import os
import pathlib
import subprocess
import sys
import time

import count
import intents

HERE = pathlib.Path(__file__).parent
NETDSL = os.environ["NETDSL"]


def cdk8s(how):
    """One of the ways of cdk8s.js."""
    return lambda folder: ["node", HERE / "cdk8s.js", how, folder / "intents.json"]


def netdsl(folder):
    """The whole compiler, its proof included."""
    return [NETDSL, "--quiet", "compile", folder / "policy.netdsl"]


def aerleon(folder):
    """The address part alone."""
    return [sys.executable, HERE / "by_aerleon.py", folder / "intents.json"]


KINDS = {
    "pods": (
        intents.pods,
        intents.pods_program,
        {
            "netdsl": netdsl,
            "cdk8s-plus `allowTo`": cdk8s("allowTo"),
            "cdk8s-plus `NetworkPolicy`": cdk8s("networkPolicy"),
            "cdk8s by hand, a policy a half": cdk8s("aRule"),
            "cdk8s by hand, grouped": cdk8s("grouped"),
        },
    ),
    "addresses": (
        intents.addresses,
        intents.addresses_program,
        {
            "netdsl": netdsl,
            "aerleon": aerleon,
            "cdk8s-plus `NetworkPolicy`": cdk8s("addressesNetworkPolicy"),
            "cdk8s by hand, a policy a rule": cdk8s("addressesARule"),
            "cdk8s by hand, grouped": cdk8s("addressesGrouped"),
        },
    ),
}


def measured(command):
    """What a command prints, and the best time of those that fit into ten seconds, three at most."""
    best, spent = None, 0.0
    for _ in range(3):
        start = time.perf_counter()
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        took = time.perf_counter() - start
        best, spent = min(took, best or took), spent + took
        if spent > 10:
            break
    return text, best


def main():
    """A row for each tool, kind and size."""
    folder, sizes = pathlib.Path(sys.argv[1]), [int(word) for text in sys.argv[2:] for word in text.split()]
    counts, times = [], {}
    for kind, (generate, program, tools) in KINDS.items():
        for size in sizes:
            here = folder / f"{kind}-{size}"
            here.mkdir(parents=True, exist_ok=True)
            said = generate(size)
            (here / "intents.json").write_text(json.dumps(said))
            (here / "policy.netdsl").write_text(program(said))
            for name, tool in tools.items():
                text, took = measured(tool(here))
                (here / f"{name.replace('`', '')}.yaml").write_text(text)
                counts.append([kind, size, name, *count.count(text).values()])
                times.setdefault((kind, name), []).append(took)
    print("| intents | rules | by | objects | rules | peers | port entries | bytes |")
    print("|---|--:|---|--:|--:|--:|--:|--:|")
    for kind, size, name, *figures in counts:
        print(f"| {kind} | {size:,} | {name} | " + " | ".join(f"{figure:,}" for figure in figures) + " |")
    print("\n| seconds, by rules | " + " | ".join(f"{size:,}" for size in sizes) + " |")
    print("|---" + "|--:" * len(sizes) + "|")
    for (kind, name), took in times.items():
        print(f"| {kind}, {name} | " + " | ".join(f"{seconds:.3f}" for seconds in took) + " |")


main()
