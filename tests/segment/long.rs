//! Sentences that are too long for a model.

use tagesbrief::segment::split_long;

/// The pieces of `text` that have at most `most` characters each.
fn pieces(text: &str, most: usize) -> Vec<&str> {
    let spans = split_long(text, &|piece| piece.chars().count() <= most);
    spans.iter().map(|span| span.of(text)).collect()
}

#[test]
fn what_fits_is_one_piece() {
    assert_eq!(pieces("Der Rat tagt, weil er muss.", 40), ["Der Rat tagt, weil er muss."]);
}

#[test]
fn white_space_around_is_left_out() {
    assert_eq!(pieces("  Der Rat tagt. \n", 40), ["Der Rat tagt."]);
    assert!(pieces(" \n ", 40).is_empty());
}

#[test]
fn a_semicolon_is_the_best_place() {
    let text = "Die Stadt, die spart, zahlt nichts; der Bund, der hilft, zahlt alles.";
    assert_eq!(
        pieces(text, 50),
        ["Die Stadt, die spart, zahlt nichts;", "der Bund, der hilft, zahlt alles."]
    );
}

#[test]
fn a_dash_or_colon_goes_before_a_comma() {
    let text = "Das Land, die Stadt und der Bund zahlen – so steht es im Vertrag, den alle kennen.";
    let wanted =
        ["Das Land, die Stadt und der Bund zahlen –", "so steht es im Vertrag, den alle kennen."];
    assert_eq!(pieces(text, 60), wanted);
    let text = "Eines wissen alle Beteiligten, auch der Kanzler: Das Geld, das fehlt, kommt nie.";
    assert_eq!(
        pieces(text, 60),
        ["Eines wissen alle Beteiligten, auch der Kanzler:", "Das Geld, das fehlt, kommt nie."]
    );
}

#[test]
fn a_comma_before_a_clause_goes_before_a_comma_in_a_list() {
    let text =
        "Bund, Länder, Städte und Kreise zahlen nichts, obwohl Kitas, Schulen, Bäder verfallen.";
    let wanted = [
        "Bund, Länder, Städte und Kreise zahlen nichts,",
        "obwohl Kitas, Schulen, Bäder verfallen.",
    ];
    assert_eq!(pieces(text, 60), wanted);
}

#[test]
fn commas_and_colons_in_numbers_are_no_places() {
    let text = "Sie fuhren um 12:42 Uhr genau 1,5 Kilometer weit.";
    assert!(pieces(text, 20).iter().all(|piece| !piece.ends_with([':', ','])));
}

#[test]
fn the_pieces_are_few_and_even() {
    let clause = "weil der Rat lange zögert, ";
    let text = format!("Es dauert, {}bis alle müde sind.", clause.repeat(12));
    let cut = pieces(&text, 130);
    assert_eq!(cut.len(), 3);
    let lengths: Vec<usize> = cut.iter().map(|piece| piece.chars().count()).collect();
    let shortest = lengths.iter().min().unwrap();
    assert!(lengths.iter().all(|length| length - shortest < 40), "{lengths:?}");
}

#[test]
fn without_marks_it_is_cut_between_words() {
    let text = "eins zwei drei vier fünf sechs sieben acht";
    assert_eq!(pieces(text, 24), ["eins zwei drei vier", "fünf sechs sieben acht"]);
}

#[test]
fn only_a_word_that_does_not_fit_alone_is_cut() {
    assert_eq!(pieces("Der Donaudampfschiff kam.", 8), ["Der", "Donaudam", "pfschiff", "kam."]);
}

#[test]
fn a_model_that_takes_nothing_gets_single_characters() {
    assert_eq!(pieces("Öl ß", 0), ["Ö", "l", "ß"]);
}
