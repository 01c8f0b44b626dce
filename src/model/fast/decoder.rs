//! One step of many targets at once. Rows of different sources, at different
//! positions, share the matrix products; each looks only at its own past.

use super::encoder::{Memory, Queries, Room, scale_queries, sized};
use super::network::{CrossAttention, Layer, Network};
use super::search::{Beam, Finished, Search};

/// Rows whose logits exist at the same time: they stay in the cache until they
/// have been searched, and the output weights pass by once for all of them.
const OUTPUT_ROWS: usize = 12;

/// Keys and values of every token that was read for one source, by whichever
/// hypothesis. A hypothesis names its own in [`Beam::slots`], so that
/// hypotheses with a common past share it and nothing is ever moved.
#[derive(Default)]
pub(super) struct Cache {
    /// For each layer: keys and values, a row for each slot.
    layers: Vec<(Vec<f32>, Vec<f32>)>,
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
        let room = || Vec::with_capacity(slots * width);
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
        let x = sized(&mut room.x, rows * width);
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
        let x = sized(&mut room.x, rows * width);
        let wide = sized(&mut room.wide, rows * 3 * width);
        let attended = sized(&mut room.attended, rows * width);
        layer.qkv.forward(self.isa, x, wide, &mut room.quantised);
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
        let y = sized(&mut room.y, rows * width);
        layer.attended.forward(self.isa, attended, y, &mut room.quantised);
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
        let x = sized(&mut room.x, rows * width);
        let queries = sized(&mut room.wide, rows * width);
        let attended = sized(&mut room.attended, rows * width);
        cross.query.forward(self.isa, x, queries, &mut room.quantised);
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
            memory.attend(self.isa, queries, &mut room.scores, out, record);
            first += count;
        }
        let y = sized(&mut room.y, rows * width);
        cross.attended.forward(self.isa, attended, y, &mut room.quantised);
        self.isa.add_norm(x, y, &cross.norm.weight, &cross.norm.bias);
    }

    /// Logits of all rows, a few rows at a time, and what the searches make of them.
    fn choose(&self, running: &mut [Running], rows: usize, room: &mut Room) {
        let width = self.architecture.width;
        let vocabulary = self.architecture.vocabulary;
        let x = sized(&mut room.x, rows * width);
        let mut owners = Vec::with_capacity(rows);
        for (number, source) in running.iter().enumerate() {
            owners.extend((0..source.search.beams.len()).map(|beam| (number, beam)));
        }
        let blocks = x.chunks(OUTPUT_ROWS * width).zip(owners.chunks(OUTPUT_ROWS));
        for (x, owners) in blocks {
            let logits = sized(&mut room.wide, owners.len() * vocabulary);
            self.output.forward(self.isa, x, logits, &mut room.quantised);
            for (row, (number, beam)) in logits.chunks_exact_mut(vocabulary).zip(owners) {
                running[*number].search.offer(self.isa, *beam, row);
            }
        }
        for source in running {
            source.search.advance();
        }
    }
}
