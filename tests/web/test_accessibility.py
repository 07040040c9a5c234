"""Usable by keyboard, on small screens, magnified, and in both directions of writing."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from intake.web import assets
from tests.web.desk import Desk
from tests.web.reports import TEXTS, report

STYLE = (Path(assets.__file__).parent / "static/style.css").read_text()
#: What every control, picture and landmark needs; gives the offenders.
OFFENDERS = """() => {
  const bad = [];
  const named = (e) => e.ariaLabel || e.getAttribute("aria-labelledby") || (e.labels && e.labels.length)
    || e.textContent.trim() || e.title || e.querySelector("img[alt]");
  for (const e of document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary, progress"))
    if (!named(e)) bad.push("no name: " + e.outerHTML.slice(0, 80));
  for (const e of document.querySelectorAll("img")) if (!e.alt) bad.push("no alt: " + e.src);
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) bad.push("twice: " + id);
  for (const e of document.querySelectorAll("[aria-labelledby], [aria-describedby]"))
    for (const id of (e.getAttribute("aria-labelledby") || e.getAttribute("aria-describedby")).split(" "))
      if (!document.getElementById(id)) bad.push("points nowhere: " + id);
  if (document.querySelectorAll("h1").length !== 1) bad.push("not one h1");
  for (const kind of ["header", "main", "footer"]) if (!document.querySelector(kind)) bad.push("no " + kind);
  if (!document.documentElement.lang) bad.push("no lang");
  for (const e of document.querySelectorAll("a, button, select, summary, input:not([type=hidden])")) {
    const box = (e.closest("label") || e).getBoundingClientRect();
    const inline = e.tagName === "A" && e.closest("p, dd, li, .outcome");
    if (box.width && !inline && !e.closest(".skip") && (box.height < 24 || box.width < 24))
      bad.push("small: " + e.outerHTML.slice(0, 80) + Math.round(box.width) + "x" + Math.round(box.height));
  }
  return bad;
}"""


@pytest.fixture(scope="module")
def paths(desk: Desk) -> list[str]:
    read = desk.letter_to_review(report(), TEXTS, name="a very long file name without any break " + "x" * 60 + ".pdf")
    reading = desk.letter("reading.pdf")
    desk.open(reading, 3)
    desk.read(reading, 1, "W" * 200)
    return [
        "/",
        f"/letters/{read.id}",
        f"/letters/{reading.id}",
        f"/letters/{desk.unreadable().id}",
        "/admin",
        "/admin/competence",
        "/admin/models/m2",
        "/password",
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_control_has_a_name_and_every_page_its_landmarks(
    context: BrowserContext, desk: Desk, paths: list[str], language: str, watch: object
) -> None:
    page = context.new_page()
    page.goto(f"{desk.address}/sign-in?lang={language}")
    assert page.evaluate(OFFENDERS) == []
    desk.sign_in(context, "admin")
    for path in paths:
        page.goto(desk.address + path)
        for detail in page.locator("details").all():
            detail.evaluate("(e) => e.open = true")
        assert page.evaluate(OFFENDERS) == [], path
        assert page.title().endswith(" · Rogatory")


@pytest.mark.parametrize(("width", "scale"), [(320, 1), (640, 2)], ids=["320 px", "1280 px at 200 %"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_has_to_be_scrolled_sideways(
    browser: Browser, desk: Desk, paths: list[str], width: int, scale: int, language: str
) -> None:
    """A browser at 200 % lays a page out in half as many CSS pixels, each twice as dense."""
    size = {"width": width, "height": 480}
    context = browser.new_context(viewport=size, device_scale_factor=scale, locale=language)
    desk.sign_in(context, "admin")
    page = context.new_page()
    for path in paths:
        page.goto(desk.address + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    context.close()


def test_arabic_is_written_from_right_to_left_and_stays_chosen(page: Page, desk: Desk) -> None:
    letter = desk.letter_to_review(report(), TEXTS)
    page.goto(desk.address + "/")
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", name="السجل", exact=True)).to_be_visible()
    page.goto(f"{desk.address}/letters/{letter.id}")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.get_by_role("button", name="تأكيد وإحالة")).to_be_visible()
    expect(page.locator("main")).to_contain_text("منغوليا")
    expect(page.locator("#page pre")).to_have_attribute("lang", "mn")
    desk_box, page_box = page.locator(".said").bounding_box(), page.locator("#page").bounding_box()
    assert desk_box is not None
    assert page_box is not None
    assert desk_box["x"] < page_box["x"]


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until the control of this name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(() => { const e = document.activeElement;"
            " if (!e.matches('a, button, input, select, textarea, summary')) return '';"
            " return (e.labels && e.labels.length ? e.labels[0].textContent : e.textContent).trim() })()"
        )
        if name in focused:
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_a_whole_letter_can_be_confirmed_without_a_mouse(context: BrowserContext, desk: Desk, watch: object) -> None:
    account, _ = desk.session()
    letter = desk.letter_to_review(report(), TEXTS)
    page = context.new_page()
    page.goto(f"{desk.address}/sign-in?next=/")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(account.name)
    page.keyboard.press("Tab")
    page.keyboard.type("five quiet grey herons")
    page.keyboard.press("Enter")
    expect(page).to_have_url(desk.address + "/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, letter.number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=letter.number)).to_be_visible()
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Page 2 of 2")).to_be_visible()
    tab_to(page, "Competent authority")
    page.keyboard.type("District")
    tab_to(page, "Confirm and pass on")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kept. The letter is now: Waiting for the authority.")).to_be_visible()
    assert desk.office.keeping.register.letter(letter.id).authority == "court"


def test_the_focus_can_always_be_seen_and_stays_where_the_viewer_is_turned(page: Page, desk: Desk) -> None:
    letter = desk.letter_to_review(report(), [*TEXTS, "three"])
    page.goto(f"{desk.address}/letters/{letter.id}")
    page.get_by_role("link", name="Next").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Page 2 of 3")).to_be_visible()
    expect(page.get_by_role("link", name="Next")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def luminance(colour: str) -> float:
    full = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = [int(full[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(front: str, back: str) -> float:
    """Source: WCAG 2.2, definition of contrast ratio."""
    bright, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


COLOURS = dict(re.findall(r"--([\w-]+): #(\w+)", STYLE))
PAIRS = [
    *((front, back) for front in ("ink", "soft", "blue", "red") for back in ("paper", "ground", "blue-pale")),
    ("red", "red-pale"),
    ("amber", "amber-pale"),
    ("green", "green-pale"),
    ("paper", "blue"),
]


@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_stands_out_from_its_ground(front: str, back: str) -> None:
    assert contrast(COLOURS[front], COLOURS[back]) >= 4.5


@pytest.mark.parametrize("back", ["paper", "ground", "blue-pale"])
def test_edges_of_fields_and_the_focus_stand_out(back: str) -> None:
    assert contrast(COLOURS["edge"], COLOURS[back]) >= 3
    assert contrast("c05600", COLOURS[back]) >= 3


def test_motion_is_only_for_those_who_do_not_mind() -> None:
    before, _, after = STYLE.partition("prefers-reduced-motion: no-preference")
    assert "transition" not in before
    assert "transition" in after
    assert "animation" not in STYLE
    assert not re.search(r"(margin|padding|border|inset)-(left|right)|[^-](left|right):", STYLE)
