//! Builds articles as stage 4 would hand them over.

use tagesbrief::check::{Check, CheckOptions, check_articles, check_statement};
use tagesbrief::ingest::{
    Article, ArticleDate, ArticleId, Block, BlockKind, BriefDate, DateEvidence, DateRule, Layout,
    Notice, SourceFile,
};
use tagesbrief::model::WordLink;
use tagesbrief::segment::{Segment, SegmentId};
use tagesbrief::summarise::{Coverage, SummarisedArticle, Summary, SummaryOrigin, SummarySentence};
use tagesbrief::support::Span;
use tagesbrief::translate::{BilingualArticle, KeptReason, Origin, Translation};

/// A sentence translated without trouble.
pub(crate) fn plain(en: &str) -> Translation {
    Translation {
        text: en.into(),
        origin: Origin::Model,
        score: Some(-0.25),
        parts: 1,
        alignment: Vec::new(),
    }
}

/// The same, with links between words: German word, English word.
pub(crate) fn linked(de: &str, en: &str, words: &[(&str, &str)]) -> Translation {
    let place = |text: &str, word: &str| {
        let start = text.find(word).unwrap();
        Span::new(start, start + word.len())
    };
    let link = |&(german, english): &(&str, &str)| WordLink {
        source: place(de, german),
        target: place(en, english),
    };
    Translation { alignment: words.iter().map(link).collect(), ..plain(en) }
}

/// A sentence the model gave up on.
pub(crate) fn kept(de: &str, reason: KeptReason) -> Translation {
    Translation {
        text: de.into(),
        origin: Origin::Kept(reason),
        score: None,
        parts: 1,
        alignment: Vec::new(),
    }
}

/// Numbers, carried over.
pub(crate) fn copied(en: &str) -> Translation {
    Translation {
        text: en.into(),
        origin: Origin::Copied,
        score: None,
        parts: 1,
        alignment: Vec::new(),
    }
}

/// Summary sentences: text, support (indices), origin.
pub(crate) type Said<'a> = (&'a str, &'a [usize], SummaryOrigin);

/// An article in the making.
pub(crate) struct Builder(SummarisedArticle);

impl Builder {
    pub(crate) fn new(id: &str, path: &str) -> Self {
        let article = Article {
            id: ArticleId(id.into()),
            source: SourceFile {
                path: path.into(),
                encoding: "UTF-8".into(),
                encoding_guessed: false,
                bytes: 1234,
            },
            layout: Layout::DateLine,
            text: String::new(),
            category: None,
            date: None,
            blocks: Vec::new(),
            dropped: Vec::new(),
            notices: Vec::new(),
        };
        let article = BilingualArticle {
            article,
            segments: Vec::new(),
            translations: Vec::new(),
            checks: Vec::new(),
        };
        Self(SummarisedArticle { article, summary: None })
    }

    pub(crate) fn category(mut self, name: &str) -> Self {
        self.0.article.article.category = Some(name.into());
        self
    }

    pub(crate) fn dated(
        mut self,
        value: BriefDate,
        rule: DateRule,
        line: usize,
        text: &str,
    ) -> Self {
        let line = (line > 0).then_some(line);
        let evidence = DateEvidence { rule, line, text: text.into() };
        self.0.article.article.date = Some(ArticleDate { value, evidence });
        self
    }

    pub(crate) fn notice(mut self, line: usize, text: &str) -> Self {
        self.0.article.article.notices.push(Notice { line: Some(line), text: text.into() });
        self
    }

    pub(crate) fn block(mut self, kind: BlockKind, sentences: &[(&str, Translation)]) -> Self {
        let BilingualArticle { article, segments, translations, .. } = &mut self.0.article;
        let start = article.text.len();
        for (german, translation) in sentences {
            let from = article.text.len();
            article.text.push_str(german);
            segments.push(Segment {
                id: SegmentId { article: article.id.clone(), number: segments.len() + 1 },
                block: article.blocks.len(),
                span: Span::new(from, article.text.len()),
            });
            translations.push(translation.clone());
            article.text.push(' ');
        }
        let span = Span::new(start, article.text.len() - 1);
        article.text.push('\n');
        article.blocks.push(Block { kind, span, line: article.blocks.len() * 2 + 1 });
        self
    }

    pub(crate) fn summary(mut self, sentences: &[Said<'_>], read: (usize, usize, usize)) -> Self {
        let (sentences_read, sentences_total, windows) = read;
        let article = &self.0.article;
        let sentence = |&(text, support, origin): &Said<'_>| {
            let german: Vec<&str> = support.iter().map(|index| article.source(*index)).collect();
            let check: Check = check_statement(&german, text);
            SummarySentence { text: text.into(), support: support.to_vec(), origin, check }
        };
        self.0.summary = Some(Summary {
            sentences: sentences.iter().map(sentence).collect(),
            coverage: Coverage { sentences_read, sentences_total, windows },
        });
        self
    }

    pub(crate) fn build(mut self) -> SummarisedArticle {
        let checked = check_articles(vec![self.0.article], &CheckOptions::default());
        self.0.article = checked.into_iter().next().unwrap();
        self.0
    }
}
