//! An invented day in the invented town of Seehausen: every case a page must show.

use jiff::civil::date;
use tagesbrief::brief::{
    CheckCounts, ChecklistEntry, DayBrief, Engines, ModelInfo, Subject, assemble,
};
use tagesbrief::check::{Check, Fault, Finding, FindingKind, Severity};
use tagesbrief::ingest::{ArticleId, BlockKind, BriefDate, DateRule};
use tagesbrief::keypoints::{KeyPoint, KeyPointOrigin};
use tagesbrief::segment::SegmentId;
use tagesbrief::summarise::{SummarisedArticle, SummaryOrigin};
use tagesbrief::support::Span;
use tagesbrief::translate::{KeptReason, Origin, Translation};

use super::builder::{Builder, copied, kept, linked, plain};

pub(crate) const TRAM: &str = "1a2b3c4d5e6f";
pub(crate) const BICYCLES: &str = "2b3c4d5e6f70";
pub(crate) const UNTITLED: &str = "3c4d5e6f7081";
pub(crate) const HOSTILE: &str = "4d5e6f708192";

pub(crate) fn thursday() -> BriefDate {
    BriefDate::Day(date(2024, 10, 24))
}

pub(crate) fn day() -> DayBrief {
    assemble(thursday(), articles(), key_points(), &engines())
}

/// The day with findings of its own, so that what a page shows does not hang on
/// what the checks find: one in the untitled article, and German that stands.
pub(crate) fn checked_day() -> DayBrief {
    let mut brief = day();
    brief.key_points.iter_mut().for_each(|point| point.check = Check::of(vec![]));
    brief.overview.iter_mut().for_each(|said| said.check = Check::of(vec![]));
    let mut counts = CheckCounts::default();
    for article in &mut brief.articles {
        let said = article.summary.iter_mut().flat_map(|summary| &mut summary.sentences);
        said.for_each(|said| said.check = Check::of(vec![]));
        for pair in &mut article.pairs {
            match &mut pair.check {
                Check::Unchecked { .. } => counts.unchecked += 1,
                check if pair.id == id(UNTITLED, 2) => {
                    *check = Check::of(vec![wrong_number(&pair.de, &pair.en.text)]);
                    counts.found += 1;
                }
                check => {
                    *check = Check::of(vec![]);
                    counts.clean += 1;
                }
            }
        }
    }
    let line = |subject, severity, findings| ChecklistEntry { subject, severity, findings };
    brief.checks = counts;
    brief.checklist = vec![
        line(Subject::Sentence(id(UNTITLED, 2)), Severity::Critical, 1),
        line(Subject::Sentence(id(TRAM, 6)), Severity::Major, 0),
    ];
    brief
}

fn wrong_number(german: &str, english: &str) -> Finding {
    let place = |text: &str, number: &str| {
        text.find(number).map(|start| Span::new(start, start + number.len()))
    };
    Finding {
        kind: FindingKind::Number,
        fault: Fault::Changed,
        severity: Severity::Critical,
        source: place(german, "60"),
        target: place(english, "16"),
        expected: Some("60".into()),
        found: Some("16".into()),
    }
}

pub(crate) fn engines() -> Engines {
    let model = |name: &str, fingerprint: &str| ModelInfo {
        name: name.into(),
        fingerprint: fingerprint.into(),
    };
    Engines {
        translate: model("marian-de-en", "9f8e7d6c5b4a"),
        summarise: model("bart-news", "0a1b2c3d4e5f"),
    }
}

/// Not in path order, as stages may hand them over in any.
pub(crate) fn articles() -> Vec<SummarisedArticle> {
    vec![untitled(), tram(), hostile(), bicycles()]
}

pub(crate) fn id(article: &str, number: usize) -> SegmentId {
    SegmentId { article: ArticleId(article.into()), number }
}

pub(crate) fn point(key: &str, text: &str, sources: Vec<SegmentId>, importance: f64) -> KeyPoint {
    let mut articles: Vec<&ArticleId> = sources.iter().map(|id| &id.article).collect();
    articles.sort();
    articles.dedup();
    KeyPoint {
        id: key.into(),
        text: text.into(),
        origin: KeyPointOrigin::Sentence,
        articles: articles.len(),
        sources,
        importance,
    }
}

