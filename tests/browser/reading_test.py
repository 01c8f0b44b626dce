"""What a reader and a checker do: click, hover, switch, go by keys."""
from playwright.sync_api import expect
from support import HOSTILE, LARGE, NARROW, THURSDAY, TRAM, SiteTest

BACKGROUND = "(e) => getComputedStyle(e).backgroundColor"


class Brief(SiteTest):
    """The page of a date."""

    def test_a_key_point_opens_its_sources_and_leads_to_them(self):
        page = self.open(THURSDAY)
        point = page.locator(".key-points > li").first
        source = point.locator(".source").first
        self.assertFalse(source.is_visible())
        point.locator("summary").click()
        self.assertTrue(source.is_visible())
        self.assertEqual(source.locator(".de").get_attribute("lang"), "de")
        source.locator("a").click()
        self.assert_at(page, "articles/1a2b3c4d5e6f.html#s-1a2b3c4d5e6f-3")
        target = page.locator(".pair:target")
        expect(target).to_have_count(1)
        self.assertTrue(target.evaluate("(e) => { const box = e.getBoundingClientRect(), bar = document.querySelector"
                                        "('.toolbar').getBoundingClientRect(); return box.top >= bar.bottom - 1 && "
                                        "box.bottom <= innerHeight; }"), "the sentence is in sight, below the bar")

    def test_keys_go_through_key_points_and_open_them(self):
        page = self.open(THURSDAY)
        page.keyboard.press("j")
        self.assertEqual(self.focused(page, "li"), "k1111111111")
        page.keyboard.press("j")
        page.keyboard.press("o")
        self.assertTrue(page.locator("#k3333333333 .source").first.is_visible())
        page.keyboard.press("k")
        self.assertEqual(self.focused(page, "li"), "k1111111111")

    def test_neighbouring_dates_are_linked(self):
        page = self.open(THURSDAY)
        self.assertEqual(page.locator("a[rel=prev]").text_content(), "←\u00a0Wednesday, 23 October 2024")
        page.locator("a[rel=next]").click()
        self.assert_at(page, "2024-11-01/brief.html")
        expect(page.locator("a[rel=prev]")).to_have_text("←\u00a0Thursday, 24 October 2024")
        page.keyboard.press("ArrowLeft")
        self.assert_at(page, "2024-10-24/brief.html")
        expect(page.locator("h1")).to_have_text("Thursday, 24 October 2024")
        page.keyboard.press("u")
        self.assert_at(page, "index.html")

    def test_the_newest_date_has_no_later_one(self):
        page = self.open(LARGE)
        self.assertFalse(page.locator("a[rel=next]").is_visible())
        self.assertTrue(page.locator("a[rel=prev]").is_visible())


