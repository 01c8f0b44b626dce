"""axe-core's rules, the reflow at 320 pixels, and what is seen without colour."""
from axe_playwright_python.sync_playwright import Axe
from support import FOUND, HOSTILE, LARGE, NARROW, THURSDAY, TRAM, WIDE, SiteTest

PAGES = ("index.html", THURSDAY, "2024-10-24/check.html", TRAM, FOUND, HOSTILE, LARGE)
# All of WCAG 2.2 AA, and what axe calls best practices.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Accessibility(SiteTest):
    """No violation, in both colour schemes and both widths."""

    def violations(self, page):
        """axe's findings on the page as it is."""
        # The policy of the pages lets nobody fetch their stylesheet, axe neither.
        results = Axe().run(page, options={"preload": False, "runOnly": {"type": "tag", "values": TAGS}})
        return [f"{found['id']}: {found['help']} ({found['nodes'][0]['html'][:120]}; {len(found['nodes'])} places)"
                for found in results.response["violations"]]

    def test_axe_finds_no_violation(self):
        for scheme, viewport in (("light", WIDE), ("dark", NARROW)):
            for path in PAGES:
                with self.subTest(path=path, scheme=scheme):
                    page = self.open(path, color_scheme=scheme, viewport=viewport)
                    for details in page.locator("details").all():
                        details.evaluate("(e) => { e.open = true; }")
                    self.assertEqual(self.violations(page), [])

    def test_axe_finds_no_violation_in_the_overlay_and_among_the_finds(self):
        page = self.open("index.html", color_scheme="dark")
        page.locator("#words").fill("harbour")
        page.locator("#found li").first.wait_for()
        self.assertEqual(self.violations(page), [])
        page.locator(".open-keys").click()
        self.assertEqual(self.violations(page), [])

    def test_no_page_scrolls_sideways_at_320_pixels(self):
        for path in PAGES:
            page = self.open(path, viewport={"width": 320, "height": 700})
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 320, path)

    def test_the_first_tab_stop_skips_to_the_text(self):
        for path in PAGES:
            page = self.open(path)
            page.keyboard.press("Tab")
            self.assertEqual(page.evaluate("document.activeElement.getAttribute('href')"), "#main", path)
