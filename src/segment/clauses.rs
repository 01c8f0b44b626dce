//! Cuts a sentence that is too long for a model, at its clauses.

use super::chars::is_dash;
use super::sentences::trimmed;
use crate::support::Span;

/// Words that open a clause after a comma.
const CLAUSE_OPENERS: &[&str] = &[
    "aber",
    "als",
    "bevor",
    "bis",
    "da",
    "damit",
    "das",
    "dass",
    "dem",
    "den",
    "denen",
    "denn",
    "der",
    "deren",
    "dessen",
    "die",
    "doch",
    "ehe",
    "falls",
    "indem",
    "jedoch",
    "nachdem",
    "ob",
    "obgleich",
    "obwohl",
    "oder",
    "ohne",
    "seit",
    "sobald",
    "sodass",
    "sofern",
    "solange",
    "sondern",
    "soweit",
    "sowie",
    "um",
    "und",
    "warum",
    "was",
    "weil",
    "welche",
    "welchem",
    "welchen",
    "welcher",
    "welches",
    "wenn",
    "wer",
    "weshalb",
    "wie",
    "wo",
    "wobei",
    "wodurch",
    "wofür",
    "womit",
    "woraufhin",
    "während",
    "zumal",
];

/// Words before which a list or a sentence may be cut without a comma.
const JOINING: &[&str] = &["und", "oder", "sowie", "beziehungsweise"];

/// How much a cut disturbs, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cut {
    Semicolon,
    ColonOrDash,
    Clause,
    Comma,
    Joint,
    Blank,
}

/// A place where the sentence may be cut: the byte behind the white space.
#[derive(Debug, Clone, Copy)]
struct Place {
    at: usize,
    cut: Cut,
}

/// Cuts `text` into pieces that all fit, as few and as even as good places
/// allow: after a semicolon, a colon or dash, a comma before a clause, another
/// comma, before "und", and only then at any white space. A word is cut only
/// where it does not fit alone, and a single character is never cut.
///
/// `fits` is expected to hold for every part of a text that it holds for. The
/// pieces are spans without surrounding white space; nothing else is lost.
///
/// ```
/// let text = "Der Rat stimmte zu, obwohl das Geld fehlt.";
/// let pieces = tagesbrief::segment::split_long(text, &|piece| piece.len() <= 30);
/// assert_eq!(pieces[0].of(text), "Der Rat stimmte zu,");
/// assert_eq!(pieces[1].of(text), "obwohl das Geld fehlt.");
/// ```
#[must_use]
pub fn split_long(text: &str, fits: &dyn Fn(&str) -> bool) -> Vec<Span> {
    let whole = trimmed(text, 0, text.len());
    if whole.start == whole.end {
        return Vec::new();
    }
    if fits(whole.of(text)) {
        return vec![whole];
    }
    let places = places(text);
    let cutter = Cutter { text, fits, places: &places };
    cutter.pieces(whole)
}

/// Every place behind white space, with how much a cut there disturbs.
fn places(text: &str) -> Vec<Place> {
    let mut places = Vec::new();
    let mut blank = false;
    for (at, c) in text.char_indices() {
        if blank && !c.is_whitespace() {
            places.push(Place { at, cut: cut_at(text, at) });
        }
        blank = c.is_whitespace();
    }
    places
}

fn cut_at(text: &str, at: usize) -> Cut {
    let mut back = text[..at].chars().rev().skip_while(|c| c.is_whitespace());
    let sign = back.next().unwrap_or(' ');
    let alone = back.next().is_none_or(char::is_whitespace);
    match sign {
        ';' => Cut::Semicolon,
        ':' => Cut::ColonOrDash,
        _ if is_dash(sign) && alone => Cut::ColonOrDash,
        ',' if CLAUSE_OPENERS.contains(&word_at(text, at)) => Cut::Clause,
        ',' => Cut::Comma,
        _ if JOINING.contains(&word_at(text, at)) => Cut::Joint,
        _ => Cut::Blank,
    }
}

/// The word that begins at `at`, cut at a bounded length.
fn word_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = rest.char_indices().take(20).find(|(_, c)| !c.is_alphabetic());
    end.map_or("", |(end, _)| &rest[..end])
}

/// How many bytes the search for what fits begins with.
const FIRST_STEP: usize = 64;

struct Cutter<'t> {
    text: &'t str,
    fits: &'t dyn Fn(&str) -> bool,
    places: &'t [Place],
}

