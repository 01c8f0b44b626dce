//! Many sources through the network: each thread fills its own batch from the
//! common queue and refills it whenever hypotheses have ended.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::decoder::{Cache, Running};
use super::encoder::Room;
use super::network::Network;
use super::search::{Rules, Search};
use crate::model::Decoding;

/// Hypotheses that one thread reads further in one step. The weights are read
/// from memory once for all of them; more would only push their keys and values
/// out of the cache.
const ROWS: usize = 96;

/// Source tokens that are encoded together.
const ENCODER_TOKENS: usize = 1024;

/// What the keys and values of one thread's sources may take, in values of 4
/// bytes: half a gigabyte.
const MEMORY_VALUES: usize = 128 << 20;

/// A source as the network reads it.
pub(super) struct Source {
    /// Token ids with all special tokens, at least one.
    pub(super) ids: Vec<u32>,
    /// The most tokens of its target, start token and `</s>` included.
    pub(super) limit: usize,
}

/// What the decoder chose for one source, before it is text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Generated {
    /// Token ids, without the decoder's start token and without `</s>`.
    pub(super) ids: Vec<u32>,
    /// Mean log-probability per token, `</s>` included.
    pub(super) score: f64,
    /// Whether `</s>` had to be forced, or never came.
    pub(super) truncated: bool,
    /// For each id the source token it was made from, and how surely; empty for
    /// networks that don't record it.
    pub(super) looked_at: Vec<(usize, f32)>,
}

impl Network {
    /// Decodes all sources on up to `threads` threads; one answer each, in order.
    /// An answer depends on its source alone.
    pub(super) fn generate(
        &self,
        sources: &[Source],
        rules: Rules,
        decoding: &Decoding,
        threads: usize,
    ) -> Result<Vec<Generated>, String> {
        // Sources of about equal length end at about the same time, and the long
        // ones must not be left for the end.
        let mut order: Vec<usize> = (0..sources.len()).collect();
        order.sort_by_key(|number| (std::cmp::Reverse(sources[*number].ids.len()), *number));
        let workers = threads.clamp(1, sources.len().max(1));
        let share = sources.len().div_ceil(workers);
        let queue = Queue { sources, order, next: AtomicUsize::new(0), share };
        // With more threads than sources, several work on one.
        let hands = (threads / workers).max(1);
        let work = || {
            // A fault in here must cost this batch, not the night.
            catch_unwind(AssertUnwindSafe(|| self.work(&queue, rules, decoding, hands)))
        };
        let parts: Vec<_> = thread::scope(|scope| {
            let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
            let own = work();
            others
                .into_iter()
                .map(|other| other.join().and_then(|part| part))
                .chain([own])
                .collect()
        });
        let mut answers = vec![Generated::default(); sources.len()];
        for part in parts {
            let part = part.map_err(|_| "a decoding thread stopped".to_owned())?;
            for (number, answer) in part {
                answers[number] = answer;
            }
        }
        Ok(answers)
    }

    fn work(
        &self,
        queue: &Queue<'_>,
        rules: Rules,
        decoding: &Decoding,
        hands: usize,
    ) -> Vec<(usize, Generated)> {
        let mut room = Room::with_hands(hands);
        let mut running: Vec<Running> = Vec::new();
        let mut answers = Vec::new();
        loop {
            self.refill(&mut running, queue, rules, decoding, &mut room);
            if running.is_empty() {
                return answers;
            }
            self.step(&mut running, &mut room);
            let mut at = 0;
            while at < running.len() {
                if running[at].search.is_done() {
                    let ended = running.swap_remove(at);
                    answers.push((ended.number, ended.answer()));
                } else {
                    at += 1;
                }
            }
        }
    }

    /// Takes sources from the queue while there is room for them, a few at a time
    /// so that the encoder's products are of a good size, too.
    fn refill(
        &self,
        running: &mut Vec<Running>,
        queue: &Queue<'_>,
        rules: Rules,
        decoding: &Decoding,
        room: &mut Room,
    ) {
        let beam = decoding.beam.max(1);
        let most = (ROWS / beam).max(1).min(queue.share);
        let free = most.saturating_sub(running.len());
        if free == 0 || (!running.is_empty() && free * 4 < most) {
            return;
        }
        let per_token = 2 * self.decoder.len() * self.architecture.width;
        let mut kept: usize = running.iter().map(|source| source.memory.length * per_token).sum();
        let (mut numbers, mut tokens) = (Vec::new(), 0);
        while running.len() + numbers.len() < most && kept < MEMORY_VALUES {
            let Some(number) = queue.take() else { break };
            numbers.push(number);
            tokens += queue.sources[number].ids.len();
            kept += queue.sources[number].ids.len() * per_token;
            if tokens >= ENCODER_TOKENS {
                self.begin(running, &numbers, queue, rules, decoding, room);
                (numbers, tokens) = (Vec::new(), 0);
            }
        }
        self.begin(running, &numbers, queue, rules, decoding, room);
    }

    fn begin(
        &self,
        running: &mut Vec<Running>,
        numbers: &[usize],
        queue: &Queue<'_>,
        rules: Rules,
        decoding: &Decoding,
        room: &mut Room,
    ) {
        if numbers.is_empty() {
            return;
        }
        let sources: Vec<&Source> = numbers.iter().map(|number| &queue.sources[*number]).collect();
        let ids: Vec<&[u32]> = sources.iter().map(|source| source.ids.as_slice()).collect();
        let memories = self.encode(&ids, room);
        for ((number, source), memory) in numbers.iter().zip(sources).zip(memories) {
            // A target is about as long as its source; the cache grows if it is longer.
            let slots = decoding.beam.max(1) * source.limit.min(source.ids.len() + 8);
            running.push(Running {
                number: *number,
                memory,
                cache: Cache::with_capacity(self.decoder.len(), slots, self.architecture.width),
                search: Search::new(rules, decoding, source.limit),
            });
        }
    }
}

/// The sources, longest first.
struct Queue<'s> {
    sources: &'s [Source],
    order: Vec<usize>,
    next: AtomicUsize,
    /// The most that one thread decodes at a time: no other may be left without.
    share: usize,
}

impl Queue<'_> {
    fn take(&self) -> Option<usize> {
        self.order.get(self.next.fetch_add(1, Ordering::Relaxed)).copied()
    }
}

impl Running {
    fn answer(self) -> Generated {
        let Some(best) = self.search.into_best() else { return Generated::default() };
        Generated {
            looked_at: self.cache.looked_at(&best, self.memory.length),
            score: best.sum / (best.tokens.len() + 1) as f64,
            truncated: best.truncated,
            ids: best.tokens,
        }
    }
}
