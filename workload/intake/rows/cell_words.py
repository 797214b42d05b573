"""The vocabulary of single cells: marks for nothing, yes and no, units, grades, periods, other names of choices.

Everything here is lower case; readers fold the cell before they look.
"""

from __future__ import annotations

MISSING_MARKS = frozenset({
    "", "-", "--", "\u2013", "\u2014", "\u2020", "\u2021", "*", "n/a", "na", "#n/a", "null", "nan", "none", "tbd",
    "tba", "?", "see iep", "not available", "unknown", "<10", ".",
})
YES = frozenset({"yes", "y", "true", "t", "1", "x", "\u2713", "\u2714"})
NO = frozenset({"no", "n", "false", "f", "0"})
UNITS = {
    "minutes": ("minutes", "minute", "mins", "min", "m", "'"),
    "hours": ("hours", "hour", "hrs", "hr", "h"),
    "sessions": ("sessions", "session", "times", "time", "x", "visits", "visit"),
    "students": ("students", "student", "kids"),
    "dollars": ("dollars", "usd"),
    "degrees": ("degrees", "\u00b0"),
    "FTE": ("fte",),
}
PERIODS_BY_WORD = {
    "day": "day", "daily": "day", "days": "day", "school day": "day",
    "week": "week", "weekly": "week", "wk": "week", "w": "week", "weeks": "week", "wkly": "week", "school week": "week",
    "two weeks": "two weeks", "2 weeks": "two weeks", "every other week": "two weeks", "every two weeks": "two weeks",
    "every 2 weeks": "two weeks", "other week": "two weeks", "eow": "two weeks", "fortnight": "two weeks",
    "fortnightly": "two weeks",
    "month": "month", "monthly": "month", "mo": "month", "mth": "month", "m": "month", "months": "month",
    "six weeks": "six weeks", "6 weeks": "six weeks", "six-weeks": "six weeks", "every six weeks": "six weeks",
    "quarter": "quarter", "quarterly": "quarter", "qtr": "quarter", "nine weeks": "quarter", "9 weeks": "quarter",
    "9 wks": "quarter",
    "trimester": "trimester", "semester": "semester", "semesterly": "semester", "sem": "semester",
    "year": "year", "yearly": "year", "yr": "year", "annual": "year", "annually": "year", "school year": "year",
}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth")
GRADES = {
    **{f"{number}": f"{number}" for number in range(1, 13)}, **{f"0{number}": f"{number}" for number in range(1, 10)},
    **{f"{number}{ending}": f"{number}" for number in range(1, 13) for ending in ("st", "nd", "rd", "th")},
    **{f"grade {number}": f"{number}" for number in range(1, 13)},
    **{word: f"{at + 1}" for at, word in enumerate(ORDINALS)},
    **dict.fromkeys(("pk", "prek", "pre-k", "pre k", "p", "preschool", "pre-school", "-1", "p3", "p4", "pk3", "pk4", "ecse",
                     "prekindergarten", "pre-kindergarten"), "PK"),
    **dict.fromkeys(("tk", "transitional kindergarten"), "TK"),
    **dict.fromkeys(("k", "kg", "kdg", "kinder", "kindergarten", "0", "00", "kf"), "K"),
    **dict.fromkeys(("18-22", "18-21", "post", "transition", "13", "12+", "18+", "adult transition"), "18-22"),
}
CHOICES: dict[str, dict[str, str]] = {
    "plan": {"504 plan": "504", "section 504": "504", "ifsp plan": "IFSP", "iep plan": "IEP", "rti": "MTSS",
             "individualized education program": "IEP", "mtss rti": "MTSS"},
    "delivery": {
        **dict.fromkeys(("ind", "indiv", "indv", "i", "1:1", "one on one", "one to one", "direct", "independent", "solo",
                         "d", "direct individual", "individual direct", "pull out", "push in", "pullout", "pushin",
                         "po", "pi", "individually", "individual service"), "individual"),
        **dict.fromkeys(("grp", "g", "small group", "whole group", "groups", "sm grp", "small grp", "direct group",
                         "group direct", "sg"), "group"),
        **dict.fromkeys(("c", "consultation", "consultative", "indirect", "collaboration", "monitor", "monitoring", "con",
                         "consults", "consultation services", "in", "collaborative"), "consult"),
    },
    "role": {
        **dict.fromkeys(("otr", "otr l", "occupational therapist", "ot l", "registered ot", "therapist", "otd", "otd otr l",
                         "ms otr l", "occupational therapist registered", "school ot", "lead ot", "motr l"), "OT"),
        **dict.fromkeys(("cota", "cota l", "ot assistant", "occupational therapy assistant", "assistant", "ota l",
                         "certified occupational therapy assistant", "occupational therapist assistant"), "OTA"),
    },
    "employment": {
        **dict.fromkeys(("district", "staff", "salaried", "permanent", "w2", "w 2", "full time", "part time", "fte",
                         "district employee", "teacher contract"), "employee"),
        **dict.fromkeys(("contractor", "contracted", "1099", "independent contractor", "vendor"), "contract"),
        **dict.fromkeys(("staffing agency", "agency contract", "nonpublic agency", "npa", "traveler"), "agency"),
        **dict.fromkeys(("telehealth", "teletherapy", "virtual", "remote", "tele"), "telepractice"),
    },
    "type": {
        **dict.fromkeys(("init", "new", "initial evaluation", "initial eval", "i", "new referral", "referral",
                         "initial assessment", "eval", "evaluation"), "initial"),
        **dict.fromkeys(("re eval", "reeval", "re evaluation", "triennial", "tri", "3 year", "three year", "r", "re",
                         "3 yr", "triennial evaluation", "reassessment", "triennial reevaluation", "annual reevaluation",
                         "reevaluation evaluation"), "reevaluation"),
    },
}
