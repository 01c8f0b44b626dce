//! What is measured.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::cli::args::BenchArgs;
use crate::translate::batch::batches;

/// How many texts the engine gets at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Batch {
    /// So many, in the order of the file.
    Of(usize),
    /// All of the file, in the batches of a run.
    Night,
}

impl FromStr for Batch {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            _ if text == "night" => Ok(Self::Night),
            Ok(0) | Err(_) => Err("a batch is a number from 1 on, or night".to_owned()),
            Ok(count) => Ok(Self::Of(count)),
        }
    }
}

impl fmt::Display for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of(count) => count.fmt(f),
            Self::Night => f.pad("night"),
        }
    }
}

impl Serialize for Batch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Everything that is measured of one engine.
#[derive(Debug)]
pub(super) struct Cases {
    pub(super) batches: Vec<Batch>,
    pub(super) beams: Vec<usize>,
    pub(super) growth: Vec<usize>,
    pub(super) sample: usize,
    pub(super) repeat: usize,
    pub(super) source_tokens: usize,
    pub(super) summary_tokens: usize,
}

/// Beams that are measured where none is asked for.
const BEAMS: [usize; 2] = [1, 4];

impl Cases {
    /// As the arguments say.
    pub(super) fn of(args: &BenchArgs) -> Self {
        let beams = args.models.beam.map_or(BEAMS.to_vec(), |beam| vec![usize::from(beam)]);
        Self {
            batches: args.batch.clone(),
            beams,
            growth: args.growth.clone(),
            sample: args.sample.max(1),
            repeat: usize::from(args.repeat),
            source_tokens: args.source_tokens,
            summary_tokens: args.summary_tokens,
        }
    }

    /// Texts that `batch` is measured with, of `all`.
    pub(super) fn texts(&self, batch: Batch, all: usize) -> usize {
        match batch {
            Batch::Of(_) => self.sample.min(all),
            Batch::Night => all,
        }
    }
}

/// What the engine gets at once, of texts of these lengths in tokens.
pub(super) fn parts(batch: Batch, lengths: &[usize], max_tokens: usize) -> Vec<Vec<usize>> {
    match batch {
        Batch::Of(count) => {
            let all: Vec<usize> = (0..lengths.len()).collect();
            all.chunks(count).map(<[usize]>::to_vec).collect()
        }
        Batch::Night => batches(lengths, max_tokens, usize::MAX),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_a_number_or_the_night() {
        assert_eq!("8".parse(), Ok(Batch::Of(8)));
        assert_eq!("night".parse(), Ok(Batch::Night));
        for wrong in ["0", "-1", "", "day"] {
            assert!(wrong.parse::<Batch>().is_err(), "{wrong}");
        }
        assert_eq!(serde_json::to_string(&Batch::Night).unwrap(), "\"night\"");
    }

    #[test]
    fn every_text_is_in_one_part() {
        let lengths = [3, 9, 1, 4, 4];
        for batch in [Batch::Of(2), Batch::Of(9), Batch::Night] {
            let mut all = parts(batch, &lengths, 10).concat();
            all.sort_unstable();
            assert_eq!(all, [0, 1, 2, 3, 4], "{batch}");
        }
        assert_eq!(parts(Batch::Of(2), &lengths, 10), [vec![0, 1], vec![2, 3], vec![4]]);
    }
}
