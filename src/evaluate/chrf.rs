use super::{matches, ngrams};

/// Longest n-gram of characters.
const ORDER: usize = 6;

/// Recall counts so many times as much as precision.
const BETA: f64 = 2.0;

/// Corpus chrF2 (Popović 2015), 0 to 100, of line pairs `(hypothesis, reference)`:
/// n-grams of 1 to 6 characters without white space, mixed case, one reference;
/// sacreBLEU's defaults.
#[must_use]
pub fn chrf<'t>(pairs: impl IntoIterator<Item = (&'t str, &'t str)>) -> f64 {
    let mut counts = [Counts::default(); ORDER];
    for (hypothesis, reference) in pairs {
        let (hypothesis, reference) = (characters(hypothesis), characters(reference));
        for n in 1..=ORDER {
            counts[n - 1].add(&hypothesis, &reference, n);
        }
    }
    score(&counts)
}

/// The n-grams of one length.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    hypothesis: usize,
    reference: usize,
    matches: usize,
}

impl Counts {
    fn add(&mut self, hypothesis: &[char], reference: &[char], n: usize) {
        let size = |text: &[char]| (text.len() + 1).saturating_sub(n);
        // Where the reference has no n-gram of this length, nothing could have matched.
        if size(reference) > 0 {
            self.hypothesis += size(hypothesis);
        }
        self.reference += size(reference);
        self.matches += matches(&ngrams(hypothesis, n), &ngrams(reference, n));
    }
}

fn characters(line: &str) -> Vec<char> {
    line.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The F-score of the mean precision and recall over the lengths that occur.
fn score(counts: &[Counts; ORDER]) -> f64 {
    let occurring = counts.iter().filter(|counts| counts.hypothesis > 0 && counts.reference > 0);
    let (mut precision, mut recall, mut orders) = (0.0, 0.0, 0.0_f64);
    for counts in occurring {
        precision += counts.matches as f64 / counts.hypothesis as f64;
        recall += counts.matches as f64 / counts.reference as f64;
        orders += 1.0;
    }
    if precision + recall == 0.0 {
        return 0.0;
    }
    let (precision, recall) = (precision / orders, recall / orders);
    let factor = BETA * BETA;
    100.0 * (1.0 + factor) * precision * recall / (factor * precision + recall)
}
