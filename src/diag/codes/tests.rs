//! E09xx: tests.

use super::Entry;

/// E09xx: tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tests {
    /// A pair of pods that the line is about behaves otherwise.
    TestFails,
}

impl Tests {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] = &[Self::TestFails];

    /// The code, its text and its examples.
    pub fn entry(self) -> Entry {
        match self {
            Self::TestFails => Entry {
                code: "E0901",
                title: "a line of a test does not hold",
                explanation: "\
                    A line of a `test` says that all of its sources can, or cannot, reach all of its \
                    targets. For at least one pair, which the message names, it is otherwise. Either the \
                    rules allow too much or too little, or the test expects the wrong thing. `netdsl \
                    compile` writes nothing while a test fails. Correct the rule or the test.",
                wrong: r#"
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> db
}

test "the database listens to the shop alone" {
  shop/web can reach shop/db:6379
}
"#,
                right: r#"
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> db
}

test "the database listens to the shop alone" {
  shop/web can reach shop/db:5432
}
"#,
            },
        }
    }
}
