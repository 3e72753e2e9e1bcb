"""Drives the report in headless Chromium: report.py FOLDER, where the pages are. Needs Playwright and a Chromium.

Leaves with 77 where one of them is missing, and writes what the page exports to FOLDER/pins.json.
"""

import base64
import json
import os
import shutil
import sys
import time
from pathlib import Path

SKIPPED = 77
try:
    from playwright.sync_api import sync_playwright
except ImportError:
    print("skipped: this Python has no Playwright (DUIQI_PYTHON names another one)")
    sys.exit(SKIPPED)
BROWSER = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
if BROWSER is None:
    print("skipped: there is no Chromium")
    sys.exit(SKIPPED)

FOLDER = Path(sys.argv[1]).resolve()
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
# Milliseconds of processor time that the page may take for a notch of the wheel among 5,000 pairs, on average. What the clock
# says depends on what else the machine does.
MOST_STEP = 40


def opened(browser, name, fragment="", **settings):
    """A page without anything on its console, and without a request but for itself."""
    context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **settings})
    page = context.new_page()
    page.said = []
    page.on("console", lambda m: page.said.append(m.text))
    page.on("pageerror", lambda e: page.said.append(str(e)))
    page.on("request", lambda r: page.said.append(r.url) if r.url.split(":")[0] not in ("file", "blob") else None)
    page.goto((FOLDER / f"{name}.html").as_uri() + fragment)
    return page


def closed(page):
    assert not page.said, page.said
    page.context.close()


def until(page, holds):
    """Waits until an expression holds; the page's own policy forbids Playwright to do it."""
    for _ in range(200):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {holds}")


def rows(page):
    """English and Chinese indices of each row that is shown, as the page has them now."""
    return page.evaluate("""[...document.querySelectorAll('.row:not([hidden])')].map((r) => ['en', 'zh'].map((s) =>
        [...r.querySelectorAll(`.c[data-side=${s}] .s`)].map((e) => Number(e.dataset.i.slice(2)))))""")


def visible(page):
    return page.locator(".row:not([hidden])").count()


def active(page):
    return page.evaluate("document.querySelector('.on')?.id")


def in_view(page, selector):
    return page.evaluate("""(s) => { const r = document.querySelector(s).getBoundingClientRect();
        return r.bottom > 60 && r.top < innerHeight; }""", selector)


def filters(page):
    everything = visible(page)
    assert everything > 300
    page.keyboard.press("f")
    page.select_option("#by-person", index=1)
    one = visible(page)
    assert 0 < one < everything and f"{one} of {everything}" in page.inner_text("#filter-count")
    page.select_option("#by-person", "")
    page.select_option("#by-kind", "gap")
    gaps = rows(page)
    assert gaps and all(not en or not zh for en, zh in gaps)
    page.select_option("#by-kind", "passage-added")
    assert visible(page) == page.locator('.row:has(.note[data-kind="passage-added"])').count() > 0
    page.select_option("#by-kind", "")
    page.evaluate("""() => { const s = document.getElementById('by-sure'); s.value = 69;
        s.dispatchEvent(new Event('input', { bubbles: true })); }""")
    unsure = page.evaluate("[...document.querySelectorAll('.row:not([hidden])')].map((r) => +r.dataset.c)")
    assert unsure and max(unsure) <= 69
    page.click("text=Show all")
    until(page, f"document.querySelectorAll('.row:not([hidden])').length === {everything}")
    page.keyboard.press("Escape")
    assert page.is_hidden("#filter")


