"""What a text that stands alone over rows says of them: a grade, how or which service is given, a plan, the summer."""

from __future__ import annotations

import re

from workload.intake.cells.cell_words import GRADES
from workload.intake.columns.heading_words import facts_of
from workload.model.columns import normalized

GRADE = re.compile(
    r"(?:(?P<before>\S+)\s+grade(?:rs)?|grades?\s*:?\s*(?P<after>\S+)|"
    r"(?P<word>(?:pre-?\s?|transitional )?kindergarten|kinder|preschool|pre-?k|tk))\W*",
    re.IGNORECASE,
)
GROUP = re.compile(r"(?:small )?group\s*[#:]?\s*(?!of\b|size\b)\w{1,3}", re.IGNORECASE)  # "Group A"
PLANS = {"504": "504", "section 504": "504", "iep": "IEP", "ieps": "IEP", "mtss": "MTSS", "rti": "MTSS", "504s": "504"}
KINDS = {"direct": "individual", "individual": "individual", "group": "group", "consult": "consult"}
BESIDE = frozenset({"filler", "service", "student", "ot", "ota", "related", "planned", "annual", "session", "sessions"})
LONGEST = 5  # words; a longer text is a note


def said_of_rows(text: str) -> dict[str, str]:
    """Column -> value, for all rows beneath; empty where the text is not understood as a whole.

    >>> said_of_rows("2nd Grade"), said_of_rows("CONSULT ONLY"), said_of_rows("Speech")
    ({'grade': '2'}, {'delivery': 'consult'}, {'service': 'Speech'})
    """
    grade = GRADE.fullmatch(text)
    word = next(filter(None, grade.groups()), "").casefold().strip(" :") if grade else ""
    if word in GRADES:
        return {"grade": GRADES[word]}
    if GROUP.fullmatch(text):
        return {"delivery": "group", "group_id": text}
    plan = PLANS.get(normalized(text).removesuffix(" students").removesuffix(" plans").removesuffix(" plan"))
    if plan:
        return {"plan": plan}
    words = facts_of(text) if len(text.split()) <= LONGEST else ()
    kinds = {KINDS[fact] for facts in words for fact in facts & KINDS.keys()}
    of_summer, of_others = (any(fact in facts for facts in words) for fact in ("esy", "other"))
    known = BESIDE | KINDS.keys() | {"esy", "other", "year", "school"}
    if not words or not all(facts & known for facts in words):
        return {}
    if of_others:
        return {"service": text}
    of_year = any("year" in facts for facts in words)
    if of_summer or of_year:
        return {"esy": "yes" if of_summer else "no"}
    if len(kinds) == 1:
        return {"delivery": kinds.pop()}
    of_ot = all(facts & BESIDE for facts in words) and any(facts & {"ot", "ota"} for facts in words)
    return {"service": "OT"} if of_ot else {}
