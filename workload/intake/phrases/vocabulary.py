"""The vocabulary of frequency phrases: which words mean what.

Add a spelling here and nowhere else. Words are lower case, without hyphens and trailing dots; "_" joins the
words of an entry that has several. What is not listed is a leftover, and a
leftover turns a clear reading into a question.
"""

from __future__ import annotations

from fractions import Fraction

# kind of token -> its spellings
PLAIN: dict[str, str] = {
    "MIN": "min mins minute minutes minutues mintues minuets minuites minuts mnts mn minuto minutos",
    "HOUR": "hour hours hr hrs h hora horas",
    "TIMES": "time times tx txs visit visits contact contacts occurrence occurrences treatment treatments vez veces",
    "SESSION": "session sessions sess sessn sesion sesions sesiones sesión block blocks",
    "EACH": "each apiece ea",
    "PER": "per a an every por al",
    "TOTAL": (
        "total totaling totalling altogether overall cumulative in_total in_all for_a_total_of "
        "a_total_of total_of total_minutes total_time"
    ),
    "IN": "in over across divided_into split_into broken_into divided_between split_between delivered_in",
    "OF": "of",
    "FOR": "for",
    "X": "x",
    "TO": "to through thru",
    "OR": "or",
    "AND": "and plus",
    "BETWEEN": "between",
    "OTHER": "other second alternate",
    "BI": "bi",
    "SEMI": "semi",
    "CYCLE": "cycle cycles rotation rotations",
    "DAYNOUN": "day days",
    "EQ": "equals which_equals equaling",
    "HALF": "half",
    "GROUP": (
        "group groups grp grps gp grupo small_group small_groups small_grp group_size group_setting small_group_setting"
    ),
    "CEILING": ("maximum max up_to at_most no_more_than not_to_exceed maximum_of max_of a_maximum_of not_more_than"),
    "FLOOR": "minimum at_least no_less_than not_less_than minimum_of a_minimum_of no_fewer_than",
    "ESY": "esy summer extended_school_year summer_school",
    "AS_NEEDED": (
        "prn as_needed if_needed when_needed as_appropriate as_necessary as_required "
        "as_tolerated upon_request on_request as_requested"
    ),
    "CONDITION": (
        "until till if when unless after before then fade fading taper tapering decrease "
        "decreasing increase increasing reduce reducing drop dropping pending starting beginning "
        "effective"
    ),
    "ALLOW": "extra allowable allowed additional optional permitted permissible",
    "NO_DATA": (
        "unknown zzz none na tbd blank not_specified to_be_determined not_applicable see_iep per_iep see_notes"
    ),
    "MODEL": "model",
    "STUDENT": "student students kid kids child children peer peers pupil pupils",
    "PERIOD_LENGTH_UNKNOWN": (
        "marking_period marking_periods grading_period grading_periods "
        "reporting_period reporting_periods progress_period term terms"
    ),
}

# said about a service without changing its minutes
FILLERS = (
    "the at as is be will with by on served serve services service svc svcs provided receive receives "
    "direct mandated required therapy ot otr occupational therapist occupational_therapy "
    "occupational_therapist related_service related_services frequency freq duration length amount iep "
    "iep_minutes mandate one_or_more_times_a_day one_or_more_times_a_week one_or_more_times_a_month "
    "one_or_more_times_a_year school academic instructional calendar long only location of_service "
    "of_services of_therapy of_ot of_direct regular_year regular_school_year during_the_school_year "
    "lasting length_of_session session_length session_minutes minutes_of_service reg basis on_a setting "
    "each_of will shall plan cota ota program de la terapia ocupacional"
)
SETTINGS = (
    "pull_out pullout push_in pushin classroom in_classroom in_class in_the_classroom general_education "
    "gen_ed general_education_classroom in_gen_ed special_education sped special_education_classroom "
    "resource_room therapy_room ot_room outside_the_classroom out_of_class separate_setting "
    "separate_location telehealth teletherapy telepractice virtual in_person school_based natural_setting "
    "inclusion within_the_classroom outside_general_education inside_general_education in_school at_school "
    "clinic"
)
PURPOSES = (
    "fine gross visual motor skill skills sensory processing regulation self care help handwriting writing "
    "feeding dressing adl adls perceptual coordination strength support supports needs goals keyboarding "
    "perception integration adaptive daily living participation functional executive functioning "
    "strategies daily_living daily_living_skills"
)
DELIVERIES = {
    "individual": ("individual individually indiv ind indv indivi i solo one_on_one one_to_one one_to_one_setting"),
    "consult": (
        "consult consults consultation consultations consultative consulting consultive indirect "
        "collaboration collaborative collaboratively monitor monitoring monitored to_staff "
        "with_teacher with_staff consult_with_teacher consultation_with_teacher "
        "consultation_with_staff on_behalf_of consulta"
    ),
}
STATUSES = (
    "screen screening eval evaluation yes y evaluate dismissed exited reeval eval_only evaluation_only "
    "screen_only re_eval"
)
OTHER_SERVICES = (
    "para paraprofessional aide speech slp slt pt physical_therapy physical_therapist counseling "
    "counselling nursing sai specialized_academic_instruction rsp speech_therapy speech_language behavior "
    "social_work adapted_pe ape"
)

