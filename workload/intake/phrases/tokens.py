"""From the text of a cell to a row of tokens: tidy the characters, cut into numbers, words and signs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction

from workload.intake.phrases.meanings import Span
from workload.intake.phrases.vocabulary import (
    COUNT_WORDS,
    LEXICON,
    LONGEST_ENTRY,
    MONTH_NAMES,
    NUMBER_WORDS,
    PERIOD_LETTERS,
    TENS_WORDS,
)
from workload.intake.phrases.weekdays import with_times

LONGEST_TEXT = 300  # a cell longer than this is a note, not a frequency
LONGEST_NUMBER = 9  # characters; anything longer is an identifier, not a number of minutes
SUPERSCRIPTS = str.maketrans(dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " ^ "))  # footnote marks, not numbers

VULGAR = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
SIGNS = {
    "(": "OPEN",
    ")": "CLOSE",
    "[": "OPEN",
    "]": "CLOSE",
    "=": "EQ",
    "+": "AND",
    "&": "AND",
    "/": "SLASH",
    "-": "DASH",
    ":": "COLON",
    ",": "SEP",
    ";": "SEP",
    ".": "SEP",
    "|": "SEP",
    "@": "FILLER",
    "'": "MIN",
}

TIDYING = (
    (r"[\u00ad\u200b-\u200f\u2060\ufeff]", ""),  # soft hyphens and marks without width
    (r"[\u2018\u2019\u2032\u00b4`]", "'"),
    (r"[\u2010-\u2015\u2212]", "-"),
    (r"[\u00d7\u2715\u2716]|(?<=\d)\s*\*\s*(?=\d)", "x"),
    (r"[\r\n\u2022]+", " ; "),
    (r"\s+", " "),
    (r"(?<=[a-z])\(s\)", "s"),
    (r"\b(\d+)[- ]weeks? (?:rotation|cycle)\b", r"every \1 weeks"),
    (r"\beach (?=\d+\s*-?\s*(?:weeks?|wks?)\b)", "every "),
    (r"\bw/\s*", "with "),
    (r"\bp/\s*(?=[a-z])", "per "),
    (r"\bn\s*/\s*a\b", "na"),
    (r"^450\s*[-:]?\s*(?=occupational|ot\b)", ""),  # the service code of a California report
    (r"\b504 (?=plan|consult|student)", ""),
    (r"\band\s*/\s*or\b", "or"),
    (r"\bo\.\s*t\.?(?=\W|$)", "ot"),
    (r"\b(bi|semi)\s*-?\s*(?=(?:week|month|wk|mo|annual)\w*\b)", r"\1 "),
    (r"(?<![\d:.])1\s*(?::|-?\s*on\s*-?|-?\s*to\s*-?)\s*1\b(?!\s*[:\d])", "individual"),
    (r"\b([23])\s*(?:-|:|to)\s*1\s+(?=(?:service\s+)?(?:delivery\s+)?model\b)", r"\1to1 "),
    (r"(?<=[a-z])-(?=[a-z])", " "),
    (r"(?<=\d)-(?=[a-z])", " "),
    (r"(?<=\d)\.(?=\s*[a-z])", " "),
    (r"(?<=[a-z])'(?=[a-z]|\s|$)", ""),  # minutes' and the like
    (r"(?<=[a-z])\.(?=[a-z]{2,}|\d)", ". "),
)

PIECES = re.compile(
    r"(?P<date>\d{1,2}/\d{1,2}/\d{2,4}\b)"
    r"|(?P<model>\b[23]to1\b)"
    r"|(?P<triple>\d{1,3}:\d{1,3}:\d{1,3}\b)"
    r"|(?P<clock>\d{1,2}:\d{2}\b(?!\s*:))"
    r"|(?P<ratio>\d{1,2}:\d{1,2}\b(?!\s*:))"
    r"|(?P<mixed>\d+ +[123]/[234](?=\s*(?:of an? )?(?:h|hrs?|hours?)\b))"
    r"|(?P<fraction>[123]/[234](?=\s*(?:of an? )?(?:h|hrs?|hours?)\b))"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+|\d+|(?<![\d.])\.\d+)"
    r"|(?P<word>[a-z]+)\.?"
    r"|(?P<sign>\S)"
)


@dataclass(frozen=True)
class Token:
    """A piece of the phrase, or several pieces once their shape is known.

    ``kind`` says what it is, ``span`` holds its number, ``name`` the period, delivery or unit it means.
    ``each`` and ``total`` mark minutes as per session or as the whole; ``factor`` is how often a period's
    count happens (half for "every other month"); ``numbers`` holds the numbers of a compound such as 2x30x3.
    """

    kind: str
    raw: str
    span: Span = None  # type: ignore[assignment]  # a kind without a number has none; who reads it knows the kind
    name: str = ""
    each: bool = False
    total: bool = False
    factor: Fraction = Fraction(1)
    numbers: tuple[Span, ...] = ()


def tidy(text: str) -> str:
    """The text as it is compared and remembered: lower case, one kind of dash, quote, blank, times sign."""
    for sign, spelled in VULGAR.items():
        text = text.replace(sign, spelled)
    text = unicodedata.normalize("NFKC", text.translate(SUPERSCRIPTS)).lower()
    text = with_times(" ".join(text.split()))
    for pattern, replacement in TIDYING:
        text = re.sub(pattern, replacement, text)
    return re.sub(r"^[-*] +", "", text.rstrip(" .;,*\t").lstrip(" ;,*\t"))


def tokens_of(text: str) -> list[Token]:
    pieces: list[Token] = []
    for found in PIECES.finditer(text):
        kind = str(found.lastgroup)
        raw = found[kind]
        if kind == "word":
            pieces += [Token("WORD", word) for word in _unglued(raw)]
        elif kind == "sign":
            pieces.append(Token(SIGNS.get(raw, "UNKNOWN"), raw))
        else:
            pieces.append(_number_token(kind, raw, text[found.end() :]))
    return _join_numbers(_name_words(pieces))


def number(value: Fraction | int, raw: str = "") -> Token:
    value = Fraction(value)
    return Token("NUM", raw or str(value), Span(value, value))


def _number_token(kind: str, raw: str, following: str) -> Token:
    if kind == "number":
        if len(raw) > LONGEST_NUMBER:
            return Token("UNKNOWN", raw)
        if re.fullmatch(r"[1-9]\d?\.\d{3}", raw):  # 1.200: a thousand, or one and a fifth
            return Token("UNKNOWN", raw)
        return number(Fraction(raw.replace(",", "")), raw)
    if kind == "fraction":
        return replace(number(Fraction(raw), raw), name="fraction") if Fraction(raw) < 1 else Token("UNKNOWN", raw)
    if kind == "mixed":
        if re.match(r"\s*(?:h|hrs?|hours?)\.?\s+(?:sess|block|visit|time)", following):
            return Token("UNKNOWN", raw)  # "2 1/2 hour sessions": two and a half hours, or two half hours
        whole, part = raw.split()
        return number(int(whole) + Fraction(part), raw)
    if kind == "date":
        return Token("DATE", raw)
    if kind == "model":
        return Token("MODEL_RATIO", raw, numbers=(Span(Fraction(raw[0]), Fraction(raw[0])),))
    parts = tuple(Span(Fraction(piece), Fraction(piece)) for piece in raw.split(":"))
    if kind == "triple" and raw.endswith(":00"):
        kind, parts = "clock", parts[:2]  # hours:minutes:seconds as Excel prints them
    return Token(kind.upper(), raw, numbers=parts)


def _unglued(word: str) -> list[str]:
    """Words that were written together with a times sign: "xweek", "minx", "wx"."""
    if (word,) in LEXICON or word in NUMBER_WORDS or word in TENS_WORDS or word in COUNT_WORDS:
        return [word]
    if word == "pw":
        return ["per", "week"]
    if word in ("mpw", "mpm", "mpy", "mpd"):
        return ["min", "per", {"w": "week", "m": "month", "y": "year", "d": "day"}[word[-1]]]
    for head, tail in ((word[:1], word[1:]), (word[:-1], word[-1:])):
        if "x" in (head, tail) and head and tail:
            other = tail if head == "x" else head
            if (other,) in LEXICON or other in PERIOD_LETTERS:
                return [head, tail]
    return [word]


def _name_words(pieces: list[Token]) -> list[Token]:
    """Give every word, or run of words, the longest entry of the vocabulary that fits."""
    named: list[Token] = []
    place = 0
    while place < len(pieces):
        run = [piece.raw for piece in _word_run(pieces, place)]
        for length in range(min(LONGEST_ENTRY, len(run)), 0, -1):
            entry = LEXICON.get(tuple(run[:length]))
            if entry is not None:
                named.append(Token(entry[0], " ".join(run[:length]), name=entry[1]))
                place += length
                break
        else:
            named.append(_lone_word(pieces[place]) if run else pieces[place])
            place += 1
    return named


def _word_run(pieces: list[Token], place: int) -> list[Token]:
    run = []
    for piece in pieces[place : place + LONGEST_ENTRY]:
        if piece.kind != "WORD":
            break
        run.append(piece)
    return run


def _lone_word(piece: Token) -> Token:
    word = piece.raw
    if word in NUMBER_WORDS:
        return replace(number(NUMBER_WORDS[word], word), name="word")
    if word in TENS_WORDS:
        return replace(number(TENS_WORDS[word], word), name="tens")
    if word in COUNT_WORDS:
        value = Fraction(COUNT_WORDS[word])
        return Token("COUNT", word, Span(value, value))
    if word in PERIOD_LETTERS:
        return Token("LETTER", word, name=PERIOD_LETTERS[word])
    if word in ("g", "c"):
        return Token("GROUP", word) if word == "g" else Token("DELIVERY", word, name="consult")
    if word == "hundred":
        return Token("HUNDRED", word)
    if word in MONTH_NAMES:
        return Token("MONTH_NAME", word)
    return Token("UNKNOWN", word)


def _join_numbers(tokens: list[Token]) -> list[Token]:
    """Numbers in several words become one: "forty five", "one hundred twenty"."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if last is not None and token.kind == "HUNDRED" and last.kind == "NUM" and last.name == "word":
            joined[-1] = replace(number(last.span.low * 100, f"{last.raw} hundred"), name="hundred")
        elif (
            last is not None
            and token.kind == "NUM"
            and last.kind == "NUM"
            and (
                (last.name == "tens" and token.name == "word" and 0 < token.span.low < 10)
                or (last.name == "hundred" and token.name in ("word", "tens"))
            )
        ):
            joined[-1] = replace(number(last.span.low + token.span.low, f"{last.raw} {token.raw}"), name=token.name)
        else:
            joined.append(token)
    return joined
