"""The ways a reader goes: from a search to a record, and from hit to hit."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.search_app.composed import ORDER

pytestmark = pytest.mark.browser

WITHOUT_SCRIPT = pytest.mark.parametrize(
    "context_options",
    [
        pytest.param({}, id="with script"),
        pytest.param({"java_script_enabled": False}, id="without script"),
    ],
)


@WITHOUT_SCRIPT
def test_a_search_leads_to_an_award(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the archive").fill('"facial recognition" kind:award')
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark").first).to_have_text("FACIAL RECOGNITION")
    page.locator(".results h3 a").first.click()
    expect(page).to_have_url(f"/awards/{ORDER}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("facial recognition")
    page.get_by_role("link", name="Modifications 3").click()
    expect(page.locator("#modifications")).to_be_in_viewport()


@WITHOUT_SCRIPT
def test_a_search_leads_to_a_page_and_from_hit_to_hit(page: Page, site: Site) -> None:
    page.goto('/?q="facial recognition"&kind=document')
    page.locator(".hits a").first.click()
    expect(page.get_by_text("Hit 1 of 3")).to_be_visible()
    assert page.locator(".sheet-mark").count() == 2
    for place, number in ((2, 1), (3, 3)):
        page.locator(".stepper [rel=next]").click()
        expect(page.get_by_text(f"Hit {place} of 3")).to_be_visible()
        assert f"/documents/{site.composed.work}/pages/{number}?" in page.url
    page.locator(".stepper [rel=prev]").click()
    expect(page.get_by_text("Hit 2 of 3")).to_be_visible()


def test_the_marks_lie_on_the_words_of_the_picture(page: Page, site: Site) -> None:
    page.goto(f'/documents/{site.composed.work}/pages/1?q="facial recognition"')
    picture = page.locator(".sheet img")
    assert picture.evaluate("one => one.complete && one.naturalWidth >= 600")
    sheet, mark = picture.bounding_box(), page.locator(".sheet-mark").first.bounding_box()
    assert sheet is not None
    assert mark is not None
    # Drawn at 676 of 792 points from the bottom, from 72 points on: a line near the top.
    assert 0.1 < (mark["y"] - sheet["y"]) / sheet["height"] < 0.2
    assert 0.3 < (mark["x"] - sheet["x"]) / sheet["width"] < 0.6


def test_a_filter_is_kept_and_let_go(page: Page) -> None:
    page.goto("/?q=maintenance")
    expect(page.get_by_role("heading", name="25 records")).to_be_visible()
    page.get_by_role("link", name="Fiscal year 2017", exact=False).first.click()
    expect(page.locator(".chip")).to_have_count(1)
    page.locator(".chip").click()
    expect(page.get_by_role("heading", name="25 records")).to_be_visible()


def test_the_original_is_downloaded_as_it_was_released(
    page: Page, site: Site, downloads: Path
) -> None:
    page.goto(f"/documents/{site.composed.work}")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Original PDF").click()
    path = downloads / "original.pdf"
    coming.value.save_as(path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == site.composed.work


def test_nothing_found_leads_to_another_way_to_ask(page: Page) -> None:
    page.goto("/?q=maintainance camerra")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    page.goto('/?q="camera lot"')
    page.get_by_role("link", name='"camera lot"~3', exact=True).click()
    expect(page.get_by_role("heading", name="25 records")).to_be_visible()


@WITHOUT_SCRIPT
def test_what_failed_leads_from_any_page_to_its_reason(page: Page) -> None:
    page.goto("/vendors")
    page.get_by_role("link", name="USAspending failed").click()
    expect(page.get_by_role("heading", name="USAspending needs a look")).to_be_visible()
    page.locator("main").get_by_role("link", name="USAspending", exact=True).first.click()
    expect(page).to_have_url("/sources/usaspending_awards")
    page.get_by_role("link", name="Refusals").first.click()
    expect(page.get_by_text("unknown award type 'Q'")).to_be_in_viewport()
