//! What single characters are to the rules.

/// `.`, `!`, `?`, `…`: what may end a sentence.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Quotation marks of every kind. Which side a mark closes depends on the
/// country („…“ “…” »…« «…»), so the white space around it decides, not the mark.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '‛' | '»' | '«' | '›' | '‹')
}

/// Marks that are never closing ones.
pub(super) fn is_low_quote(c: char) -> bool {
    matches!(c, '„' | '‚')
}

/// Closing brackets.
pub(super) fn is_closing_bracket(c: char) -> bool {
    matches!(c, ')' | ']' | '}')
}

/// Opening brackets.
pub(super) fn is_opening_bracket(c: char) -> bool {
    matches!(c, '(' | '[' | '{')
}

/// Dashes.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '‑')
}

/// Signs that open an item of a list and nothing else.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '▪' | '●' | '‣' | '◦' | '■' | '►')
}

/// Signs after which the sentence goes on, whatever stood before them.
pub(super) fn goes_on(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '|' | '/' | '&' | '+' | '=' | '%') || is_closing_bracket(c)
}

/// Signs that stand inside words without being seen: soft hyphen, joiners.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}
