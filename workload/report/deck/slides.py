"""The fifteen-minute story: why workload, scope and method, where we stand, which schools, options, waiting, next steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workload.figures.tones import LIGHT
from workload.report.brief.brief_page import tiles
from workload.report.deck.canvas import BOTTOM, MARGIN, TOP, WIDTH, Deck, height_of
from workload.report.deck.deck_charts import chart, work_chart
from workload.report.language.languages import NOT_CERTIFIED, SPANISH
from workload.report.language.passages import sentences
from workload.report.lengths import shorter
from workload.report.packet_choices import Option
from workload.report.reader_view import View

INSIDE = WIDTH - 2 * MARGIN
MOST_SCHOOL_BARS = 10
SIZES = (16, 15, 14, 13, 12)  # points of the passages on the first slide
LEAST_WORDS, MOST_WORDS = 1.2, (1.75, 2.45)  # inches that they take; the most for one language and for two
DEFAULT_STEPS = (
    "Each therapist checks one's own week and marks what is wrong.",
    "The district replaces the assumptions that are still examples.",
    "The board decides between the options and names a date.",
    "The count is repeated with the roster of that date.",
)


def summary(deck: Deck, view: View, story: Mapping, notes: str) -> None:
    """All of it on one slide. Two languages stand side by side."""
    said = story["said"]
    slide = deck.slide((said[0]["title"], said[0]["tag"]), in_one_minute(said, notes))
    below = TOP + _said(deck, slide, said)
    width, height = (
        (INSIDE - 0.4) / 3,
        1.74 if len(said) == 1 else 1.1,
    )  # room for two languages is taken from what tiles mean
    for at, one in enumerate(tiles(story["indicators"])):
        deck.tile(
            slide,
            one["label"],
            one["value"],
            one["help"] if len(said) == 1 else "",
            (MARGIN + at * (width + 0.2), below, width, height),
        )
    below += height + 0.06
    work_chart(deck, slide, story["work"], (MARGIN, below, INSIDE, 6.9 - below))


def _said(deck: Deck, slide, said: Sequence[Mapping[str, str]]) -> float:
    """The passages in columns, as large as they fit; the height that they take in inches."""
    width, most = (INSIDE - 0.3 * (len(said) - 1)) / len(said), MOST_WORDS[len(said) - 1]
    words = [[one["ask"], " ".join(text for text in (one["headline"], one["schools"]) if text)] for one in said]
    size = next(
        (points for points in SIZES if max(height_of(lines, width, points) for lines in words) <= most), SIZES[-1]
    )
    height = min(most, max(LEAST_WORDS, *(height_of(lines, width, size) for lines in words)))
    for at, (lines, one) in enumerate(zip(words, said, strict=True)):
        deck.text(
            slide,
            [(line, one["tag"]) for line in lines],
            (MARGIN + at * (width + 0.3), TOP - 0.05, width, height),
            size=size,
            lead=True,
        )
    return height


def in_one_minute(said: Sequence[Mapping[str, str]], notes: str) -> list[str | tuple[str, str]]:
    """What to say on the first slide, a paragraph for each language; and who should read the Spanish before."""
    spoken = [
        (f"{'En un minuto' if one['lang'] == SPANISH else 'In one minute'}: {' '.join(sentences(one))}", one["tag"])
        for one in said
    ]
    spanish = any(one["lang"] == SPANISH for one in said)
    return [*spoken, *([NOT_CERTIFIED] if spanish else []), notes]


def why_workload(deck: Deck, view: View, story: Mapping, notes: str) -> None:
    """Students and work side by side for the largest schools."""
    rows = view.schools.sort_values(["workload_hours", "school"], ascending=[False, True]).head(MOST_SCHOOL_BARS)
    total = view.district
    slide = deck.slide(
        "Counting students does not tell the work",
        "Two therapists with the same number of students can have "
        f"opposite weeks: minutes, groups, evaluations, meetings and travel differ. {notes}",
    )
    side = [
        "A caseload counts heads. A workload adds up sessions, evaluations, meetings, notes, planning and travel.",
        "A school with few students can hold much work, and the other way round.",
        "So posts are asked for by hours, and nobody is ranked by caseload.",
    ]
    deck.text(slide, side, (MARGIN, TOP + 0.1, 4.0, 4.8), bullets=True)
    if rows.empty or not total["workload_hours"]:
        return
    students = float(view.district["caseload"])
    chart(
        deck,
        slide,
        "bar",
        rows["school"].tolist(),
        {
            "Share of students (%)": [100 * value / students for value in rows["caseload"]],
            "Share of work (%)": [100 * value / total["workload_hours"] for value in rows["workload_hours"]],
        },
        (4.8, TOP, WIDTH - 4.8 - MARGIN, BOTTOM - TOP),
        f"Share of the district's students beside the share of its OT work, the {len(rows)} schools with most work.",
        (LIGHT.soft, LIGHT.accent),
        digits=0,
    )


def scope(deck: Deck, view: View, story: Mapping, notes: str) -> None:
    """What was read, what was counted, and how."""
    slide = deck.slide(
        "What was counted, and how", f"Every number opens to rows, formula and source in the audit workbook. {notes}"
    )
    deck.text(
        slide,
        [
            f"The roster as of {story['day']}: services in force, people in post, evaluations, travel.",
            "Minutes on plans become therapist hours; a group session counts once for the therapist.",
            "Evaluations, meetings, reports, notes, planning, staff time, travel and supervision are added, each by a stated rule.",
            "Hours over a full-time week give FTE. A range comes from 10,000 draws of the assumptions.",
            story["method"],
        ],
        (MARGIN, TOP + 0.1, 6.6, 5.2),
        bullets=True,
        size=17,
    )
    rows = counted_rows(view)
    deck.table(
        slide,
        ("In the roster", "Number"),
        rows,
        (7.6, TOP + 0.2, WIDTH - 7.6 - MARGIN, 3),
        (3, 1.4),
        "What the roster holds: " + "; ".join(f"{name} {value}" for name, value in rows),
        size=14,
        right=(1,),
    )


def counted_rows(view: View) -> list[tuple[str, str]]:
    """What the roster holds, as written for this audience. Students and rows go through the gate."""
    answer, gate = view.answer, view.gate
    read, counted = answer.roster.rows("read"), answer.rows_counted
    left_out = read - counted
    rows = [
        ("Students with OT on a plan", gate.count(view.district["caseload"])),
        ("Students with an evaluation only", gate.count(view.district["students_evaluation_only"])),
        ("Service lines in force", gate.count(view.district["service_lines"])),
        ("Rows counted", gate.count(counted)),
        ("Rows left out or unreadable", gate.count(left_out)),
    ]
    if not gate.hides(left_out):
        rows.insert(3, ("Rows read", gate.count(read)))
    return rows


def options_slide(deck: Deck, view: View, story: Mapping, notes: str, options: Sequence[Option]) -> None:
    """The options side by side; left out without any."""
    if not story["options"]:
        return
    slide = deck.slide(
        "Options",
        f"Costs are the district's own unless an option says otherwise. A dash means that it is not known. {notes}",
    )
    rows = [
        [
            shorter(one["name"], 60),
            one["fte"],
            one["first_year"],
            one["yearly"],
            shorter(one["cover"], 90),
            one["students"],
        ]
        for one in story["options"]
    ]
    deck.table(
        slide,
        ("Option", "FTE", "First year", "Each later year", "When absent", "Students who change therapist"),
        rows,
        (MARGIN, TOP + 0.15, INSIDE, 3),
        (3, 0.8, 1.3, 1.4, 3, 1.7),
        "Options: " + "; ".join(f"{row[0]}: {row[1]} FTE, first year {row[2]}, later {row[3]}" for row in rows),
        size=14,
        right=(1, 2, 3, 5),
    )
    costs = [one for one in options[: len(rows)] if one.first_year_cost is not None and one.yearly_cost is not None]
    if costs:
        chart(
            deck,
            slide,
            "bar",
            [one.name for one in costs],
            {
                "First year ($)": [one.first_year_cost for one in costs],
                "Each later year ($)": [one.yearly_cost for one in costs],
            },
            (MARGIN, 4.0, INSIDE, 2.85),
            "Cost of the options: "
            + "; ".join(
                f"{shorter(one.name, 60)} {one.first_year_cost:,.0f} and {one.yearly_cost:,.0f} dollars"
                for one in costs
            ),
            (LIGHT.accent, LIGHT.soft),
            digits=0,
            number='"$"#,##0',
        )


def waiting(deck: Deck, view: View, story: Mapping, notes: str) -> None:
    """What happens if nothing does."""
    slide = deck.slide("If we do nothing", f'Say "estimated exposure"; do not say "violation". {notes}')
    deck.text(
        slide,
        story["not_acting"]
        or [f"{story['nothing_short']} Later referrals are not in it." if story["nothing_short"] else view.stamp],
        (MARGIN, TOP + 0.2, INSIDE, 4.8),
        bullets=True,
        size=22,
    )


def next_steps(deck: Deck, view: View, story: Mapping, notes: str) -> None:
    """Who does what now."""
    slide = deck.slide("Next steps", f"End with the ask and the date. {notes}")
    first = [(one["ask"], one["tag"]) for one in story["said"]] if story["ask"]["fte"] else []
    deck.text(
        slide,
        [*first, *(view.settings.next_steps or DEFAULT_STEPS)][:7],
        (MARGIN, TOP + 0.2, INSIDE, 4.8),
        bullets=True,
        size=22,
    )
