//! An article in the making: what the recognisers have found so far.

use super::marks::DateLine;
use super::words::key;
use crate::ingest::article::{Block, BlockKind, Dropped, Layout, Notice};
use crate::ingest::dating::Candidate;
use crate::support::Span;

/// What is known of the text's parts.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) layout: Layout,
    pub(crate) category: Option<String>,
    pub(crate) dates: Vec<Candidate>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) dropped: Vec<Dropped>,
    /// For the reader of the brief.
    pub(crate) notices: Vec<Notice>,
    /// For the reader of `explain`: why each rule matched.
    pub(crate) reasons: Vec<Notice>,
}

impl Draft {
    /// An empty draft; `reason` says why this layout was recognised.
    pub(crate) fn new(layout: Layout, line: Option<usize>, reason: impl Into<String>) -> Self {
        Self {
            layout,
            category: None,
            dates: Vec::new(),
            blocks: Vec::new(),
            dropped: Vec::new(),
            notices: Vec::new(),
            reasons: vec![Notice { line, text: reason.into() }],
        }
    }

    pub(crate) fn block(&mut self, kind: BlockKind, span: Span, line: usize) {
        if span.start < span.end {
            self.blocks.push(Block { kind, span, line });
        }
    }

    pub(crate) fn drop(&mut self, span: Span, line: usize, reason: &str) {
        if span.start < span.end {
            self.dropped.push(Dropped { span, line, reason: reason.to_owned() });
        }
    }

    pub(crate) fn reason(&mut self, line: usize, text: impl Into<String>) {
        self.reasons.push(Notice { line: Some(line), text: text.into() });
    }

    pub(crate) fn notice(&mut self, line: usize, text: impl Into<String>) {
        self.notices.push(Notice { line: Some(line), text: text.into() });
    }

    /// Takes a whole line that is a date.
    pub(crate) fn date_line(&mut self, date: &DateLine, span: Span, line: usize, text: &str) {
        let (start, end) = date.at;
        let words = Span::new(start, end).shifted(span.start).of(text);
        self.dates.push(Candidate {
            rule: date.rule,
            line: Some(line),
            text: words.to_owned(),
            written: date.written,
        });
        self.drop(span, line, "date line");
    }

    /// The department; the first one counts.
    pub(crate) fn department(&mut self, name: &str, span: Span, line: usize) {
        self.category.get_or_insert_with(|| name.to_owned());
        self.drop(span, line, "category");
    }

    /// What tells the title from its repetitions.
    pub(crate) fn title_key(&self, text: &str) -> Option<String> {
        let title = self.blocks.iter().find(|block| block.kind == BlockKind::Title)?;
        Some(key(title.span.of(text)))
    }

    /// Puts everything in the order of the text and accounts for what is left.
    pub(crate) fn finished(mut self, text: &str) -> Self {
        self.trim(text);
        self.give_it_a_body();
        self.blocks.sort_by_key(|block| block.span.start);
        self.dropped.sort_by_key(|dropped| dropped.span.start);
        self.sweep(text);
        self
    }

    /// No span begins or ends with a blank, none is empty.
    fn trim(&mut self, text: &str) {
        self.blocks.iter_mut().for_each(|block| block.span = trimmed(text, block.span));
        self.blocks.retain(|block| block.span.start < block.span.end);
        self.dropped.iter_mut().for_each(|dropped| dropped.span = trimmed(text, dropped.span));
        self.dropped.retain(|dropped| dropped.span.start < dropped.span.end);
    }

    /// Headlines without a single paragraph are the text itself.
    fn give_it_a_body(&mut self) {
        for kind in [BlockKind::Subhead, BlockKind::Title] {
            if self.has_body() {
                return;
            }
            for block in self.blocks.iter_mut().filter(|block| block.kind == kind) {
                block.kind = BlockKind::Paragraph;
            }
            if kind == BlockKind::Title && self.layout == Layout::Titled {
                self.layout = Layout::Plain;
            }
        }
    }

    /// Whether there is anything to translate besides headlines and notes.
    pub(crate) fn has_body(&self) -> bool {
        let is_body = |block: &Block| matches!(block.kind, BlockKind::Lead | BlockKind::Paragraph);
        self.blocks.iter().any(is_body)
    }

    /// Lists what no rule spoke for (a `|` between kicker and title) as
    /// dropped, so that every character is accounted for.
    fn sweep(&mut self, text: &str) {
        let mut taken: Vec<Span> = self.blocks.iter().map(|block| block.span).collect();
        taken.extend(self.dropped.iter().map(|dropped| dropped.span));
        taken.sort_by_key(|span| span.start);
        taken.push(Span::new(text.len(), text.len()));
        // Line numbers are counted on the way: a hostile file has many gaps.
        let (mut from, mut line, mut counted) = (0, 1, 0);
        for span in taken {
            for gap in words_of(text, from, span.start) {
                line += text.get(counted..gap.start).map_or(0, |part| part.matches('\n').count());
                counted = gap.start;
                self.drop(gap, line, "a mark of the layout");
            }
            from = from.max(span.end);
        }
        self.dropped.sort_by_key(|dropped| dropped.span.start);
    }
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

/// The spans of the words between two places of the text.
fn words_of(text: &str, from: usize, to: usize) -> Vec<Span> {
    let gap = text.get(from..to).unwrap_or_default();
    let start_of = |word: &str| from + (word.as_ptr() as usize - gap.as_ptr() as usize);
    gap.split_whitespace()
        .map(|word| Span::new(start_of(word), start_of(word) + word.len()))
        .collect()
}
