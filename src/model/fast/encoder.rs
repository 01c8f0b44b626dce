//! Sources to what the decoder attends to. Sentences lie end to end without
//! padding; only attention looks at them one by one.

use std::ops::Range;

use super::hands::{self, Hands};
use super::kernels::{Aligned, Isa, PANEL, PanelsF32, pack_f32_columns, pack_f32_rows};
use super::linear::Scratch;
use super::network::{Layer, Network};

/// Queries that attend at once: their scores stay in the cache.
const QUERIES: usize = 48;

/// Rows of queries, one every `stride` values.
#[derive(Clone, Copy)]
pub(super) struct Queries<'q> {
    pub(super) rows: &'q [f32],
    pub(super) stride: usize,
    pub(super) count: usize,
}

/// Keys and values of one sequence, packed head by head.
#[derive(Default)]
pub(super) struct Attended {
    keys: Aligned<f32>,
    values: Aligned<f32>,
    length: usize,
    heads: usize,
    head: usize,
}

impl Attended {
    /// Packs `length` rows of `stride` values, keys from `key` on and values from `value` on.
    fn pack(&mut self, rows: &[f32], stride: usize, (key, value): (usize, usize)) {
        self.keys.clear();
        self.values.clear();
        for head in 0..self.heads {
            let at = head * self.head;
            pack_f32_rows(&rows[key + at..], stride, self.length, self.head, &mut self.keys);
            pack_f32_columns(&rows[value + at..], stride, self.length, self.head, &mut self.values);
        }
    }

    /// Attention of `queries` into `out`. The weights of the first head are handed
    /// to `first_head`, row by row.
    pub(super) fn attend(
        &self,
        isa: Isa,
        queries: Queries<'_>,
        scores: &mut Aligned<f32>,
        out: &mut [f32],
        first_head: impl FnMut(&[f32]),
    ) {
        self.attend_heads(isa, queries, 0..self.heads, scores, out, first_head);
    }

    /// Some heads' attention, side by side in the rows of `out`.
    fn attend_heads(
        &self,
        isa: Isa,
        queries: Queries<'_>,
        heads: Range<usize>,
        scores: &mut Aligned<f32>,
        out: &mut [f32],
        mut first_head: impl FnMut(&[f32]),
    ) {
        let Queries { rows: queries, stride, count } = queries;
        let padded = self.length.next_multiple_of(PANEL);
        let (key_size, value_size) =
            (padded * self.head, self.length * self.head.next_multiple_of(PANEL));
        let width = heads.len() * self.head;
        let scores = scores.sized(QUERIES.min(count) * padded);
        for head in heads.clone() {
            let keys = PanelsF32 {
                depth: self.head,
                columns: self.length,
                data: &self.keys[head * key_size..][..key_size],
            };
            let values = PanelsF32 {
                depth: self.length,
                columns: self.head,
                data: &self.values[head * value_size..][..value_size],
            };
            let at = head * self.head;
            for first in (0..count).step_by(QUERIES) {
                let rows = QUERIES.min(count - first);
                let scores = &mut scores[..rows * padded];
                isa.matmul_f32(
                    rows,
                    &queries[first * stride + at..],
                    stride,
                    keys,
                    None,
                    scores,
                    padded,
                );
                isa.softmax(scores, self.length, padded);
                if head == 0 {
                    scores.chunks_exact(padded).for_each(|row| first_head(&row[..self.length]));
                }
                isa.matmul_f32(
                    rows,
                    scores,
                    padded,
                    values,
                    None,
                    &mut out[first * width + (head - heads.start) * self.head..],
                    width,
                );
            }
        }
    }

