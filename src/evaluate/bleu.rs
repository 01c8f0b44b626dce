use super::{matches, ngrams, tokenize_13a};

/// Longest n-gram.
const ORDER: usize = 4;

/// Corpus BLEU with what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Bleu {
    /// 0 to 100.
    pub score: f64,
    /// Precision of n-grams of 1 to 4 tokens, 0 to 100.
    pub precisions: [f64; ORDER],
    /// 1, or less where the hypotheses are shorter than the references.
    pub brevity_penalty: f64,
    /// Tokens of the hypotheses.
    pub hypothesis_length: usize,
    /// Tokens of the references.
    pub reference_length: usize,
}

/// Corpus BLEU (Papineni et al. 2002) of line pairs `(hypothesis, reference)`:
/// 13a tokens, mixed case, one reference, exponential smoothing of zero
/// precisions; sacreBLEU's defaults.
#[must_use]
pub fn bleu<'t>(pairs: impl IntoIterator<Item = (&'t str, &'t str)>) -> Bleu {
    let (mut correct, mut total) = ([0; ORDER], [0; ORDER]);
    let (mut hypothesis_length, mut reference_length) = (0, 0);
    for (hypothesis, reference) in pairs {
        let (hypothesis, reference) = (tokenize_13a(hypothesis), tokenize_13a(reference));
        hypothesis_length += hypothesis.len();
        reference_length += reference.len();
        for n in 1..=ORDER {
            total[n - 1] += (hypothesis.len() + 1).saturating_sub(n);
            correct[n - 1] += matches(&ngrams(&hypothesis, n), &ngrams(&reference, n));
        }
    }
    let precisions = smoothed(correct, total);
    let brevity_penalty = if hypothesis_length == 0 {
        0.0
    } else {
        (1.0 - reference_length as f64 / hypothesis_length as f64).min(0.0).exp()
    };
    let mean_log = precisions.iter().map(|precision| precision.ln()).sum::<f64>() / ORDER as f64;
    // Where no n-gram of some length exists, the logarithm is minus infinity and the score 0.
    let score = brevity_penalty * mean_log.exp();
    Bleu { score, precisions, brevity_penalty, hypothesis_length, reference_length }
}

/// Each further precision without a match counts as half the one before (as
/// mteval does), so that one missing 4-gram does not make a corpus worthless.
fn smoothed(correct: [usize; ORDER], total: [usize; ORDER]) -> [f64; ORDER] {
    let mut precisions = [0.0; ORDER];
    let mut smoothing = 1.0;
    for n in 0..ORDER {
        if total[n] == 0 {
            break;
        }
        let mut hits = correct[n] as f64;
        if correct[n] == 0 {
            smoothing *= 2.0;
            hits = 1.0 / smoothing;
        }
        precisions[n] = 100.0 * hits / total[n] as f64;
    }
    precisions
}
