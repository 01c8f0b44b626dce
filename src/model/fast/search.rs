//! Greedy and beam search over one source, step by step, with the semantics of
//! rust-bert and of transformers: a hypothesis ends at `</s>`; its score is the
//! sum of log-probabilities divided by (tokens)^penalty; the search ends when no
//! running hypothesis can beat the worst finished one, or, with early stopping,
//! when there are as many finished ones as beams.
//!
//! Where the two differ it is rust-bert that is followed: it holds the best candidate
//! against the finished ones even if that candidate is `</s>`, while transformers 5
//! looks at what runs on alone and so ends a search some steps earlier now and then.

use super::kernels::{Exponentials, Isa, Normaliser};
use crate::model::Decoding;

/// The decoder's start token and one more: an empty answer is of no use.
const MIN_LENGTH: usize = 2;

/// The tokens with a role, and the model's habits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) start: u32,
    pub(super) end: u32,
    /// A token that is never generated and has no probability (Marian's padding).
    pub(super) never: Option<u32>,
    /// The token that every target begins with.
    pub(super) forced_first: Option<u32>,
    /// Whether a target at its length limit is closed with `</s>`.
    pub(super) forced_end: bool,
    pub(super) early_stopping: bool,
}

/// A running hypothesis.
#[derive(Debug, Clone)]
pub(super) struct Beam {
    /// Tokens so far, the start token first.
    pub(super) tokens: Vec<u32>,
    /// Where the decoder keeps keys and values of each token it has read.
    pub(super) slots: Vec<u32>,
    /// Sum of log-probabilities.
    pub(super) sum: f32,
}

/// A hypothesis that has ended.
#[derive(Debug, Clone)]
pub(super) struct Finished {
    /// Tokens without the start token and without `</s>`.
    pub(super) tokens: Vec<u32>,
    /// As in [`Beam`].
    pub(super) slots: Vec<u32>,
    /// Sum of log-probabilities, `</s>` included.
    pub(super) sum: f64,
    /// What hypotheses are compared by.
    score: f64,
    /// Whether it was closed at the length limit instead of by the model's choice.
    pub(super) truncated: bool,
}

/// A possible next token of a beam: sum of log-probabilities, beam, token.
type Candidate = (f32, usize, u32);

/// A row of logits, seen block by block.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// How many of the best are wanted.
    count: usize,
    /// Tokens without a probability.
    impossible: Vec<u32>,
    /// Tokens that have one, but must not be chosen.
    banned: Vec<u32>,
    parts: Vec<Exponentials>,
    best: Vec<(f32, u32)>,
}

impl Reading {
    /// Reads the logits of the tokens from `first` on. They may be overwritten.
    pub(super) fn read(&mut self, isa: Isa, first: u32, logits: &mut [f32]) {
        ban(&self.impossible, first, logits);
        self.parts.push(isa.exponentials(logits));
        ban(&self.banned, first, logits);
        isa.top(logits, first, self.count, &mut self.best);
    }

    /// Goes on with what another reading saw of the logits after these.
    pub(super) fn append(&mut self, other: &Self) {
        self.parts.extend_from_slice(&other.parts);
        self.best.extend_from_slice(&other.best);
        self.best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.best.truncate(self.count);
    }
}

fn ban(tokens: &[u32], first: u32, logits: &mut [f32]) {
    for token in tokens {
        let at = token.checked_sub(first).and_then(|at| logits.get_mut(at as usize));
        if let Some(logit) = at {
            *logit = f32::NEG_INFINITY;
        }
    }
}

/// The search for one source.
pub(super) struct Search {
    rules: Rules,
    width: usize,
    no_repeat_ngram: usize,
    length_penalty: f64,
    /// The most tokens of a target, start token and `</s>` included.
    limit: usize,
    /// The hypotheses the decoder is to read one token further. In the first steps
    /// there may be fewer than the beam is wide, as nothing tells them apart.
    pub(super) beams: Vec<Beam>,
    finished: Vec<Finished>,
    candidates: Vec<Candidate>,
    done: bool,
}

impl Search {
    pub(super) fn new(rules: Rules, decoding: &Decoding, limit: usize) -> Self {
        let start = Beam { tokens: vec![rules.start], slots: Vec::new(), sum: 0.0 };
        Self {
            rules,
            width: decoding.beam.max(1),
            no_repeat_ngram: decoding.no_repeat_ngram,
            length_penalty: decoding.length_penalty,
            limit,
            beams: vec![start],
            finished: Vec::new(),
            candidates: Vec::new(),
            done: false,
        }
    }

    /// Whether the search is over.
    pub(super) fn is_done(&self) -> bool {
        self.done
    }

    /// The best hypothesis; of equals the last one found, as in rust-bert.
    pub(super) fn into_best(self) -> Option<Finished> {
        self.finished.into_iter().reduce(|a, b| if b.score >= a.score { b } else { a })
    }

