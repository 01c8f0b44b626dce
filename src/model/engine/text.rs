//! Making article text safe for a tokenizer.

/// One line without control characters, soft hyphens or doubled white space,
/// in which nothing reads as one of the model's special tokens.
pub(super) fn plain_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !c.is_control() && *c != '\u{ad}'));
    }
    for token in ["</s>", "<s>", "<pad>", "<unk>", "<mask>"] {
        if line.contains(token) {
            line = line.replace(token, &token.replace('<', "< "));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::plain_line;

    #[test]
    fn special_tokens_in_an_article_are_only_text() {
        assert_eq!(plain_line(" a</s>b \n\tc\u{ad}d "), "a< /s>b cd");
    }
}
