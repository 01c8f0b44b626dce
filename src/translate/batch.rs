//! Batches of about equal length, for engines that pad.

use crate::model::{Hypothesis, ModelError};

/// Groups rows of the given lengths (in tokens) into batches, longest first.
///
/// Every batch has at most `max_rows` rows, and its rows padded to the longest
/// have at most `max_tokens` tokens together; a row longer than that stands
/// alone. Sorting by length keeps the padding small. The order is a function of
/// the lengths alone, so that a rerun pads as the run before did.
#[must_use]
pub fn batches(lengths: &[usize], max_tokens: usize, max_rows: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    let length = |row: usize| lengths.get(row).copied().unwrap_or_default();
    order.sort_by_key(|row| (std::cmp::Reverse(length(*row)), *row));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for row in order {
        match batches.last_mut() {
            Some(batch) if batch.len() < max_rows && fits(batch, length, max_tokens) => {
                batch.push(row);
            }
            _ => batches.push(vec![row]),
        }
    }
    batches
}

/// Whether one more row fits; the first row of a batch is its longest.
fn fits(batch: &[usize], length: impl Fn(usize) -> usize, max_tokens: usize) -> bool {
    let longest = batch.first().map_or(0, |row| length(*row));
    longest.saturating_mul(batch.len() + 1) <= max_tokens
}

/// Asks an engine for some rows.
pub(crate) type Call<'a> = dyn Fn(&[usize]) -> Result<Vec<Hypothesis>, ModelError> + 'a;

/// Runs rows through `call` and gives one answer each, in the same order. When
/// the engine fails on a batch, each row is tried alone, so that one bad row
/// costs itself only; `None` where the engine failed on the row alone, too.
pub(crate) fn ask(rows: &[usize], call: &Call<'_>) -> Vec<Option<Hypothesis>> {
    match call(rows) {
        Ok(answers) if answers.len() == rows.len() => {
            return answers.into_iter().map(Some).collect();
        }
        Ok(answers) => {
            tracing::warn!(
                rows = rows.len(),
                answers = answers.len(),
                "engine miscounted its batch"
            );
        }
        Err(error) if rows.len() == 1 => tracing::warn!(%error, "engine failed on a sentence"),
        Err(error) => tracing::debug!(rows = rows.len(), %error, "engine failed on a batch"),
    }
    if rows.len() == 1 {
        return vec![None];
    }
    rows.iter().flat_map(|row| ask(&[*row], call)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn echo(rows: &[usize]) -> Result<Vec<Hypothesis>, ModelError> {
        let answer = |row: &usize| Hypothesis {
            text: row.to_string(),
            score: 0.0,
            tokens: 1,
            truncated: false,
            alignment: Vec::new(),
        };
        Ok(rows.iter().map(answer).collect())
    }

    #[test]
    fn one_bad_row_costs_itself_only() {
        let call = |rows: &[usize]| {
            if rows.contains(&2) {
                return Err(ModelError::Engine { model: "test", problem: "row 2".to_owned() });
            }
            echo(rows)
        };
        let answers = ask(&[1, 2, 3], &call);
        let texts: Vec<_> = answers.iter().map(|a| a.as_ref().map(|a| a.text.as_str())).collect();
        assert_eq!(texts, [Some("1"), None, Some("3")]);
    }

    #[test]
    fn a_miscounting_engine_gives_nothing() {
        let answers = ask(&[1, 2], &|_| Ok(Vec::new()));
        assert_eq!(answers, [None, None]);
    }

    proptest! {
        #[test]
        fn every_row_is_in_one_batch_within_the_budget(
            lengths in prop::collection::vec(0_usize..600, 0..80),
            max_tokens in 1_usize..2000,
            max_rows in 0_usize..20,
        ) {
            let batches = batches(&lengths, max_tokens, max_rows);
            let mut rows: Vec<usize> = batches.concat();
            rows.sort_unstable();
            prop_assert_eq!(rows, (0..lengths.len()).collect::<Vec<_>>());
            for batch in batches {
                let longest = batch.iter().map(|row| lengths[*row]).max().unwrap_or(0);
                prop_assert!(batch.len() == 1 || batch.len() <= max_rows);
                prop_assert!(batch.len() == 1 || longest * batch.len() <= max_tokens);
            }
        }
    }
}
