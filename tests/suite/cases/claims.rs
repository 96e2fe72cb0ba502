//! The claims of a case: which diagnostics it must get, and where.
//!
//! A line `#    ^^^^ E0302` is about the nearest line above that is no claim: the first caret stands under the start
//! of the primary span; several carets claim its length on that line too, a single one only its start. `#@1 E0106`
//! claims a start by its column, for the first two columns, of which `#` takes one.

use netdsl::diag::Diagnostic;

use crate::support::{File, Place};

/// A diagnostic that a case must get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// The file, as in [`Place`].
    pub(super) file: String,
    /// The line, from 1.
    pub(super) line: u32,
    /// The first character, from 1.
    pub(super) column: u32,
    /// How many characters, where that is claimed.
    pub(super) length: Option<u32>,
    /// `E0302`, `W0004`.
    pub(super) code: String,
}

impl Claim {
    /// Whether a diagnostic is the claimed one.
    fn holds(&self, place: &Place, code: &str) -> bool {
        (&self.file, self.line, self.column, self.code.as_str())
            == (&place.file, place.line, place.column, code)
            && self.length.is_none_or(|length| length == place.length)
    }
}

/// The claims of a file.
pub(super) fn claims(file: &File) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut about = 0;
    for (number, line) in (1..).zip(file.text.lines()) {
        match mark(line) {
            Some((column, length, code)) => {
                let (file, code) = (file.path.clone(), code.to_owned());
                claims.push(Claim { file, line: about, column, length, code });
            }
            None => about = number,
        }
    }
    claims
}

/// The column, the length and the code that a line claims; `None` for any other line.
fn mark(line: &str) -> Option<(u32, Option<u32>, &str)> {
    let rest = line.strip_prefix('#')?;
    if let Some(rest) = rest.strip_prefix('@') {
        let (column, code) = rest.split_once(' ').unwrap_or_else(|| panic!("no claim: {line}"));
        return Some((column.parse().unwrap(), None, checked(code)));
    }
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let carets = rest.trim_start_matches(' ');
    let code = carets.trim_start_matches('^');
    let length = carets.len() - code.len();
    if length == 0 {
        return None;
    }
    let length = u32::try_from(length).unwrap();
    Some((u32::try_from(spaces).unwrap() + 2, (length > 1).then_some(length), checked(code.trim())))
}

/// A code that exists.
fn checked(code: &str) -> &str {
    let exists = netdsl::diag::Code::all().any(|it| it.entry().code == code);
    assert!(exists, "no code is called `{code}`");
    code
}

/// What is wrong, a line each: claims that nothing was reported for, and reports that nothing claims.
pub(super) fn differences(claims: &[Claim], found: &[(&Diagnostic, &Place)]) -> Vec<String> {
    let mut open: Vec<&Claim> = claims.iter().collect();
    let mut wrong = Vec::new();
    for (diagnostic, place) in found {
        let code = diagnostic.code.entry().code;
        match open.iter().position(|claim| claim.holds(place, code)) {
            Some(index) => drop(open.remove(index)),
            None => wrong.push(unclaimed(place, code, &diagnostic.message)),
        }
    }
    wrong.extend(open.into_iter().map(unreported));
    wrong
}

fn unclaimed(place: &Place, code: &str, message: &str) -> String {
    let Place { file, line, column, length } = place;
    format!("reported, not claimed: {file}:{line}:{column} ({length} wide) {code}: {message}")
}

fn unreported(claim: &Claim) -> String {
    let Claim { file, line, column, length, code } = claim;
    let width = length.map_or(String::new(), |length| format!(" ({length} wide)"));
    format!("claimed, not reported: {file}:{line}:{column}{width} {code}")
}

#[test]
fn marks_are_read() {
    assert_eq!(mark("#    ^^^ E0302"), Some((6, Some(3), "E0302")));
    assert_eq!(mark("# ^ W0002"), Some((3, None, "W0002")));
    assert_eq!(mark("#@1 E0106"), Some((1, None, "E0106")));
    assert_eq!(mark("# a comment"), None);
    assert_eq!(mark("allow web -> db # ^ E0302"), None);
}

#[test]
#[should_panic(expected = "no code is called")]
fn a_claim_of_an_unknown_code_is_a_mistake_in_the_case() {
    mark("#  ^^ E9999");
}

#[test]
fn claims_are_about_the_line_above_them_all() {
    let text = "one\n# ^^ E0201\n#    ^ E0302\ntwo\n#@2 E0106\n";
    let file = File { path: "a.netdsl".to_owned(), text: text.to_owned() };
    let places: Vec<_> = claims(&file).iter().map(|it| (it.line, it.column, it.length)).collect();
    assert_eq!(places, [(1, 3, Some(2)), (1, 6, None), (4, 2, None)]);
}

#[test]
fn differences_show_both_sides() {
    use netdsl::diag::codes::Names;
    let mut sources = netdsl::source::Sources::default();
    let span = netdsl::source::Span::new(sources.add("a.netdsl", "allow wbe -> db\n"), 6, 9);
    let found = Diagnostic::new(Names::Undeclared, span, "`wbe` is not declared", "");
    let place = crate::support::place(&sources, span);
    let claim = |text: &str| claims(&File { path: "a.netdsl".to_owned(), text: text.to_owned() });

    assert_eq!(differences(&claim("allow wbe -> db\n#     ^^^ E0201\n"), &[(&found, &place)]), [""; 0]);
    assert_eq!(differences(&claim("allow wbe -> db\n#     ^ E0201\n"), &[(&found, &place)]), [""; 0]);
    for wrong in ["#     ^^ E0201", "#      ^^^ E0201", "#     ^^^ E0202", "#@1 E0201"] {
        let text = format!("allow wbe -> db\n{wrong}\n");
        assert_eq!(differences(&claim(&text), &[(&found, &place)]).len(), 2, "{wrong}");
    }
    assert_eq!(differences(&[], &[(&found, &place)]).len(), 1);
    assert_eq!(differences(&claim("allow wbe -> db\n#     ^^^ E0201\n"), &[]).len(), 1);
}