    /// [`Self::attend`] by several threads, each for some of the heads: keys and values
    /// of a long source are read once, not by every thread.
    pub(super) fn attend_by_heads(
        &self,
        isa: Isa,
        queries: Queries<'_>,
        hands: usize,
        out: &mut [f32],
    ) {
        let share = self.heads.div_ceil(hands);
        let starts = (0..self.heads).step_by(share);
        let mut parts: Vec<(Range<usize>, Vec<f32>)> = starts
            .map(|start| start..self.heads.min(start + share))
            .map(|heads| (heads.clone(), vec![0.0; queries.count * heads.len() * self.head]))
            .collect();
        hands::share(parts.iter_mut(), |(heads, out)| {
            let scores = &mut Aligned::default();
            self.attend_heads(isa, queries, heads.clone(), scores, out, |_| {});
        });
        for (heads, part) in parts {
            let columns = heads.start * self.head..heads.end * self.head;
            hands::place(&part, columns, out, self.heads * self.head);
        }
    }

    /// [`Self::attend`] by several threads, each for some of the queries.
    fn attend_shared(&self, isa: Isa, queries: Queries<'_>, hands: usize, out: &mut [f32]) {
        let width = self.heads * self.head;
        let share = queries.count.div_ceil(hands);
        let outs = out[..queries.count * width].chunks_mut(share * width).enumerate();
        let parts = outs.map(|(part, out)| {
            let rows = &queries.rows[part * share * queries.stride..];
            (Queries { rows, count: out.len() / width, ..queries }, out)
        });
        hands::share(parts, |(queries, out)| {
            self.attend(isa, queries, &mut Aligned::default(), out, |_| {});
        });
    }
}

/// What the decoder needs of one source: its keys and values for every decoder layer.
pub(super) struct Memory {
    /// Source tokens.
    pub(super) length: usize,
    /// One for each decoder layer.
    pub(super) layers: Vec<Attended>,
}

/// Room to work in, kept from batch to batch.
#[derive(Default)]
pub(super) struct Room {
    pub(super) x: Aligned<f32>,
    pub(super) wide: Aligned<f32>,
    pub(super) attended: Aligned<f32>,
    pub(super) y: Aligned<f32>,
    pub(super) scores: Aligned<f32>,
    /// For each hand.
    pub(super) logits: Vec<Aligned<f32>>,
    pub(super) scratch: Scratch,
    packed: Attended,
}

impl Room {
    /// Room for operations that so many threads may work on.
    pub(super) fn with_hands(hands: usize) -> Self {
        Self { scratch: Scratch::with_hands(Hands(hands)), ..Self::default() }
    }
}

impl Network {
    /// Encodes sources and computes their cross-attention keys and values once.
    pub(super) fn encode(&self, sources: &[&[u32]], room: &mut Room) -> Vec<Memory> {
        let width = self.architecture.width;
        let tokens: usize = sources.iter().map(|source| source.len()).sum();
        let x = room.x.sized(tokens * width);
        let places = sources.iter().flat_map(|source| source.iter().enumerate());
        for ((position, token), row) in places.zip(x.chunks_exact_mut(width)) {
            self.embed(&self.encoder_entry, *token, position, row);
        }
        if let Some(norm) = &self.encoder_entry.norm {
            self.isa.norm(x, &norm.weight, &norm.bias);
        }
        for layer in &self.encoder {
            self.encoder_layer(layer, sources, tokens, room);
        }
        self.memories(sources, tokens, room)
    }

