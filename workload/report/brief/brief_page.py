"""The brief: one accessible page (PDF/UA-1) that asks, shows how sure it is, and says what it does not show."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from workload.report.brief.brief_letters import showable
from workload.report.lengths import LONGEST_NAME, LONGEST_WORDS, shorter
from workload.report.packet_choices import BRAND, FONTS, Option
from workload.report.reader_view import View
from workload.report.story import story_of

TEMPLATE = BRAND / "brief.typ"


def brief(view: View, options: Sequence[Option] = ()) -> bytes:
    """The page as PDF. Texts reach the typesetter as JSON values, never as markup; nothing is fetched or read beside
    the template's own folder.
    """
    import typst

    return typst.compile(
        str(TEMPLATE),
        root=str(BRAND),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(brief_data(view, options), ensure_ascii=False, allow_nan=False)},
        timestamp=datetime(view.answer.day.year, view.answer.day.month, view.answer.day.day, tzinfo=UTC),
    )


def brief_data(view: View, options: Sequence[Option] = ()) -> dict[str, object]:
    """What the template is given."""
    told, settings = story_of(view, options), view.settings
    story = {name: shortened(value) for name, value in told.items()}
    return {
        **story,
        "said": [{name: showable(text) for name, text in one.items()} for one in told["said"]],
        "tiles": tiles(story["indicators"]),
        "mark_words": "  ".join(part.split(":")[0] for part in (view.audience.mark, view.stamp) if part),
        "stamp_word": view.stamp.split(":")[0],
        "brand": asdict(settings.brand),
        "title": shorter(story["title"], LONGEST_NAME),
        "district": shorter(story["district"], LONGEST_NAME),
        "logo": list(settings.logo) if settings.logo else None,
        "logo_kind": settings.logo_kind,
    }


def tiles(indicators: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The three boxes: the two FTE share one, as one sentence needs both."""
    used, fits, full, planned = indicators
    return [
        dict(used),
        dict(fits),
        {
            "label": "FTE at 100% and 80% use",
            "value": f"{full['value']} and {planned['value']}",
            "help": "Required with every hour planned, and with one in five left open for absence and new referrals.",
        },
    ]


def shortened(value: object) -> object:
    """The same plain data with texts of at most twice a sentence, in letters that the page's font has."""
    if isinstance(value, str):
        return showable(shorter(value, 2 * LONGEST_WORDS))
    if isinstance(value, Mapping):
        return {name: shortened(one) for name, one in value.items()}
    return [shortened(one) for one in value] if isinstance(value, list | tuple) else value
