//! The syntax tree as text, one line a statement: the form that snapshots hold.

use netdsl::syntax::ast;
use std::fmt::Write as _;

/// All statements of a file, members indented.
pub(crate) fn file(file: &ast::File) -> String {
    file.items.iter().map(|item| item_lines(&item.kind)).collect()
}

fn item_lines(kind: &ast::ItemKind) -> String {
    match kind {
        ast::ItemKind::Use(path) => format!("use {}\n", word(path)),
        ast::ItemKind::Label(decl) => {
            let values: Vec<String> = decl.values.iter().map(label_value).collect();
            format!("label {:?} {} = {}\n", decl.of, word(&decl.key), values.join(" | "))
        }
        ast::ItemKind::Namespace(decl) => {
            let labels =
                decl.labels.as_ref().map_or(String::new(), |labels| format!(" labels {}", selector(labels)));
            let head =
                format!("namespace {:?} {}{labels}{}", decl.management, word(&decl.name), doc(&decl.doc));
            block(&head, decl.members.as_deref())
        }
        ast::ItemKind::NamespaceSet(decl) => {
            let head = format!("namespaces {} where {}", word(&decl.name), selector(&decl.selector));
            block(&head, decl.members.as_deref())
        }
        ast::ItemKind::Network(decl) => {
            let overriding = if decl.overriding.is_some() { "override " } else { "" };
            let except = if decl.except.is_empty() {
                String::new()
            } else {
                format!(" except {}", words(&decl.except))
            };
            format!("{overriding}network {} = {}{except}\n", word(&decl.name), words(&decl.terms))
        }
        ast::ItemKind::Service(decl) => {
            let overriding = if decl.overriding.is_some() { "override " } else { "" };
            format!("{overriding}service {} = {}\n", word(&decl.name), union(&decl.targets))
        }
        ast::ItemKind::Member(kind) => member_lines(kind),
    }
}

fn block(head: &str, members: Option<&[ast::Member]>) -> String {
    match members {
        None => format!("{head}\n"),
        Some(members) => {
            let inner: String = members.iter().map(|member| member_lines(&member.kind)).collect();
            format!("{head} {{\n{}}}\n", indented(&inner))
        }
    }
}

fn indented(text: &str) -> String {
    text.lines().flat_map(|line| ["  ", line, "\n"]).collect()
}

fn member_lines(kind: &ast::MemberKind) -> String {
    match kind {
        ast::MemberKind::Pods(decl) => pods(decl),
        ast::MemberKind::Default(decl) => format!("default {:?}\n", decl.kind),
        ast::MemberKind::Rule(rule) => {
            format!(
                "allow {:?} {} -> {}{}\n",
                rule.halves,
                union(&rule.from),
                union(&rule.to),
                doc(&rule.doc)
            )
        }
        ast::MemberKind::Guard(guard) => {
            format!("{:?} {} -> {}\n", guard.kind, union(&guard.from), union(&guard.to))
        }
        ast::MemberKind::Test(test) => {
            let line = |line: &ast::Assertion| {
                format!("  {} {:?} {}\n", union(&line.from), line.kind, union(&line.to))
            };
            format!(
                "test {} {{\n{}}}\n",
                word(&test.name),
                test.assertions.iter().map(line).collect::<String>()
            )
        }
        ast::MemberKind::Broken(broken) => broken_lines(broken),
    }
}

fn broken_lines(broken: &ast::Broken) -> String {
    let keyword = broken.keyword.map_or(String::new(), |keyword| format!(" {keyword:?}"));
    let name = broken.name.as_ref().map_or(String::new(), |name| format!(" {}", word(name)));
    let head = format!("BROKEN{keyword}{name}");
    block(&head, if broken.members.is_empty() { None } else { Some(&broken.members) })
}

fn pods(decl: &ast::PodsDecl) -> String {
    let policy = decl.policy_name.as_ref().map_or(String::new(), |name| format!(" @{}", word(name)));
    let mut out =
        format!("pods {} where {}{policy}{}\n", word(&decl.name), selector(&decl.selector), doc(&decl.doc));
    for member in &decl.members {
        match &member.kind {
            ast::PodsMemberKind::Port(port) => {
                writeln!(out, "  port {} = {}", word(&port.name), ports(&port.ports)).unwrap();
            }
            ast::PodsMemberKind::Default(decl) => writeln!(out, "  default {:?}", decl.kind).unwrap(),
            ast::PodsMemberKind::HostNetwork => out.push_str("  host-network\n"),
            ast::PodsMemberKind::Broken(broken) => out.push_str(&indented(&broken_lines(broken))),
        }
    }
    out
}

