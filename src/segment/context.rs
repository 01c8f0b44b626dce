//! What stands on either side of a full stop. Every look is bounded, so the
//! time to split a text grows with its length only.

use super::chars::{
    goes_on, is_closing_bracket, is_invisible, is_low_quote, is_opening_bracket, is_quote, is_stop,
};

/// No German word that matters to the rules is longer.
const LONGEST_WORD: usize = 48;

/// How many signs ("– „(") may stand between a full stop and the next word.
const MOST_SIGNS: usize = 8;

/// What stands before a full stop, within its sentence.
#[derive(Debug)]
pub(super) struct Before<'t> {
    /// The sentence so far, up to the stop.
    pub(super) sentence: &'t str,
    /// The word right before the stop, without opening marks and soft hyphens.
    pub(super) word: String,
    /// The word before that one, without marks, or `""`.
    pub(super) previous: &'t str,
    /// Whether the word is the sentence's first.
    pub(super) at_start: bool,
    /// Whether a closing mark stands between the word and the stop.
    pub(super) closed: bool,
}

impl<'t> Before<'t> {
    /// Looks back from the end of `sentence`, whose first letter or digit
    /// stands at `first`.
    pub(super) fn new(sentence: &'t str, first: usize) -> Self {
        let raw = last_word(sentence);
        let opened = raw.trim_start_matches(|c: char| !c.is_alphanumeric());
        let bare = opened.trim_end_matches(|c: char| is_quote(c) || is_closing_bracket(c));
        let rest = &sentence[..sentence.len() - raw.len()];
        Self {
            sentence,
            word: bare.chars().filter(|c| !is_invisible(*c)).collect(),
            previous: last_word(rest.trim_end())
                .trim_matches(|c: char| !c.is_alphanumeric() && c != '§'),
            at_start: first + opened.len() >= sentence.len(),
            closed: bare.len() < opened.len(),
        }
    }

    /// The last parts of the sentence joined without blanks, longest first:
    /// "i.d.R", "d.R", "R" for "… i. d. R".
    pub(super) fn dotted(&self) -> Vec<String> {
        let mut rest = self.sentence;
        let mut keys = vec![self.word.clone()];
        while let Some(part) = part_before(rest).filter(|_| keys.len() < 5) {
            rest = &rest[..rest.len() - last_word(rest).len()].trim_end();
            let longer = keys.last().map_or_else(String::new, |key| format!("{part}{key}"));
            keys.push(longer);
        }
        keys.reverse();
        keys
    }
}

/// The abbreviated part that stands before the last word of `sentence`: "z."
fn part_before(sentence: &str) -> Option<String> {
    let rest = sentence[..sentence.len() - last_word(sentence).len()].trim_end();
    let part = last_word(rest).trim_start_matches(|c: char| !c.is_alphanumeric());
    let short = part.ends_with('.') && part.len() <= LONGEST_PART;
    short.then(|| part.chars().filter(|c| !is_invisible(*c)).collect())
}

/// "Anm." is the longest part of a dotted abbreviation.
const LONGEST_PART: usize = 5;

/// The run without white space at the end of `text`, cut at a bounded length.
pub(super) fn last_word(text: &str) -> &str {
    let mut start = text.len();
    for (index, c) in text.char_indices().rev().take(LONGEST_WORD) {
        if c.is_whitespace() {
            break;
        }
        start = index;
    }
    &text[start..]
}

/// How the next word begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Initial {
    /// A small letter.
    Small,
    /// A capital, or a letter of a script without capitals.
    Capital,
    /// A digit, also after `§`, `€`, `-`.
    Digit,
}

/// What stands after a full stop and its closing marks.
#[derive(Debug)]
pub(super) struct After<'t> {
    /// Whether white space stands in between.
    pub(super) gap: bool,
    /// The signs between the white space and the word: "– „".
    pub(super) signs: &'t str,
    /// The next word: letters only, or digits only.
    pub(super) word: &'t str,
    /// How it begins.
    pub(super) initial: Initial,
    /// Everything after that word.
    pub(super) rest: &'t str,
}

