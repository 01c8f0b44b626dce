//! The tokenisation of mteval-v13a, which WMT scores and sacreBLEU's default share.

use std::sync::LazyLock;

use regex::Regex;

/// The rules, in order: pattern and replacement.
static RULES: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        // Every ASCII symbol but the stop, the comma, the apostrophe and the hyphen.
        (r"([\{-\~\[-\` -\&\(-\+\:-\@/])", " $1 "),
        // Stops and commas, unless a digit stands before, or after.
        (r"([^0-9])([.,])", "$1 $2 "),
        (r"([.,])([^0-9])", " $1 $2"),
        // A hyphen after a digit.
        (r"([0-9])(-)", "$1 $2 "),
    ]
    .into_iter()
    .filter_map(|(pattern, replacement)| Some((Regex::new(pattern).ok()?, replacement)))
    .collect()
});

/// The tokens of one line.
#[must_use]
pub fn tokenize_13a(line: &str) -> Vec<String> {
    let plain = line
        .replace("<skipped>", "")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    let mut text = format!(" {plain} ");
    for (pattern, replacement) in RULES.iter() {
        text = pattern.replace_all(&text, *replacement).into_owned();
    }
    text.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::tokenize_13a;

    #[test]
    fn symbols_part_and_numbers_stay() {
        assert_eq!(
            tokenize_13a("He paid 3,000.50 (or 7-8%), didn't he?").join(" "),
            "He paid 3,000.50 ( or 7 - 8 % ) , didn't he ?"
        );
        assert_eq!(tokenize_13a("&quot;No.&quot; a&amp;b").join(" "), "\" No . \" a & b");
    }
}
