//! Every form of every statement of the language, with its tree written out by hand.

use super::{snapshot, tree};

/// The program of language.md §1.
pub(super) const KASM: &str = r#"# kasm.netdsl — who may talk to the Kasm databases

label app  = pods | prometheus                                # closed: the values that `pods` declarations use, and one more
label tier = application | database                           # `label version = *` would be open: any legal value

namespace kasm {                                              # managed: default-deny, both directions
  pods workspace where app=kasm-workspace, tier=application

  ## Restrict database access to app pods only
  pods db where app=kasm-database, tier=database {
    port postgres         = 5432
    port redis            = 6379
    port postgres-metrics = 9187
    port redis-metrics    = 9121
  }

  allow workspace -> db:postgres,redis
  allow monitoring/app=prometheus -> db:postgres-metrics,redis-metrics
  allow * -> dns
  allow db -> internet:443

  only workspace -> db:postgres,redis                         # proved for every pod that could ever exist
  never * -> metadata-server
}

external namespace monitoring                                 # exists, but no policy is written into it

test "the sandbox cannot reach the databases" {
  sandbox/* cannot reach kasm/db
  kasm/workspace can reach kasm/db:5432
}
external namespace sandbox
"#;

#[test]
fn the_whole_language_on_one_page() {
    snapshot("kasm", &tree(KASM));
}

/// One statement outside of any block.
fn outside(text: &str) -> String {
    tree(text).trim_end().to_owned()
}

/// One statement in a namespace.
fn inside(text: &str) -> String {
    let dump = tree(&format!("namespace n {{\n{text}\n}}\n"));
    let body = dump.strip_prefix("namespace Managed n {\n").unwrap().strip_suffix("}\n").unwrap();
    body.lines().map(|line| line.strip_prefix("  ").unwrap()).collect::<Vec<_>>().join("\n")
}

/// The two sides of a rule.
fn sides(text: &str) -> String {
    inside(text).strip_prefix("allow Both ").unwrap().to_owned()
}

#[test]
fn declarations_outside() {
    for (text, expected) in [
        (r#"use "vocabulary.netdsl""#, r#"use "vocabulary.netdsl""#),
        ("label app = *", "label Pods app = ANY"),
        ("label app = pods | v3", "label Pods app = PODS | v3"),
        (r#"label app = "pods" | "" | v1.2_x"#, r#"label Pods app = "pods" | "" | v1.2_x"#),
        ("label label = x", "label Pods label = x"),
        ("label service = x", "label Pods service = x"),
        ("label app.kubernetes.io/name = a|b", "label Pods app.kubernetes.io/name = a | b"),
        (r#"label "team/name" = a"#, r#"label Pods "team/name" = a"#),
        ("namespace label team = a | b", "label Namespaces team = a | b"),
        ("namespace label label = a", "label Namespaces label = a"),
        ("external namespace kube-system", "namespace External kube-system"),
        ("external namespace x labels a=b, !c", "namespace External x labels a=b, c ABSENT"),
        ("external namespace x {}", "namespace External x {\n}"),
        ("namespace x {}", "namespace Managed x {\n}"),
        ("namespace label {}", "namespace Managed label {\n}"),
        ("namespace labels {}", "namespace Managed labels {\n}"),
        ("namespace labels labels a=b {}", "namespace Managed labels labels a=b {\n}"),
        ("namespace label labels a=b {}", "namespace Managed label labels a=b {\n}"),
        ("namespace test {}", "namespace Managed test {\n}"),
        ("namespace default {}", "namespace Managed default {\n}"),
        (r#"namespace "cluster" {}"#, "namespace Managed \"cluster\" {\n}"),
        ("namespace größe {}", "namespace Managed größe {\n}"),
        ("namespace UPPER_case.com {}", "namespace Managed UPPER_case.com {\n}"),
        ("namespace x labels team=a, app==b, c {}", "namespace Managed x labels team=a, app==b, c BARE {\n}"),
        ("namespaces tenants where tenant=*", "namespaces tenants where tenant EXISTS"),
        ("namespaces tenants where tenant=* {}", "namespaces tenants where tenant EXISTS {\n}"),
        ("namespaces t where a=b { never * -> x }", "namespaces t where a=b {\n  Never ALL -> x\n}"),
        (
            "network n = 10.0.0.0/8 | 2001:db8::/32 | [fd00::/8] | other except 10.1.0.0/16 | y",
            "network n = 10.0.0.0/8 | 2001:db8::/32 | fd00::/8 | other except 10.1.0.0/16 | y",
        ),
        (
            "network n = 010.0.0.0/8 | 10.0.0.5/8 | www.example.com | ::/0 | \"cluster\"",
            "network n = 010.0.0.0/8 | 10.0.0.5/8 | www.example.com | ::/0 | \"cluster\"",
        ),
        ("override network private = 10.0.0.0/8", "override network private = 10.0.0.0/8"),
        (
            "service dns = kube-system/k8s-app=kube-dns:53/udp,53/tcp",
            "service dns = kube-system / [k8s-app=kube-dns] :53/udp,53/tcp",
        ),
        (
            "override service dns = a/b:53 | 10.0.0.10:53/udp",
            "override service dns = a / b :53 | ip(10.0.0.10 None) :53/udp",
        ),
        (r#"test "a" {}"#, "test \"a\" {\n}"),
        (r#"test "a" { a/* cannot reach b/c }"#, "test \"a\" {\n  a / ALL Cannot b / c\n}"),
        (r#"test "a" { network = x can reach y:1 }"#, "test \"a\" {\n  [network=x] Can y :1\n}"),
        (
            r#"test "a" { allow=x, test=y cannot reach y/z }"#,
            "test \"a\" {\n  [allow=x, test=y] Cannot y / z\n}",
        ),
        ("allow a/b -> c/d:1", "allow Both a / b -> c / d :1"),
        ("never a/b -> c/d", "Never a / b -> c / d"),
        ("only a/b -> c/d:1", "Only a / b -> c / d :1"),
    ] {
        assert_eq!(outside(text), expected, "of {text}");
    }
}

#[test]
fn members_of_a_namespace() {
    for (text, expected) in [
        ("pods p where app=x", "pods p where app=x"),
        ("pods pods where app=x", "pods pods where app=x"),
        (r#"pods "where" where "team/name"=x"#, r#"pods "where" where "team/name"=x"#),
        ("pods p where app=x {}", "pods p where app=x"),
        ("pods p where app=x { port http = 80 }", "pods p where app=x\n  port http = 80"),
        ("pods p where app=x { host-network }", "pods p where app=x\n  host-network"),
        (
            "pods p where app=x {\nport a = 53/udp, 53/tcp, 8000-8999, \"http\", \"dns\"/udp\n default deny egress\n}",
            "pods p where app=x\n  port a = 53/udp,53/tcp,8000-8999,\"http\",\"dns\"/udp\n  default DenyEgress",
        ),
        ("pods p where app=x { default allow }", "pods p where app=x\n  default Allow"),
        ("default deny", "default Deny"),
        ("default deny ingress", "default DenyIngress"),
        ("default deny egress", "default DenyEgress"),
        ("default deny ingress egress", "default Deny"),
        ("default deny egress ingress", "default Deny"),
        ("default allow", "default Allow"),
        ("@name(\"x\")\npods p where app=x", "pods p where app=x @\"x\""),
        ("@name ( \"x\" )\n\n# why\npods p where app=x", "pods p where app=x @\"x\""),
        ("## one\n##two\n@name(\"x\")\n\npods p where app=x", "pods p where app=x @\"x\" ## one / two"),
        ("## why\nallow a -> b", "allow Both a -> b ## why"),
        ("allow ingress a -> b", "allow Ingress a -> b"),
        ("allow egress a -> b", "allow Egress a -> b"),
        ("allow ingress * -> b", "allow Ingress ALL -> b"),
        ("allow ingress !x -> b", "allow Ingress [x ABSENT] -> b"),
        ("allow ingress [::1] -> b", "allow Ingress ip(::1 Square) -> b"),
        ("allow ingress ::/0 -> b", "allow Ingress ip(::/0 None) -> b"),
        ("allow ingress \"x\" -> b", "allow Ingress \"x\" -> b"),
        ("allow ingress ingress -> b", "allow Ingress ingress -> b"),
        ("allow ingress -> b", "allow Both ingress -> b"),
        ("allow ingress | x -> b", "allow Both ingress | x -> b"),
        ("allow ingress/app=x -> b", "allow Both ingress / [app=x] -> b"),
        ("allow ingress=x -> b", "allow Both [ingress=x] -> b"),
        ("allow ingress != x -> b", "allow Both [ingress!=x] -> b"),
        ("allow egress in (a) -> b", "allow Both [egress in (a)] -> b"),
        ("allow egress notin (a,b) -> b", "allow Both [egress notin (a | b)] -> b"),
        ("allow egress in=x -> b", "allow Egress [in=x] -> b"),
        ("test \"t\" { a can reach b:1 }", "test \"t\" {\n  a Can b :1\n}"),
    ] {
        assert_eq!(inside(text), expected, "of {text}");
    }
}

#[test]
fn peers_and_targets() {
    for (text, expected) in [
        ("allow web->db", "web -> db"),
        ("allow web -> db:5432", "web -> db :5432"),
        ("allow web -> db:postgres,redis", "web -> db :postgres,redis"),
        ("allow web -> db:53/udp, 53/tcp", "web -> db :53/udp,53/tcp"),
        ("allow web -> db:8000-8999", "web -> db :8000-8999"),
        ("allow web -> db:*", "web -> db :EVERY"),
        ("allow web -> db:*/udp,*/tcp", "web -> db :EVERY/udp,EVERY/tcp"),
        ("allow web -> db:\"http\",\"dns\"/udp", "web -> db :\"http\",\"dns\"/udp"),
        ("allow web -> db:1,2 | cache:6379", "web -> db :1,2 | cache :6379"),
        ("allow web -> db:70000,080,Http,x_y", "web -> db :70000,080,Http,x_y"),
        ("allow db:80,443 -> x", "db :80,443 -> x"),
        ("allow kasm/db -> *", "kasm / db -> ALL"),
        ("allow app=web, tier=x -> *", "[app=web, tier=x] -> ALL"),
        ("allow app=web,tier -> *", "[app=web, tier BARE] -> ALL"),
        ("allow tier, app=web -> *", "[tier BARE, app=web] -> ALL"),
        ("allow APP==x -> *", "[APP==x] -> ALL"),
        ("allow app!=x, a != *, b = *, !c, ! d -> *", "[app!=x, a!=*, b EXISTS, c ABSENT, d ABSENT] -> ALL"),
        ("allow a in (x,y), b notin ( z ) -> *", "[a in (x | y), b notin (z)] -> ALL"),
        ("allow a in(x) -> *", "[a in (x)] -> ALL"),
        ("allow in in (in) -> *", "[in in (in)] -> ALL"),
        ("allow app=\"\" -> *", "[app=\"\"] -> ALL"),
        ("allow app=where -> *", "[app=where] -> ALL"),
        ("allow kasm/app=web -> *", "kasm / [app=web] -> ALL"),
        ("allow kasm/app=web, b=c -> *", "kasm / [app=web, b=c] -> ALL"),
        ("allow kasm/!app -> *", "kasm / [app ABSENT] -> ALL"),
        ("allow kasm/* -> *", "kasm / ALL -> ALL"),
        ("allow */app=web -> *", "EVERYWHERE / [app=web] -> ALL"),
        ("allow */* -> *", "EVERYWHERE / ALL -> ALL"),
        ("allow */db -> *", "EVERYWHERE / db -> ALL"),
        ("allow managed/app=x -> *", "MANAGED / [app=x] -> ALL"),
        ("allow managed/* -> *", "MANAGED / ALL -> ALL"),
        ("allow cluster/app=x -> *", "RESERVED(cluster) / [app=x] -> ALL"),
        ("allow anywhere/* -> *", "RESERVED(anywhere) / ALL -> ALL"),
        ("allow \"managed\"/app=x -> *", "\"managed\" / [app=x] -> ALL"),
        ("allow \"cluster\" -> *", "\"cluster\" -> ALL"),
        ("allow cluster | managed | anywhere -> *", "CLUSTER | MANAGED | ANYWHERE -> ALL"),
        ("allow clusters -> managed-by", "clusters -> managed-by"),
        ("allow app.kubernetes.io/name=x -> *", "[app.kubernetes.io/name=x] -> ALL"),
        ("allow kasm/app.kubernetes.io/name=x -> *", "kasm / [app.kubernetes.io/name=x] -> ALL"),
        ("allow team/app=x -> *", "team / [app=x] -> ALL"),
        ("allow \"team/name\"=x -> *", "[\"team/name\"=x] -> ALL"),
        ("allow tenants/\"team/name\"=x -> *", "tenants / [\"team/name\"=x] -> ALL"),
        ("allow a.b/db -> *", "a.b / db -> ALL"),
        ("allow 10.0.0.0/8 -> 10.1.2.3:80", "ip(10.0.0.0/8 None) -> ip(10.1.2.3 None) :80"),
        ("allow 10.0.0.5/8 -> 010.0.0.0/8", "ip(10.0.0.5/8 None) -> ip(010.0.0.0/8 None)"),
        ("allow 10.0.0/8 -> 1.2.3.4.5", "ip(10.0.0/8 None) -> ip(1.2.3.4.5 None)"),
        ("allow 10 -> 10/8", "10 -> 10 / 8"),
        ("allow [2001:db8::/32] -> [::1]:80", "ip(2001:db8::/32 Square) -> ip(::1 Square) :80"),
        ("allow 2001:db8::/32 -> 2001:db8::1:80", "ip(2001:db8::/32 None) -> ip(2001:db8::1:80 None)"),
        ("allow [10.0.0.0/8] -> cafe:80", "ip(10.0.0.0/8 Square) -> cafe :80"),
        ("allow www.example.com -> *:443", "www.example.com -> ALL :443"),
        ("allow can-less -> in-house:1 | notin.x", "can-less -> in-house :1 | notin.x"),
    ] {
        assert_eq!(sides(text), expected, "of {text}");
    }
}

