//! LexRank: how central a sentence is among all sentences of a date.
//!
//! Erkan and Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text
//! Summarization", JAIR 22 (2004): the stationary distribution of a walk over
//! sentences, which moves along similarity and jumps now and then. This is the
//! continuous variant (edges weighted by cosine) with their threshold. The jumps
//! prefer the heads of articles, where news says what matters: the biased walk
//! of Otterbacher, Erkan and Radev (HLT-EMNLP 2005).

use crate::text::vectors::{Vector, neighbours};

/// Pairs less similar than this are not linked.
const THRESHOLD: f64 = 0.1;

/// Of a sentence's links only those count that are among the strongest so many
/// of both ends. On dates with fewer sentences nothing is lost; on larger ones
/// nearly all pairs share some word, memory would grow with the square, and
/// sentences of many common words would be everybody's neighbour.
const STRONGEST: usize = 128;

/// Probability of a jump in each step.
const JUMP: f64 = 0.15;

/// The walk has settled when no probability moves by more than this share of
/// the mean.
const SETTLED: f64 = 1e-4;

/// Steps after which the walk is taken as settled; 0.85^60 is below 1e-4.
const MAX_STEPS: usize = 60;

/// Salience of every sentence, the highest 1. `priors` (positive) say how likely
/// a jump lands on each.
#[must_use]
pub fn lexrank(vectors: &[Vector], priors: &[f64]) -> Vec<f64> {
    let links = shares(mutual(neighbours(vectors, THRESHOLD, STRONGEST)));
    let mass: f64 = priors.iter().sum();
    let jumps: Vec<f64> = priors.iter().map(|prior| prior / mass).collect();
    let mut ranks = jumps.clone();
    for _ in 0..MAX_STEPS {
        let next = step(&links, &jumps, &ranks);
        let moved = next.iter().zip(&ranks).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        ranks = next;
        if moved * (vectors.len() as f64) < SETTLED {
            break;
        }
    }
    let most = ranks.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    ranks.into_iter().map(|rank| rank / most).collect()
}

/// Keeps the links that are named from both ends.
fn mutual(mut links: Vec<Vec<(usize, f64)>>) -> Vec<Vec<(usize, f64)>> {
    for near in &mut links {
        near.sort_unstable_by_key(|(other, _)| *other);
    }
    let named = |from: usize, to: usize| {
        links.get(from).is_some_and(|near| near.binary_search_by_key(&to, |(to, _)| *to).is_ok())
    };
    let kept = links
        .iter()
        .enumerate()
        .map(|(from, near)| near.iter().copied().filter(|(to, _)| named(*to, from)).collect());
    kept.collect()
}

/// Makes the weights of each sentence's links add up to 1.
fn shares(mut links: Vec<Vec<(usize, f64)>>) -> Vec<Vec<(usize, f64)>> {
    for near in &mut links {
        let total: f64 = near.iter().map(|(_, weight)| weight).sum();
        near.iter_mut().for_each(|(_, weight)| *weight /= total);
    }
    links
}

fn step(links: &[Vec<(usize, f64)>], jumps: &[f64], ranks: &[f64]) -> Vec<f64> {
    let mut reached = vec![0.0; ranks.len()];
    let mut stuck = 0.0;
    for (near, rank) in links.iter().zip(ranks) {
        for (to, share) in near {
            reached[*to] += rank * share;
        }
        // A sentence like no other has nowhere to go but to jump.
        if near.is_empty() {
            stuck += rank;
        }
    }
    let jumping = |jump: &f64| (JUMP + (1.0 - JUMP) * stuck) * jump;
    reached.iter().zip(jumps).map(|(walked, jump)| (1.0 - JUMP) * walked + jumping(jump)).collect()
}

#[cfg(test)]
mod tests {
    use crate::text::vectors::Terms;
    use crate::text::words::content_stems;

    use super::*;

    fn ranks(texts: &[&str], priors: &[f64]) -> Vec<f64> {
        let stems: Vec<_> = texts.iter().map(|text| content_stems(text)).collect();
        let terms = Terms::of(&stems);
        let vectors: Vec<_> = stems.iter().map(|stems| terms.vector(stems)).collect();
        lexrank(&vectors, priors)
    }

    #[test]
    fn the_sentence_that_all_resemble_is_central() {
        let texts = [
            "The flood destroyed the bridge in Ulm",
            "The flood came at night",
            "The bridge in Ulm is closed",
            "A cat won a prize",
        ];
        let ranks = ranks(&texts, &[1.0; 4]);
        assert_eq!(ranks[0], 1.0);
        assert!(ranks[3] < ranks[1] && ranks[3] > 0.0);
    }

    #[test]
    fn among_strangers_the_prior_decides() {
        let ranks = ranks(&["Cats sleep", "Dogs bark"], &[1.0, 2.0]);
        assert!(ranks[1] == 1.0 && (ranks[0] - 0.5).abs() < 1e-3);
        assert_eq!(lexrank(&[], &[]), [0.0; 0]);
    }
}