pub(crate) fn key_points() -> Vec<KeyPoint> {
    let mut merged = point(
        "k1111111111",
        "Seehausen's town council has approved the tram line to the harbour.",
        vec![id(TRAM, 3), id(UNTITLED, 1)],
        0.9,
    );
    merged.origin = KeyPointOrigin::Summary;
    vec![
        point(
            "k2222222222",
            "The works will create 140 jobs by the spring of 2026.",
            vec![id(BICYCLES, 4)],
            0.6,
        ),
        merged,
        point("k3333333333", "The line will cost 48.5 million euros.", vec![id(TRAM, 4)], 0.7),
        point("k4444444444", "*Bold* claim | with <b>markup</b>", vec![id(HOSTILE, 2)], 0.1),
    ]
}

fn tram() -> SummarisedArticle {
    let kept_sentence = "Wer, wenn nicht wir, wann, wenn nicht jetzt, fragte sie.";
    Builder::new(TRAM, "2024/10/a-strassenbahn.txt")
        .category("Politik")
        .dated(thursday(), DateRule::DateLine, 1, "24. Oktober, 2024")
        .block(BlockKind::Kicker, &[("Nahverkehr", plain("Local transport"))])
        .block(
            BlockKind::Title,
            &[("Seehausen baut die Bahn zum Hafen", plain("Seehausen builds the line to the harbour"))],
        )
        .block(
            BlockKind::Lead,
            &[
                (
                    "Der Stadtrat von Seehausen hat den Bau der Straßenbahn zum Hafen beschlossen.",
                    plain("Seehausen's town council has decided to build the tram line to the harbour."),
                ),
                (
                    "Die Strecke kostet 48,5 Millionen Euro.",
                    linked(
                        "Die Strecke kostet 48,5 Millionen Euro.",
                        "The line costs 48.5 million euros.",
                        &[
                            ("Die", "The"),
                            ("Strecke", "line"),
                            ("kostet", "costs"),
                            ("48,5", "48.5"),
                            ("Millionen", "million"),
                            ("Euro", "euros"),
                        ],
                    ),
                ),
            ],
        )
        .block(
            BlockKind::Paragraph,
            &[
                (
                    "Die Bagger sollen am 3. März anrücken, sagte Baurätin Hanne Voss.",
                    plain("The diggers are to move in on 3 March, said building councillor Hanne Voss."),
                ),
                (kept_sentence, kept(kept_sentence, KeptReason::Repetition)),
                (
                    "Der Beschluss fiel mit 31 gegen 12 Stimmen.",
                    plain("The decision was taken by 31 votes to 12."),
                ),
            ],
        )
        .block(BlockKind::Subhead, &[("Was die Fahrt kostet", plain("What the ride costs"))])
        .block(BlockKind::Paragraph, &[("2,40 € / 3,10 €", copied("€2.40 / €3.10"))])
        .block(
            BlockKind::SourceNote,
            &[("Mit Material der Stadtverwaltung.", plain("With material from the town administration."))],
        )
        .summary(
            &[
                (
                    "The town council of Seehausen has approved a tram line to the harbour.",
                    &[2, 3],
                    SummaryOrigin::Model,
                ),
                (
                    "The decision was taken by 31 votes to 12.",
                    &[6],
                    SummaryOrigin::Replaced,
                ),
            ],
            (6, 8, 1),
        )
        .build()
}

