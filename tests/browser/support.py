"""One Chromium for all tests, and a page that fails the test on any console error."""
import os
import re
import unittest
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

SITE = Path(os.environ["TAGESBRIEF_SITE"])
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
THURSDAY, LARGE = "2024-10-24/brief.html", "2024-11-04/brief.html"
TRAM = "2024-10-24/articles/1a2b3c4d5e6f.html"
FOUND = "2024-10-24/articles/3c4d5e6f7081.html"
HOSTILE = "2024-10-24/articles/4d5e6f708192.html"


class Browser:
    """Started with the first test, stopped with the last."""
    playwright = chromium = None

    @classmethod
    def get(cls):
        """The running browser."""
        if not cls.chromium:
            cls.playwright = sync_playwright().start()
            unittest.addModuleCleanup(cls.stop)
            # --no-sandbox: containers run as root. The pages are files of this project.
            cls.chromium = cls.playwright.chromium.launch(
                executable_path=os.environ["TAGESBRIEF_CHROMIUM"],
                args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                      "--disable-component-update", "--disable-sync"])
        return cls.chromium

    @classmethod
    def stop(cls):
        """Close what was started."""
        cls.chromium.close()
        cls.playwright.stop()
        cls.playwright = cls.chromium = None


class SiteTest(unittest.TestCase):
    """A test with a fresh profile."""

    def setUp(self):
        self.complaints = []
        self.context = Browser.get().new_context(viewport=WIDE)
        self.addCleanup(self.context.close)

    def tearDown(self):
        self.assertEqual(self.complaints, [], "the console must stay empty")

    def open(self, path, **options):
        """A page of the site, from the disk."""
        context = self.context
        if options:
            context = Browser.get().new_context(**{"viewport": WIDE, **options})
            self.addCleanup(context.close)
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(f"{path}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"{path}: {error}"))
        page.on("requestfailed", lambda request: self.complaints.append(f"{path}: {request.url} failed"))
        page.on("dialog", lambda dialog: self.complaints.append(f"{path}: dialog {dialog.message}"))
        page.goto((SITE / path.split("#")[0]).as_uri() + path[len(path.split("#")[0]):])
        return page

    def assert_at(self, page, ending):
        """The page's address ends so, once it is loaded."""
        expect(page).to_have_url(re.compile(re.escape(ending) + "$"))
        page.wait_for_load_state()

    def focused(self, page, selector):
        """The id of the `selector` around the focus, or None."""
        return page.evaluate("(s) => document.activeElement.closest(s)?.id ?? null", selector)