    /// What is to be found out about the logits after the last token of beam `beam`.
    pub(super) fn reading(&self, beam: usize) -> Reading {
        let tokens = &self.beams[beam].tokens;
        let greedy = self.width == 1;
        let mut banned = repeating(tokens, self.no_repeat_ngram);
        if tokens.len() < MIN_LENGTH {
            banned.push(self.rules.end);
        }
        let mut impossible: Vec<u32> = self.rules.never.into_iter().collect();
        // Greedy search bans before the softmax, beam search after it.
        if greedy {
            impossible.append(&mut banned);
        }
        let count = if greedy { 1 } else { 2 * self.width };
        Reading { count, impossible, banned, parts: Vec::new(), best: Vec::with_capacity(count) }
    }

    /// Takes what was found out about beam `beam`.
    pub(super) fn offer(&mut self, beam: usize, reading: &Reading) {
        let Some(running) = self.beams.get(beam) else { return };
        if running.tokens.len() == 1
            && let Some(first) = self.rules.forced_first
        {
            self.candidates.push((running.sum, beam, first));
            return;
        }
        let sum = running.sum;
        let normaliser = Normaliser::of(&reading.parts);
        let possible = reading.best.iter().filter(|(logit, _)| *logit > f32::NEG_INFINITY);
        self.candidates.extend(
            possible.map(|(logit, id)| (normaliser.log_probability(*logit) + sum, beam, *id)),
        );
    }

    /// Goes one token further with what was offered.
    pub(super) fn advance(&mut self) {
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        // Greedy search has one candidate; it runs on or ends.
        candidates.truncate(if self.width == 1 { 1 } else { 2 * self.width });
        let length = self.length();
        let best = candidates.first().map_or(f32::NEG_INFINITY, |candidate| candidate.0);
        let mut next = Vec::with_capacity(self.width);
        for (rank, (sum, beam, token)) in candidates.iter().enumerate() {
            if *token == self.rules.end {
                if rank < self.width {
                    self.finish(*beam, *sum, false);
                }
            } else if next.len() < self.width {
                next.push(self.beams[*beam].followed_by(*token, *sum));
            }
        }
        self.done = next.is_empty() || self.is_settled(best, length);
        self.beams = next;
        candidates.clear();
        self.candidates = candidates;
        if !self.done {
            self.close_at_limit();
        }
    }

    /// Tokens of the running hypotheses.
    fn length(&self) -> usize {
        self.beams.first().map_or(0, |beam| beam.tokens.len())
    }

    /// Whether no running hypothesis can enter the finished ones any more.
    fn is_settled(&self, best: f32, length: usize) -> bool {
        if self.finished.len() < self.width {
            return false;
        }
        self.width == 1
            || self.rules.early_stopping
            || self.worst() >= f64::from(best) / (length as f64).powf(self.length_penalty)
    }

    fn worst(&self) -> f64 {
        self.finished.iter().map(|hypothesis| hypothesis.score).fold(f64::INFINITY, f64::min)
    }

    /// The decoder need not be asked for a token that is forced.
    fn close_at_limit(&mut self) {
        let length = self.length();
        let forced = self.rules.forced_end && length + 1 >= self.limit;
        if forced || length >= self.limit {
            for beam in 0..self.beams.len() {
                self.finish(beam, self.beams[beam].sum, true);
            }
            self.done = true;
        }
    }

    fn finish(&mut self, beam: usize, sum: f32, truncated: bool) {
        let beam = &self.beams[beam];
        let sum = f64::from(sum);
        let score = sum / (beam.tokens.len() as f64).powf(self.length_penalty);
        if self.finished.len() >= self.width && score <= self.worst() {
            return;
        }
        self.finished.push(Finished {
            tokens: beam.tokens[1..].to_vec(),
            slots: beam.slots.clone(),
            sum,
            score,
            truncated,
        });
        if self.finished.len() > self.width {
            let worst = self.worst();
            if let Some(at) = self.finished.iter().position(|other| other.score == worst) {
                self.finished.remove(at);
            }
        }
    }
}

impl Beam {
    fn followed_by(&self, token: u32, sum: f32) -> Self {
        let mut tokens = Vec::with_capacity(self.tokens.len() + 1);
        tokens.extend_from_slice(&self.tokens);
        tokens.push(token);
        let mut slots = Vec::with_capacity(self.slots.len() + 1);
        slots.extend_from_slice(&self.slots);
        Self { tokens, slots, sum }
    }
}

/// Tokens that would complete an n-gram of `size` tokens that is there already
/// (the start token counts).
fn repeating(tokens: &[u32], size: usize) -> Vec<u32> {
    if size == 0 || tokens.len() + 1 < size {
        return Vec::new();
    }
    let query = &tokens[tokens.len() + 1 - size..];
    let matching = tokens.windows(size).filter(|gram| gram[..size - 1] == *query);
    matching.filter_map(|gram| gram.last().copied()).collect()
}
