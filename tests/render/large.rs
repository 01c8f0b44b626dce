//! A made-up fortnight in and around Seehausen, with one date of 200 articles:
//! as much as a page must bear. Sentences come from patterns, so nobody wrote
//! them; the numbers say which is which.

use jiff::civil::date;
use tagesbrief::brief::{DayBrief, assemble};
use tagesbrief::ingest::{BlockKind, BriefDate, DateRule};
use tagesbrief::keypoints::KeyPointOrigin;
use tagesbrief::summarise::{SummarisedArticle, SummaryOrigin};

use super::builder::{Builder, plain};
use super::day::{checked_day, engines, id, point};

/// How many articles the large date has.
const ARTICLES: usize = 200;

/// German and English: who or what, did what, where.
const WHO: [(&str, &str); 8] = [
    ("Die Stadt Seehausen", "The town of Seehausen"),
    ("Der Landkreis Moorland", "The district of Moorland"),
    ("Das Fahrradwerk Möwe", "The Möwe bicycle works"),
    ("Die Hafengesellschaft", "The harbour company"),
    ("Der Ruderverein", "The rowing club"),
    ("Die Volkshochschule", "The adult education centre"),
    ("Das Kreiskrankenhaus", "The district hospital"),
    ("Die Feuerwehr", "The fire brigade"),
];
const DID: [(&str, &str); 7] = [
    ("erweitert die Halle", "is extending the hall"),
    ("prüft den Neubau einer Brücke", "is examining a new bridge"),
    ("stellt 40 Leute ein", "is hiring 40 people"),
    ("verschiebt das Sommerfest", "is postponing the summer festival"),
    ("kauft zwölf neue Boote", "is buying twelve new boats"),
    ("streitet über die Parkgebühren", "is arguing about parking fees"),
    ("öffnet das Archiv für Besucher", "is opening the archive to visitors"),
];
const WHERE: [(&str, &str); 5] = [
    ("am Nordufer", "on the north shore"),
    ("in der Altstadt", "in the old town"),
    ("am Güterbahnhof", "at the goods station"),
    ("im Hafenviertel", "in the harbour quarter"),
    ("auf der Mühleninsel", "on Mill Island"),
];
const DEPARTMENTS: [&str; 5] = ["Politik", "Wirtschaft", "Kultur", "Sport", "Lokales"];

fn pick<const N: usize>(list: [(&str, &str); N], index: usize) -> (String, String) {
    let (de, en) = list[index % N];
    (de.to_owned(), en.to_owned())
}

/// A sentence in both languages, another for every number.
fn sentence(number: usize) -> (String, String) {
    let (who_de, who_en) = pick(WHO, number);
    let (did_de, did_en) = pick(DID, number / 3);
    let (where_de, where_en) = pick(WHERE, number / 7);
    let cost = 1_000 + number * 37 % 9_000;
    // Some are wrong, so that there is something to check.
    let said = if number % 40 == 1 { cost + 90 } else { cost };
    match number % 3 {
        0 => (format!("{who_de} {did_de} {where_de}."), format!("{who_en} {did_en} {where_en}.")),
        1 => (
            format!(
                "Der Rat hat dafür am Dienstag {cost} Euro bewilligt, {where_de} und anderswo."
            ),
            format!(
                "The council approved {said} euros for it on Tuesday, {where_en} and elsewhere."
            ),
        ),
        _ => (
            format!(
                "Man habe lange darauf gewartet, hieß es, denn {} seit Jahren gestritten worden.",
                format_args!("{where_de} sei")
            ),
            format!(
                "They had waited for it for a long time, it was said, for there had been years of dispute {where_en}."
            ),
        ),
    }
}

fn hex(number: usize) -> String {
    format!("{:012x}", 0x00a0_0000_0000_u64 + number as u64 * 7919)
}

fn article(number: usize, date: BriefDate) -> SummarisedArticle {
    let sentences: Vec<(String, String)> =
        (0..12 + number % 25).map(|index| sentence(number * 3 + index)).collect();
    let pairs: Vec<_> = sentences.iter().map(|(de, en)| (de.as_str(), plain(en))).collect();
    let (who_de, who_en) = pick(WHO, number);
    let (did_de, did_en) = pick(DID, number / 3);
    let title = (format!("{who_de} {did_de}"), format!("{who_en} {did_en}"));
    let mut builder = Builder::new(&hex(number), &format!("{date}/{number:03}.txt"))
        .category(DEPARTMENTS[number % DEPARTMENTS.len()])
        .dated(date, DateRule::DateLine, 1, &date.to_string())
        .block(BlockKind::Title, &[(title.0.as_str(), plain(&title.1))])
        .block(BlockKind::Lead, &pairs[..2]);
    for paragraph in pairs[2..].chunks(4) {
        builder = builder.block(BlockKind::Paragraph, paragraph);
    }
    let said = format!("{} {}", sentences[0].1, sentences[1].1);
    builder.summary(&[(&said, &[1, 2], SummaryOrigin::Model)], (10, 10, 1)).build()
}

fn brief(date: BriefDate, numbers: std::ops::Range<usize>) -> DayBrief {
    let points = numbers.clone().step_by((numbers.len() / 8).max(1)).take(8).map(|number| {
        let text = sentence(number * 3).1;
        let key = format!("k{:010x}", number * 7919);
        let mut point = point(&key, &text, vec![id(&hex(number), 2)], 1.0 / (number + 1) as f64);
        point.origin = KeyPointOrigin::Sentence;
        point
    });
    let articles = numbers.clone().map(|number| article(number, date)).collect();
    assemble(date, articles, points.collect(), &engines())
}

/// All briefs of the made-up site.
pub(crate) fn dates() -> Vec<DayBrief> {
    let on = |year, month, day| BriefDate::Day(date(year, month, day));
    let mut briefs = vec![
        brief(on(2024, 11, 4), 0..ARTICLES),
        brief(on(2024, 11, 1), 300..318),
        checked_day(),
        brief(BriefDate::Month { year: 2024, month: 10 }, 320..322),
        brief(on(2023, 12, 31), 322..330),
        brief(BriefDate::Undated, 330..333),
    ];
    briefs.extend((14..24).map(|day| {
        let first = 400 + usize::try_from(day).unwrap() * 10;
        brief(on(2024, 10, day), first..first + 6)
    }));
    briefs
}