#[test]
fn statements_go_on_over_lines() {
    for (text, expected) in [
        ("allow a ->\n b", "a -> b"),
        ("allow a\n -> b", "a -> b"),
        ("allow a |\n\n # why\n b -> c", "a | b -> c"),
        ("allow a # one\n # two\n | b # three\n -> c", "a | b -> c"),
        ("allow x in (\n a, # first\n b\n), y=\n z -> c:1,\n 2", "[x in (a | b), y=z] -> c :1,2"),
        ("allow a -> b:80\n | c:81", "a -> b :80 | c :81"),
        ("allow a\r\n  -> b\r", "a -> b"),
    ] {
        assert_eq!(sides(text), expected, "of {text}");
    }
    assert_eq!(inside("pods x where\n a=b"), "pods x where a=b");
    assert_eq!(
        outside("network n =\n 10.0.0.0/8\n | 11.0.0.0/8\n except\n 10.1.0.0/16"),
        "network n = 10.0.0.0/8 | 11.0.0.0/8 except 10.1.0.0/16"
    );
    assert_eq!(
        outside("network n = 10.0.0.0/8 except\n 10.1.0.0/16"),
        "network n = 10.0.0.0/8 except 10.1.0.0/16"
    );
}

#[test]
fn values_called_like_continuations_end_their_line() {
    assert_eq!(
        inside("pods x where app=where\npods y where app=except"),
        "pods x where app=where\npods y where app=except"
    );
    assert_eq!(
        tree("test \"t\" {\n a can reach b\n except=x can reach y\n}"),
        "test \"t\" {\n  a Can b\n  [except=x] Can y\n}\n"
    );
}

