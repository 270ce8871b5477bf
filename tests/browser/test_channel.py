"""The Channel attention page as a reader uses it: mechanisms, order, gates pulled by hand, undo, a phone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import idle, table_of, taken_home

FINDING = ".st-key-channel_viewer figcaption"


def handle(page: Page, name: str):
    return page.get_by_role("slider", name=f"Gate of {name}", exact=True)


def row(page: Page, name: str):
    return page.locator(f".st-key-gates ol > li[data-id={name}]")


def small_picture(page: Page) -> list[int]:
    """The mean red, green and blue of the small rebuilt picture."""
    return page.locator(".st-key-gates .preview canvas").evaluate(
        """canvas => {
            const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            const sums = [0, 0, 0];
            pixels.forEach((value, i) => i % 4 < 3 && (sums[i % 4] += value));
            return sums.map((sum) => Math.round((4 * sum) / pixels.length));
        }"""
    )


def test_every_mechanism_can_be_chosen(visit):
    page = visit("channel?sample=cat")
    expect(page.locator(".st-key-gates ol > li")).to_have_count(20)
    expect(page.locator(".st-key-gates .units li")).to_have_count(5)
    page.get_by_role("radio", name="20 → 1").click()
    expect(page.locator(".st-key-gates .units li")).to_have_count(1)
    page.get_by_role("radio", name="CBAM").click()
    expect(row(page, "red").locator(".squeezed > *")).to_have_count(2)
    page.get_by_role("radio", name="ECA", exact=True).click()
    expect(page.get_by_text("|log₂(20)/2 + 1/2| = 2.66")).to_be_visible()
    expect(page.locator(".st-key-gates .units")).to_be_hidden()
    page.get_by_role("radio", name="GE", exact=True).click()
    page.get_by_role("radio", name="8 px", exact=True).click()
    expect(row(page, "skin").locator(".spread")).to_be_visible()
    expect(page).to_have_url(re.compile("gate=ge.*extent=8|extent=8.*gate=ge"))
    page.go_back()
    expect(page.get_by_role("radio", name="the whole picture")).to_have_attribute("aria-checked", "true")


def test_rows_are_sorted_and_stay_the_same_nodes(visit):
    page = visit("channel?sample=cat")
    red = row(page, "red").element_handle()
    page.get_by_role("radio", name="By gate").click()
    expect(page.locator(".st-key-gates ol > li").first).not_to_have_attribute("data-id", "red")
    gates = [float(line[-1]) for line in table_of(page, "gates")[1:]]
    assert gates == sorted(gates, reverse=True)
    assert red.evaluate("node => node.isConnected")


def test_a_gate_pulled_by_keyboard_changes_the_picture_and_can_be_undone(visit):
    page = visit("channel?sample=coffee")
    expect(page.locator(FINDING)).to_contain_text("Against all channels counting alike")
    expect(page.locator(".st-key-gates .preview canvas")).to_have_attribute("width", re.compile(r"^1\d\d$"))
    before, computed = small_picture(page), handle(page, "Red").input_value()
    handle(page, "Red").focus()
    page.keyboard.press("Home")
    expect(row(page, "red").locator(".value")).to_have_text("0.000")
    assert small_picture(page)[0] < before[0] - 20  # at once, before Python has answered
    expect(page.locator(FINDING)).to_contain_text(
        "Against the gates before you pulled, the rebuilt picture has lost red"
    )
    expect(page).to_have_url(re.compile(r"pulled=red(:|%3A)0(&|$)"))
    expect(handle(page, "Red")).to_be_focused()
    expect(row(page, "red")).to_have_class(re.compile("pulled"))
    expect(page.get_by_text("You have pulled this gate to 0.000")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(FINDING)).to_contain_text("Against all channels counting alike")
    expect(handle(page, "Red")).to_have_value(computed)
    expect(row(page, "red")).not_to_have_class(re.compile("pulled"))


def test_a_gate_pulled_by_hand_is_let_go(visit):
    page = visit("channel?sample=coffee")
    handle(page, "Blue").scroll_into_view_if_needed()
    box = handle(page, "Blue").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.3 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 8, y, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile("pulled=blue"))
    expect(handle(page, "Blue")).to_have_value(re.compile(r"^(1|0\.9[1-9]\d*)$"))
    page.get_by_role("button", name="Let the gate of “Blue” go").click()
    expect(page).not_to_have_url(re.compile("pulled"))
    expect(row(page, "blue")).not_to_have_class(re.compile("pulled"))
    page.go_back()
    expect(row(page, "blue")).to_have_class(re.compile("pulled"))


def test_a_row_opens_its_channel_and_the_gallery_shows_it_large(visit):
    page = visit("channel?sample=cat")
    row(page, "texture").locator(".open").click()
    expect(page.get_by_text(re.compile("Why “Texture” gets 0\\.\\d{3}"))).to_be_visible()
    page.locator(".st-key-channels button", has_text="Skin tone").click()
    expect(page.locator(FINDING)).to_contain_text("“Skin tone”: how near the colour is to that of human skin")
    expect(page).to_have_url(re.compile("see=channel"))


def test_bars_go_home_as_pictures(visit):
    page = visit("channel?sample=cat&pulled=red:0.25")
    for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        data = taken_home(page, ".st-key-gates .tools", kind).read_bytes()
        assert data.startswith(start)
        assert len(data) > 20_000
    assert "pulled by hand" in data.decode()


def test_a_link_opens_the_same_view_in_chinese(visit):
    page = visit("channel?sample=cat&gate=cbam&pulled=skin:0.1&channel=skin", locale="zh-CN")
    expect(page.get_by_text("“肤色”为什么得到 0.100")).to_be_visible()
    expect(page.get_by_role("slider", name="“肤色”的门")).to_have_value("0.1")


def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_picture_stays_in_sight(visit):
    page = visit("channel", width=390, height=844, has_touch=True, color_scheme="dark")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 1
    handle(page, "Texture").scroll_into_view_if_needed()
    box = handle(page, "Texture").bounding_box()
    assert box["height"] >= 40
    page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("pulled=texture"))
    expect(page.locator(".st-key-gates .preview")).to_be_in_viewport()


def test_a_finger_that_scrolls_over_a_gate_does_not_pull_it(visit):
    page = visit("channel?sample=cat", width=390, height=844, has_touch=True, is_mobile=True)
    handle(page, "Blue").scroll_into_view_if_needed()
    computed, box = handle(page, "Blue").input_value(), handle(page, "Blue").bounding_box()
    x, y = box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2
    finger = page.context.new_cdp_session(page)

    def swipe(across: float, up: float) -> None:
        at = [{"x": x + across * step / 10, "y": y - up * step / 10} for step in range(11)]
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at[:1]})
        for point in at[1:]:
            finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    swipe(across=0, up=200)
    moved = [handle(page, "Blue").element_handle(), box["y"] - 100]
    page.wait_for_function("([node, top]) => node.getBoundingClientRect().y < top", arg=moved)
    idle(page)
    expect(handle(page, "Blue")).to_have_value(computed)
    expect(row(page, "blue")).not_to_have_class(re.compile("pulled"))
    handle(page, "Blue").evaluate("node => node.scrollIntoView({ block: 'center' })")  # not under what stays in sight
    y = handle(page, "Blue").bounding_box()["y"] + 20
    swipe(across=-0.8 * box["width"], up=3)
    expect(row(page, "blue")).to_have_class(re.compile("pulled"))
    expect(handle(page, "Blue")).to_have_value(re.compile(r"^0(\.[01]\d*)?$"))
