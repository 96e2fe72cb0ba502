"""Reads what `netdsl check` reports in machine formats with other people's readers, for every case of the language.

SARIF is held to the 2.1.0 schema of OASIS and read by sarif-tools; GitLab's reports to what GitLab requires of them;
GitHub's commands are taken apart as the runner does it. All must have as many findings as the JSON lines. The arguments
are the binary and the schema.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
from sarif import loader

COMMAND = re.compile(r"::(error|warning) (?P<properties>[^\r\n]*?)::(?P<text>[^\r\n]*)")
SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def findings(binary, form, paths):
    """What is printed, and nothing else may be."""
    run = subprocess.run([binary, "check", "--message-format", form, *paths], capture_output=True, check=False)
    assert run.returncode in (0, 1), f"{paths}: {run.stderr.decode()}"
    assert run.stderr == b"", f"{paths}: {run.stderr.decode()}"
    return run.stdout.decode("utf-8")


def check_sarif(text, validator):
    log = json.loads(text)
    problems = [f"{list(it.path)}: {it.message}" for it in validator.iter_errors(log)]
    assert not problems, "\n".join(problems[:10])
    results = log["runs"][0]["results"]
    prints = [tuple(result["partialFingerprints"].values()) for result in results]
    assert len(set(prints)) == len(prints), "two results share a fingerprint"
    assert all(result["locations"] for result in results)
    with tempfile.NamedTemporaryFile("w", suffix=".sarif", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        read = loader.load_sarif_file(file.name)
    assert read.get_result_count() == len(results)
    codes = [record["Code"] for record in read.get_records()]
    assert sorted(codes) == sorted(result["ruleId"] for result in results)
    return len(results)


def check_gitlab(text):
    issues = json.loads(text)
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints), "two issues share a fingerprint"
    for issue in issues:
        assert issue["description"] and issue["check_name"] and issue["severity"] in SEVERITIES
        path, begin = issue["location"]["path"], issue["location"]["positions"]["begin"]["line"]
        assert not path.startswith(("/", "./")) and begin >= 1, issue["location"]
    return len(issues)


def check_github(text):
    lines = text.split("\n")[:-1]
    for line in lines:
        command = COMMAND.fullmatch(line)
        assert command, f"no command: {line!r}"
        properties = dict(part.split("=", 1) for part in command["properties"].split(","))
        assert {"file", "line", "title"} <= properties.keys(), line
        assert all(":" not in value for value in properties.values()), line
        escapes = re.findall("%..", line)
        assert set(escapes) <= {"%25", "%0D", "%0A", "%3A", "%2C"}, line
    return len(lines)


def main(binary, schema):
    schema = json.loads(pathlib.Path(schema).read_text(encoding="utf-8"))
    assert schema["title"].startswith("Static Analysis Results Format (SARIF) Version 2.1.0"), schema["title"]
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
    cases = sorted(str(path) for path in pathlib.Path("tests/cases").rglob("*.netdsl"))
    seen = 0
    for paths in [cases, *([case] for case in cases)]:
        expected = len(findings(binary, "json", paths).splitlines())
        counts = [
            check_sarif(findings(binary, "sarif", paths), validator),
            check_gitlab(findings(binary, "gitlab", paths)),
            check_github(findings(binary, "github", paths)),
        ]
        assert counts == [expected] * 3, f"{paths}: {expected} findings, but {counts}"
        seen += expected
    assert seen > 1000, seen
    print(f"{seen} findings of {len(cases)} cases: SARIF 2.1.0 as the schema and sarif-tools take it, GitLab, GitHub")


main(*sys.argv[1:])
