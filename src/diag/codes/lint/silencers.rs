//! W0020 and on: comments that silence.

use crate::diag::codes::Entry;

pub(super) const UNUSED_SILENCER: Entry = Entry {
    code: "W0020",
    title: "unused-silencer",
    explanation: "\
        The comment silences a warning that the next statement does not get. It may have been mended \
        since, or the comment stands before the wrong line. Nothing changes for traffic, but the comment \
        would hide the warning on the day when it matters. Remove it.",
    wrong: "
namespace shop {
  default deny ingress

  # netdsl: allow(all-ports) the office debugs here
  allow 203.0.113.0/24 -> *:8080
}
",
    right: "
namespace shop {
  default deny ingress

  # netdsl: allow(all-ports) the office debugs here
  allow 203.0.113.0/24 -> *:*
}
",
};

pub(super) const INVALID_SILENCER: Entry = Entry {
    code: "W0021",
    title: "invalid-silencer",
    explanation: "\
        A comment that begins with `# netdsl:` is for the compiler, and this one says nothing that it \
        knows, so it silences nothing. It is written `# netdsl: allow(NAME) reason`, with one or more \
        names of lints, on a line of its own before the statement. Errors cannot be silenced, and \
        neither can the warnings about such comments.",
    wrong: "
namespace shop {
  default deny ingress

  # netdsl: allow(open-ports) the office debugs here
  allow 203.0.113.0/24 -> *:8080
}
",
    right: "
namespace shop {
  default deny ingress

  # netdsl: allow(all-ports) the office debugs here
  allow 203.0.113.0/24 -> *:*
}
",
};
