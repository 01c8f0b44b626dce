//! `tagesbrief explain`: what was understood of one file, and why.

use std::fmt::Write;
use std::path::Path;

use jiff::Zoned;

use super::args::{ExplainArgs, SharedArgs};
use super::config::Config;
use super::exit::Exit;
use super::output::write_result;
use crate::ingest::{self, Article, BlockKind, DateRule, Explained, Layout, Notice};
use crate::segment::{self, SegmentedArticle};

/// Reads one file and shows it.
pub(super) fn execute(args: &ExplainArgs, shared: &SharedArgs) -> anyhow::Result<Exit> {
    let settings =
        Config::load(shared)?.settings(args.today.unwrap_or_else(|| Zoned::now().date()));
    let name = Path::new(args.file.file_name().unwrap_or(args.file.as_os_str()));
    match ingest::explain_article(&args.file, name, &settings.ingest) {
        Ok(Explained { article, reasons }) => {
            write_result(&explanation(&segment::segment(article), &reasons))?;
            Ok(Exit::Done)
        }
        Err(setback) => {
            write_result(&format!("{setback}\n"))?;
            Ok(Exit::Setbacks)
        }
    }
}

fn explanation(segmented: &SegmentedArticle, reasons: &[Notice]) -> String {
    let mut text = head(&segmented.article, reasons);
    text.push_str("\nSentences\n");
    for (index, segment) in segmented.segments.iter().enumerate() {
        let block = &segmented.article.blocks[segment.block];
        let source = segmented.source(index).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(
            text,
            "  {:>3}  line {:>3}  {:<11}  {source}",
            index + 1,
            block.line,
            kind(block.kind)
        );
    }
    text
}

fn head(article: &Article, reasons: &[Notice]) -> String {
    let mut text = String::new();
    let source = &article.source;
    let guessed = if source.encoding_guessed { ", guessed" } else { "" };
    let _ = writeln!(
        text,
        "File      {} ({} bytes, {}{guessed})",
        source.path, source.bytes, source.encoding
    );
    let _ = writeln!(text, "Id        {}", article.id);
    let _ = writeln!(text, "Layout    {}", layout(article.layout));
    let _ = writeln!(text, "Date      {}", date(article));
    let _ = writeln!(text, "Category  {}", article.category.as_deref().unwrap_or("none"));
    let _ = writeln!(text, "Title     {}", article.title().unwrap_or("none"));
    notices(&mut text, "Because   ", reasons);
    notices(&mut text, "Notice    ", &article.notices);
    for dropped in &article.dropped {
        let words = dropped.span.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "Left out  line {}: {} ({words})", dropped.line, dropped.reason);
    }
    text
}

fn notices(text: &mut String, label: &str, notices: &[Notice]) {
    for notice in notices {
        let line = notice.line.map_or_else(String::new, |line| format!("line {line}: "));
        let _ = writeln!(text, "{label}{line}{}", notice.text);
    }
}

fn date(article: &Article) -> String {
    let Some(date) = &article.date else {
        return "none: it goes into the undated brief".to_owned();
    };
    let rule = match date.evidence.rule {
        DateRule::Stand => "a line \"Stand\"",
        DateRule::DateLine => "a date line",
        DateRule::ScraperField => "a scraper's date field",
        DateRule::FileName => "the file name",
    };
    let line = date.evidence.line.map_or_else(String::new, |line| format!(", line {line}"));
    format!("{} from {rule}{line}: {:?}", date.value, date.evidence.text)
}

fn layout(layout: Layout) -> &'static str {
    match layout {
        Layout::DateLine => "date line, title, body",
        Layout::StandHeader => "scraper's header with \"Stand\"",
        Layout::Titled => "title and paragraphs, no date",
        Layout::Plain => "paragraphs alone",
    }
}

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Kicker => "kicker",
        BlockKind::Lead => "lead",
        BlockKind::Subhead => "subhead",
        BlockKind::Paragraph => "paragraph",
        BlockKind::SourceNote => "source note",
    }
}
