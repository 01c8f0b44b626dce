"""The page over all dates."""
import re

from playwright.sync_api import expect
from support import SiteTest


class Search(SiteTest):
    """Titles and key points."""

    def found(self, page, words):
        """What the search says, and its lines."""
        page.locator("#words").fill(words)
        said = page.locator("#search [role=status]")
        expect(said).to_have_text(re.compile("ound" if words else "^$"))
        return said.text_content(), page.locator("#found li")

    def test_titles_are_found_in_both_languages(self):
        page = self.open("index.html")
        said, lines = self.found(page, "hafen seehausen baut")
        self.assertEqual(said, "1 found.")
        self.assertEqual(lines.locator("mark").all_text_contents(), ["Seehausen", "Seehausen", "baut", "Hafen"])
        self.assertFalse(page.locator("#dates").is_visible())
        lines.locator("a").click()
        self.assert_at(page, "2024-10-24/articles/1a2b3c4d5e6f.html")

    def test_key_points_are_found_and_lead_to_their_place(self):
        page = self.open("index.html")
        _, lines = self.found(page, "48.5 MILLION")
        lines.locator("a").click()
        self.assert_at(page, "2024-10-24/brief.html#k3333333333")
        expect(page.locator(":target")).to_have_count(1)

    def test_accents_and_case_do_not_matter(self):
        page = self.open("index.html")
        said, lines = self.found(page, "mowe works hall")
        self.assertNotEqual(said, "Nothing found.")
        self.assertIn("Möwe", lines.locator("mark").all_text_contents())

    def test_nothing_found_is_said_and_an_empty_box_brings_the_dates_back(self):
        page = self.open("index.html")
        self.assertEqual(self.found(page, "zeppelin")[0], "Nothing found.")
        self.found(page, "")
        self.assertTrue(page.locator("#dates").is_visible())

    def test_many_finds_are_counted_and_cut(self):
        said, lines = self.found(self.open("index.html"), "the")
        self.assertIn("the newest 60 are shown", said)
        self.assertEqual(lines.count(), 60)

    def test_hostile_titles_are_text_here_too(self):
        page = self.open("index.html")
        said, lines = self.found(page, "<script>")
        self.assertEqual(said, "1 found.")
        self.assertIn("<script>alert(\"Hello\")</script>", lines.text_content())
        self.assertEqual(lines.locator("script").count(), 0)

    def test_the_search_key_leads_here_from_everywhere(self):
        page = self.open("2024-10-24/brief.html")
        page.keyboard.press("/")
        self.assert_at(page, "index.html#find")
        expect(page.locator("#words")).to_be_focused()


class Calendar(SiteTest):
    """The sheets of the months."""

    def test_a_day_with_a_brief_is_a_link(self):
        page = self.open("index.html")
        page.get_by_role("link", name="Thursday, 24 October 2024: 4 articles").click()
        self.assert_at(page, "2024-10-24/brief.html")

    def test_keys_go_through_dates(self):
        page = self.open("index.html")
        page.keyboard.press("j")
        page.keyboard.press("j")
        self.assertEqual(page.evaluate("document.activeElement.textContent"), "Friday, 1 November 2024")
        page.keyboard.press("Enter")
        self.assert_at(page, "2024-11-01/brief.html")

    def test_without_script_there_is_no_search_but_everything_else(self):
        page = self.open("index.html", java_script_enabled=False)
        self.assertFalse(page.locator("#search").is_visible())
        self.assertTrue(page.locator(".date").first.is_visible())
