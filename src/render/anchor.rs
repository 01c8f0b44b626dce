//! Names of places in a page.

use crate::brief::Continuation;
use crate::ingest::ArticleId;
use crate::segment::SegmentId;

/// Where an article begins.
pub(super) fn article(id: &ArticleId) -> String {
    safe(&format!("a-{id}"))
}

/// Where a sentence stands.
pub(super) fn segment(id: &SegmentId) -> String {
    safe(&format!("s-{id}"))
}

/// The page of an article, from the folder of its date.
pub(super) fn article_page(id: &ArticleId) -> String {
    format!("articles/{}.html", safe(&id.0))
}

/// Where a key point stands.
pub(super) fn key_point(id: &str) -> String {
    safe(id)
}

/// Where an earlier brief told it: in its `file`, from the folder of another date.
pub(super) fn continued(continues: &Continuation, file: &str) -> String {
    format!("../{}/{file}#{}", continues.date, key_point(&continues.key_point))
}

/// Ids are hexadecimal digits, but a brief may have come from a file that
/// anyone could write: what could leave an attribute becomes `_`.
fn safe(id: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    id.chars().map(|c| if harmless(c) { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use crate::ingest::ArticleId;

    #[test]
    fn a_page_stays_in_its_folder() {
        let page = super::article_page(&ArticleId("../../x\\y\0".into()));
        assert_eq!(page, "articles/.._.._x_y_.html");
    }

    #[test]
    fn an_anchor_cannot_leave_its_attribute() {
        assert_eq!(super::key_point("k\"><b>) x"), "k___b___x");
    }
}
