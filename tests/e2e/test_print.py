"""On paper a page says what it says on the screen: nothing of a chart or table lies beyond the edge of the sheet."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dashboard import server as own_server
from dashboard.shell import cached
from tests.e2e.screen import go, open_sample
from tests.e2e.test_journeys import sample_answer
from workload.figures.tones import DARK, LIGHT

MARGINS = dict.fromkeys(("top", "bottom", "left", "right"), "13mm")
SHEET = 718 / 0.86 - 38  # pixels between the margins of a letter sheet at the page's zoom, less a card's own margins
SHORTEST = 150  # pixels; squares and weeks are shorter or of other colors
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def paper(page, folder: Path) -> Path:
    """The page as a PDF."""
    file = folder / "page.pdf"
    page.pdf(path=str(file), format="Letter", margin=MARGINS, print_background=True)
    return file


def printed(file: Path) -> str:
    """The text that can be seen on the printed page; what is cut off is not in it."""
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout


def bars(file: Path, color: tuple[int, int, int]) -> list[int]:
    """The lengths in pixels of the bars of one color on the first sheet, from the top."""
    subprocess.run(
        ["pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-png", "-singlefile", str(file), str(file)], check=True
    )
    sheet = np.asarray(Image.open(f"{file}.png").convert("RGB")).astype(int)
    near = (abs(sheet - color).max(axis=2) <= 12).sum(axis=1)
    rows = near * (near > SHORTEST)
    starts = np.flatnonzero((rows > 0) & (np.roll(rows, 1) == 0))
    return [int(np.median(rows[start : start + 10])) for start in starts]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 1920])
def test_the_bridge_is_whole_on_paper_and_no_menu_is(page, server, tmp_path, width, theme):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    open_sample(page, server)
    bridge = page.locator(".st-key-card_bridge .js-plotly-plot")
    words = bridge.locator("text").all_text_contents()
    file = paper(page, tmp_path)
    first = printed(file).split("\f")[0].replace("\u2212", "-")
    assert len(words) > 16
    for word in words:
        assert word.replace("\u2212", "-") in first, word
    for menu in ("Delivered minutes", "Download Excel", "Why 128%?", "See options", "Calculator"):
        assert menu not in printed(file)
    assert "OT 7 has 36 students" in first  # whose week a bar is
    tones = {"light": LIGHT, "dark": DARK}[theme]
    there, needed = (bars(file, rgb(color)) for color in (tones.accent, tones.soft))
    answer = sample_answer(cached.SAMPLE_DAY)
    contracted, available, required = (
        answer.district[each] for each in ("contracted_fte", "available_fte", "required_fte")
    )
    assert len(there) == 2 and len(needed) == 1
    assert there[0] / there[1] == pytest.approx(contracted / available, rel=0.02)
    assert needed[0] / there[1] == pytest.approx(required / available, rel=0.02)


def rgb(color: str) -> tuple[int, int, int]:
    """Red, green and blue of a color such as #0A5C6B."""
    return tuple(bytes.fromhex(color.removeprefix("#")))


def test_the_width_of_each_chart_on_paper_is_that_of_the_sheet(page, server, tmp_path):
    open_sample(page, server)
    go(page, "Schools")
    paper(page, tmp_path)  # the page measures its charts before it prints
    charts = page.locator(".js-plotly-plot").all()
    assert len(charts) >= 2
    for chart in charts:
        width = float(chart.locator(".main-svg").first.get_attribute("width"))
        zoom = float(chart.evaluate("chart => chart.style.getPropertyValue('--on-paper')"))
        assert zoom * width <= SHEET + 0.5 and zoom <= 1


def test_the_print_style_never_touches_what_clips_a_chart():
    sheet = re.sub(r"/\*.*?\*/", "", own_server.PRINT.decode(), flags=re.DOTALL)
    rules = RULE.findall(sheet)
    assert len(rules) > 3
    for selectors, body in rules:
        if "*" in selectors or "plotly" in selectors.casefold():
            assert not re.search(r"\b(height|position|overflow)\s*:", body), selectors
