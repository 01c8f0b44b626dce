//! What the summary guard lets pass, replaces and drops, case by case.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use tagesbrief::summarise::guard::{Fault, Guard, Verdict};

const ARTICLE: [&str; 12] = [
    /* 0 */ "The Kassel council adopted a budget of 310 million euros on Monday.",
    /* 1 */ "Mayor Anna Weber called the vote a good day for the city.",
    /* 2 */ "The opposition wants to cut spending on the theatre by 5 to 7 percent.",
    /* 3 */ "Twelve new schools will be built in the northern districts until 2027.",
    /* 4 */ "The European Union pays 1.5 million euros for the new tram.",
    /* 5 */ "“We have waited for years,” said Jonas Vogt of the parents' association.",
    /* 6 */ "The debts of the city will rise to 1,250 euros per inhabitant.",
    /* 7 */ "On 24 October 2024, the company Nordlicht AG closed its plant in Baunatal.",
    /* 8 */ "About 3,000 workers lost their jobs when the plant was shut down.",
    /* 9 */
    "The German economy ministry promised help, and the chancellor visited the town.",
    /* 10 */ "French suppliers of the plant are also affected by the closure.",
    /* 11 */ "It is one of the largest closures in the history of the region.",
];

/// What is expected of a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Expected {
    /// It stands, and this sentence is among its sources.
    Keep(usize),
    /// This sentence takes its place, because of an invented fact.
    Invented(usize),
    /// This sentence takes its place, which it was but for slips.
    Slipped(usize),
    /// This sentence takes its place, for another reason.
    Replaced(usize),
    /// It goes.
    Dropped,
}

use Expected::{Dropped, Invented, Keep, Replaced, Slipped};

const CASES: &[(&str, Expected)] = &[
    // Faithful: word for word, shortened, reworded.
    ("The Kassel council adopted a budget of 310 million euros on Monday.", Keep(0)),
    ("The council adopted a budget of €310 million.", Keep(0)),
    ("Kassel's council has adopted a 310-million-euro budget.", Keep(0)),
    ("Mayor Weber called the vote a good day.", Keep(1)),
    ("Anna Weber, the mayor, spoke of a good day for the city.", Keep(1)),
    ("Kassel adopted a budget of 310 million euros.", Keep(0)),
    ("Nordlicht AG closed its plant in Baunatal.", Keep(7)),
    ("The opposition wants to cut theatre spending by 5 percent.", Keep(2)),
    ("The opposition wants theatre spending cut by 5% to 7%.", Keep(2)),
    ("12 new schools will be built until 2027.", Keep(3)),
    ("Twelve schools will be built in the northern districts.", Keep(3)),
    ("Jonas Vogt said: “We have waited for years.”", Keep(5)),
    ("Debts will rise to €1,250 per inhabitant.", Keep(6)),
    ("Nordlicht AG closed its plant in Baunatal on October 24, 2024.", Keep(7)),
    ("About three thousand workers lost their jobs.", Keep(8)),
    ("Workers lost their jobs when Nordlicht shut down its plant in Baunatal.", Keep(7)),
    ("Germany promised help for the town.", Keep(9)),
    ("Chancellor and economy ministry promised help for the town.", Keep(9)),
    ("Suppliers in France are affected by the closure.", Keep(10)),
    ("Weber called the vote of the council on its budget a good day.", Keep(1)),
    ("One of the largest closures in the region's history!", Keep(11)),
    // Invented numbers.
    ("The Kassel council adopted a budget of 410 million euros on Monday.", Invented(0)),
    ("The Kassel council adopted a budget of 310 billion euros on Monday.", Invented(0)),
    ("The Kassel council adopted a budget of 310 million dollars on Monday.", Invented(0)),
    ("The Kassel council adopted a budget of $310 million on Monday.", Invented(0)),
    ("The opposition wants to cut spending on the theatre by 5 euros.", Invented(2)),
    ("The opposition wants to cut spending on the theatre by 50 percent.", Invented(2)),
    ("Eleven new schools will be built in the northern districts.", Invented(3)),
    ("Twelve percent of new schools will be built in northern districts.", Invented(3)),
    ("Twelve new schools will be built in northern districts until 2072.", Invented(3)),
    ("The European Union pays 15 million euros for the new tram.", Invented(4)),
    ("Nordlicht AG closed its plant in Baunatal on 25 October 2024.", Invented(7)),
    ("About 3 workers lost their jobs when the plant was shut down.", Invented(8)),
    ("About 3 million workers lost their jobs when the plant was shut down.", Invented(8)),
    // Invented names.
    ("The Kassel council adopted a budget of 310 million euros on Tuesday.", Invented(0)),
    ("The Marburg council adopted a budget of 310 million euros.", Invented(0)),
    ("Mayor Peter Weber called the vote a good day for the city.", Invented(1)),
    ("President Anna Weber called the vote a good day for the city.", Invented(1)),
    ("Scholz called the vote a good day for the city.", Invented(1)),
    ("The United Nations pays 1.5 million euros for the new tram.", Invented(4)),
    ("The US pays 1.5 million euros for the new tram.", Invented(4)),
    ("The Austrian economy ministry promised help for the town.", Invented(9)),
    ("Italian suppliers of the plant are also affected by the closure.", Invented(10)),
    // Reworded so little that the article's own sentence does as well.
    ("The EU pays 1.5 million euros for the tram.", Slipped(4)),
    ("The European Union pays 1,500,000 euros for the new tram.", Slipped(4)),
    ("The closure is one of the largest in the history of the region.", Slipped(11)),
    ("The mayor, Anna Weber, called it a good day for the city.", Slipped(1)),
    ("The EU pays for the tram.", Keep(4)),
    // Copied with slips: another word, another order, a word that is none.
    ("The Kassel council adopted a budget of 310 million euros in Monday.", Slipped(0)),
    ("The opposition wants to cut the spending theatre on by 5 to 7 percent.", Slipped(2)),
    ("Twelve new schools will be builded in the northern districts until 2027.", Slipped(3)),
    ("About 3,000 workers lost their jobs when the plant was shutting.", Slipped(8)),
    // Broken or far from the text.
    ("The Kassel council adopted a budget of 310 million euros on", Replaced(0)),
    (
        "The council adopted the budget, the council adopted the budget, the council adopted the budget.",
        Replaced(0),
    ),
    ("The city, the city, the city, the city.", Replaced(1)),
    ("The workers of the plant sang, danced and celebrated a wild party all night.", Replaced(8)),
    ("Many workers fear that rents will explode if the plant closed overnight.", Replaced(7)),
    ("Penguins swim across a cold ocean at night.", Dropped),
    ("The moon sang, danced and celebrated a wild party in Kassel.", Dropped),
    ("It was all.", Dropped),
    ("Good day.", Dropped),
    ("", Dropped),
    ("…", Dropped),
];

