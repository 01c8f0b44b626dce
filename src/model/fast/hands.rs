//! More threads than sources: the largest operations are shared out.
//!
//! Only then: a thread of its own for each batch never waits for another. Threads
//! are started for each operation and end with it, so that none ever spins; that
//! costs some microseconds, and work that is not worth them is done alone.

use std::ops::Range;
use std::thread;

/// Multiplications that take much longer than starting a thread.
const WORTH: usize = 3 << 20;

/// How many threads may work on one operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hands(pub(super) usize);

impl Default for Hands {
    fn default() -> Self {
        Self(1)
    }
}

impl Hands {
    /// Threads for an operation of so many multiplications.
    pub(super) fn for_work(self, multiplications: usize) -> usize {
        if multiplications < WORTH { 1 } else { self.0.min(multiplications / (WORTH / 2)) }
    }
}

/// Puts the rows of a part where they belong in rows of `stride` values: `columns` of each.
pub(super) fn place(part: &[f32], columns: Range<usize>, out: &mut [f32], stride: usize) {
    for (row, part) in out.chunks_exact_mut(stride).zip(part.chunks_exact(columns.len())) {
        row[columns.clone()].copy_from_slice(part);
    }
}

/// Does all parts at the same time, the last one on this thread.
pub(super) fn share<P: Send>(parts: impl Iterator<Item = P>, work: impl Fn(P) + Sync) {
    let work = &work;
    thread::scope(|scope| {
        let mut parts = parts.peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_some() {
                scope.spawn(move || work(part));
            } else {
                work(part);
            }
        }
    });
}