impl Cutter<'_> {
    fn pieces(&self, whole: Span) -> Vec<Span> {
        let mut wanted = self.fewest(whole);
        let mut pieces = Vec::new();
        let mut rest = whole;
        while rest.start < rest.end {
            let reach = self.reach(rest);
            let end = if reach == rest.end { reach } else { self.choose(rest, reach, wanted) };
            pieces.push(trimmed(self.text, rest.start, end));
            rest = trimmed(self.text, end, rest.end);
            wanted = wanted.saturating_sub(1);
        }
        pieces
    }

    /// How many pieces there are if each is as long as can be.
    fn fewest(&self, whole: Span) -> usize {
        let mut rest = whole;
        let mut count = 0;
        while rest.start < rest.end {
            rest = trimmed(self.text, self.reach(rest), rest.end);
            count += 1;
        }
        count
    }

    /// Where the longest piece ends that begins with `rest` and fits: at white
    /// space if it can be, else within the first word, one character at least.
    fn reach(&self, rest: Span) -> usize {
        let limit = self.longest_fit(rest);
        if limit == rest.end {
            return limit;
        }
        let mut places = self.within(rest.start, limit).iter().rev().map(|place| place.at);
        let at_blank = places.find(|at| self.holds(rest.start, *at));
        at_blank.unwrap_or(limit)
    }

    /// The places behind `start` and up to `limit`, or right behind a blank there.
    fn within(&self, start: usize, limit: usize) -> &[Place] {
        let next = limit
            + self.text[limit..]
                .chars()
                .take_while(|c| c.is_whitespace())
                .map(char::len_utf8)
                .sum::<usize>();
        let from = self.places.partition_point(|place| place.at <= start);
        let to = self.places.partition_point(|place| place.at <= next);
        self.places.get(from..to).unwrap_or_default()
    }

    fn holds(&self, start: usize, end: usize) -> bool {
        (self.fits)(trimmed(self.text, start, end).of(self.text))
    }

    /// The end of the longest beginning of `rest` that fits, found by doubling
    /// and halving, so that the cost does not grow with what lies behind.
    fn longest_fit(&self, rest: Span) -> usize {
        let mut good = self.border(rest.start + 1, rest.end);
        let mut step = FIRST_STEP;
        let mut bad = loop {
            let end = self.border(rest.start + step, rest.end);
            if !self.holds(rest.start, end) {
                break end;
            }
            if end == rest.end {
                return end;
            }
            good = end.max(good);
            step *= 2;
        };
        while let Some(middle) = self.between(good, bad) {
            if self.holds(rest.start, middle) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        good
    }

    /// A character border strictly between `good` and `bad`, near their middle.
    fn between(&self, good: usize, bad: usize) -> Option<usize> {
        let middle = self.border(good + bad.saturating_sub(good) / 2, bad);
        let middle = if middle < bad { middle } else { self.border(good + 1, bad) };
        (good < middle && middle < bad).then_some(middle)
    }

    /// The first character border at or behind `at`, but no more than `end`.
    fn border(&self, at: usize, end: usize) -> usize {
        let mut at = at.min(end);
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    /// The best place for a cut of `rest`, of which `..reach` fits, if `wanted`
    /// pieces are still to come: the least disturbing one that leaves no more
    /// for the others than they can hold, and of those the most even one.
    fn choose(&self, rest: Span, reach: usize, wanted: usize) -> usize {
        let length = rest.end - rest.start;
        let even = rest.start + length / wanted.max(2);
        // What the pieces to come can hold if they are like this one.
        let capacity = (reach - rest.start) * wanted.saturating_sub(1);
        let tight = rest.end.saturating_sub(capacity).max(rest.start + 1);
        let loose = rest.start + (even - rest.start) / 2;
        let best = |from: usize, worst: Cut| {
            let places = self.within(rest.start, reach).iter();
            let fitting =
                places.filter(|place| place.at >= from && place.at <= reach && place.cut <= worst);
            fitting.min_by_key(|place| self.cost(place, even, length))
        };
        let found = best(tight.max(loose), Cut::Comma)
            .or_else(|| best(loose, Cut::Clause))
            .or_else(|| best(tight, Cut::Blank));
        let checked = found.map(|place| place.at).filter(|at| self.holds(rest.start, *at));
        checked.unwrap_or(reach)
    }

    /// How bad a cut is: its kind, and how far from even.
    fn cost(&self, place: &Place, even: usize, length: usize) -> usize {
        let kind = match place.cut {
            Cut::Semicolon => 0,
            Cut::ColonOrDash => 4,
            Cut::Clause => 6,
            Cut::Comma => 14,
            Cut::Joint => 24,
            Cut::Blank => 40,
        };
        kind * length / 100 + place.at.abs_diff(even)
    }
}
