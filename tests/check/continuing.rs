//! Which key points repeat those of the day before, measured on two invented mornings.

use jiff::civil::date;
use tagesbrief::brief::{Told, repeats};

const MORNINGS: &str = include_str!("continuing.tsv");

/// Rows as (whether the second repeats the first, first, second).
fn rows() -> Vec<(bool, &'static str, &'static str)> {
    let lines = MORNINGS.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [kind @ ("same" | "news"), first, second] => (kind == "same", first, second),
            _ => panic!("not three columns: {line}"),
        })
        .collect()
}

fn told(id: usize, text: &str) -> Told {
    Told { day: date(2026, 3, 2), id: format!("k{id}"), text: text.to_owned() }
}

/// All statements of a morning together, as in a brief. Measured: all 18 repetitions
/// are found, and none of the 18 pieces of news is taken for one.
#[test]
fn repetitions_are_told_from_news() {
    let rows = rows();
    let first: Vec<Told> = rows.iter().enumerate().map(|(id, row)| told(id, row.1)).collect();
    let second: Vec<&str> = rows.iter().map(|row| row.2).collect();
    let (mut found, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for (row, repeated) in repeats(&second, &first).into_iter().enumerate() {
        let (is_same, _, text) = rows[row];
        match repeated {
            Some(it) if is_same && it.id == first[row].id => found += 1,
            Some(it) => wrong.push(format!("{text} <- {}", it.text)),
            None if is_same => missed.push(text),
            None => {}
        }
    }
    assert!(found >= 17, "missed: {missed:#?}");
    assert!(wrong.len() <= 1, "{wrong:#?}");
}

#[test]
fn the_latest_day_is_named_and_a_new_figure_is_news() {
    let text = "The storm over Altried killed three people and cut the power in forty villages.";
    let earlier: Vec<Told> = [1, 3, 2]
        .into_iter()
        .map(|day| Told { day: date(2026, 3, day), ..told(day as usize, text) })
        .collect();
    assert_eq!(repeats(&[text], &earlier)[0].unwrap().day, date(2026, 3, 3));
    let worse = text.replace("three", "five").replace("forty", "ninety");
    assert_eq!(repeats(&[worse.as_str()], &earlier), [None]);
    assert_eq!(repeats(&[text], &[]), [None]);
}
