//! One step of many targets at once. Rows of different sources, at different
//! positions, share the matrix products; each looks only at its own past.

use super::encoder::{Memory, Queries, Room, scale_queries};
use super::hands;
use super::kernels::{Aligned, PANEL, columns_in};
use super::linear::Scratch;
use super::network::{CrossAttention, Layer, Network};
use super::search::{Beam, Finished, Reading, Search};

/// Panels of the output weights whose logits exist at the same time: these stay in
/// the cache until they have been searched, and the weights pass by once for all rows.
const BLOCK_PANELS: usize = 32;

/// Keys and values of every token that was read for one source, by whichever
/// hypothesis. A hypothesis names its own in [`Beam::slots`], so that
/// hypotheses with a common past share it and nothing is ever moved.
#[derive(Default)]
pub(super) struct Cache {
    /// For each layer: keys and values, a row for each slot.
    layers: Vec<(Aligned<f32>, Aligned<f32>)>,
    /// The last layer's cross-attention of its first head: a row for each slot.
    attention: Vec<f32>,
    slots: usize,
}

/// A source that is being decoded.
pub(super) struct Running {
    /// Its number among the sources.
    pub(super) number: usize,
    pub(super) memory: Memory,
    pub(super) cache: Cache,
    pub(super) search: Search,
}

impl Cache {
    /// Makes room for `slots` tokens of `layers` layers.
    pub(super) fn with_capacity(layers: usize, slots: usize, width: usize) -> Self {
        let room = || Aligned::with_capacity(slots * width);
        Self { layers: (0..layers).map(|_| (room(), room())).collect(), ..Self::default() }
    }

    /// For each token of `hypothesis`, `</s>` left out: the source token that the
    /// first head looked at most while it was chosen, and how much.
    pub(super) fn looked_at(&self, hypothesis: &Finished, length: usize) -> Vec<(usize, f32)> {
        let rows = hypothesis.slots.iter().take(hypothesis.tokens.len());
        rows.filter_map(|slot| {
            let row = self.attention.get(*slot as usize * length..)?.get(..length)?;
            let most = row.iter().copied().enumerate();
            most.reduce(|a, b| if b.1 > a.1 { b } else { a })
        })
        .collect()
    }
}

impl Network {
    /// Reads the last token of every running hypothesis and lets the searches go on.
    pub(super) fn step(&self, running: &mut [Running], room: &mut Room) {
        let width = self.architecture.width;
        let rows: usize = running.iter().map(|source| source.search.beams.len()).sum();
        let x = room.x.sized(rows * width);
        let beams = running.iter().flat_map(|source| &source.search.beams);
        for (beam, row) in beams.zip(x.chunks_exact_mut(width)) {
            let position = beam.tokens.len() - 1;
            let token = beam.tokens[position];
            self.embed(&self.decoder_entry, token, position, row);
        }
        if let Some(norm) = &self.decoder_entry.norm {
            self.isa.norm(x, &norm.weight, &norm.bias);
        }
        for source in running.iter_mut() {
            let first = source.cache.slots;
            for (at, beam) in source.search.beams.iter_mut().enumerate() {
                beam.slots.push((first + at) as u32);
            }
            source.cache.slots += source.search.beams.len();
        }
        for (number, (layer, cross)) in self.decoder.iter().enumerate() {
            self.self_attention(number, layer, running, rows, room);
            self.cross_attention(number, cross, running, rows, room);
            self.feed_forward(layer, rows, room);
        }
        self.choose(running, rows, room);
    }

    fn self_attention(
        &self,
        number: usize,
        layer: &Layer,
        running: &mut [Running],
        rows: usize,
        room: &mut Room,
    ) {
        let width = self.architecture.width;
        let heads = self.architecture.decoder.heads;
        let x = room.x.sized(rows * width);
        let wide = room.wide.sized(rows * 3 * width);
        let attended = room.attended.sized(rows * width);
        layer.qkv.forward(self.isa, x, wide, &mut room.scratch);
        scale_queries(wide, 3 * width, width, width / heads);
        let mut parts = wide.chunks_exact(3 * width).zip(attended.chunks_exact_mut(width));
        for source in running.iter_mut() {
            let (keys, values) = &mut source.cache.layers[number];
            let beams: &[Beam] = &source.search.beams;
            let own: Vec<_> = parts.by_ref().take(beams.len()).collect();
            for (row, _) in &own {
                keys.extend_from_slice(&row[width..2 * width]);
                values.extend_from_slice(&row[2 * width..]);
            }
            for (beam, (row, out)) in beams.iter().zip(own) {
                let query = &row[..width];
                self.isa.attend_slots(
                    query,
                    keys,
                    values,
                    &beam.slots,
                    heads,
                    &mut room.scores,
                    out,
                );
            }
        }
        let y = room.y.sized(rows * width);
        layer.attended.forward(self.isa, attended, y, &mut room.scratch);
        let norm = &layer.attention_norm;
        self.isa.add_norm(x, y, &norm.weight, &norm.bias);
    }

