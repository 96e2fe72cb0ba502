//! What the rules of the grammar, and the kinds of statements and blocks, are called in messages.

use super::grammar::Rule;
use super::place::Block;
use super::statement::Kind;

/// A rule of the grammar in the user's words.
pub(super) fn expected(rule: Rule) -> &'static str {
    match rule {
        Rule::EOI | Rule::end => "the end of the line",
        Rule::arrow => "`->`",
        Rule::equals | Rule::double_equals => "`=`",
        Rule::not_equals => "`!=`",
        Rule::bang => "`!`",
        Rule::comma => "`,`",
        Rule::bar => "`|`",
        Rule::colon => "`:`",
        Rule::slash => "`/`",
        Rule::star => "`*`",
        Rule::open_paren => "`(`",
        Rule::close_paren => "`)`",
        Rule::open_bracket => "`[`",
        Rule::close_bracket => "`]`",
        Rule::at_name => "`@name`",
        Rule::kw_allow => "`allow`",
        Rule::kw_never => "`never`",
        Rule::kw_only => "`only`",
        Rule::kw_ingress => "`ingress`",
        Rule::kw_egress => "`egress`",
        Rule::kw_pods => "`pods`",
        Rule::kw_port => "`port`",
        Rule::kw_label => "`label`",
        Rule::kw_labels => "`labels`",
        Rule::kw_namespace => "`namespace`",
        Rule::kw_namespaces => "`namespaces`",
        Rule::kw_external => "`external`",
        Rule::kw_network => "`network`",
        Rule::kw_service => "`service`",
        Rule::kw_override => "`override`",
        Rule::kw_default => "`default`",
        Rule::kw_deny => "`deny`",
        Rule::host_network => "`host-network`",
        Rule::kw_use => "`use`",
        Rule::kw_test => "`test`",
        Rule::kw_where => "`where` and a selector",
        Rule::kw_except => "`except`",
        Rule::kw_in => "`in`",
        Rule::kw_notin => "`notin`",
        Rule::kw_can | Rule::kw_cannot => "`can reach` or `cannot reach`",
        Rule::kw_reach => "`reach`",
        Rule::name => "a name",
        Rule::word | Rule::scope_word | Rule::scope => "a word",
        Rule::key | Rule::bare_key => "a label key",
        Rule::value => "a label value",
        Rule::label_value => "a label value, `pods` or `*`",
        Rule::string => "text in double quotes",
        Rule::requirement | Rule::bare => "a requirement such as `app=web`",
        Rule::selector | Rule::condition => "a selector such as `app=web`",
        Rule::peer | Rule::alternative | Rule::union | Rule::scoped | Rule::dotted_scope => "a peer",
        Rule::bracketed | Rule::address | Rule::v4 | Rule::v6 => "an address",
        Rule::terms | Rule::term | Rule::cidr_or_name => "an address, a CIDR or the name of a network",
        Rule::port_list | Rule::port_spec => "a port",
        Rule::protocol => "a protocol",
        Rule::half => "`ingress` or `egress`",
        Rule::statement
        | Rule::broken
        | Rule::use_file
        | Rule::label
        | Rule::namespace_label
        | Rule::namespace
        | Rule::namespaces
        | Rule::pods
        | Rule::port
        | Rule::network
        | Rule::service
        | Rule::default
        | Rule::policy_name
        | Rule::test
        | Rule::allow_rule
        | Rule::guard => "a statement",
        Rule::test_line | Rule::assertion => "`FROM can reach TO` or `FROM cannot reach TO`",
        Rule::ws
        | Rule::note
        | Rule::undotted
        | Rule::word_char
        | Rule::dotted_rest
        | Rule::label_rest
        | Rule::directions
        | Rule::flow
        | Rule::peer_start
        | Rule::more_requirements
        | Rule::equals_something
        | Rule::value_list => "something else",
    }
}

/// How a statement that begins with a keyword is called, and how it is written.
pub(super) fn usage(keyword: &str) -> Option<(&'static str, &'static str)> {
    Some(match keyword {
        "allow" => ("rule", "allow FROM -> TO:PORTS"),
        "never" => ("guard", "never FROM -> TO"),
        "only" => ("guard", "only FROM -> TO"),
        "pods" => ("declaration", "pods NAME where KEY=VALUE"),
        "port" => ("port", "port NAME = 5432"),
        "label" => ("declaration", "label KEY = VALUE | VALUE"),
        "namespace" => ("declaration", "namespace NAME { … }"),
        "namespace label" => ("declaration", "namespace label KEY = VALUE | VALUE"),
        "namespaces" => ("declaration", "namespaces NAME where KEY=VALUE"),
        "external" => ("declaration", "external namespace NAME"),
        "network" => ("declaration", "network NAME = 10.0.0.0/8 | 192.168.0.0/16 except 10.1.0.0/16"),
        "service" => ("declaration", "service NAME = PEER:PORTS"),
        "override" => ("replacement", "override network NAME = …` or `override service NAME = …"),
        "default" => {
            ("default", "default deny`, `default deny ingress`, `default deny egress` or `default allow")
        }
        "host-network" => ("`host-network` line", "host-network"),
        "use" => ("`use` line", "use \"file.netdsl\""),
        "test" => ("test", "test \"what it shows\" { … }"),
        "@name" => ("`@name` line", "@name(\"policy-name\")"),
        _ => return None,
    })
}

/// A kind of statement as a subject.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Use => "`use`",
        Kind::Label => "`label`",
        Kind::Namespace => "`namespace`",
        Kind::ExternalNamespace => "`external namespace`",
        Kind::Set => "`namespaces`",
        Kind::Network => "`network`",
        Kind::Service => "`service`",
        Kind::Pods => "`pods`",
        Kind::Port => "`port`",
        Kind::Default => "`default`",
        Kind::HostNetwork => "`host-network`",
        Kind::Rule => "a rule",
        Kind::Guard => "a guard",
        Kind::Test => "`test`",
        Kind::Assertion => "a line of a test",
        Kind::PolicyName => "`@name`",
        Kind::Unreadable => "this",
    }
}

/// Where a kind of statement belongs.
pub(super) fn home(kind: Kind) -> &'static str {
    match kind {
        Kind::Use
        | Kind::Label
        | Kind::Namespace
        | Kind::ExternalNamespace
        | Kind::Set
        | Kind::Network
        | Kind::Service => "outside of all blocks",
        Kind::Pods => "in the block of a `namespace` or `external namespace`",
        Kind::Port | Kind::HostNetwork => "in the block of a `pods` declaration",
        Kind::Default => "in the block of a `namespace` or of `pods`",
        Kind::Rule | Kind::Guard => "in the block of a `namespace` or `namespaces`, or outside of all blocks",
        Kind::Test => "in the block of a `namespace`, or outside of all blocks",
        Kind::Assertion => "in the block of a `test`",
        Kind::PolicyName => "on the line before a `pods` declaration",
        Kind::Unreadable => "elsewhere",
    }
}

/// A block as a place.
pub(super) fn block(block: Block) -> &'static str {
    match block {
        Block::Outside => "outside of a block",
        Block::Namespace => "in the block of a namespace",
        Block::External => "in the block of an external namespace, which holds `pods` alone",
        Block::Set => "in the block of a set of namespaces, which holds rules and guards alone",
        Block::Pods => "in the block of a `pods` declaration",
        Block::Test => "in the block of a test",
        Block::Unreadable => "here",
    }
}
