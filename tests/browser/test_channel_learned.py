"""The Channel attention page with trained channels, as a reader uses it: pull gates, read what the network says."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import idle


@pytest.mark.parametrize("size", [{}, {"width": 390, "height": 844, "has_touch": True}], ids=["desktop", "phone"])
def test_shut_gates_change_what_the_network_says_and_rows_follow_the_block(visit, size):
    page = visit("channel?sample=coffee&learned_block=3", **size)
    page.get_by_role("radio", name="Trained (classifier)").click()
    rows = page.locator(".st-key-learned_gates ol > li")
    expect(rows).to_have_count(24)
    expect(page.locator(".st-key-learned_viewer canvas").first).to_be_in_viewport()
    expect(page.get_by_text("the network says espresso")).to_be_visible()
    page.get_by_role("button", name="Shut these 24").click()
    expect(page.get_by_text(re.compile("With 24 pulled in block 3, the network says cup"))).to_be_visible()
    expect(page).to_have_url(re.compile("learned_pulled="))
    page.get_by_role("radio", name="4", exact=True).click()
    expect(page.get_by_text("the network says espresso")).to_be_visible()
    idle(page)
    expect(rows).to_have_count(24)  # those of the other block are gone
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 1