def steps(page):
    stops = int(page.inner_text("#step-count"))
    assert stops > 20
    places = []
    for _ in range(3):
        page.keyboard.press("n")
        page.wait_for_timeout(60)
        places.append(active(page))
        assert in_view(page, f"#{places[-1]}")
    assert page.inner_text("#step-count") == f"3 / {stops}"
    page.keyboard.press("p")
    assert active(page) == places[1] and page.inner_text("#step-count") == f"2 / {stops}"
    page.click('[data-do="previous-finding"]')
    page.keyboard.press("p")
    assert page.inner_text("#step-count") == f"{stops} / {stops}", "round the end"
    page.keyboard.press("Home")
    assert active(page) == "r0"
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert active(page) == "r1" and page.evaluate("document.activeElement.id") == "r1"
    page.keyboard.press("End")
    page.wait_for_timeout(100)
    assert in_view(page, ".group:last-child > .row:last-child")


def searches(page):
    page.keyboard.press("/")
    page.keyboard.type("frostloop")
    until(page, "document.getElementById('q-count').textContent.includes('/')")
    found = int(page.inner_text("#q-count").split("/")[1])
    # Independently counted, in the text of the rows.
    text = page.evaluate("[...document.querySelectorAll('.s')].map((s) => s.textContent).join('\\n').toLowerCase()")
    assert found == text.count("frostloop") > 3
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert page.inner_text("#q-count").endswith(f"/ {found}") and in_view(page, ".row.on")
    assert "frostloop" in page.inner_text(".row.on").lower()
    lit = page.evaluate("[...CSS.highlights.get('search')].map((r) => r.toString().toLowerCase())")
    assert lit == ["frostloop"] * found
    # Over the borders of marks, in another width.
    page.fill("#q", "营收达到４１亿美元")
    until(page, "document.getElementById('q-count').textContent.endsWith('/ 1')")
    assert page.evaluate("[...CSS.highlights.get('search')].map(String)") == ["营收达到41亿美元"]
    page.fill("#q", "no such words")
    until(page, "document.getElementById('q-count').textContent === 'none'")
    page.keyboard.press("Escape")
    assert page.input_value("#q") == ""


def lights(page):
    mark = page.locator('.c[data-side="en"] mark[data-g]').nth(4)
    group = mark.get_attribute("data-g")
    mark.scroll_into_view_if_needed()
    mark.hover()
    sides = "[...document.querySelectorAll('mark.lit')].map((m) => m.closest('.c').dataset.side + m.dataset.g)"
    assert page.evaluate(sides) == [f"en{group}", f"zh{group}"]
    page.mouse.move(2, 300)
    # By the keyboard, in the chosen row.
    page.keyboard.press("Escape")
    row = page.locator(".row:has(mark[data-g])").nth(2)
    row.locator(".c").first.click(position={"x": 2, "y": 4})
    row.locator("mark[data-g]").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.row.on mark.lit')")
    assert len(page.evaluate(sides)) == 2


