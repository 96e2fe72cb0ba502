//! What each kind of statement looks like.

use super::{check, snapshot};

#[test]
fn declarations_of_labels() {
    snapshot(
        "labels",
        &[
            "label   app=web|db\nlabel tier  =  *\nlabel \"plain\" = \"pods\" | pods | \"quoted\" | \"\" | \"where\" | \"1.0\"\nnamespace   label team=red |\n   blue\n",
            "label \"team/name\" = x\nlabel \"app.kubernetes.io/name\" = x\nlabel \"in\" = x\nlabel \"a..b\" = x\n",
        ],
    );
}

#[test]
fn declarations_of_namespaces() {
    snapshot(
        "namespaces",
        &[
            "namespace a{}\nnamespace   \"b\"   {\n}\nnamespace \"cluster\" { }\nnamespace \"label\" {\n\n\n}\nnamespace \"7\" {}\n",
            "external   namespace x\nexternal namespace y labels  team = red , ! env {\n pods p where a=b\n}\n",
            "namespaces tenants where team=*\nnamespaces reds   where team  in(red,\"blue\")   {\nallow * -> dns\n}\n",
        ],
    );
}

#[test]
fn declarations_of_pods() {
    snapshot(
        "pods",
        &[
            "namespace n {\n@name (  \"x\"  )\n\n## Doc\npods   \"db\"   where \"app\"=\"web\",tier!=  \"\"  {\nport  \"pg\"=5432,  53/udp\n\nport http=\"http\",\"dns\"/udp\ndefault   deny   egress   ingress\n host-network\n}\n}\n",
            "namespace n {\npods a where app=*,! tier,env notin(a , b),x in ( \n y,\n z\n ) {}\n}\n",
        ],
    );
}

#[test]
fn networks_and_services() {
    snapshot(
        "networks",
        &[
            "override   network private=10.0.0.0/8|[fd00::/8]|\"office\"|\"10\"\n  except 10.1.0.0/16|10.2.0.0/16\nnetwork n = [ 2001:db8::1 ]\n",
            "override service dns = kube-system/k8s-app=kube-dns : 53/udp , 53\nservice s=[2001:db8::1]:443|10.0.0.1:\"http\",*/udp\n",
        ],
    );
}

#[test]
fn rules_and_guards() {
    snapshot("rules", &[
        "namespace n {\ndefault allow\nallow a->b\nallow   ingress [fd00::1]|10.0.0.0/8|\"c\" ->kasm/db : 1 , 2-3/udp,\"http\"|*/app=web,tier!=x:*\nallow egress managed/app in(a,b)->anywhere:*/tcp\nnever web -> [fd00::/8]\nonly \"kasm\"/\"db\"|\"anywhere\"/* -> *\n}\n",
        "allow cluster\n-> managed:\n",
    ].map(|text| if text.starts_with("allow cluster") { "allow cluster\n->\n  managed:80\n" } else { text }));
}

#[test]
fn tests_and_files() {
    snapshot(
        "tests",
        &[
            "use   \"a.netdsl\"\n\n\n\ntest   \"x\"{\n a/b can reach [fd00::1]:80|c/d:90\n\n\n a/b|[fd00::2]   cannot   reach c/*\n}\ntest \"y\" { a/b can reach c/d:1 }\ntest \"z\" {}\n",
        ],
    );
}

#[test]
fn blocks_on_one_line() {
    snapshot(
        "one-line",
        &[
            "namespace n { pods p where app=a { port x = 1 } }\nnamespace m { allow a -> b:1 }  # kept\n",
            "namespace n {\n  pods a-name-that-is-rather-long where app.kubernetes.io/name=web, app.kubernetes.io/part-of=shop { port x = 1 } # moves\n  pods b where app=a,\n    tier=b { port x = 1 }\n}\n",
            "namespace n {\n  pods b where app=a {\n    port x = 1 }\n}\n"
                .replace("port x = 1 }", "port x = 1\n  }")
                .as_str(),
        ],
    );
}

#[test]
fn long_statements() {
    snapshot(
        "long",
        &[
            "allow monitoring/prometheus -> alpha/one:8080 | beta/two:8080 | gamma/three:8080 | delta/four:8080\n",
            "namespace n {\n  allow a-long-name | b-long-name | c-long-name | d-long-name -> e-long-name:8080 | f-long-name:8080 | g-long-name:8080\n}\n",
            "namespace n {\n  allow alpha-alpha-alpha | beta-beta-beta | gamma-gamma-gamma | delta-delta-delta | epsilon-epsilon-epsilon | zeta -> eta:1 | theta-theta-theta-theta:1 | iota-iota-iota-iota:2 | kappa-kappa-kappa-kappa-kappa:3 | lambda-lambda:4\n}\n",
            "network carriers = 192.0.2.0/24 | 198.51.100.0/25 | 2001:db8:cafe::/48 except 192.0.2.128/28 | 2001:db8:cafe:dead::/64\n",
            "network many = 192.0.2.0/32 | 192.0.2.1/32 | 192.0.2.2/32 | 192.0.2.3/32 | 192.0.2.4/32 | 192.0.2.5/32 | 192.0.2.6/32\n",
            "service resolver = kube-system/dns.operator.openshift.io/daemonset-dns=default:5353/udp,5353/tcp,8080,8081\n",
            "namespaces s where kubernetes.io/metadata.name in (alpha, beta, gamma, delta), environment in (production, staging)\n",
            "namespace n {\n  pods p where app.kubernetes.io/name=alpha-beta-gamma, app.kubernetes.io/component=delta-epsilon-zeta {\n    port x = 1\n  }\n  pods q where app in (aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccc, dddddddddddddddddddd, eeeeeee)\n}\n",
            "test \"t\" {\n  aaaaaaaaaaaaaaaaaaaa/bbbbbbbbbbbbbbbbbbbbbbbbbb | cccccccccccccccccccccccccccc/dddddddddddddd cannot reach e/f:80\n}\n",
        ],
    );
}

#[test]
fn whitespace_of_files() {
    assert_eq!(check(""), "");
    assert_eq!(check("\n \n\t\n"), "");
    assert_eq!(check("\u{feff}label a = *"), "label a = *\n");
    assert_eq!(
        check("\u{feff}\r\n\r\n# c \t\r\n\r\n\r\nlabel a = b |\r\n\r\n c\r\n"),
        "# c\n\nlabel a = b | c\n"
    );
    assert_eq!(check("#"), "#\n");
}

#[test]
fn what_fits_in_a_hundred_columns_is_one_line() {
    let of = |length: usize| format!("label a = {} | {}\n", "b".repeat(50), "c".repeat(length - 63));
    assert_eq!(of(100).len(), 101);
    assert_eq!(check(&of(100)), of(100));
    assert_eq!(check(&of(101)), of(101).replace(" | ", "\n  | "));
}