fn outcome(guard: &Guard<'_>, sentence: &str, expected: Expected) -> Option<String> {
    let verdict = guard.check(sentence);
    let right = match (&verdict, expected) {
        (Verdict::Keep(support), Keep(source)) => support.contains(&source),
        (Verdict::Replace(at, Fault::Unsupported(_)), Invented(source)) => *at == source,
        (Verdict::Replace(at, Fault::Slip), Slipped(source)) => *at == source,
        (Verdict::Replace(_, Fault::Unsupported(_) | Fault::Slip), _) => false,
        (Verdict::Replace(at, _), Replaced(source)) => *at == source,
        (Verdict::Drop(_), Dropped) => true,
        _ => false,
    };
    (!right).then(|| format!("{sentence}\n    expected {expected:?}, got {verdict:?}"))
}

#[test]
fn the_table_holds() {
    let guard = Guard::new(&ARTICLE);
    let wrong: Vec<String> =
        CASES.iter().filter_map(|(text, expected)| outcome(&guard, text, *expected)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), CASES.len(), wrong.join("\n"));
}

#[test]
fn what_is_missing_is_named() {
    let sentence = "The Marburg council adopted a budget of 410 million euros on Monday.";
    let Verdict::Replace(0, Fault::Unsupported(lacking)) = Guard::new(&ARTICLE).check(sentence)
    else {
        panic!("not replaced");
    };
    assert_eq!(lacking, ["410000000", "Marburg"]);
}

#[test]
fn nothing_is_said_twice() {
    let summary = [
        "The Kassel council adopted a budget of 410 million euros on Monday.",
        "Mayor Weber called the vote a good day.",
        "The Kassel council adopted a budget of 310 million euros on Monday.",
        "Mayor  Weber called the vote a good day.",
        "The Kassel council adopted a budget of 510 million euros on Monday.",
    ];
    let texts: Vec<String> =
        Guard::new(&ARTICLE).checked(&summary).into_iter().map(|sentence| sentence.text).collect();
    assert_eq!(texts, [ARTICLE[0], "Mayor Weber called the vote a good day."]);
}