fn bicycles() -> SummarisedArticle {
    let retried = Translation {
        text: "The works will create 140 jobs by the spring of 2026.".into(),
        origin: Origin::Retry,
        score: Some(-0.4),
        parts: 1,
        alignment: Vec::new(),
    };
    let doubtful = Translation {
        text: "It is the largest order in the history of the house, which began in 1911 with \
               prams, later built typewriters and since the nineties has made nothing but bicycles."
            .into(),
        origin: Origin::Model,
        score: Some(-1.62),
        parts: 2,
        alignment: Vec::new(),
    };
    Builder::new(BICYCLES, "2024/10/b-fahrraeder.txt")
        .category("Wirtschaft")
        .dated(thursday(), DateRule::Stand, 1, "Stand: 24.10.2024 12:42 Uhr")
        .notice(4, "The date 24.10.2042 lies in the future and was not used")
        .block(
            BlockKind::Title,
            &[("Fahrradwerk stellt 140 Leute ein", plain("Bicycle works to hire 140 people"))],
        )
        .block(
            BlockKind::Paragraph,
            &[
                (
                    "Das Fahrradwerk Möwe in Seehausen erweitert seine Halle.",
                    plain("The Möwe bicycle works in Seehausen is extending its hall."),
                ),
                (
                    "Es ist der größte Auftrag in der Geschichte des Hauses, das 1911 mit Kinderwagen \
                     begann, später Schreibmaschinen baute und seit den Neunzigern nur noch Fahrräder fertigt.",
                    doubtful,
                ),
            ],
        )
        .block(
            BlockKind::Paragraph,
            &[("Bis zum Frühjahr 2026 entstehen 140 Stellen.", retried)],
        )
        .summary(
            &[(
                "The Möwe bicycle works in Seehausen is extending its hall.",
                &[1],
                SummaryOrigin::Lead,
            )],
            (3, 3, 1),
        )
        .build()
}

fn untitled() -> SummarisedArticle {
    Builder::new(UNTITLED, "2024/10/c-notiz.txt")
        .category("Kleingarten")
        .dated(thursday(), DateRule::FileName, 0, "c-notiz-20241024.txt")
        .block(
            BlockKind::Paragraph,
            &[
                (
                    "Nach jahrelangem Streit hat der Stadtrat von Seehausen am Mittwochabend die \
                     Straßenbahn zum Hafen beschlossen, die auch an den Kleingärten hält.",
                    plain(
                        "After years of dispute, Seehausen's town council decided on Wednesday \
                         evening to build the tram line to the harbour, which also stops at the \
                         allotments.",
                    ),
                ),
                (
                    "Die 60 Gärtner freuen sich.",
                    // A check has to find this.
                    plain("The 16 gardeners are pleased."),
                ),
            ],
        )
        .summary(
            &[(
                "The town council of Seehausen approved the tram line to the harbour on Wednesday.",
                &[0],
                SummaryOrigin::Model,
            )],
            (2, 2, 1),
        )
        .build()
}

/// Everything an article must not be able to do to a page.
fn hostile() -> SummarisedArticle {
    let marked = "Ein `Zaun` | eine Zelle | [Klick](https://boese.example) ![Bild](x.png) <img src=x onerror=alert(1)>";
    let english = "A `fence` | a cell | [click](https://evil.example) ![image](x.png) <img src=x onerror=alert(1)>";
    Builder::new(HOSTILE, "2024/10/z-<b>böse|datei.txt")
        .category("Sport|<i>Kegeln</i>")
        .dated(thursday(), DateRule::ScraperField, 1, "<date> 2024-10-24 | `x`")
        .block(
            BlockKind::Title,
            &[(
                "<script>alert(\"Hallo\")</script>\n# Zweite Zeile | {{ brief }} {% raw %}",
                plain("<script>alert(\"Hello\")</script>\n# Second line | {{ brief }} {% raw %}"),
            )],
        )
        .block(
            BlockKind::Paragraph,
            &[
                (marked, plain(english)),
                (
                    "- Punkt &amp; Komma &lt;b&gt; \\| \\",
                    plain("- dot &amp; comma &lt;b&gt; \\| \\"),
                ),
                (
                    "1. *fett* _kursiv_ ~~weg~~ [^1] $x$",
                    plain("1. *bold* _italic_ ~~gone~~ [^1] $x$"),
                ),
                (
                    "<!-- --> \u{202e}rückwärts\u{1b}[31m www.boese.example post@boese.example",
                    plain(
                        "<!-- --> \u{202e}backwards\u{1b}[31m www.evil.example mail@evil.example",
                    ),
                ),
                ("</p></div></details></body>", plain("</p></div></details></body>")),
                (
                    "---\n| a | b |\n|---|---|\n| c | d |",
                    plain("---\n| a | b |\n|---|---|\n| c | d |"),
                ),
                ("#id\" onclick=\"x' onfocus='y", plain("#id\" onclick=\"x' onfocus='y")),
            ],
        )
        .summary(
            &[(
                "A [link](https://evil.example) | <script>x</script> in the summary.",
                &[1],
                SummaryOrigin::Model,
            )],
            (7, 7, 2),
        )
        .build()
}