impl<'t> After<'t> {
    /// Looks ahead into `text`; `None` where no word follows that could open
    /// a sentence.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        let trimmed = text.trim_start();
        let omission = omission(trimmed);
        let at = omission + word_start(&trimmed[omission..])?;
        let (signs, from) = trimmed.split_at(at);
        let first = from.chars().next()?;
        let same = |c: char| {
            is_invisible(c) || if first.is_numeric() { c.is_numeric() } else { c.is_alphabetic() }
        };
        let end = from.char_indices().take(LONGEST_WORD).take_while(|(_, c)| same(*c)).last();
        let (word, rest) = from.split_at(end.map_or(0, |(index, c)| index + c.len_utf8()));
        let gap = trimmed.len() < text.len();
        Some(Self { gap, signs, word, initial: initial(first, word, signs, rest), rest })
    }
}

/// Where the next word begins in `text`, unless the sentence plainly goes on.
fn word_start(text: &str) -> Option<usize> {
    for (index, c) in text.char_indices().take(MOST_SIGNS) {
        if c.is_alphanumeric() {
            return Some(index);
        }
        if is_stop(c) || goes_on(c) {
            return None;
        }
    }
    None
}

/// The length of a mark of omission that `text` begins with: "(...)", "[…]".
fn omission(text: &str) -> usize {
    let Some(inner) = text.strip_prefix(is_opening_bracket) else {
        return 0;
    };
    let rest = inner.trim_start_matches(is_stop);
    let closed = rest.len() < inner.len() && rest.starts_with(is_closing_bracket);
    if closed { text.len() - rest.len() + 1 } else { 0 }
}

fn initial(first: char, word: &str, signs: &str, rest: &str) -> Initial {
    // "@name" and the item "b)" begin a sentence though they are small.
    let named = signs.ends_with(['@', '#']) || (word.len() == 1 && rest.starts_with(')'));
    match first {
        _ if first.is_numeric() => Initial::Digit,
        _ if first.is_lowercase() && !named && !is_brand(word) => Initial::Small,
        _ => Initial::Capital,
    }
}

/// "iPhone", "eBay", "mRNA": small at first, but as good as a capital.
fn is_brand(word: &str) -> bool {
    word.chars().skip(1).take(2).any(char::is_uppercase)
}

/// How many bytes of closing marks stand at the start of `text`, which follows
/// a stop: quotation marks and brackets, `[3]`, also those set off by a blank.
pub(super) fn closing_marks(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let step = attached_mark(rest).or_else(|| footnote(rest)).or_else(|| lonely_mark(rest));
        match step {
            Some(length) => end += length,
            None => return end,
        }
    }
}

fn attached_mark(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let closes = is_closing_bracket(first)
        || is_invisible(first)
        || (is_quote(first) && !is_low_quote(first));
    closes.then(|| first.len_utf8())
}

/// The length of `[12]`.
fn footnote(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let digits = inner.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let closed = digits > 0 && inner[digits..].starts_with(']');
    closed.then_some(digits + 2)
}

/// The length of ` )` or ` »`, a closing mark set off by one blank and not
/// followed by a word.
fn lonely_mark(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let blank = chars.next().filter(|c| c.is_whitespace() && *c != '\n')?;
    let mark = chars.next()?;
    let alone = chars.next().is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';'));
    let closes = is_closing_bracket(mark)
        || (alone && matches!(mark, '“' | '”' | '»' | '«' | '‘' | '’' | '›' | '‹'));
    closes.then(|| blank.len_utf8() + mark.len_utf8())
}

/// Whether an opening bracket stands right before the end of `sentence`: "(!)".
pub(super) fn just_bracketed(sentence: &str) -> bool {
    sentence.chars().next_back().is_some_and(is_opening_bracket)
}

/// How far back the beginning of a quoted title is looked for.
const LONGEST_TITLE: usize = 80;

/// Whether the quotation that ends `sentence` began in mid-sentence, as titles
/// do ("Der Film „Wer hat Angst?“ …"), and not after a colon, as speech does.
pub(super) fn quotes_a_title(sentence: &str) -> bool {
    let mut later = None;
    for (index, c) in sentence.char_indices().rev().take(LONGEST_TITLE) {
        let opens = is_quote(c) && later.is_some_and(char::is_alphanumeric);
        let before = &sentence[..index];
        if opens
            && (before.ends_with(|c: char| c.is_whitespace() || is_opening_bracket(c))
                || before.is_empty())
        {
            let lead = before.trim_end();
            return !(lead.is_empty()
                || lead.ends_with([':', ',', '–', '-'])
                || lead.ends_with(is_stop));
        }
        later = Some(c);
    }
    false
}
