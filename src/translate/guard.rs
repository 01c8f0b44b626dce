//! Is this a translation at all? Purely formal checks of a hypothesis against
//! its source; what they let pass may still be wrong, what they stop is surely
//! broken. Of 33,000 human translations of German news and parliament they
//! stop one, which does repeat itself.

use crate::model::Hypothesis;
use crate::text::repetition::is_looping;
use crate::text::words;

use super::KeptReason;

/// English news is about as long as German; twice the characters and more is
/// a runaway. [`EXTRA_CHARS`] come on top, for short sources.
pub const MAX_CHAR_RATIO: f64 = 2.0;

/// Characters any translation may add: "GroKo" becomes "the grand coalition".
pub const EXTRA_CHARS: f64 = 30.0;

/// English takes more words than German compounds, but not three times as many.
pub const MAX_WORD_RATIO: f64 = 3.0;

/// Words any translation may add.
pub const EXTRA_WORDS: f64 = 6.0;

/// A translation of less than this share of the source's characters has lost
/// half the sentence.
pub const MIN_CHAR_RATIO: f64 = 0.4;

/// Sources shorter than this may shrink at will ("Selbstverständlich." is "Yes.").
pub const MIN_JUDGED_CHARS: usize = 30;

/// What makes `hypothesis` no translation of `source`; `None` if nothing does.
#[must_use]
pub fn fault(source: &str, hypothesis: &Hypothesis) -> Option<KeptReason> {
    let text = hypothesis.text.trim();
    let says_something = |text: &str| text.contains(char::is_alphanumeric);
    if text.is_empty() || (says_something(source) && !says_something(text)) {
        return Some(KeptReason::Empty);
    }
    // A loop in the source (a chant, a stutter) may stay one.
    if is_looping(text) && !is_looping(source) {
        return Some(KeptReason::Repetition);
    }
    if hypothesis.truncated || is_absurd_length(source, text) {
        return Some(KeptReason::Length);
    }
    None
}

/// Whether `target` is far too long or far too short for `source`.
fn is_absurd_length(source: &str, target: &str) -> bool {
    let (source_chars, target_chars) = (source.chars().count(), target.chars().count());
    let (from, to) = (source_chars as f64, target_chars as f64);
    let too_long = to > from * MAX_CHAR_RATIO + EXTRA_CHARS;
    let too_short = source_chars >= MIN_JUDGED_CHARS && to < from * MIN_CHAR_RATIO;
    let word_limit = words::count(source) as f64 * MAX_WORD_RATIO + EXTRA_WORDS;
    too_long || too_short || words::count(target) as f64 > word_limit
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "Der Stadtrat von Kassel hat am Montag den neuen Haushalt beschlossen.";

    fn judge(source: &str, text: &str) -> Option<KeptReason> {
        let hypothesis = Hypothesis {
            text: text.to_owned(),
            score: -0.3,
            tokens: 9,
            truncated: false,
            alignment: Vec::new(),
        };
        fault(source, &hypothesis)
    }

    #[test]
    fn translations_pass() {
        for (source, text) in [
            (LONG, "Kassel city council adopted the new budget on Monday."),
            ("GroKo?", "The grand coalition?"),
            ("Selbstverständlich.", "Yes."),
            ("Bundesverfassungsgerichtsurteil", "Ruling of the Federal Constitutional Court"),
            ("Nein, nein, nein, nein, nein!", "No, no, no, no, no!"),
            ("…", "…"),
        ] {
            assert_eq!(judge(source, text), None, "{text}");
        }
    }

    #[test]
    fn broken_answers_are_stopped() {
        let runaway = "The council of the city met early this week to talk about money. It was a \
                       fine day, and many people came along. Some brought cake, others coffee.";
        for (source, text, reason) in [
            (LONG, "", KeptReason::Empty),
            (LONG, " ...", KeptReason::Empty),
            (LONG, "The city, the city, the city, the city.", KeptReason::Repetition),
            (LONG, "The council.", KeptReason::Length),
            ("Ja.", runaway, KeptReason::Length),
        ] {
            assert_eq!(judge(source, text), Some(reason), "{text}");
        }
    }

    #[test]
    fn an_answer_cut_at_the_limit_is_no_answer() {
        let text = "Kassel city council adopted the new budget on".to_owned();
        let hypothesis =
            Hypothesis { text, score: -0.3, tokens: 9, truncated: true, alignment: Vec::new() };
        assert_eq!(fault(LONG, &hypothesis), Some(KeptReason::Length));
    }
}
