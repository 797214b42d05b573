"""What the colors of a week stand for, as every key of them says it."""

from __future__ import annotations

from workload.figures.tones import THIRDS

COLORS = tuple(zip(("accent", "about", "rest"), (third.label for third in THIRDS), strict=True))
BEYOND = ("gap", "beyond the contract")
