"""The priced ask in words, the same on the page and on the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from workload.answer import Answer
from workload.model.words import EVEN_FTE, dollars, fte, fte_number, in_words, rounded, significant
from workload.premises.premise_list import answer_status
from workload.premises.records import PROVISIONAL
from workload.scenarios.ask_outcome import left_short
from workload.scenarios.priced_ask import COVER, DOLLAR_DIGITS, FILL, PERMANENT, Dollars, PricedAsk, PricedPart

NAMES = {PERMANENT: "to add", FILL: "to fill", COVER: "as cover"}


def shown_parts(asked: PricedAsk) -> list[PricedPart]:
    return [part for part in asked.parts if rounded(part.fte, 1) > 0]


def part_words(asked: PricedAsk, part: PricedPart) -> tuple[str, str]:
    """What a part is; and for whom, from when, with its dollars."""
    money = money_words(asked, part)
    if part.kind == COVER:
        until = f"until {in_words(part.until)}" if part.until else "until the leave ends"
        return "Cover", f"{part.role} time {until}, while somebody is on leave: {money}"
    if part.kind == FILL:
        return "Fill", f"{part.role} posts, already budgeted and vacant, from {part.start_month}: {money}"
    return "Permanent", f"new {part.role} posts, from {part.start_month}: {money}"


def money_words(asked: PricedAsk, part: PricedPart) -> str:
    """ "about $240,000 this school year, $270,000 a full year"."""
    told = asked.told_of(part)
    if part.kind == COVER:
        return f"about {dollars(told.this_year)}"
    return f"about {dollars(told.this_year)} this school year, {dollars(told.full_year)} a full year"


def money_sentence(asked: PricedAsk) -> str:
    """What is new money and what stands in the budget already, and how good the rates are."""
    new, budgeted = asked.told(PERMANENT, COVER), asked.told(FILL)
    said = [f"New money: about {_both(new)}." if new.this_year or new.full_year else ""]
    said.append(f"In the budget already: about {_both(budgeted)}." if budgeted.full_year else "")
    rates, examples = len(dict.fromkeys(id for part in asked.parts for id in part.rates)), len(asked.example_rates)
    if examples:
        said.append(
            f"{examples} of the {rates} rates behind it {'is an example' if examples == 1 else 'are examples'}."
        )
    return " ".join(filter(None, said))


def _both(amount: Dollars) -> str:
    return f"{dollars(amount.this_year)} this school year and {dollars(amount.full_year)} in a full year"


def room_sentence(asked: PricedAsk) -> str:
    """Why more is asked for than the district as a whole is short; empty where it is not."""
    short, total = max(0.0, -asked.gap_fte), sum(fte_number(part.fte) for part in shown_parts(asked))
    room = asked.ask.total_fte - short
    if room < EVEN_FTE or rounded(total, 1) == rounded(short, 1):
        return ""
    so_far = "provisionally " if asked.status == PROVISIONAL else ""
    whole = (
        f"not the {fte(short)} FTE that the district as a whole is {so_far}short"
        if short >= EVEN_FTE
        else f"although {so_far}nothing is missing on balance"
    )
    return f"Together {fte(total)}, {whole}: room of {fte(room)} FTE in the other role cannot do this work."


def left_sentence(answer: Answer) -> str:
    """That the ask leaves something short; empty where it does not."""
    left = left_short(answer)
    if not left:
        return ""
    so_far = "provisionally " if answer_status(answer) == PROVISIONAL else ""
    return f"With these posts {so_far}{fte(left)} FTE is still short: new posts travel and meet as well."


def ask_words(asked: PricedAsk) -> str:
    """The parts of a day's ask in a few words: "2.2 OT to add, 1.0 OT as cover"."""
    parts = ", ".join(f"{fte(part.fte)} {part.role} {NAMES[part.kind]}" for part in shown_parts(asked)) or "nothing"
    return f"provisionally {parts}" if asked.status == PROVISIONAL else parts


def past_day_refusal(needed_by: date | None, day: date) -> str:
    """Why a day that the ask is needed by cannot be used; empty where it can, or none is named."""
    if needed_by is None or needed_by >= day:
        return ""
    return (
        f"Needed by {in_words(needed_by)}: that lies before {in_words(day)}, the day of the answer. Name a later day."
    )


def ask_lines(answer: Answer, today: PricedAsk | None, needed: PricedAsk | None) -> list[str]:
    """The ask for a terminal: each part, the money, what it leaves, and the ask of the day it is needed by."""
    if today is None:
        return []
    word = "Provisional ask" if today.status == PROVISIONAL else "Ask"
    lines = [f"{word} of {in_words(today.day)}: {ask_words(today)}."]
    lines += [f"  {fte(part.fte)} {': '.join(part_words(today, part))}" for part in shown_parts(today)]
    said = (room_sentence(today), left_sentence(answer), money_sentence(today)) if shown_parts(today) else ()
    lines += [f"  {one}" for one in said if one]
    if needed is not None:
        lines.append(f"On {in_words(needed.day)}, when it is needed: {ask_words(needed)}.")
    return lines


def added_cost(then: Mapping[str, float], now: Mapping[str, float]) -> tuple[float, float]:
    """Dollars in the first and in each later year that an outcome costs beyond another: the difference of the shown amounts."""
    first, later = (
        rounded(now[name], 0) - rounded(then[name], 0) for name in ("cost_first_year_dollars", "cost_yearly_dollars")
    )
    return first, later


def about_more(value: float) -> str:
    """ "about $240,000 more": to two digits, which is what rates of examples bear; "costs the same" for nothing."""
    if not rounded(value, 0):
        return "the same cost"
    return f"about {dollars(significant(abs(value), DOLLAR_DIGITS))} {'less' if value < 0 else 'more'}"
