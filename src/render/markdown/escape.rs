//! Article text as Markdown that shows exactly that text.

use crate::render::text::printable;

/// `text` on one line, fit for a paragraph, a heading, a list item, a link text
/// or a table cell, in CommonMark and in GitHub's dialect.
///
/// `<`, `&` and the pipe become entities: a backslash before a pipe means
/// different things inside and outside a table. Addresses are broken
/// up, because GitHub makes links of them without any markup.
pub(in crate::render) fn escape(text: &str) -> String {
    let text = printable(text);
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for (at, c) in text.char_indices() {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '|' => escaped.push_str("&#124;"),
            // Backslashes do not keep GitHub from linking a mail address.
            '@' if joins_words(before, after) => escaped.push_str("<!-- -->@"),
            _ if is_markup(c) || starts_block(c, before) || makes_link(c, before, after) => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Characters that mean something anywhere in a line.
fn is_markup(c: char) -> bool {
    matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '!' | '~' | '$' | '^' | '=')
}

/// Characters that mean something at the beginning of a line: `- `, `+ `, `: `,
/// `1. `, `1) `.
fn starts_block(c: char, before: &str) -> bool {
    match c {
        '-' | '+' | ':' => before.is_empty(),
        '.' | ')' => !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// The colon of `https://` and the full stop of `www.`.
fn makes_link(c: char, before: &str, after: &str) -> bool {
    match c {
        ':' => after.starts_with("//"),
        // Three bytes, not all before: a file may be one endless line of stops.
        '.' => {
            let last = before.len().checked_sub(3).and_then(|start| before.get(start..));
            last.is_some_and(|last| last.eq_ignore_ascii_case("www"))
        }
        _ => false,
    }
}

fn joins_words(before: &str, after: &str) -> bool {
    let in_address = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    before.ends_with(in_address) && after.starts_with(in_address)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::escape;
    use crate::render::text::printable;

    /// The text of `markdown`, or what else is in it.
    fn text_of(markdown: &str) -> Result<String, String> {
        let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        let mut text = String::new();
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::InlineHtml(html) if &*html == "<!-- -->" => {}
                Event::End(_) => {}
                Event::Start(
                    Tag::Paragraph
                    | Tag::Heading { .. }
                    | Tag::List(_)
                    | Tag::Item
                    | Tag::BlockQuote(None)
                    | Tag::Emphasis
                    | Tag::Table(_)
                    | Tag::TableHead
                    | Tag::TableRow
                    | Tag::TableCell,
                ) => {}
                Event::Start(Tag::Link { ref dest_url, .. }) if &**dest_url == "#x" => {}
                other => return Err(format!("{other:?}")),
            }
        }
        Ok(text)
    }

    proptest! {
        #[test]
        fn any_text_comes_back_wherever_it_stands(
            text in r#"([-+*_=~`^$#:!?.,;()\[\]{}<>|&@%"'/\\0-9 \n\t]|[aB]|ß|\u{a0}|https://|www\.|&lt;|\PC){1,24}"#
        ) {
            let shown = printable(&text);
            prop_assume!(!shown.is_empty());
            let line = escape(&text);
            let places = [
                (line.clone(), shown.clone()),
                (format!("# {line}"), shown.clone()),
                (format!("- {line}"), shown.clone()),
                (format!("> {line}"), shown.clone()),
                (format!("*{line}*"), shown.clone()),
                (format!("[{line}](#x)"), shown.clone()),
                (format!("|h|k|\n|-|-|\n| {line} | z |"), format!("hk{shown}z")),
            ];
            for (markdown, expected) in places {
                let read = text_of(&markdown).map_err(TestCaseError::fail)?;
                prop_assert_eq!(read, expected, "in {}", markdown);
            }
        }
    }

    #[test]
    fn ordinary_text_stays_readable() {
        let text = "Am 24.10. kostet das Brot 3,50 Euro (vorher: 3,20) – „teuer“, sagt sie.";
        assert_eq!(escape(text), text);
    }

    #[test]
    fn markup_is_escaped() {
        assert_eq!(
            escape("*a* _b_ `c` [d](e) <f> & g|h"),
            r"\*a\* \_b\_ \`c\` \[d\](e) &lt;f&gt; &amp; g&#124;h"
        );
    }

    #[test]
    fn block_markers_are_escaped_at_the_start_only() {
        assert_eq!(escape("- a - b"), r"\- a - b");
        assert_eq!(escape("12. Mai 12. Mai"), r"12\. Mai 12. Mai");
        assert_eq!(escape("1) a"), r"1\) a");
        assert_eq!(escape("+ a"), r"\+ a");
        assert_eq!(escape("# a #"), r"\# a \#");
    }

    #[test]
    fn addresses_are_no_links() {
        assert_eq!(escape("https://a.example"), r"https\://a.example");
        assert_eq!(escape("www.a.example"), r"www\.a.example");
        assert_eq!(escape("ü.WWW.a.example"), r"ü.WWW\.a.example");
        assert_eq!(escape("a@b.example"), "a<!-- -->@b.example");
        assert_eq!(escape("um 12:30"), "um 12:30");
    }

    #[test]
    fn line_ends_cannot_leave_the_line() {
        assert_eq!(escape("a\n\n# b"), r"a \# b");
    }
}
