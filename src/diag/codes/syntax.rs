//! E01xx: the text itself.

use super::Entry;

/// E01xx: the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Syntax {
    /// The line does not read as any statement: what was expected, and what stands there.
    UnexpectedText,
    /// A `{` has no `}`, or a line that can only stand outside ends the block.
    MissingBrace,
    /// There is no open block for this `}`.
    UnmatchedBrace,
    /// A `"` has no partner on its line.
    UnclosedString,
    /// Invalid UTF-8, a NUL or another control character, or a BOM that is not at the start.
    NotText,
    /// The first word of a line is no keyword.
    UnknownStatement,
    /// A known statement in a block, or outside one, where it has no meaning.
    Misplaced,
    /// More than one member on a line, or text behind `}`.
    OneMemberALine,
    /// `@name("…")` belongs on the line before a `pods` declaration.
    MisplacedName,
    /// Nesting, a line, a name or a file past the documented limits.
    Limit,
}

impl Syntax {
    /// All of the family, in order of their codes.
    pub const ALL: &[Self] = &[
        Self::UnexpectedText,
        Self::MissingBrace,
        Self::UnmatchedBrace,
        Self::UnclosedString,
        Self::NotText,
        Self::UnknownStatement,
        Self::Misplaced,
        Self::OneMemberALine,
        Self::MisplacedName,
        Self::Limit,
    ];

    /// The code, its text and its examples.
    #[expect(clippy::too_many_lines, reason = "a table")]
    pub fn entry(self) -> Entry {
        match self {
            Self::UnexpectedText => Entry {
                code: "E0101",
                title: "something else was expected here",
                explanation: "\
                    The line begins like a statement, and then something stands where nothing can. The \
                    message says what could stand there, and the mark shows from where on the line could not \
                    be read. Nothing of the line counts, so no traffic is allowed or guarded by it; all \
                    other lines are checked all the same. Mend the line where the mark is: most often a \
                    `->`, a `=` or a `:` is missing.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web db
}
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> db
}
",
            },
            Self::MissingBrace => Entry {
                code: "E0102",
                title: "a block is not closed",
                explanation: "\
                    A `{` opens a block, and no `}` on a later line closes it. The statements that follow \
                    would belong to this block, which is seldom what was meant: a rule would be about the \
                    pods of another namespace. netdsl ends the block where a line comes that can only stand \
                    outside, such as `namespace`, and at the end of the file. Add the `}` on a line of its \
                    own.",
                wrong: "
namespace shop {
  default deny ingress

namespace web {
  default deny ingress
}
",
                right: "
namespace shop {
  default deny ingress
}

namespace web {
  default deny ingress
}
",
            },
            Self::UnmatchedBrace => Entry {
                code: "E0103",
                title: "a `}` closes nothing",
                explanation: "\
                    This `}` closes nothing: every block that was opened before it is closed already. \
                    Probably a `{` is missing further up, and then the lines in between stand outside of the \
                    block that they were meant for, or one `}` is left over from an edit. Add the `{`, or \
                    remove the `}`.",
                wrong: "
namespace shop {
  default deny ingress
}
}
",
                right: "
namespace shop {
  default deny ingress
}
",
            },
            Self::UnclosedString => Entry {
                code: "E0104",
                title: "a string is not closed",
                explanation: "\
                    A string begins with `\"` and ends with `\"` on the same line; there are no escapes and \
                    no strings over several lines. Without its end it is not clear which part of the line is \
                    the name and which is the statement, so the whole line does not count. Add the missing \
                    `\"`. Most names, keys and values need no quotes at all.",
                wrong: r#"
label app = *

namespace shop {
  default deny ingress
  pods web where app="web
}
"#,
                right: r#"
label app = *

namespace shop {
  default deny ingress
  pods web where app="web"
}
"#,
            },
            Self::NotText => Entry {
                code: "E0105",
                title: "the file is not UTF-8 text",
                explanation: "\
                    netdsl reads UTF-8. These bytes are no UTF-8, or they are a character that no text \
                    contains, such as NUL, or a byte order mark that is not at the start of the file. Such a \
                    line may look different in every editor, so nobody could review who it lets in; it is an \
                    error even in a comment. Save the file as UTF-8 without control characters. Files from \
                    Windows are often in UTF-16 or Latin-1.",
                wrong: "",
                right: "",
            },
            Self::UnknownStatement => Entry {
                code: "E0106",
                title: "no statement begins like this",
                explanation: "\
                    The first word of a line says what kind of statement it is: `allow`, `never` or `only` \
                    about traffic, `pods`, `namespace`, `label`, `network`, `service` and others to declare \
                    things. This word is none of them, so the line has no meaning and no effect on traffic. \
                    There is no statement to deny something: what is not allowed is denied wherever a \
                    namespace isolates its pods.",
                wrong: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  permit web -> db
}
",
                right: "
label app = web | db

namespace shop {
  default deny ingress

  pods web where app=web
  pods db where app=db {
    port sql = 5432
  }

  allow web -> db
}
",
            },
            Self::Misplaced => Entry {
                code: "E0107",
                title: "the statement cannot stand here",
                explanation: "\
                    Every statement has its place. `pods` and `default` stand in the block of a namespace, \
                    `port` and `host-network` in the block of `pods`, and everything that declares something \
                    for the whole program stands outside of all blocks. Here it would not be clear which \
                    namespace it is about. Move the line to its place.",
                wrong: "
label app = web

pods web where app=web

namespace shop {
  default deny ingress
}
",
                right: "
label app = web

namespace shop {
  default deny ingress

  pods web where app=web
}
",
            },
            Self::OneMemberALine => Entry {
                code: "E0108",
                title: "text before or behind a brace",
                explanation: "\
                    A block has one member on each line, or a single member between the braces on one line; \
                    behind a `}` the line ends. So every statement can be found, reviewed and changed by its \
                    line. Put each statement on a line of its own.",
                wrong: "
namespace shop { default deny ingress } namespace web { default deny ingress }
",
                right: "
namespace shop { default deny ingress }
namespace web { default deny ingress }
",
            },
            Self::MisplacedName => Entry {
                code: "E0109",
                title: "`@name` without `pods`",
                explanation: "\
                    `@name(\"…\")` sets the name of the NetworkPolicy that is written for `pods`. It belongs \
                    on the line before a `pods` declaration, once, because one policy holds all the rules of \
                    these pods: a single rule has no policy of its own. Move it there, or remove it: without \
                    it the policy is called like the `pods`.",
                wrong: r#"
label app = web

namespace shop {
  default deny ingress

  pods web where app=web {
    port http = 8080
  }

  @name("public-web")
  allow 203.0.113.0/24 -> web
}
"#,
                right: r#"
label app = web

namespace shop {
  default deny ingress

  @name("public-web")
  pods web where app=web {
    port http = 8080
  }

  allow 203.0.113.0/24 -> web
}
"#,
            },
            Self::Limit => Entry {
                code: "E0110",
                title: "the program passes a limit",
                explanation: "\
                    Programs have limits, far beyond what people write: on how deep blocks are nested, and \
                    on the length of a line, a name or a file. They keep the compiler from using all of a \
                    machine's memory on an input that is broken or was made to do harm. Nothing is compiled. \
                    Split the file or the statement; a program may have any number of files.",
                wrong: "",
                right: "",
            },
        }
    }
}