fn doc(doc: &ast::Doc) -> String {
    if doc.lines.is_empty() { String::new() } else { format!(" ## {}", doc.lines.join(" / ")) }
}

/// A word; quoted ones in quotes.
fn word(word: &ast::Word) -> String {
    match word.quoting {
        ast::Quoting::Bare => word.text.to_string(),
        ast::Quoting::Quoted => format!("\"{}\"", word.text),
    }
}

fn words(words: &[ast::Word]) -> String {
    words.iter().map(word).collect::<Vec<_>>().join(" | ")
}

fn label_value(value: &ast::LabelValue) -> String {
    match value {
        ast::LabelValue::Any(_) => "ANY".to_owned(),
        ast::LabelValue::OfPods(_) => "PODS".to_owned(),
        ast::LabelValue::Value(value) => word(value),
    }
}

/// `A | B`
fn union(union: &ast::Union) -> String {
    union.alternatives.iter().map(alternative).collect::<Vec<_>>().join(" | ")
}

fn alternative(alternative: &ast::Alternative) -> String {
    let behind = alternative.ports.as_ref().map_or(String::new(), |list| format!(" :{}", ports(list)));
    format!("{}{behind}", peer(&alternative.peer.kind))
}

fn peer(kind: &ast::PeerKind) -> String {
    match kind {
        ast::PeerKind::Anywhere => "ANYWHERE".to_owned(),
        ast::PeerKind::Cluster => "CLUSTER".to_owned(),
        ast::PeerKind::Managed => "MANAGED".to_owned(),
        ast::PeerKind::Pods { scope, pods } => {
            let scope = match scope.as_deref() {
                None => String::new(),
                Some(ast::Scope::Named(name)) => format!("{} / ", word(name)),
                Some(ast::Scope::Everywhere(_)) => "EVERYWHERE / ".to_owned(),
                Some(ast::Scope::Managed(_)) => "MANAGED / ".to_owned(),
                Some(ast::Scope::Reserved(name)) => format!("RESERVED({}) / ", word(name)),
            };
            let pods = match pods {
                ast::PodsRef::All => "ALL".to_owned(),
                ast::PodsRef::Named(name) => word(name),
                ast::PodsRef::Selector(list) => format!("[{}]", selector(list)),
            };
            scope + &pods
        }
        ast::PeerKind::Addresses { text, brackets } => format!("ip({} {brackets:?})", text.text),
    }
}

fn ports(ports: &[ast::Port]) -> String {
    ports.iter().map(port).collect::<Vec<_>>().join(",")
}

fn port(port: &ast::Port) -> String {
    let value = match &port.value {
        ast::PortValue::Every(_) => "EVERY".to_owned(),
        ast::PortValue::Word(value) => word(value),
    };
    port.protocol.as_ref().map_or(value.clone(), |protocol| format!("{value}/{}", word(protocol)))
}

/// `app=web, tier!=dev`
fn selector(selector: &ast::Selector) -> String {
    selector.requirements.iter().map(requirement).collect::<Vec<_>>().join(", ")
}

fn requirement(requirement: &ast::Requirement) -> String {
    let key = word(&requirement.key);
    match &requirement.kind {
        ast::RequirementKind::Equals(value) => format!("{key}={}", word(value)),
        ast::RequirementKind::NotEquals(value) => format!("{key}!={}", word(value)),
        ast::RequirementKind::In(values) => format!("{key} in ({})", words(values)),
        ast::RequirementKind::NotIn(values) => format!("{key} notin ({})", words(values)),
        ast::RequirementKind::Exists => format!("{key} EXISTS"),
        ast::RequirementKind::Absent => format!("{key} ABSENT"),
        ast::RequirementKind::DoubleEquals(value) => format!("{key}=={}", word(value)),
        ast::RequirementKind::NotEqualsAny => format!("{key}!=*"),
        ast::RequirementKind::Bare => format!("{key} BARE"),
    }
}
