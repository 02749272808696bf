"""The pages in a real browser: with and without script, by keyboard, light, dark and small."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ferrule_providers.core import Core
from tests.providers.authority import Authority
from tests.providers.conftest import TOKEN, Api, open_api
from tests.providers.serving import served
from tests.services.scripted import ScriptedService

WAIT_MS = 15_000
SCREENS = os.environ.get("FERRULE_SCREENSHOTS")
"""A folder into which pictures of the pages are written, for people to look at."""


@pytest.fixture
def authority() -> Iterator[Authority]:
    server = Authority()
    yield server
    server.close()


@pytest.fixture
def site(make_core: Callable[..., Core], sqlite_url: str) -> Iterator[Api]:
    """The service on a real port."""
    core = make_core(sqlite_url)
    opened: list[Api] = []

    def make(port: int) -> Any:
        opened.append(open_api(core, port=port))
        return opened[0].client.app

    with served(make):
        yield opened[0]


class Visit:
    """A page of a browser, that notes what its console says."""

    def __init__(self, browser: Any, site: Api, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(WAIT_MS)
        self.page = self.context.new_page()
        self.site = site
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.bodies: list[str] = []
        self.page.on("response", self._note)

    def _note(self, answer: Any) -> None:
        with contextlib.suppress(Exception):
            self.bodies.append(answer.text())

    def open(self, path: str) -> Any:
        return self.page.goto(str(self.site.client.base_url).rstrip("/") + path)

    def log_in(self) -> None:
        self.open("/admin")
        self.page.get_by_label("API key").fill(self.site.key)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/admin")

    def complaints(self) -> list[str]:
        """What the console said, but for refusals that were meant and advice on password fields."""
        harmless = ("status of 4", "[DOM] Password forms")
        return [each for each in self.said if not any(part in each for part in harmless)]

    def picture(self, name: str) -> None:
        if SCREENS:
            self.page.screenshot(path=Path(SCREENS) / f"{name}.png", full_page=True)


@pytest.fixture
def visits(chromium: Any, site: Api) -> Iterator[Callable[..., Visit]]:
    opened: list[Visit] = []

    def visit(**options: Any) -> Visit:
        opened.append(Visit(chromium, site, **options))
        return opened[-1]

    yield visit
    for each in opened:
        each.context.close()


def fill(visit: Visit, server: str, token: str, name: str = "one") -> None:
    visit.page.get_by_label("Name").fill(name)
    visit.page.get_by_label("Server").fill(server)
    visit.page.get_by_label("Email").fill("a@b.example")
    visit.page.locator("#s_api_token").fill(token)


def state(visit: Visit) -> str:
    return str(visit.page.locator("#health .badge").first.inner_text())


@pytest.mark.parametrize("script", [True, False])
def test_a_connection_from_login_to_reset(
    visits: Callable[..., Visit], acme: ScriptedService, script: bool
) -> None:
    visit = visits(java_script_enabled=script, viewport={"width": 1200, "height": 900})
    page = visit.page
    visit.log_in()
    visit.picture(f"list-{script}")
    page.get_by_role("link", name="Set up acme").click()
    visit.picture(f"form-{script}")
    fill(visit, acme.url, "wrong-token-11")
    page.get_by_role("button", name="Test and save").click()
    page.get_by_text("Nothing was saved").wait_for()
    assert "is not ours" in page.content()
    visit.picture(f"refused-{script}")
    page.locator("#s_api_token").fill(TOKEN)
    page.get_by_role("button", name="Test and save").click()
    page.wait_for_url("**/admin/connection/acme/one")
    assert state(visit) == "Working"
    visit.picture(f"working-{script}")
    page.get_by_role("button", name="Test connection").click()
    if script:
        page.locator("#health").get_by_text("It works: Hello").wait_for()
    else:
        page.wait_for_url("**#health")
    page.get_by_role("link", name="Change settings").click()
    assert page.locator("#s_api_token").input_value() == ""
    page.get_by_label("Email").fill("nobody")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Email").wait_for()
    assert page.get_by_label("Email").get_attribute("aria-invalid") == "true"
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Reset…").click()
    page.get_by_label("to confirm").fill("one")
    visit.picture(f"reset-{script}")
    page.get_by_role("button", name="Reset").click()
    page.wait_for_url("**/admin")
    page.get_by_role("link", name="Audit").click()
    assert page.get_by_role("cell", name="reset").count() >= 1
    visit.picture(f"audit-{script}")
    assert visit.complaints() == []
    everything = "\n".join(visit.bodies)
    assert TOKEN not in everything, "no secret is ever sent to the browser"
    assert "wrong-token-11" not in everything


def test_signing_in_leaves_and_comes_back(
    visits: Callable[..., Visit], site: Api, authority: Authority
) -> None:
    body = {"client_id": "me", "client_secret": "long-client-secret", "server": authority.url}
    site.post("/calendar/setup", body)
    visit = visits()
    page = visit.page
    visit.log_in()
    visit.open("/admin/connection/calendar/default")
    page.get_by_role("button", name="Connect", exact=True).click()
    page.get_by_role("heading", name="Sign in to calendar").wait_for()
    visit.picture("leaving")
    page.get_by_role("link", name="Continue to the service").click()
    page.get_by_role("heading", name="Connected").wait_for()
    visit.picture("connected")
    page.get_by_role("link", name="Back to the connection").click()
    # The way back crossed a site, so the strict cookie stays behind until the next click of ours.
    page.wait_for_url("**/admin/**")
    visit.open("/admin/connection/calendar/default")
    assert state(visit) == "Working"
    authority.says = "no"
    page.get_by_role("button", name="Connect again").click()
    page.get_by_role("link", name="Continue to the service").click()
    page.get_by_role("heading", name="Not connected").wait_for()
    assert page.get_by_text("<b>not today</b>").count() == 1
    visit.picture("not-connected")
    visit.open("/admin/connection/calendar/default")
    assert state(visit) == "Working"
    assert visit.complaints() == []


def test_a_button_that_fails_says_so(
    visits: Callable[..., Visit], site: Api, acme: ScriptedService
) -> None:
    """Two tabs: the session of the first one ended when somebody logged in on the second."""
    site.set_up("one", server=acme.url)
    visit = visits()
    visit.log_in()
    visit.open("/admin/connection/acme/one")
    visit.context.clear_cookies()
    other = visit.context.new_page()
    other.goto(str(site.client.base_url).rstrip("/") + "/admin/login")
    other.get_by_label("API key").fill(site.key)
    other.keyboard.press("Enter")
    other.wait_for_url("**/admin")
    visit.page.get_by_role("button", name="Test connection").click()
    visit.page.get_by_text("older than your session").wait_for()
    assert visit.page.locator("main").count() == 1


FOREIGN = "<html><body><h1>Bad gateway</h1><p>nobody home</p></body></html>"


def test_a_button_that_reaches_nobody_says_so_and_can_be_pressed_again(
    visits: Callable[..., Visit], site: Api, acme: ScriptedService
) -> None:
    site.set_up("one", server=acme.url)
    visit = visits()
    visit.log_in()
    visit.open("/admin/connection/acme/one")
    page, alert = visit.page, visit.page.get_by_role("alert")
    button = page.get_by_role("button", name="Test connection")
    own = page.request.get(str(site.client.base_url).rstrip("/") + "/admin/no-such-page").text()
    assert alert.inner_text() == ""
    answers: list[Callable[[Any], None]] = [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=502, content_type="text/html", body=FOREIGN),
        lambda route: route.fulfill(status=404, content_type="text/html", body=FOREIGN),
        lambda route: route.fulfill(status=503, content_type="text/html", body=own),
    ]
    told = ("does not answer", "status 502", "status 404", "Nothing here")
    for answer, words in zip(answers, told, strict=True):
        page.route("**/test", answer)
        button.focus()
        page.keyboard.press("Enter")
        alert.get_by_text(words).wait_for()
        assert alert.is_visible()
        visit.picture("nobody-answers")
        assert page.get_by_text("Set up, not verified").count() == 1, "the page stays as it is"
        assert button.is_enabled()
        page.unroute("**/test")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("It works: Hello").wait_for()
    assert alert.inner_text() == ""
    assert page.evaluate("() => document.activeElement.innerText") == "Test connection"


def test_the_list_is_searched_while_typing(visits: Callable[..., Visit], site: Api) -> None:
    for name in ("one", "two"):
        site.set_up(name)
    visit = visits()
    visit.log_in()
    visit.page.get_by_label("Search").press_sequentially("two")
    visit.page.get_by_role("link", name="one", exact=True).wait_for(state="detached")
    assert visit.page.get_by_role("link", name="two", exact=True).count() == 1
    visit.page.wait_for_url("**q=two**")
    assert visit.complaints() == []


def test_everything_is_reached_by_keyboard(visits: Callable[..., Visit], site: Api) -> None:
    site.set_up("one")
    visit = visits()
    visit.log_in()
    page = visit.page
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return [e === document.body ? '' : e.innerText || e.name || '', s.outlineStyle]; }"
        )
        assert focused[1] != "none" or not focused[0], f"no focus is seen on {focused[0]}"
        reached.add(focused[0].strip())
    assert {"Skip to the content", "Connections", "Audit", "Log out", "q", "Show", "one"} <= reached


def test_every_control_has_a_name(visits: Callable[..., Visit], site: Api) -> None:
    site.set_up("one")
    visit = visits()
    visit.log_in()
    for path in (
        *("/admin", "/admin/audit", "/admin/set-up/acme", "/admin/set-up/botly"),
        *("/admin/connection/acme/one", "/admin/connection/acme/one/reset"),
        "/admin/set-up/acme?connection=one",
    ):
        visit.open(path)
        nameless = visit.page.evaluate(
            "() => [...document.querySelectorAll('input,select,textarea')]"
            ".filter(e => e.type !== 'hidden' && !e.hidden)"
            ".filter(e => !(e.labels && e.labels.length) && !e.ariaLabel).map(e => e.name)"
        )
        assert nameless == [], path
        assert visit.page.locator("h1").count() == 1, path
        assert visit.page.locator("html[lang=en] main").count() == 1, path
        ids = visit.page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids)), path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_are_readable_and_nothing_overflows(
    visits: Callable[..., Visit], site: Api, scheme: str
) -> None:
    site.set_up("one", tags=["x" * 300])
    visit = visits(color_scheme=scheme, viewport={"width": 360, "height": 740})
    visit.log_in()
    for name, path in (
        ("list", "/admin"),
        ("form", "/admin/set-up/acme"),
        ("choice", "/admin/set-up/botly"),
        ("connection", "/admin/connection/acme/one"),
        ("audit", "/admin/audit"),
    ):
        visit.open(path)
        assert contrasts(visit.page) == [], path
        visit.picture(f"phone-{scheme}-{name}")
        # Names, titles and documentation come from connectors, and words from services.
        visit.page.evaluate(LONG_WORDS)
        wide = visit.page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= 360, f"{path} scrolls sideways: {wide}"


LONG_WORDS = """() => document.querySelectorAll("h1,p,dt,dd,td,th,label,legend,label span,li")
  .forEach(each => each.append("_a_long_name".repeat(9)))"""


def contrasts(page: Any) -> list[Any]:
    """Texts whose contrast to what lies behind them is below 4.5 to 1 (WCAG AA)."""
    return list(page.evaluate("""() => {
  const channels = c => { const m = c.match(/[\\d.]+/g).map(Number);
    return m.length > 3 ? m : [...m, 1]; };
  const light = c => { const [r, g, b] = c.map(v => { v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) {
    const c = channels(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c; }
    return [255, 255, 255, 1]; };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || e.classList.contains('skip')) continue;
    const a = light(channels(getComputedStyle(e).color).slice(0, 3));
    const b = light(behind(e).slice(0, 3));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push([e.tagName, e.className, e.textContent.trim().slice(0, 30), ratio]);
  }
  return poor; }"""))