class Article(SiteTest):
    """The page of an article."""

    def test_hovering_or_focusing_one_language_lights_the_other(self):
        page = self.open(TRAM)
        pair = page.locator("#s-1a2b3c4d5e6f-4")
        rest = pair.evaluate(BACKGROUND)
        for side in (".de", ".en"):
            pair.locator(side).hover()
            self.assertNotEqual(pair.evaluate(BACKGROUND), rest, side)
            page.mouse.move(0, 0)
            self.assertEqual(pair.evaluate(BACKGROUND), rest)
        pair.locator(".number").focus()
        self.assertNotEqual(pair.evaluate(BACKGROUND), rest)

    def test_a_word_lights_its_partner(self):
        page = self.open(TRAM)
        pair = page.locator("#s-1a2b3c4d5e6f-4")
        pair.get_by_text("Strecke").hover()
        self.assertEqual(pair.locator(".lit").all_text_contents(), ["Strecke", "line"])
        pair.get_by_text("48.5").hover()
        self.assertEqual(pair.locator(".lit").all_text_contents(), ["48,5", "48.5"])
        page.locator("h1").hover()
        self.assertEqual(page.locator(".lit").count(), 0)

    def test_keys_go_from_word_to_word(self):
        page = self.open(TRAM)
        pair = page.locator("#s-1a2b3c4d5e6f-4")
        pair.locator(".number").focus()
        seen = []
        for key in ("w", "w", "w", "W"):
            page.keyboard.press(key)
            seen.append(pair.locator(".lit").all_text_contents())
            self.assertEqual(page.locator("#word").text_content(), " – ".join(seen[-1]))
        self.assertEqual(len({tuple(words) for words in seen[:3]}), 3, seen)
        self.assertEqual(seen[3], seen[1])
        page.keyboard.press("j")
        self.assertEqual(page.locator(".lit").count(), 0)

    def test_columns_stand_side_by_side_or_one_above_the_other(self):
        for viewport, beside in (({"width": 1280, "height": 900}, True), (NARROW, False)):
            pair = self.open(TRAM, viewport=viewport).locator("#s-1a2b3c4d5e6f-4")
            german, english = (pair.locator(side).bounding_box() for side in (".de", ".en"))
            self.assertEqual(abs(german["y"] - english["y"]) < 2 and german["x"] < english["x"], beside)
            self.assertEqual(english["y"] + english["height"] <= german["y"] + 2, not beside)

    def test_keys_go_through_sentences(self):
        page = self.open(TRAM)
        for key, number in (("j", 1), ("j", 2), ("j", 3), ("k", 2), ("k", 1), ("k", 1)):
            page.keyboard.press(key)
            self.assertEqual(self.focused(page, ".pair"), f"s-1a2b3c4d5e6f-{number}")

    def test_keys_go_from_finding_to_finding(self):
        page = self.open(TRAM)
        page.keyboard.press("n")
        self.assertEqual(self.focused(page, ".pair"), "s-1a2b3c4d5e6f-6")
        page.keyboard.press("n")
        self.assertEqual(self.focused(page, ".pair"), "s-1a2b3c4d5e6f-6", "it is the last")
        page.keyboard.press("k")
        page.keyboard.press("n")
        self.assertEqual(self.focused(page, ".pair"), "s-1a2b3c4d5e6f-6")

    def test_the_language_is_switched_and_remembered(self):
        page = self.open(TRAM)
        pair = page.locator("#s-1a2b3c4d5e6f-4")
        shown = lambda where: [where.locator(side).is_visible() for side in (".de", ".en")]
        self.assertEqual(shown(pair), [True, True])
        page.get_by_label("English").check()
        self.assertEqual(shown(pair), [False, True])
        self.assertEqual(pair.evaluate("(e) => getComputedStyle(e).display"), "inline", "it runs on as a paragraph")
        page.keyboard.press("g")
        self.assertEqual(shown(pair), [True, False])
        page.reload()
        self.assertEqual(shown(page.locator("#s-1a2b3c4d5e6f-4")), [True, False])
        self.assertTrue(page.locator("#view-de").is_checked())
        other = self.context.new_page()
        other.goto(page.url.replace("1a2b3c4d5e6f.html", "2b3c4d5e6f70.html"))
        self.assertEqual(shown(other.locator(".pair").first), [True, False])

    def test_the_switch_works_without_script(self):
        page = self.open(TRAM, java_script_enabled=False)
        pair = page.locator("#s-1a2b3c4d5e6f-4")
        page.get_by_label("English").check()
        self.assertFalse(pair.locator(".de").is_visible())
        self.assertTrue(pair.locator(".en").is_visible())
        self.assertFalse(page.locator(".open-keys").first.is_visible(), "a button that cannot act is not shown")

    def test_neighbouring_articles_are_linked(self):
        page = self.open(TRAM)
        self.assertEqual(page.locator("a[rel=prev]").count(), 0)
        page.keyboard.press("ArrowRight")
        self.assert_at(page, "2b3c4d5e6f70.html")
        page.keyboard.press("u")
        self.assert_at(page, "brief.html#a-2b3c4d5e6f70")

    def test_the_keys_are_explained_and_can_be_turned_off(self):
        page = self.open(TRAM)
        page.keyboard.press("?")
        self.assertTrue(page.locator("#keys").is_visible())
        page.keyboard.press("j")
        self.assertEqual(self.focused(page, ".pair"), None, "keys do not act behind the overlay")
        page.get_by_label("Single keys act").uncheck()
        page.keyboard.press("Escape")
        self.assertFalse(page.locator("#keys").is_visible())
        page.keyboard.press("j")
        self.assertEqual(self.focused(page, ".pair"), None)
        page.reload()
        page.keyboard.press("j")
        self.assertEqual(self.focused(page, ".pair"), None, "remembered")
        page.locator(".open-keys").first.click()
        self.assertTrue(page.locator("#keys").is_visible())

    def test_a_hostile_article_stays_text(self):
        page = self.open(HOSTILE)
        self.assertIn("<script>alert(\"Hello\")</script>", page.locator("h1").text_content())
        self.assertEqual(page.locator("img, iframe, form, b, i").count(), 0)
        self.assertEqual(page.evaluate("document.scripts.length"), 1)