    fn cross_attention(
        &self,
        number: usize,
        cross: &CrossAttention,
        running: &mut [Running],
        rows: usize,
        room: &mut Room,
    ) {
        let width = self.architecture.width;
        let heads = self.architecture.decoder.heads;
        let recorded = self.records_attention && number + 1 == self.decoder.len();
        let x = room.x.sized(rows * width);
        let queries = room.wide.sized(rows * width);
        let attended = room.attended.sized(rows * width);
        cross.query.forward(self.isa, x, queries, &mut room.scratch);
        scale_queries(queries, width, width, width / heads);
        let mut first = 0;
        for source in running.iter_mut() {
            let count = source.search.beams.len();
            let attention = &mut source.cache.attention;
            let record = |row: &[f32]| {
                if recorded {
                    attention.extend_from_slice(row);
                }
            };
            let queries = Queries { rows: &queries[first * width..], stride: width, count };
            let out = &mut attended[first * width..];
            let memory = &source.memory.layers[number];
            let hands = room.scratch.hands.for_work(2 * count * source.memory.length * width);
            if hands == 1 || recorded {
                memory.attend(self.isa, queries, &mut room.scores, out, record);
            } else {
                memory.attend_by_heads(self.isa, queries, hands, out);
            }
            first += count;
        }
        let y = room.y.sized(rows * width);
        cross.attended.forward(self.isa, attended, y, &mut room.scratch);
        self.isa.add_norm(x, y, &cross.norm.weight, &cross.norm.bias);
    }

    /// Logits of all rows, some tokens at a time, and what the searches make of them.
    fn choose(&self, running: &mut [Running], rows: usize, room: &mut Room) {
        let width = self.architecture.width;
        let x = &room.x.sized(rows * width)[..];
        let beams = |source: &Running| 0..source.search.beams.len();
        let readings = running
            .iter()
            .flat_map(|source| beams(source).map(|beam| source.search.reading(beam)))
            .collect();
        let readings = self.read_logits(x, readings, &mut room.scratch, &mut room.logits);
        let mut next = readings.iter();
        for source in running {
            for (beam, reading) in beams(source).zip(next.by_ref()) {
                source.search.offer(beam, reading);
            }
            source.search.advance();
        }
    }

    /// Lets every row's reading see its logits. Each hand has a part of the vocabulary;
    /// the blocks are the same for any number of hands, so that the sums are.
    fn read_logits(
        &self,
        x: &[f32],
        readings: Vec<Reading>,
        scratch: &mut Scratch,
        rooms: &mut Vec<Aligned<f32>>,
    ) -> Vec<Reading> {
        let (rows, vocabulary) = (readings.len(), self.architecture.vocabulary);
        let hands = scratch.hands.for_work(x.len() * vocabulary);
        let input = scratch.input(&self.output, self.isa, x);
        let panels = vocabulary.div_ceil(PANEL);
        let share = panels.div_ceil(hands).next_multiple_of(BLOCK_PANELS);
        rooms.resize_with(rooms.len().max(hands), Aligned::default);
        let mut all: Vec<Vec<Reading>> = vec![readings; panels.div_ceil(share)];
        let parts = all.iter_mut().zip(rooms).enumerate();
        hands::share(parts, |(part, (readings, room))| {
            let end = panels.min((part + 1) * share);
            for first in (part * share..end).step_by(BLOCK_PANELS) {
                let block = first..end.min(first + BLOCK_PANELS);
                let start = block.start * PANEL;
                let columns = columns_in(&block, vocabulary);
                let logits = room.sized(rows * columns);
                self.output.product(self.isa, input, block, logits, columns);
                for (logits, reading) in logits.chunks_exact_mut(columns).zip(&mut *readings) {
                    reading.read(self.isa, start as u32, logits);
                }
            }
        });
        let mut all = all.into_iter();
        let mut first = all.next().unwrap_or_default();
        for other in all {
            first.iter_mut().zip(&other).for_each(|(reading, other)| reading.append(other));
        }
        first
    }
}
