//! `netdsl compile --stats`: the figures are those of what is written, and no more is claimed than was proved.

use yaml_serde::Value;

use super::{folder, run};
use crate::support::{self, documents};

/// What `--stats` prints of one file that compiles.
fn stats(text: &str) -> String {
    let folder = folder(&[("a.netdsl", text)]);
    let ran = run(folder.path(), &["-q", "compile", "--stats"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.err
}

#[test]
fn the_fewest_rules_are_said_to_be_proved() {
    let text = "\
label app = pods
namespace shop {
  pods web where app=web
  pods job where app=job
  pods db where app=db
  # netdsl: allow(internet-as-source)
  allow ingress internet | web | job -> db:80,81,443
  allow ingress web -> db:9090
}
";
    let expected = "\
policies: 2
rules: 2, minimal (proved)
peers: 11
port entries: 5
bytes: 1092
redundancy: nothing can be removed
";
    assert_eq!(stats(text), expected);
}

#[test]
fn a_gap_is_stated() {
    // No pod of `app=a` is without other rules, so that nothing counts its rule into the bound.
    let text = "\
label app = a | b | e
label tier = *
namespace shop {
  allow ingress app=a -> app=e:80,81
  allow ingress tier=x -> app=e:81,82
  allow ingress app=a, tier=x -> app=e:83
  allow ingress app=a, tier!=x -> app=e:83,84
  allow ingress app=b -> app=e:83,81
  allow ingress app=e -> app=b:80
}
";
    let line = "rules: 5, not proved minimal: at least 4 (gap 1), 1 of 2 lists of rules proved\n";
    assert!(stats(text).contains(line), "{}", stats(text));
}

#[test]
fn nothing_written_is_minimal() {
    let text = "namespace shop {\n  default allow\n}\n";
    let expected = "\
policies: 0
rules: 0, minimal (proved)
peers: 0
port entries: 0
bytes: 0
redundancy: nothing can be removed
";
    assert_eq!(stats(text), expected);
}

#[test]
fn figures_are_those_of_the_documents() {
    for example in support::entries(&support::repository("examples")).iter().filter(|path| path.is_dir()) {
        let ran = run(example, &["-q", "compile", "--stats"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(figures(&ran.err), counted(&ran.out), "{}", example.display());
    }
}

/// The first number of each of the first five lines.
fn figures(stats: &str) -> Vec<usize> {
    let number = |line: &str| line.split([' ', ',']).find_map(|word| word.parse().ok());
    stats.lines().take(5).filter_map(number).collect()
}

/// The same figures, counted in the text.
fn counted(yaml: &str) -> Vec<usize> {
    let documents = documents(yaml);
    let rules: Vec<&Value> = documents
        .iter()
        .flat_map(|it| list(&it["spec"]["ingress"]).chain(list(&it["spec"]["egress"])))
        .collect();
    let peers = || rules.iter().flat_map(|rule| list(&rule["from"]).chain(list(&rule["to"])));
    let ports: usize = rules.iter().map(|rule| list(&rule["ports"]).count()).sum();
    let exceptions: usize = peers().map(|peer| list(&peer["ipBlock"]["except"]).count()).sum();
    vec![documents.len(), rules.len(), peers().count() + exceptions, ports, yaml.len()]
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_sequence().into_iter().flatten()
}
