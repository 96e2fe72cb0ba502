//! The tests and guards that a `--filter` which keeps nothing may have meant.
//!
//! A filter is a piece of a text, so it is compared with all pieces of each: Sellers' algorithm counts the typing
//! errors in the best of them. Work is bounded by the lengths and the number that are looked at.

/// A longer filter is compared with nothing.
const MAX_FILTER: usize = 100;
/// How much of a text is compared.
const MAX_TEXT: usize = 300;
/// How many texts are compared.
const MAX_TEXTS: usize = 10_000;
/// How many are named.
const NAMED: usize = 3;

/// The texts with a piece that is spelled nearly like this, the nearest first; none where none is near.
pub(super) fn nearest<'a>(filter: &str, texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let filter: Vec<char> = filter.to_lowercase().chars().take(MAX_FILTER + 1).collect();
    if filter.len() > MAX_FILTER {
        return Vec::new();
    }
    let far = filter.len().div_ceil(3);
    let with_errors = texts.take(MAX_TEXTS).map(|text| (errors(&filter, text), text));
    let mut near: Vec<(usize, &str)> = with_errors.filter(|(errors, _)| *errors < far.max(2)).collect();
    near.retain(|(errors, _)| *errors < filter.len());
    near.sort_by_key(|(errors, _)| *errors);
    near.into_iter().map(|(_, text)| text).take(NAMED).collect()
}

/// The fewest typing errors that turn the filter into a piece of the text. `column[i]` is those of its first `i`
/// characters in a piece that ends here; a piece may begin anywhere, so `column[0]` stays 0.
fn errors(filter: &[char], text: &str) -> usize {
    let mut column: Vec<usize> = (0..=filter.len()).collect();
    let mut best = filter.len();
    for c in text.chars().take(MAX_TEXT).flat_map(char::to_lowercase) {
        let mut before = 0;
        for (i, wanted) in filter.iter().enumerate() {
            let left = column[i + 1];
            let replaced = before + usize::from(*wanted != c);
            column[i + 1] = replaced.min(left + 1).min(column[i] + 1);
            before = left;
        }
        best = best.min(column[filter.len()]);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn pieces_are_near_and_whole_texts_need_not_be() {
        let texts = ["the sandbox stays out", "only web -> db:sql", "the web reaches the database"];
        let near = |filter: &str| nearest(filter, texts.into_iter());
        assert_eq!(near("Sandbox"), [texts[0]], "another case");
        assert_eq!(near("sanbdox"), [texts[0]], "two letters changed places");
        assert_eq!(near("web->db"), [texts[1]], "other spaces");
        assert_eq!(near("databse"), [texts[2]], "a letter is missing");
        assert_eq!(near("zzz"), [""; 0]);
        assert_eq!(near("z"), [""; 0], "everything is near a single letter");
        assert_eq!(near(&"sandbox ".repeat(20_000)), [""; 0]);
    }
}
