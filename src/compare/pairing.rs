//! Which article and which sentence of one run belongs to which of the other.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::brief::{ArticleBrief, SentencePair};

/// Articles of one date: those of the same text, then those of the same path,
/// then the rest alone; in the order of the second run, what is gone at the end.
pub(super) fn articles<'a>(
    old: &'a [ArticleBrief],
    new: &'a [ArticleBrief],
) -> Vec<(Option<&'a ArticleBrief>, Option<&'a ArticleBrief>)> {
    let mut rest: Vec<&ArticleBrief> = old.iter().collect();
    let mut partners: Vec<Option<&ArticleBrief>> = vec![None; new.len()];
    let by_id = |one: &ArticleBrief, other: &ArticleBrief| one.id == other.id;
    let by_path = |one: &ArticleBrief, other: &ArticleBrief| one.source.path == other.source.path;
    for same in [by_id as fn(&ArticleBrief, &ArticleBrief) -> bool, by_path] {
        for (article, partner) in new.iter().zip(&mut partners).filter(|(_, p)| p.is_none()) {
            *partner = rest.iter().position(|old| same(old, article)).map(|at| rest.remove(at));
        }
    }
    let paired = partners.into_iter().zip(new.iter().map(Some));
    paired.chain(rest.into_iter().map(|gone| (Some(gone), None))).collect()
}

/// Sentences of one article, in order: those with the same German together, the
/// others alone.
pub(super) fn sentences(
    old: Vec<SentencePair>,
    new: Vec<SentencePair>,
) -> Vec<(Option<SentencePair>, Option<SentencePair>)> {
    let german = |pairs: &[SentencePair]| -> Vec<String> {
        pairs.iter().map(|pair| pair.de.clone()).collect()
    };
    let steps = capture_diff_slices(Algorithm::Myers, &german(&old), &german(&new));
    let (mut old, mut new) = (old.into_iter(), new.into_iter());
    let mut paired = Vec::new();
    for step in steps {
        let (gone, come) = (step.old_range().len(), step.new_range().len());
        if matches!(step, DiffOp::Equal { .. }) {
            paired.extend(old.by_ref().take(gone).map(Some).zip(new.by_ref().take(come).map(Some)));
        } else {
            paired.extend(old.by_ref().take(gone).map(|pair| (Some(pair), None)));
            paired.extend(new.by_ref().take(come).map(|pair| (None, Some(pair))));
        }
    }
    paired
}
