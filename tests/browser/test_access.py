"""The pages at every width, by keyboard, and to axe-core."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.search_app.composed import ORDER, SCRIPT, VEHICLE

pytestmark = pytest.mark.browser

PAGES = {
    "front": "/",
    "search": '/?q="facial recognition"',
    "filtered": "/?q=maintenance&year=2017&subagency=7012",
    "nothing": '/?q="facial recogniton" agency:ICE year:20255',
    "facet": "/facets/vendor?q=maintenance",
    "award": f"/awards/{ORDER}",
    "vehicle": f"/awards/{VEHICLE}",
    "markup": f"/awards/{SCRIPT}",
    "document": '/documents/{work}?q="facial recognition"',
    "held": "/documents/{beneath}",
    "refused": "/documents/{refused}",
    "restated": "/documents/{undated}",
    "vendors": "/vendors",
    "agencies": "/agencies",
    "sources": "/sources",
    "source": "/sources/usaspending_awards",
    "given": "/sources/added",
    "status": "/status",
    "about": "/about",
}
MISSING = "/awards/nothing"

OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const catcher = one.querySelector(".catch");
  const ring = catcher ? getComputedStyle(catcher) : null;
  const isSeen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
    || (ring && ring.stroke !== "none" && parseFloat(ring.strokeWidth) >= 2);
  window.places = window.places || new Map();
  if (!window.places.has(one)) window.places.set(one, window.places.size);
  const what = one.outerHTML.slice(0, 120);
  return { place: window.places.get(one), isSeen: Boolean(isSeen), what };
}"""
STOPS = "a[href], button, input:not([type=hidden]), summary, [tabindex='0']"
REACHABLE = """(stops) => [...document.querySelectorAll(stops)]
  .filter(one => one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }))
  .filter(one => !(one.tagName === "SUMMARY" && getComputedStyle(one).display === "none")).length"""


def _address(site: Site, name: str) -> str:
    composed = site.composed
    return PAGES[name].format(
        work=composed.work,
        beneath=composed.beneath,
        refused=composed.refused,
        undated=composed.undated,
    )


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    too_wide = {}
    for name in PAGES:
        page.goto(_address(site, name))
        too_wide[name] = page.evaluate(OVERFLOW)
    assert {name: wide for name, wide in too_wide.items() if wide} == {}


def _greys(page: Page, frame: str) -> tuple[int, int]:
    """How bright a table that scrolls is at its left and at its right edge."""
    # The lowest row but one: no letter and no line stands there.
    with Image.open(io.BytesIO(page.locator(frame).screenshot())) as shown:
        grey = shown.convert("L")
        row = grey.height - 4
        return int(grey.getpixel((0, row))), int(grey.getpixel((grey.width - 1, row)))  # type: ignore[arg-type]


def test_a_table_that_goes_on_beyond_its_frame_has_a_grey_edge_there(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/vendors/1")
    frame = "#names .scroll"
    left, right = _greys(page, frame)
    assert left == 255
    assert right < 230
    page.locator(frame).evaluate("one => one.scrollTo(9999, 0)")
    left, right = _greys(page, frame)
    assert left < 230
    assert right == 255
    page.set_viewport_size({"width": 1280, "height": 800})
    assert _greys(page, frame) == (255, 255)


def test_a_table_that_goes_on_says_so_and_is_scrolled_by_keyboard_with_its_rows_named(
    page: Page,
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/sources")
    frame = page.locator(".scroll").first
    hint = "one => getComputedStyle(one, '::after').content"
    assert "goes on to the right" in frame.locator("caption").evaluate(hint)
    frame.focus()
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "one => one.scrollLeft + one.clientWidth >= one.scrollWidth - 1",
        arg=frame.element_handle(),
    )
    for place in ("tbody tr:first-child th", "tbody tr:first-child td:last-child", "caption"):
        box = frame.locator(place).bounding_box()
        assert box is not None
        assert box["x"] >= 0, place
        assert box["x"] + box["width"] <= 390, place
    page.set_viewport_size({"width": 1280, "height": 800})
    assert frame.locator("caption").evaluate(hint) == "none"


def test_what_is_said_of_an_award_paid_in_full_stands_in_one_line(page: Page) -> None:
    page.goto("/?q=interpreting")
    said = page.locator(".entry-figures > span")
    assert said.inner_text() == "obligated, full potential value"
    assert said.evaluate("one => one.getClientRects().length") == 1


@pytest.mark.parametrize("name", ["search", "award", "document", "nothing", "source", "status"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    page: Page, site: Site, name: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(_address(site, name))
    expected = page.evaluate(REACHABLE, STOPS)
    reached: dict[int, dict[str, Any]] = {}
    for _ in range(expected + 20):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or (focused["place"] == 0 and len(reached) > 1):
            break
        reached[focused["place"]] = focused
    assert [one["what"] for one in reached.values() if not one["isSeen"]] == []
    # A date field holds several stops, so there may be more stops than fields, never fewer.
    assert len(reached) >= expected


def test_the_first_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/?q=maintenance")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "query"


def test_stops_skip_to_the_results_past_the_field_and_past_the_filters(page: Page) -> None:
    page.goto("/?q=maintenance")
    for name in ("Skip to the results", "Skip the filters"):
        page.get_by_role("link", name=name).focus()
        assert page.get_by_role("link", name=name).is_visible()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "results"
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('.total'))")


def test_on_paper_stands_the_address_and_nothing_to_press(page: Page, site: Site) -> None:
    page.emulate_media(media="print")
    page.goto(f"/documents/{site.composed.work}/pages/1")
    assert (
        f"{site.address}/documents/{site.composed.work}/pages/1"
        in page.locator(".cite").inner_text()
    )
    for unused in ("form.query .joined", ".onpage", "summary", ".skip", ".tools"):
        assert page.locator(unused).locator("visible=true").count() == 0
    page.goto("/")
    assert page.locator(".examples").locator("visible=true").count() == 0


# What a closed list of filters holds is seen by nobody on a narrow screen; axe takes it for
# visible, and what lies there for its ground.
CLOSED = {320: {"exclude": [[".facets:not([open]) > :not(summary)"]]}}


@pytest.mark.parametrize("context_options", [{"color_scheme": "light"}, {"color_scheme": "dark"}])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(page: Page, site: Site, width: int) -> None:
    from axe_core_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for name in PAGES:
        page.goto(_address(site, name))
        violations = Axe().run(page, CLOSED.get(width))["violations"]
        found[name] = [
            (one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in violations
        ]
    assert {name: one for name, one in found.items() if one} == {}


def test_a_page_that_does_not_exist_is_said_in_the_same_frame(page: Page, watched: Any) -> None:
    answer = page.goto(MISSING)
    assert answer is not None
    assert answer.status == 404
    assert page.get_by_role("heading", name="Not in this archive").is_visible()
    watched.complaints.clear()  # the browser itself notes the status


@pytest.mark.parametrize("width", [320, 1280])
def test_a_withdrawn_document_tells_what_became_of_it_in_the_same_frame(
    page: Page, site: Site, watched: Any, width: int
) -> None:
    from axe_core_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 800})
    answer = page.goto(f"/documents/{site.composed.withdrawn}")
    assert answer is not None
    assert answer.status == 410
    assert page.get_by_role("heading", name="Its state over time").is_visible()
    assert page.evaluate(OVERFLOW) == 0
    assert Axe().run(page)["violations"] == []
    watched.complaints.clear()  # the browser itself notes the status