class Checklist(SiteTest):
    """The checker's list."""

    def test_a_line_leads_to_its_marked_sentence(self):
        page = self.open(THURSDAY)
        page.get_by_role("link", name="checker’s list").click()
        self.assert_at(page, "2024-10-24/check.html")
        line = page.locator(".checklist > li").filter(has_text="gardeners")
        self.assertEqual(line.locator("mark").all_text_contents(), ["60", "16"])
        line.get_by_role("link", name="Sentence 2").click()
        self.assert_at(page, "articles/3c4d5e6f7081.html#s-3c4d5e6f7081-2")
        expect(page.locator(".pair:target .findings")).to_be_visible()

    def test_keys_go_through_the_list(self):
        page = self.open("2024-10-24/check.html")
        page.keyboard.press("j")
        first = page.evaluate("document.activeElement.href")
        page.keyboard.press("n")
        self.assertNotEqual(page.evaluate("document.activeElement.href"), first)
        page.keyboard.press("p")
        self.assertEqual(page.evaluate("document.activeElement.href"), first)


class Print(SiteTest):
    """What comes out on paper."""

    def test_sources_are_open_and_controls_are_gone(self):
        page = self.open(THURSDAY)
        self.assertFalse(page.locator(".source").first.is_visible())
        page.emulate_media(media="print")
        self.assertTrue(page.locator(".source .de").first.is_visible())
        for gone in (".switch", ".open-keys", ".go"):
            self.assertFalse(page.locator(gone).first.is_visible(), gone)

    def test_a_narrow_sheet_still_has_both_languages_side_by_side(self):
        page = self.open(TRAM, viewport=NARROW)
        page.emulate_media(media="print")
        german, english = (page.locator(f"#s-1a2b3c4d5e6f-4 {side}").bounding_box() for side in (".de", ".en"))
        self.assertLess(german["x"] + german["width"], english["x"])
        self.assertLess(abs(german["y"] - english["y"]), 2)


class Large(SiteTest):
    """A date of 200 articles."""

    def test_all_articles_are_there_and_the_end_can_be_reached(self):
        page = self.open(LARGE)
        self.assertEqual(page.locator(".entry").count(), 200)
        # Off the screen nothing is laid out: that is why the page does not stall.
        self.assertEqual(page.locator(".entry").last.evaluate("(e) => getComputedStyle(e).contentVisibility"), "auto")
        page.keyboard.press("End")
        page.locator("footer").scroll_into_view_if_needed()
        self.assertTrue(page.locator("footer code").first.is_visible())
        page.locator(".entry").last.locator("h3 a").click()
        expect(page.locator(".place")).to_have_text("200 of 200 articles")
