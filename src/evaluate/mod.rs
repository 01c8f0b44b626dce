//! Measuring translations against references: corpus BLEU and chrF, with the
//! numbers that sacreBLEU (Post 2018) gives.
//!
//! Beside the pipeline: an operator compares two model folders with it, and the
//! model cards hold what it said.

mod bleu;
mod chrf;
mod tokenize;

pub use bleu::{Bleu, bleu};
pub use chrf::chrf;
pub use tokenize::tokenize_13a;

use std::collections::HashMap;
use std::hash::Hash;

/// How often each n-gram of `items` occurs.
fn ngrams<T: Eq + Hash>(items: &[T], n: usize) -> HashMap<&[T], usize> {
    let mut counts = HashMap::new();
    for ngram in items.windows(n) {
        *counts.entry(ngram).or_insert(0) += 1;
    }
    counts
}

/// How many n-grams of one side are also on the other, each as often as on both.
fn matches<K: Eq + Hash>(hypothesis: &HashMap<K, usize>, reference: &HashMap<K, usize>) -> usize {
    let common =
        |(ngram, count): (&K, &usize)| reference.get(ngram).map_or(0, |own| *count.min(own));
    hypothesis.iter().map(common).sum()
}
