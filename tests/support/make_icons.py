"""Makes `dashboard/assets/icons`: of Streamlit's font of icons only those that can appear. `make icons`, after an upgrade.

Needs fonttools, which the target installs; the names that the font knows stand in `icons.txt` for whoever has none.
"""

from __future__ import annotations

import re
from pathlib import Path

import streamlit

NAME = re.compile(r":material/([a-z_0-9]+):")
STREAMLIT = Path(streamlit.__file__).parent
DASHBOARD = Path(__file__).parents[2] / "dashboard"
ICONS = DASHBOARD / "assets" / "icons"


def names_in_use() -> set[str]:
    """Every icon that Streamlit's scripts, its Python code or our own can ask for."""
    sources = (*STREAMLIT.glob("static/static/js/*.js"), *STREAMLIT.rglob("*.py"), *DASHBOARD.rglob("*.py"))
    return {name for path in sources for name in NAME.findall(path.read_text(encoding="utf-8", errors="replace"))}


def glyphs_of(font) -> dict[str, str]:
    """Name of an icon, as it is written in a text -> the glyph that stands for it."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in (getattr(each, "ExtSubTable", each) for each in lookup.SubTable):
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for each in ligatures:
                    found["".join(letters.get(glyph, "?") for glyph in (first, *each.Component))] = each.LigGlyph
    return found


def main() -> None:
    """Write the font and the names that it knows."""
    from fontTools.subset import Options, Subsetter, save_font
    from fontTools.ttLib import TTFont

    font = TTFont(next(STREAMLIT.glob("static/static/media/MaterialSymbols-Rounded.*.woff2")))
    glyphs = glyphs_of(font)
    names = sorted(names_in_use() & glyphs.keys())
    options = Options(layout_features=["*"], layout_closure=False, flavor="woff2", glyph_names=False)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(names), glyphs=[glyphs[name] for name in names])
    subsetter.subset(font)
    ICONS.mkdir(exist_ok=True)
    save_font(font, ICONS / "icons.woff2", options)
    (ICONS / "icons.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    print(len(names), "icons;", "not in the font:", *sorted(names_in_use() - glyphs.keys()))


if __name__ == "__main__":
    main()
