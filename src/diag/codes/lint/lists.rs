//! Warnings about lists: what holds nothing, and what holds something twice.

use super::Entry;

pub(super) const EMPTY_TEST: Entry = Entry {
    code: "W0022",
    title: "empty-test",
    explanation: "\
        A test without lines holds, whatever the program says, and its name promises more. Nothing changes \
        for traffic. Write what must and what must not be possible, a line each, or remove the test.",
    wrong: "
namespace shop {
  default deny ingress

  allow 203.0.113.0/24 -> *:443

  test \"only https is open\" {
  }
}
",
    right: "
namespace shop {
  default deny ingress

  allow 203.0.113.0/24 -> *:443

  test \"only https is open\" {
    203.0.113.7 cannot reach *:80
  }
}
",
};

pub(super) const REPEATED_PORT: Entry = Entry {
    code: "W0023",
    title: "repeated-port",
    explanation: "\
        Another entry of the same list has this port already: the same one, or a range around it. The output \
        is the same without it, so often another number was meant. Correct it, or remove it. Without a \
        protocol a port is TCP: `53, 53/udp` are two.",
    wrong: "
namespace shop {
  allow 203.0.113.0/24 -> *:443,8080,443
}
",
    right: "
namespace shop {
  allow 203.0.113.0/24 -> *:443,8080,8443
}
",
};
