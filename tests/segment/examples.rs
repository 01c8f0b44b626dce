//! One example a line; ` ¦ ` marks a border with a blank, `¦` one without.
//! `\n`, `\u{a0}` and the like are escapes; lines with `#` are comments.

use std::fmt::Write;

use tagesbrief::segment::split;

const GOLDEN: &str = include_str!("golden.txt");
const HELD_OUT: &str = include_str!("heldout.txt");

/// How many held-out examples were right when the rules first met them, before
/// any was looked at. Fewer means that the rules were bent to the golden file.
const HELD_OUT_AT_FIRST: usize = 68;

#[test]
fn golden_examples_split_as_marked() {
    let (right, misses) = check(GOLDEN);
    assert!(misses.is_empty(), "{right} right, but:\n{misses}");
    assert!(right >= 320, "only {right} examples");
}

#[test]
fn held_out_examples_split_no_worse_than_at_first() {
    let (right, misses) = check(HELD_OUT);
    assert!(right >= HELD_OUT_AT_FIRST, "{right} right, but:\n{misses}");
}

/// How many examples of `file` come out as marked, and a diff of the others.
fn check(file: &str) -> (usize, String) {
    let mut right = 0;
    let mut misses = String::new();
    for (index, line) in file.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wanted = unescaped(line);
        let got = marked(&wanted.replace(" ¦ ", " ").replace('¦', ""));
        if got == wanted {
            right += 1;
        } else {
            writeln!(misses, "line {}:\n  wanted {wanted:?}\n  got    {got:?}", index + 1).unwrap();
        }
    }
    (right, misses)
}

/// `text` with a mark at every border that [`split`] finds. A white space other
/// than one blank stays, before the mark.
fn marked(text: &str) -> String {
    let mut marked = String::new();
    let mut end = 0;
    for span in split(text) {
        let gap = &text[end..span.start];
        let border = match (end, gap) {
            (0, gap) => gap.to_owned(),
            (_, " ") => " ¦ ".to_owned(),
            (_, gap) => format!("{gap}¦"),
        };
        marked.push_str(&border);
        marked.push_str(span.of(text));
        end = span.end;
    }
    marked + &text[end..]
}

fn unescaped(line: &str) -> String {
    let spaces = [
        ("\\n", "\n"),
        ("\\u{a0}", "\u{a0}"),
        ("\\u{202f}", "\u{202f}"),
        ("\\u{ad}", "\u{ad}"),
        ("\\u{200b}", "\u{200b}"),
    ];
    spaces.iter().fold(line.to_owned(), |line, (escape, space)| line.replace(escape, space))
}
