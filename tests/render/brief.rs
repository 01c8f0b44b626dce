use tagesbrief::brief::assemble;
use tagesbrief::ingest::{BlockKind, BriefDate};
use tagesbrief::summarise::SummaryOrigin;
use tagesbrief::translate::{KeptReason, Origin};

use super::builder::{Builder, kept, plain};
use super::day::{
    BICYCLES, HOSTILE, TRAM, UNTITLED, articles, day, engines, id, key_points, point, thursday,
};

#[test]
fn articles_and_headlines_stand_in_path_order() {
    let brief = day();
    let ids: Vec<&str> = brief.articles.iter().map(|article| article.id.0.as_str()).collect();
    assert_eq!(ids, [TRAM, BICYCLES, UNTITLED, HOSTILE]);
    let listed: Vec<&str> = brief.headlines.iter().map(|line| line.article.0.as_str()).collect();
    assert_eq!(listed, ids);
}

#[test]
fn the_order_of_arrival_changes_nothing() {
    let mut reversed = articles();
    reversed.reverse();
    let mut points = key_points();
    points.reverse();
    assert_eq!(assemble(thursday(), reversed, points, &engines()), day());
}

#[test]
fn an_untitled_article_is_shortened_in_the_list_only() {
    let brief = day();
    let article = brief.articles.iter().find(|article| article.id.0 == UNTITLED).unwrap();
    let listed = brief.headlines.iter().find(|line| line.article.0 == UNTITLED).unwrap();
    assert!(!article.has_title);
    assert!(article.headline.en.ends_with("allotments."));
    assert!(listed.en.ends_with("\u{a0}…") && listed.de.ends_with("\u{a0}…"), "{listed:?}");
    let words = listed.en.trim_end_matches("\u{a0}…");
    assert!(article.headline.en.starts_with(&format!("{words} ")), "cut within a word");
}

#[test]
fn departments_have_their_english_name_where_it_is_known() {
    let names: Vec<Option<String>> =
        day().headlines.into_iter().map(|line| line.category_en).collect();
    assert_eq!(names, [Some("Politics".into()), Some("Business".into()), None, None]);
}

#[test]
fn the_overview_follows_importance_and_says_nothing_twice() {
    let brief = day();
    let told: Vec<&str> = brief.overview.iter().map(|said| said.article.0.as_str()).collect();
    // The untitled article tells of the tram once more.
    assert_eq!(told, [TRAM, BICYCLES, HOSTILE]);
    assert_eq!(brief.overview[0].sources, [id(TRAM, 3), id(TRAM, 4)]);
}

#[test]
fn the_overview_has_five_sentences_at_most() {
    let topics = ["harbour", "theatre", "railway", "library", "stadium", "airport", "brewery"];
    let articles = topics.iter().enumerate().map(|(index, topic)| {
        let text = format!("Yesterday's {topic} {index}00{index} opened.");
        Builder::new(&format!("{index}"), &format!("{index}.txt"))
            .block(BlockKind::Paragraph, &[("Satz.", plain("Sentence."))])
            .summary(&[(&text, &[0], SummaryOrigin::Lead)], (1, 1, 1))
            .build()
    });
    let brief = assemble(thursday(), articles.collect(), vec![], &engines());
    assert_eq!(brief.overview.len(), 5);
}

#[test]
fn the_overview_passes_over_untranslated_german() {
    let german = "Alles bleibt, wie es ist.";
    let article = Builder::new("f", "f.txt")
        .block(
            BlockKind::Paragraph,
            &[(german, kept(german, KeptReason::Length)), ("Gut.", plain("Good."))],
        )
        .summary(
            &[(german, &[0], SummaryOrigin::Lead), ("Good.", &[1], SummaryOrigin::Lead)],
            (2, 2, 1),
        )
        .build();
    let brief = assemble(thursday(), vec![article], vec![], &engines());
    assert_eq!(brief.overview.len(), 1);
    assert_eq!(brief.overview[0].text, "Good.");
    assert_eq!(brief.headlines[0].origin, Some(Origin::Kept(KeptReason::Length)));
}

#[test]
fn key_points_stand_by_importance_with_their_sentences() {
    let brief = day();
    let order: Vec<&str> = brief.key_points.iter().map(|point| point.id.as_str()).collect();
    assert_eq!(order, ["k1111111111", "k3333333333", "k2222222222", "k4444444444"]);
    let merged = &brief.key_points[0];
    assert_eq!(merged.articles, 2);
    assert!(merged.sources[0].de.contains("beschlossen"));
    assert!(merged.sources[1].en.text.contains("allotments"));
    assert_eq!(brief.key_points[2].sources[0].en.origin, Origin::Retry);
}

#[test]
fn what_cannot_be_traced_is_not_shown() {
    let lost = point("k5", "From nowhere.", vec![id("nobody", 1)], 1.0);
    let half = point("k6", "Half known.", vec![id("nobody", 1), id(TRAM, 3)], f64::NAN);
    let brief = assemble(thursday(), articles(), vec![lost, half], &engines());
    assert_eq!(brief.key_points.len(), 1);
    assert_eq!(brief.key_points[0].sources.len(), 1);
    assert!(brief.key_points[0].importance.abs() < f64::EPSILON);
}

#[test]
fn an_article_without_a_sentence_goes_by_its_file_name() {
    let brief = assemble(
        BriefDate::Undated,
        vec![Builder::new("e", "leer.txt").build()],
        vec![],
        &engines(),
    );
    assert_eq!(brief.headlines[0].en, "leer.txt");
    assert_eq!(brief.headlines[0].origin, None);
}
