//! Programs that are hard for one phase each: what is rare in clusters, all in one place.
//!
//! Each compiles, or ends in a finding that says why not; both within seconds and bounded memory.

use std::fmt::Write;

use crate::clusters::{Numbers, Program};

/// A program that is hard, and what makes it so.
pub(crate) struct Worst {
    /// Its name, for a folder.
    pub(crate) name: &'static str,
    /// What there is much of.
    pub(crate) much: &'static str,
    /// The program.
    pub(crate) program: Program,
}

/// All of them.
pub(crate) fn all() -> Vec<Worst> {
    let worst = |name, much, text| Worst { name, much, program: Program::of(text) };
    vec![
        worst("hub", "20,000 pods in 1,000 namespaces that all reach one", hub(1_000, 20)),
        worst("values", "a label of 50,000 values, and selectors of nearly all of them", values(50_000)),
        worst("peers", "one subject with 20,000 peers", peers(20_000)),
        worst("cover", "one subject, 400 peers, each on its own choice of 40 ports", cover(400, 40)),
        worst("negative", "600 subjects and peers of negative requirements over five keys", negative(600)),
        worst("networks", "5,000 networks, each made of the two before it", networks(5_000)),
        worst("excepts", "a network with 20,000 addresses taken out of it", excepts(20_000)),
        worst("sets", "a set of 2,000 namespaces with 100 rules in it", sets(2_000, 100)),
        worst("guards", "300 namespaces with five guards each", guards(300)),
        worst("alternatives", "50,000 alternatives on one line", alternatives(50_000)),
        worst("errors", "100,000 wrong lines", errors(100_000)),
    ]
}

/// All text that the parts write.
fn text_of(write: impl FnOnce(&mut String) -> std::fmt::Result) -> String {
    let mut text = String::new();
    write(&mut text).expect("a string can always be written to");
    text
}

fn hub(namespaces: usize, pods: usize) -> String {
    text_of(|text| {
        writeln!(
            text,
            "label app = pods\nnamespace hub {{\n  pods hub where app=hub {{ port main = 443 }}\n}}"
        )?;
        for namespace in 0..namespaces {
            writeln!(text, "namespace ns-{namespace} {{")?;
            for pod in 0..pods {
                writeln!(text, "  pods p{pod} where app=p{pod}\n  allow p{pod} -> hub/hub")?;
            }
            writeln!(text, "}}")?;
        }
        Ok(())
    })
}

fn values(count: usize) -> String {
    let all = |from: usize, separator: &str| {
        (from..count).map(|value| format!("v{value}")).collect::<Vec<_>>().join(separator)
    };
    text_of(|text| {
        writeln!(text, "label app = {}", all(0, " | "))?;
        writeln!(text, "namespace values {{\n  pods web where app=v0 {{ port main = 80 }}")?;
        writeln!(
            text,
            "  allow app in ({}) -> web\n  allow web -> app notin ({}):443",
            all(2, ", "),
            all(3, ", ")
        )?;
        writeln!(text, "}}")
    })
}

fn peers(count: usize) -> String {
    text_of(|text| {
        writeln!(
            text,
            "label app = *\nexternal namespace other\nnamespace one {{\n  pods web where app=web {{ port main = 80 }}"
        )?;
        for peer in 0..count {
            writeln!(text, "  allow other/app=p{peer} -> web")?;
        }
        writeln!(text, "}}")
    })
}

fn cover(peers: usize, ports: usize) -> String {
    let mut numbers = Numbers::of(5);
    text_of(|text| {
        writeln!(text, "label app = *\nexternal namespace other\nnamespace one {{")?;
        for peer in 0..peers {
            // Every second port, so that no two of them become a range.
            let chosen: Vec<String> = (0..ports)
                .filter(|_| numbers.happens(500))
                .map(|port| (8000 + 2 * port).to_string())
                .collect();
            writeln!(text, "  allow app=web -> other/app=p{peer}:{}", chosen.join(","))?;
        }
        writeln!(text, "}}")
    })
}

fn negative(count: usize) -> String {
    let mut numbers = Numbers::of(6);
    let mut selector = move || {
        let part = |key: &str, value: usize| match value % 3 {
            0 => format!("{key}!=v{value}"),
            1 => format!("{key} notin (v{value}, v{})", value + 1),
            _ => format!("!{key}-{}", value % 2),
        };
        ["a", "b", "c", "d", "e"].map(|key| part(key, numbers.below(30))).join(", ")
    };
    text_of(|text| {
        for key in ["a", "b", "c", "d", "e"] {
            writeln!(text, "label {key} = *\nlabel {key}-0 = *\nlabel {key}-1 = *")?;
        }
        writeln!(text, "namespace negative {{")?;
        for rule in 0..count {
            writeln!(text, "  allow {} -> {}:{}", selector(), selector(), 8000 + rule % 7)?;
        }
        writeln!(text, "}}")
    })
}

fn networks(depth: usize) -> String {
    let mut numbers = Numbers::of(7);
    text_of(|text| {
        writeln!(text, "network n0 = 198.18.0.1\nnetwork n1 = 198.18.0.3 | 2001:db8::/64")?;
        for network in 2..depth {
            let (second, third) = (numbers.below(256), numbers.below(256));
            writeln!(
                text,
                "network n{network} = n{} | n{} | 11.{second}.{third}.0/28",
                network - 1,
                network - 2
            )?;
        }
        writeln!(text, "namespace deep {{\n  allow * -> n{}:443\n}}", depth - 1)
    })
}

fn excepts(count: usize) -> String {
    text_of(|text| {
        write!(text, "network most = 11.0.0.0/8 except 11.0.0.1")?;
        for address in 1..count {
            write!(text, " | 11.{}.{}.{}", address % 251, address / 251 % 251, 1 + 2 * (address % 100))?;
        }
        writeln!(text, "\nnamespace excepts {{\n  allow * -> most:443\n}}")
    })
}

fn sets(namespaces: usize, rules: usize) -> String {
    text_of(|text| {
        writeln!(text, "label app = *\nnamespace label team = *")?;
        for namespace in 0..namespaces {
            writeln!(text, "namespace ns-{namespace} labels team=t{namespace} {{}}")?;
        }
        writeln!(text, "namespaces tenants where team=* {{")?;
        for rule in 0..rules {
            writeln!(text, "  allow app=a{rule} -> app=b{}:443", rule % 7)?;
        }
        writeln!(text, "}}")
    })
}

fn guards(namespaces: usize) -> String {
    text_of(|text| {
        writeln!(text, "label app = *")?;
        for namespace in 0..namespaces {
            writeln!(text, "namespace ns-{namespace} {{\n  pods db where app=db {{ port main = 5432 }}")?;
            for pod in 0..5 {
                writeln!(text, "  pods p{pod} where app=p{pod} {{ port main = 80 }}\n  allow p{pod} -> db")?;
                writeln!(text, "  never p{pod} -> p{}", (pod + 1) % 5)?;
            }
            writeln!(text, "}}")?;
        }
        Ok(())
    })
}

fn alternatives(count: usize) -> String {
    let all: Vec<String> = (0..count).map(|peer| format!("other/app=p{peer}")).collect();
    format!(
        "label app = *\nexternal namespace other\nnamespace one {{\n  allow {} -> app=web:443\n}}\n",
        all.join(" | ")
    )
}

fn errors(count: usize) -> String {
    text_of(|text| {
        writeln!(text, "label app = web | db\nnamespace errors {{")?;
        for line in 0..count {
            writeln!(text, "  allow app=web{line} => app=db:{line}")?;
        }
        writeln!(text, "}}")
    })
}