def mends(page):
    before = rows(page)
    # A pair of one sentence against two, and its neighbours.
    k = next(i for i, (en, zh) in enumerate(before) if len(en) == 1 and len(zh) == 2 and i > 2)
    page.keyboard.press("e")
    assert page.is_visible("#dock")

    def choose(i):
        page.evaluate("(i) => document.querySelectorAll('.row')[i].querySelector('.c').click()", i)

    def press(key, expected):
        page.keyboard.press(key)
        now = rows(page)
        assert now == expected, (key, now[k - 1:k + 3], expected[k - 1:k + 3])
        # Each segment once, whatever is done.
        for side in (0, 1):
            assert sum((r[side] for r in now), []) == sum((r[side] for r in before), [])

    def with_rows(at, count, fresh):
        return before[:at] + fresh + before[at + count:]

    (en, zh), (en2, zh2) = before[k], before[k + 1]
    choose(k)
    press("a", with_rows(k, 2, [[en + en2, zh + zh2]]))
    press("u", before)
    choose(k)
    press("}", with_rows(k, 2, [[en, zh[:1]], [en2, zh[1:] + zh2]]))
    press("u", before)
    choose(k + 1)
    press("{", with_rows(k, 2, [[en, zh + zh2[:1]], [en2, zh2[1:]]]))
    press("u", before)
    choose(k)
    # Before the sentence that is pointed at: the last of three.
    page.evaluate("(i) => document.querySelector(`.s[data-i=zh${i}]`).click()", zh[1])
    page.keyboard.press("s")
    parts = rows(page)[k:k + 2]
    assert [p[1] for p in parts] == [zh[:1], zh[1:]] and sum((p[0] for p in parts), []) == en
    page.keyboard.press("Control+z")
    assert rows(page) == before
    assert page.is_disabled('[data-mend="undo"]')

    # What is kept: a merged pair, a shifted cut (two pairs), and a pinned one.
    choose(k)
    page.click('[data-mend="merge"]')
    far = next(i for i, (e, z) in enumerate(rows(page)) if i > k + 3 and len(e) == 2 and len(z) >= 1 and len(rows(page)[i + 1][1]) > 0)
    choose(far)
    page.click('[data-mend="en-down"]')
    mended = rows(page)
    choose(0)
    page.click('[data-mend="pin"]')
    assert page.get_attribute('[data-mend="pin"]', "aria-pressed") == "true"
    expected = sorted([before[0], [en + en2, zh + zh2], mended[far], mended[far + 1]])
    page.click('[data-mend="export"]')
    with page.expect_download() as download:
        page.click('[data-do="download"]')
    download.value.save_as(FOLDER / "pins.json")
    exported = (FOLDER / "pins.json").read_text(encoding="utf-8")
    assert exported == page.input_value("#export-text")
    pins = json.loads(exported)
    assert (pins["duiqi"], pins["version"]) == ("pins", 1)
    assert [[p["en"], p["zh"]] for p in pins["pins"]] == expected, pins
    for side, i in (("en", 0), ("zh", 1)):
        assert pins[side]["segments"] == 1 + max(sum((r[i] for r in before), []))
    page.keyboard.press("Escape")
    # A reload keeps it, undo after it takes it all back.
    page.reload()
    assert rows(page) == mended and page.locator(".row.pinned").count() == 4
    page.keyboard.press("e")
    page.keyboard.press("u")
    assert rows(page) == before
    page.keyboard.press("e")