PERIOD_NOUNS = {
    "week": "week weeks wk wks weeky semana semanas",
    "month": "month months mo mos mth mths mnth mes meses",
    "quarter": "quarter quarters qtr qtrs",
    "trimester": "trimester trimesters tri",
    "semester": "semester semesters sem",
    "year": "year years yr yrs school_year iep_year academic_year annum",
}
PERIOD_ADVERBS = {
    "day": "daily dly diario diaria",
    "week": "weekly wkly wly each_and_every_week semanal semanales",
    "month": "monthly mthly mnthly mensual mensuales",
    "quarter": "quarterly qtrly",
    "trimester": "trimesterly",
    "semester": "semesterly",
    "year": "yearly annually annual per_annum",
    "two weeks": "fortnightly fortnight eow eo_week",
}
PERIOD_LETTERS = {"w": "week", "m": "month", "d": "day", "q": "quarter", "y": "year"}

COUNT_WORDS = {"once": 1, "twice": 2, "thrice": 3, "single": 1}
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
NUMBER_WORDS = {word: number for number, word in enumerate(NUMBERS.split())} | {"una": 1, "dos": 2, "tres": 3}
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS_WORDS = {word: 10 * number for number, word in enumerate(TENS.split(), start=2)} | {"fourty": 40}
MINUTES_IN_UNIT = {"MIN": Fraction(1), "HOUR": Fraction(60)}
UNTIL_WORDS = frozenset({"until", "till", "thru", "through", "before"})
FROM_WORDS = frozenset({"then", "starting", "beginning", "effective", "after"})
FULL_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = frozenset({*FULL_MONTHS, *MONTHS, "sept"})


def _spellings(listed: str) -> list[tuple[str, ...]]:
    """The entries of a list; "_" stands for the blank inside an entry of several words."""
    return [tuple(entry.split("_")) for entry in listed.split()]


def _build() -> dict[tuple[str, ...], tuple[str, str]]:
    """Every spelling with its kind of token and the name that it stands for."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}

    def add(listed: str, kind: str, name: str = "") -> None:
        for spelling in _spellings(listed):
            found[spelling] = (kind, name)

    add(PURPOSES, "PURPOSE")
    add(FILLERS, "FILLER")
    add(SETTINGS, "SETTING")
    add(OTHER_SERVICES, "OTHER_SERVICE")
    add(STATUSES, "STATUS")
    for name, listed in DELIVERIES.items():
        add(listed, "DELIVERY", name)
    for name, listed in PERIOD_NOUNS.items():
        add(listed, "NOUN", name)
    for name, listed in PERIOD_ADVERBS.items():
        add(listed, "ADVERB", name)
    for kind, listed in PLAIN.items():
        add(listed, kind)
    return found


LEXICON = _build()
LONGEST_ENTRY = max(len(spelling) for spelling in LEXICON)

# Words that stand alone in a column of periods.
PERIOD_WORDS = {
    "day": "day, daily, days, school day",
    "week": "week, weekly, wk, w, weeks, wkly, school week",
    "two weeks": "two weeks, 2 weeks, every other week, every two weeks, every 2 weeks, other week, eow, fortnight, fortnightly",
    "month": "month, monthly, mo, mth, m, months",
    "six weeks": "six weeks, 6 weeks, six-weeks, every six weeks",
    "quarter": "quarter, quarterly, qtr, qtrs, qtrly, q, nine weeks, 9 weeks, 9 wks",
    "trimester": "trimester",
    "semester": "semester, semesterly, sem",
    "year": "year, y, yearly, yr, annual, annually, school year",
}
PERIODS_BY_WORD = {word: period for period, words in PERIOD_WORDS.items() for word in words.split(", ")}
