"""On paper a page says what it says on the screen: nothing of a chart or table lies beyond the edge of the sheet."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from dashboard import server as own_server
from tests.e2e.screen import open_sample, settle

MARGINS = dict.fromkeys(("top", "bottom", "left", "right"), "13mm")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def printed(page, folder: Path) -> str:
    """The text that can be seen on the printed page; what is cut off is not in it."""
    file = folder / "page.pdf"
    page.pdf(path=str(file), format="Letter", margin=MARGINS, print_background=True)
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("width", [1280, 1920])
def test_the_printed_steps_of_overview_carry_their_values_and_no_menu(page, server, tmp_path, width):
    page.set_viewport_size({"width": width, "height": 800})
    open_sample(page, server)
    drawn = page.locator(".js-plotly-plot").first.locator("text").all_text_contents()
    steps = [text.strip().replace("\u2212", "-") for text in drawn if text.strip()]
    text = printed(page, tmp_path).replace("\u2212", "-")
    assert len(steps) >= 16  # eight steps, each with its name and its value
    for step in steps:
        assert step in text, step
    for menu in ("Time study", "Download Excel"):
        assert menu not in text


def test_the_width_of_each_chart_on_paper_is_that_of_the_sheet(page, server, tmp_path):
    open_sample(page, server)
    page.get_by_role("link", name="Schools", exact=True).first.click()
    settle(page)
    printed(page, tmp_path)  # the page measures its charts before it prints
    for chart in page.locator(".js-plotly-plot").all():
        width = float(chart.locator(".main-svg").first.get_attribute("width"))
        zoom = float(chart.evaluate("chart => chart.style.getPropertyValue('--on-paper')"))
        assert zoom * width <= 680.5 and zoom <= 1


def test_the_print_style_never_touches_what_clips_a_chart():
    sheet = re.sub(r"/\*.*?\*/", "", own_server.PRINT.decode(), flags=re.DOTALL)
    for selectors, body in RULE.findall(sheet):
        if "*" in selectors or "plotly" in selectors.casefold():
            assert not re.search(r"\b(height|position|overflow)\s*:", body), selectors
