"""The published figures carry their source, and nothing stands among them that was not read."""

from __future__ import annotations

import pytest

from workload.rules.benchmarks import benchmarks, benchmarks_of, read_benchmarks
from workload.rules.rule import RuleError

# The figures of the reading notes, and of the Chicago file: value, high, evidence
READ = {
    "survey-practitioners": (571, None, "V"),
    "survey-unmanageable": (0.60, None, "S"),
    "survey-minutes-not-met": (0.55, None, "S"),
    "survey-caseload-band": (41, 50, "S"),
    "direct-hours-ceiling": (24, None, "V"),
    "lexington-share-direct": (0.45, None, "V"),
    "lexington-students-per-fte": (28.8, None, "V"),
    "lexington-service-rate": (0.043, None, "V"),
    "nc-district-students-per-fte": (32, None, "V"),
    "nc-district-evaluation-hours": (6.0, None, "V"),
    "nc-district-preschool-share": (0.22, None, "V"),
    "nc-district-elementary-share": (0.68, None, "V"),
    "nc-district-secondary-share": (0.10, None, "V"),
    "aota-old-caseload": (16, 43, "S"),
    "pt-on-behalf": (0.49, None, "V"),
    "slp-caseload": (47, 48, "S"),
    "minneapolis-fte": (33, None, "V-part"),
    "chicago-2014-2015": (0.630, None, "V"),
    "chicago-2015-2016": (0.584, None, "V"),
    "chicago-2016-2017": (0.676, None, "V"),
}


def test_every_figure_is_as_it_was_read_with_its_mark():
    assert {id: (one.value, one.high, one.evidence) for id, one in benchmarks().items()} == READ


def test_second_hand_figures_are_called_so_and_none_is_law():
    for one in benchmarks().values():
        assert one.source
        assert one.force == ("guidance" if one.evidence in ("V", "V-part") else "reported")


def test_figures_are_found_by_topic():
    assert [one.id for one in benchmarks_of("minutes")] == [
        "chicago-2014-2015",
        "chicago-2015-2016",
        "chicago-2016-2017",
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('force = "law"', "does not carry force law"),
        ('evidence = "S"', "does not carry force guidance"),
        ('value = "much"', "value must be a number"),
        ('color = "red"', "unknown field color"),
    ],
)
def test_a_wrong_figure_is_refused_with_its_file_and_entry(tmp_path, line, words):
    good = {
        "id": '"x"',
        "topic": '"survey"',
        "label": '"l"',
        "value": "1",
        "unit": '"u"',
        "who": '"w"',
        "year": '"2020"',
        "force": '"guidance"',
        "evidence": '"V"',
        "source": '"s"',
        "read": "2026-11-21",
    }
    key, value = line.split(" = ")
    path = tmp_path / "figures.toml"
    path.write_text("[[benchmark]]\n" + "\n".join(f"{name} = {text}" for name, text in {**good, key: value}.items()))
    with pytest.raises(RuleError, match=f"figures.toml, entry 1 \\(x\\).*{words}"):
        read_benchmarks(path)