#[test]
fn blocks_on_one_line() {
    assert_eq!(outside("namespace a { allow x -> y:1 }"), "namespace Managed a {\n  allow Both x -> y :1\n}");
    assert_eq!(
        outside("namespace a { pods x where b=c { port p = 1 } }"),
        "namespace Managed a {\n  pods x where b=c\n    port p = 1\n}"
    );
}

#[test]
fn marks_of_the_text() {
    assert_eq!(outside("\u{feff}label a = *"), "label Pods a = ANY");
    assert_eq!(outside("label a = *\r\nlabel b = *\r\n"), "label Pods a = ANY\nlabel Pods b = ANY");
    assert_eq!(outside("\tlabel\ta\t=\t*\t"), "label Pods a = ANY");
    assert_eq!(outside("label a = \"#\" | \"{\" # } \" {"), "label Pods a = \"#\" | \"{\"");
    assert_eq!(tree(""), "");
    assert_eq!(tree("# only\n\n   # comments"), "");
    assert_eq!(outside("### a ruler is no doc comment\nlabel a = *"), "label Pods a = ANY");
}

#[test]
fn line_ends_and_white_space_change_nothing() {
    assert_eq!(tree(&KASM.replace('\n', "\r\n")), tree(KASM));
    assert_eq!(tree(&KASM.replace(' ', "\t")).replace('\t', " "), tree(KASM));
    assert_eq!(tree(&KASM.replace('\n', "\n\n# between\n\n")), tree(KASM));
    assert_eq!(
        outside("namespace a{pods p where b=c{port q=1}}"),
        outside("namespace a { pods p where b=c { port q = 1 } }")
    );
}
