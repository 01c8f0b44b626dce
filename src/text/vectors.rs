//! Sentences as tf-idf vectors, and who is similar to whom.

use std::collections::BTreeMap;

/// Terms that occur in more sentences than this (or than a tenth of them) are
/// passed over when neighbours are looked for: they make every sentence a little
/// similar to every other, and looking them up would take quadratic time. They
/// still count in the lengths of the vectors.
const MAX_POSTINGS: usize = 400;

/// A sentence: term numbers, ascending, with weights; of length 1 (or empty).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vector(Vec<(usize, f64)>);

impl Vector {
    /// Cosine of the angle to `other`: 0 (no common term) to 1 (same terms in
    /// the same proportions).
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f64 {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut sum = 0.0;
        while let (Some((term, weight)), Some((other_term, other_weight))) = (a.peek(), b.peek()) {
            match term.cmp(other_term) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    sum += weight * other_weight;
                    a.next();
                    b.next();
                }
            }
        }
        sum
    }

    /// Whether no term is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// How much each term of a collection of sentences says: its inverse sentence
/// frequency `ln(1 + n / df)` (Spärck Jones 1972, smoothed so that a term of
/// every sentence still weighs something).
#[derive(Debug, Clone, Default)]
pub struct Terms {
    weights: BTreeMap<String, (usize, f64)>,
    unseen: f64,
}

impl Terms {
    /// Counts the terms of `sentences`, each given as its stems.
    #[must_use]
    pub fn of(sentences: &[Vec<String>]) -> Self {
        let mut frequencies: BTreeMap<&str, usize> = BTreeMap::new();
        for sentence in sentences {
            let mut terms: Vec<&str> = sentence.iter().map(String::as_str).collect();
            terms.sort_unstable();
            terms.dedup();
            for term in terms {
                *frequencies.entry(term).or_default() += 1;
            }
        }
        let n = sentences.len() as f64;
        let weights = frequencies.into_iter().enumerate().map(|(number, (term, frequency))| {
            (term.to_owned(), (number, (1.0 + n / frequency as f64).ln()))
        });
        Self { weights: weights.collect(), unseen: (1.0 + n).ln() }
    }

    /// The weight of a term; a term no sentence has weighs as much as the rarest.
    #[must_use]
    pub fn weight(&self, term: &str) -> f64 {
        self.weights.get(term).map_or(self.unseen, |(_, weight)| *weight)
    }

    /// The vector of a sentence given as stems; terms outside the collection
    /// are left out.
    #[must_use]
    pub fn vector(&self, stems: &[String]) -> Vector {
        let mut entries: BTreeMap<usize, f64> = BTreeMap::new();
        for stem in stems {
            if let Some((number, weight)) = self.weights.get(stem) {
                *entries.entry(*number).or_default() += weight;
            }
        }
        let length = entries.values().map(|weight| weight * weight).sum::<f64>().sqrt();
        Vector(entries.into_iter().map(|(number, weight)| (number, weight / length)).collect())
    }
}

/// For each vector the `most` others nearest to it, as long as they are similar
/// by at least `threshold`: nearest first, with the similarity. Uses an inverted index: time grows with the
/// number of pairs that share a term, not with all pairs.
#[must_use]
pub fn neighbours(vectors: &[Vector], threshold: f64, most: usize) -> Vec<Vec<(usize, f64)>> {
    let index = inverted(vectors);
    let mut sums = vec![0.0; vectors.len()];
    let mut touched: Vec<usize> = Vec::new();
    let mut all = Vec::with_capacity(vectors.len());
    for (row, vector) in vectors.iter().enumerate() {
        for (term, weight) in &vector.0 {
            for (other, other_weight) in index.get(term).into_iter().flatten() {
                if sums[*other] == 0.0 {
                    touched.push(*other);
                }
                sums[*other] += weight * other_weight;
            }
        }
        touched.sort_unstable();
        let mut near = Vec::new();
        for other in touched.drain(..) {
            if other != row && sums[other] >= threshold {
                near.push((other, sums[other]));
            }
            sums[other] = 0.0;
        }
        near.sort_by(|(a, x): &(usize, f64), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
        near.truncate(most);
        all.push(near);
    }
    all
}

fn inverted(vectors: &[Vector]) -> BTreeMap<usize, Vec<(usize, f64)>> {
    let mut index: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    for (row, vector) in vectors.iter().enumerate() {
        for (term, weight) in &vector.0 {
            index.entry(*term).or_default().push((row, *weight));
        }
    }
    let limit = MAX_POSTINGS.max(vectors.len() / 10).min(2 * MAX_POSTINGS);
    index.retain(|_, rows| rows.len() <= limit);
    index
}

#[cfg(test)]
mod tests {
    use super::super::words::content_stems;
    use super::*;

    #[test]
    fn cosine_and_neighbours_agree() {
        let texts = ["The river flooded Ulm", "Ulm was flooded by a river", "Prices fell again"];
        let stems: Vec<_> = texts.iter().map(|text| content_stems(text)).collect();
        let terms = Terms::of(&stems);
        let vectors: Vec<_> = stems.iter().map(|stems| terms.vector(stems)).collect();
        let near = neighbours(&vectors, 0.1, 9);
        assert_eq!(near[0].len(), 1);
        assert!((near[0][0].1 - vectors[0].cosine(&vectors[1])).abs() < 1e-12);
        assert!((vectors[0].cosine(&vectors[0]) - 1.0).abs() < 1e-12);
        assert_eq!(vectors[0].cosine(&vectors[2]), 0.0);
        assert!(near[2].is_empty());
    }

    #[test]
    fn a_sentence_without_terms_is_near_nothing() {
        let terms = Terms::of(&[vec![], vec!["a".to_owned()]]);
        assert!(terms.vector(&[]).is_empty());
        assert!(
            neighbours(&[terms.vector(&[]), terms.vector(&[])], 0.0, 9).iter().all(Vec::is_empty)
        );
    }
}
