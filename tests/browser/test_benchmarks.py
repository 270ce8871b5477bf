"""What benchmarks/drawn.js calls drawn, and what a measured page may ask of the outside. Nothing here is timed."""

import pytest

from benchmarks.bertviz_page import HEADS, open_page
from benchmarks.browser import DRAWN, measured, serve, visit
from benchmarks.explorer import draw_all
from benchmarks.pictures import BARE, arrive, move, pull

# As Streamlit has it: a click ends one view; the next one's place, the end of the script and the first paint follow.
APP = """
<div data-testid="stApp" data-test-script-state="notRunning">
  <button>other</button>
  <div class="st-key-view_words"><div class="stBidiComponent"><svg width="9" height="9"></svg></div></div>
</div>
<script>
  const app = document.querySelector("[data-testid=stApp]"), place = document.querySelector("[class*=st-key-view_]");
  const steps = [], acts = {
    place() {
      place.className = "st-key-view_map";
      place.innerHTML = `<div class="stBidiComponent"><button>a tool</button><canvas></canvas></div>
        <details><summary>folded</summary><div class="stBidiComponent">nothing drawn</div></details>`;
    },
    paint() { place.querySelector("canvas").getContext("2d").fillRect(0, 0, 20, 20); },
    end() { app.dataset.testScriptState = "notRunning"; },
  };
  document.querySelector("button").onclick = async () => {
    app.dataset.testScriptState = "running";
    for (const name of order) {
      for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
      steps.push(name);
      acts[name]();
    }
  };
</script>
"""
AT_THE_TIME = "measured = measured.then(async (found) => [await found, [...steps]])"


@pytest.mark.parametrize("order", [["place", "paint", "end"], ["place", "end", "paint"]])
def test_a_view_is_drawn_when_the_script_has_ended_and_its_canvas_is_painted(browser, order):
    with browser.new_page() as page:
        page.set_content(APP)
        page.add_script_tag(path=DRAWN)
        page.evaluate("order => { window.order = order; measureClick('words', 20); }", order)
        page.evaluate(f"() => {{ {AT_THE_TIME} }}")
        page.get_by_text("other").click()
        (view, milliseconds), steps = page.evaluate("measured")
    assert view == "map"
    assert milliseconds > 0
    assert steps == order


def test_a_blank_canvas_is_not_drawn(browser):
    with browser.new_page() as page:
        page.set_content(APP.replace('<svg width="9" height="9"></svg>', "<canvas></canvas>"))
        page.add_script_tag(path=DRAWN)
        page.evaluate("() => { measureArrival(20); measured = measured.then(() => window.brushed); }")
        page.evaluate(
            """async () => {
              for (let i = 0; i < 5; i++) await new Promise(requestAnimationFrame);
              window.brushed = true;
              document.querySelector("canvas").getContext("2d").fillRect(0, 0, 20, 20);
            }"""
        )
        assert page.evaluate("measured") is True


def test_the_peers_page_gets_its_scripts_from_here_and_is_drawn_with_all_its_lines(browser, capsys):
    n = 3
    html = """<svg></svg><script src="https://elsewhere.invalid/d3.min.js"></script>
              <script src="https://elsewhere.invalid/unknown.js"></script>"""
    draw = f"document.querySelector('svg').innerHTML = '<line />'.repeat({HEADS * n * n})"
    assert open_page(browser, html, {"d3.min.js": draw}, n) > 0
    assert capsys.readouterr().out == "refused: https://elsewhere.invalid/unknown.js\n"


def test_an_arrival_counts_from_the_start_of_the_navigation(browser, address):
    with visit(browser, address) as page:
        page.add_init_script("measureArrival(60)")
        page.goto(f"{address}/sentence?view=map")
        assert measured(page)[0] == "map"


def test_every_view_of_the_explorer_is_measured_by_a_click(browser, address):
    drawings = dict(draw_all(browser, address, 8, turn=0))
    with visit(browser, address) as page:
        page.add_init_script("measureArrival(60)")
        page.goto(f"{address}/sentence")
        measured(page)
        views = page.locator(".st-key-view [role=radio]").count()
    assert len(drawings) == views + 1
    assert {"arrival", "map", "heads"} <= set(drawings)
    for drawing in drawings.values():
        assert 0 < drawing.data < drawing.received
        assert drawing.seconds > 0


def test_a_slider_is_measured_until_its_mask_has_changed(browser, address):
    with visit(browser, address) as page:
        arrive(page, f"{address}/spatial?sample=cat", "spatial_viewer")
        before = page.locator(".st-key-spatial_viewer figcaption").inner_text()
        assert move(page, "spatial_viewer") > 0
        assert page.locator(".st-key-spatial_viewer figcaption").inner_text() != before


def test_a_pulled_gate_is_measured_until_its_picture_has_changed(browser, address):
    with visit(browser, address) as page:
        arrive(page, f"{address}/channel?sample=cat", "channel_viewer", "gates")
        before = page.locator(".st-key-channel_viewer figcaption").inner_text()
        assert pull(page, 0.9) > 0
        assert page.locator(".st-key-channel_viewer figcaption").inner_text() != before


def test_the_bare_apps_slider_is_measured_the_same_way(browser):
    with serve(BARE) as address, visit(browser, address) as page:
        arrive(page, address, "mask")
        assert move(page, "mask") > 0
        assert move(page, "mask") > 0