    fn encoder_layer(&self, layer: &Layer, sources: &[&[u32]], tokens: usize, room: &mut Room) {
        let width = self.architecture.width;
        let heads = self.architecture.encoder.heads;
        let x = room.x.sized(tokens * width);
        let wide = room.wide.sized(tokens * 3 * width);
        let attended = room.attended.sized(tokens * width);
        layer.qkv.forward(self.isa, x, wide, &mut room.scratch);
        scale_queries(wide, 3 * width, width, width / heads);
        let mut first = 0;
        for source in sources {
            let rows = &wide[first * 3 * width..];
            room.packed.length = source.len();
            (room.packed.heads, room.packed.head) = (heads, width / heads);
            room.packed.pack(rows, 3 * width, (width, 2 * width));
            let out = &mut attended[first * width..];
            let queries = Queries { rows, stride: 3 * width, count: source.len() };
            let hands = room.scratch.hands.for_work(2 * source.len() * source.len() * width);
            if hands == 1 {
                room.packed.attend(self.isa, queries, &mut room.scores, out, |_| {});
            } else {
                room.packed.attend_shared(self.isa, queries, hands, out);
            }
            first += source.len();
        }
        let y = room.y.sized(tokens * width);
        layer.attended.forward(self.isa, attended, y, &mut room.scratch);
        let norm = &layer.attention_norm;
        self.isa.add_norm(x, y, &norm.weight, &norm.bias);
        self.feed_forward(layer, tokens, room);
    }

    /// The second half of a layer, over `rows` rows of `room.x`.
    pub(super) fn feed_forward(&self, layer: &Layer, rows: usize, room: &mut Room) {
        let width = self.architecture.width;
        let x = room.x.sized(rows * width);
        let inner = room.wide.sized(rows * layer.inner.columns());
        layer.inner.forward(self.isa, x, inner, &mut room.scratch);
        self.isa.activate(inner, self.architecture.activation);
        let y = room.y.sized(rows * width);
        layer.outer.forward(self.isa, inner, y, &mut room.scratch);
        self.isa.add_norm(x, y, &layer.final_norm.weight, &layer.final_norm.bias);
    }

    fn memories(&self, sources: &[&[u32]], tokens: usize, room: &mut Room) -> Vec<Memory> {
        let width = self.architecture.width;
        let heads = self.architecture.decoder.heads;
        let empty = |source: &&[u32]| Memory { length: source.len(), layers: Vec::new() };
        let mut memories: Vec<Memory> = sources.iter().map(empty).collect();
        for (_, cross) in &self.decoder {
            let x = room.x.sized(tokens * width);
            let wide = room.wide.sized(tokens * 2 * width);
            cross.key_value.forward(self.isa, x, wide, &mut room.scratch);
            let mut first = 0;
            for memory in &mut memories {
                let mut layer = Attended {
                    length: memory.length,
                    heads,
                    head: width / heads,
                    ..Attended::default()
                };
                layer.pack(&wide[first * 2 * width..], 2 * width, (0, width));
                memory.layers.push(layer);
                first += memory.length;
            }
        }
        memories
    }
}

/// Divides the queries, the first `width` values of each row, by the root of the head's width.
pub(super) fn scale_queries(rows: &mut [f32], stride: usize, width: usize, head: usize) {
    let scale = (head as f64).powf(-0.5) as f32;
    for row in rows.chunks_exact_mut(stride) {
        for value in &mut row[..width] {
            *value *= scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_many_hands_attend_the_result_is_the_same() {
        let (heads, head, length, count) = (4, 8, 21, 3);
        let (width, isa) = (heads * head, Isa::detect());
        let wave = |k: usize| (k as f32 * 0.37).sin();
        let rows: Vec<f32> = (0..length * 2 * width).map(wave).collect();
        let queries: Vec<f32> = (0..count * width).map(|k| wave(k + 5)).collect();
        let mut memory = Attended { length, heads, head, ..Attended::default() };
        memory.pack(&rows, 2 * width, (0, width));
        let queries = Queries { rows: &queries, stride: width, count };
        let mut alone = vec![0.0; count * width];
        memory.attend(isa, queries, &mut Aligned::default(), &mut alone, |_| {});
        assert!(alone.iter().any(|x| x.abs() > 0.1));
        for hands in [1, 2, 3, 7] {
            let (mut heads, mut rows) = (vec![0.0; count * width], vec![0.0; count * width]);
            memory.attend_by_heads(isa, queries, hands, &mut heads);
            memory.attend_shared(isa, queries, hands, &mut rows);
            assert_eq!((&heads, &rows), (&alone, &alone), "{hands}");
        }
    }
}
