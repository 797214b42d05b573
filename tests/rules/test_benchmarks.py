"""The published figures carry their source, and nothing stands among them that was not read."""

from __future__ import annotations

import pytest

from workload.rules.benchmarks import benchmarks, read_benchmarks
from workload.rules.rule import RuleError

# The figures of the reading notes, and of the Chicago file: value, high, evidence, force
READ = {
    "survey-practitioners": (371, None, "V", "guidance"),
    "survey-unmanageable": (0.60, None, "S", "reported"),
    "survey-minutes-not-met": (0.55, None, "S", "reported"),
    "survey-caseload-band": (41, 50, "S", "reported"),
    "direct-hours-ceiling": (24, None, "S", "reported"),
    "lexington-share-direct": (0.45, None, "V", "reported"),
    "lexington-students-per-fte": (28.8, None, "V", "reported"),
    "lexington-service-rate": (0.043, None, "V", "reported"),
    "nc-district-students-per-fte": (32, None, "V", "reported"),
    "nc-district-evaluation-hours": (6.0, None, "V", "reported"),
    "nc-district-preschool-share": (0.22, None, "V", "reported"),
    "nc-district-elementary-share": (0.68, None, "V", "reported"),
    "nc-district-secondary-share": (0.10, None, "V", "reported"),
    "nc-district-hours-per-student": (0.92, None, "V", "reported"),
    "nc-district-evaluation-week": (3.0, 3.5, "V", "reported"),
    "aota-old-caseload": (16, 43, "S", "reported"),
    "pt-on-behalf": (0.49, None, "V", "guidance"),
    "slp-caseload": (48, 50, "S", "reported"),
    "minneapolis-fte": (33, None, "V-part", "reported"),
    "chicago-2014-2015": (0.630, None, "V", "reported"),
    "chicago-2015-2016": (0.584, None, "V", "reported"),
    "chicago-2016-2017": (0.676, None, "V", "reported"),
    "colorado-caseload": (43.68, None, "V", "guidance"),
    "bls-school-ots": (16770, None, "V", "guidance"),
    "ot-per-1000-swd": (2.30, None, "V", "reported"),
    "nctq-absence": (9, None, "V", "guidance"),
    "boonville-hours-per-student": (0.65, None, "S", "reported"),
    "colorado-hours-per-student": (0.86, None, "R", "reported"),
    "lexington-hours-per-student": (1.3, None, "R", "reported"),
    "asha-share-direct": (0.59, None, "S", "reported"),
    "nc-share-direct": (0.67, None, "R", "reported"),
    "asha-evaluation-week": (3.6, None, "S", "reported"),
    "asha-paperwork": (0.26, None, "S", "reported"),
    "bls-per-1000-enrolled": (0.36, None, "R", "reported"),
    "lexington-per-1000-enrolled": (1.49, None, "V", "reported"),
}


def test_every_figure_is_as_it_was_read_with_its_mark():
    assert {id: (one.value, one.high, one.evidence, one.force) for id, one in benchmarks().items()} == READ


def test_second_hand_figures_are_called_so_none_is_law_and_one_district_is_no_guidance():
    for one in benchmarks().values():
        assert one.source and one.year and one.who and one.link
        assert one.force != "law"
        if one.evidence == "S" or one.by in ("district", "press", "project"):
            assert one.force == "reported"


def test_the_survey_is_not_taken_for_practitioners_at_large():
    for id in ("survey-practitioners", "survey-unmanageable", "survey-minutes-not-met", "survey-caseload-band"):
        one = benchmarks()[id]
        assert "open web survey" in one.who and "in the United States" not in one.who


def test_figures_are_found_by_topic():
    assert [one.id for one in benchmarks().values() if one.topic == "minutes"] == [
        "chicago-2014-2015",
        "chicago-2015-2016",
        "chicago-2016-2017",
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('force = "law"', "is law"),
        ('evidence = "S"', "is guidance"),
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
        "by": '"study"',
        "read": "2026-11-21",
    }
    key, value = line.split(" = ")
    path = tmp_path / "figures.toml"
    path.write_text("[[benchmark]]\n" + "\n".join(f"{name} = {text}" for name, text in {**good, key: value}.items()))
    with pytest.raises(RuleError, match=f"figures.toml, entry 1 \\(x\\).*{words}"):
        read_benchmarks(path)