def looks(browser):
    page = opened(browser, "call", color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.keyboard.press("t")
    assert page.evaluate(ground) != dark, "the switch wins over the system"
    page.reload()
    assert page.evaluate(ground) != dark, "and is remembered"
    page.keyboard.press("?")
    assert page.is_visible("#help[open]")
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    assert page.is_hidden(".bar") and page.is_hidden("#map")
    closed(page)
    page = opened(browser, "call", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "nothing runs out of a phone"
    closed(page)
    # Without scripts it reads, all of it.
    page = opened(browser, "call", java_script_enabled=False)
    assert page.is_hidden("#q") and page.locator(".row").count() > 300
    closed(page)


def jumps(browser):
    page = opened(browser, "call", viewport={"width": 1500, "height": 900})
    box = page.locator("#map svg").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    page.wait_for_timeout(200)
    at = page.evaluate("[...document.querySelectorAll('.row')].findIndex((r) => r.matches('.on')) / document.querySelectorAll('.row').length")
    assert 0.4 < at < 0.6 and in_view(page, ".row.on")
    place = float(page.get_attribute("#here", "y"))
    assert 150 < place < 350, place
    page.keyboard.press("m")
    assert page.is_hidden("#map")
    closed(page)
    page = opened(browser, "call", "#r40")
    assert active(page) == "r40" and in_view(page, "#r40")
    closed(page)


def articles(browser):
    page = opened(browser, "mixed")
    links = page.evaluate("JSON.parse(document.getElementById('data').textContent).links")
    many = [a for a, _, _ in links if sum(l[0] == a for l in links) > 1]
    assert many, "several links of one passage"
    en, zh, _ = links[len(links) // 2]
    page.evaluate("(id) => document.getElementById(id).scrollIntoView({block: 'center'})", zh)
    page.locator(f"#{zh} .c").click(position={"x": 3, "y": 3})
    page.wait_for_timeout(300)
    partner = page.evaluate("document.querySelector('.partner').id")
    assert [partner, zh] in [l[:2] for l in links]
    tops = [page.evaluate(f"document.getElementById('{i}').getBoundingClientRect().top") for i in (partner, zh)]
    assert abs(tops[0] - tops[1]) < 3, "side by side"
    assert page.locator("#lines path.on").count() >= 1
    page.keyboard.press("l")
    assert active(page) == partner
    closed(page)


def scrolls(browser):
    started = time.monotonic()
    page = opened(browser, "long")
    loading = time.monotonic() - started
    count = page.locator(".row").count()
    assert count >= 5000
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})

    def used():
        return next(m["value"] for m in metrics.send("Performance.getMetrics")["metrics"] if m["name"] == "TaskDuration")

    before = used()
    step = page.evaluate("""async () => {
        const frame = () => new Promise(requestAnimationFrame);
        // Somewhere in the middle, then as a wheel does it.
        scrollTo(0, document.documentElement.scrollHeight / 2);
        await frame();
        const [steps, started] = [120, performance.now()];
        for (let i = 0; i < steps; i += 1) {
            scrollBy(0, 120);
            await frame();
        }
        return (performance.now() - started) / steps;
    }""")
    work = (used() - before) * 1000 / 120
    page.keyboard.press("End")
    page.wait_for_timeout(200)
    assert in_view(page, ".group:last-child > .row:last-child")
    started = time.monotonic()
    page.keyboard.press("/")
    page.keyboard.type("week 17 ")
    page.keyboard.press("Enter")
    until(page, "document.getElementById('q-count').textContent.includes('/')")
    search = time.monotonic() - started
    page.keyboard.press("Escape")
    started = time.monotonic()
    page.keyboard.press("e")
    page.keyboard.press("a")
    until(page, f"document.querySelectorAll('.row').length === {count - 1}")
    merging = time.monotonic() - started
    size = (FOLDER / "long.html").stat().st_size
    print(f"5,000 pairs: {size / 1e6:.1f} MB, loaded in {loading:.1f} s, {step:.0f} ms a notch of the wheel ({work:.0f} of work), "
          f"search in {search:.1f} s, merged in {merging:.1f} s")
    assert 0 < work < MOST_STEP
    closed(page)


def subtitles(browser):
    """The browser's own reader of WebVTT takes every cue of bilingual subtitles, with both languages and the voices."""
    written = (FOLDER / "webinar.vtt").read_text(encoding="utf-8")
    data = base64.b64encode(written.encode()).decode()
    page = browser.new_context().new_page()
    page.set_content(f'<video><track default kind="subtitles" src="data:text/vtt;base64,{data}"></video>')
    page.evaluate("document.querySelector('track').track.mode = 'showing'")
    for _ in range(100):
        if page.evaluate("document.querySelector('track').readyState") > 1:
            break
        page.wait_for_timeout(50)
    cues = page.evaluate("[...document.querySelector('track').track.cues].map((c) => [c.startTime, c.endTime, c.getCueAsHTML().textContent])")
    expected = written.count(" --> ")
    assert len(cues) == expected > 60, (len(cues), expected)
    assert all(start < end for start, end, _ in cues)
    first = cues[0][2].split("\n")
    assert first[0].startswith("Good afternoon") and first[1].startswith("大家下午好"), first
    page.context.close()


def main():
    os.umask(0o022)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        page = opened(browser, "call")
        for test in (filters, steps, searches, lights, mends):
            test(page)
        closed(page)
        page = opened(browser, "findings")
        assert 0 < visible(page) == page.locator(".row:has(.note)").count() < page.locator(".row").count()
        closed(page)
        for name in ("hostile", "moved"):
            page = opened(browser, name)
            page.on("dialog", lambda d: page.said.append(d.message))
            page.keyboard.press("n")
            page.keyboard.press("e")
            closed(page)
        for test in (looks, jumps, articles, scrolls, subtitles):
            test(browser)
        browser.close()
    print("all done")


main()
