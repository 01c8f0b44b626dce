//! Laws the stages keep whatever the text.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod stage_support;

use std::collections::BTreeSet;

use proptest::prelude::*;
use stage_support::{BODY, article, english};
use tagesbrief::keypoints::{KeyPointOptions, key_points};
use tagesbrief::segment::SegmentId;
use tagesbrief::summarise::{
    Mischief, ScriptedSummariser, SummariseOptions, SummarisedArticle, summarise_articles,
};
use tagesbrief::text::facts::Evidence;
use tagesbrief::translate::{
    Mistreatment, Origin, ScriptedTranslator, TranslateOptions, translate_articles,
};

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Kassel",
        "Weber",
        "council",
        "budget",
        "the",
        "of",
        "vote",
        "flood",
        "bridge",
        "adopted",
        "seven",
        "12",
        "3.5 million",
        "percent",
        "EU",
        "theatre",
        "workers",
        "closed",
        "new",
    ])
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 3..14).prop_map(|words| format!("The {}", words.join(" ")))
}

fn body() -> impl Strategy<Value = String> {
    prop::collection::vec(sentence(), 1..9).prop_map(|list| format!("{}.", list.join(". ")))
}

fn mischief() -> impl Strategy<Value = Option<Mischief>> {
    prop::sample::select(vec![
        None,
        Some(Mischief::InventNumber),
        Some(Mischief::InventName),
        Some(Mischief::Incomplete),
        Some(Mischief::Loop),
        Some(Mischief::Empty),
        Some(Mischief::Fail),
    ])
}

fn summarised(bodies: &[String], mischief: Option<Mischief>) -> Vec<SummarisedArticle> {
    let articles = bodies.iter().enumerate();
    let articles = articles.map(|(n, text)| english(&format!("a{n}"), &[(BODY, text.as_str())]));
    let mut engine = ScriptedSummariser::new().with_max_tokens(60);
    if let Some(mischief) = mischief {
        engine = engine.misbehaving("", mischief);
    }
    let options = SummariseOptions { min_tokens: 10, ..SummariseOptions::default() };
    summarise_articles(articles.collect(), &engine, &options, &mut |_| {})
}

/// The English of the named segments.
fn texts<'a>(articles: &'a [SummarisedArticle], ids: &[SegmentId]) -> Vec<&'a str> {
    ids.iter()
        .map(|id| {
            let home = articles.iter().find(|a| a.article.article.id == id.article).unwrap();
            home.article.target(id.number - 1)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn summaries_rest_on_sentences_that_say_their_facts(
        bodies in prop::collection::vec(body(), 1..4),
        mischief in mischief(),
    ) {
        for done in summarised(&bodies, mischief) {
            for sentence in done.summary.iter().flat_map(|summary| &summary.sentences) {
                prop_assert!(!sentence.support.is_empty() && sentence.support.is_sorted());
                let support: Vec<&str> =
                    sentence.support.iter().map(|at| done.article.target(*at)).collect();
                prop_assert!(support.iter().all(|text| !text.is_empty()));
                prop_assert_eq!(Evidence::of(&support).lacks(&sentence.text), [""; 0]);
            }
        }
    }

    #[test]
    fn key_points_are_traced_supported_sorted_and_unique(
        bodies in prop::collection::vec(body(), 0..6),
        mischief in mischief(),
    ) {
        let articles = summarised(&bodies, mischief);
        let options = KeyPointOptions::default();
        let points = key_points(&articles, &options);
        prop_assert!(points.len() <= options.max_points.min(3 * articles.len()));
        prop_assert!(points.is_sorted_by(|a, b| a.importance >= b.importance));
        let ids: BTreeSet<&str> = points.iter().map(|point| point.id.as_str()).collect();
        prop_assert_eq!(ids.len(), points.len());
        for point in &points {
            prop_assert!(!point.sources.is_empty());
            let support = texts(&articles, &point.sources);
            prop_assert!(support.iter().all(|text| !text.is_empty()));
            prop_assert_eq!(Evidence::of(&support).lacks(&point.text), [""; 0]);
            let homes: BTreeSet<_> = point.sources.iter().map(|id| &id.article).collect();
            prop_assert_eq!(homes.len(), point.articles);
        }
    }

    #[test]
    fn the_order_of_articles_changes_nothing(
        bodies in prop::collection::vec(body(), 0..6),
        turn in 0_usize..6,
    ) {
        let mut articles = summarised(&bodies, None);
        let points = key_points(&articles, &KeyPointOptions::default());
        articles.reverse();
        let turn = turn % articles.len().max(1);
        articles.rotate_left(turn);
        prop_assert_eq!(key_points(&articles, &KeyPointOptions::default()), points);
    }

    #[test]
    fn every_segment_has_a_translation_of_its_own(
        bodies in prop::collection::vec(body(), 0..5),
        rows in 1_usize..9,
        tokens in 1_usize..60,
    ) {
        let articles: Vec<_> = bodies
            .iter()
            .enumerate()
            .map(|(n, text)| article(&format!("a{n}"), &[(BODY, text.as_str())]))
            .collect();
        let engine = ScriptedTranslator::new().mistreating("flood", Mistreatment::FailInCompany);
        let options = TranslateOptions {
            max_batch_rows: rows,
            max_batch_tokens: tokens,
            ..TranslateOptions::default()
        };
        for done in translate_articles(articles, &engine, &options, &mut |_| {}) {
            prop_assert_eq!(done.segments.len(), done.translations.len());
            for index in 0..done.segments.len() {
                // The engine knows none of these words: what comes back shows
                // where it went.
                let source = done.source(index).to_owned();
                prop_assert_eq!(done.target(index), source);
            }
        }
    }

    #[test]
    fn no_text_makes_a_stage_panic(
        title in "\\PC{0,20}",
        blocks in prop::collection::vec("(\\PC|[\\. !?“”0-9,]){0,120}", 0..4),
        loops in any::<bool>(),
    ) {
        let mut parts = vec![(tagesbrief::ingest::BlockKind::Title, title.as_str())];
        parts.extend(blocks.iter().map(|text| (BODY, text.as_str())));
        let mut engine = ScriptedTranslator::new().with_max_tokens(9);
        if loops {
            engine = engine.mistreating("a", Mistreatment::Loop);
        }
        let options = TranslateOptions::default();
        let done = translate_articles(vec![article("x", &parts)], &engine, &options, &mut |_| {});
        let kept = done[0].translations.iter().enumerate();
        for (index, translation) in kept.filter(|(_, t)| matches!(t.origin, Origin::Kept(_))) {
            prop_assert_eq!(&translation.text, done[0].source(index));
        }
        let options = SummariseOptions { min_tokens: 5, min_sentences: 1, ..Default::default() };
        let engine = ScriptedSummariser::new().with_max_tokens(30);
        let done = summarise_articles(done, &engine, &options, &mut |_| {});
        let options = KeyPointOptions { min_words: 1, ..Default::default() };
        let _ = key_points(&done, &options);
    }
}
