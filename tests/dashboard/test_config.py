"""The settings that are shipped, the policy of the server, and the contrast of the theme."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dashboard import server
from workload.figures.tones import contrast
from workload.intake.open.limits import MEGABYTE, Limits

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
DEMANDED = {
    "client": {
        "showErrorDetails": "none",
        "toolbarMode": "minimal",
        "showErrorLinks": False,
        "disableDataExport": True,
    },
    "logger": {"hideWelcomeMessage": True},
    "browser": {"gatherUsageStats": False},
    "server": {
        "enableXsrfProtection": True,
        "enableCORS": True,
        "maxUploadSize": 25,
        "enableStaticServing": False,
        "enableAgentApi": False,
        "unsafeMetricsUserAttributes": [],
        "address": "127.0.0.1",
        "headless": True,
        "fileWatcherType": "none",
        "runOnSave": False,
        "allowRunOnSave": False,
        "disconnectedSessionTTL": 120,
    },
    "runner": {"magicEnabled": False, "postScriptGC": False},
}


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [(section, name, value) for section, values in DEMANDED.items() for name, value in values.items()],
)
def test_a_setting_is_as_demanded(section, name, value):
    assert CONFIG[section][name] == value


def test_messages_are_bounded_and_only_known_hosts_are_answered():
    assert CONFIG["server"]["maxMessageSize"] <= 50
    assert CONFIG["server"]["allowedHosts"] and "*" not in CONFIG["server"]["allowedHosts"]


def test_streamlit_offers_nothing_of_its_own_where_the_dashboard_is_opened_on_ones_own_computer(monkeypatch):
    """`make run` is not headless, and a developer's computer would otherwise see a card over every page."""
    from streamlit import config
    from streamlit.web import skills

    given = {"server.headless": False, "logger.hideWelcomeMessage": CONFIG["logger"]["hideWelcomeMessage"]}
    monkeypatch.setattr(config, "get_option", given.__getitem__)
    monkeypatch.setattr(skills, "agent_harness_present", lambda: True)
    assert skills.nudge_suppression_reason(str(ROOT)) == "welcome_hidden"


def test_no_secret_is_in_the_settings():
    assert "cookieSecret" not in CONFIG["server"] and not (ROOT / ".streamlit" / "secrets.toml").exists()


def test_the_upload_limit_is_the_one_of_intake():
    assert CONFIG["server"]["maxUploadSize"] * MEGABYTE == Limits().file_bytes


def test_streamlit_knows_every_setting_and_finds_the_file_from_the_root(monkeypatch):
    from streamlit import config

    monkeypatch.chdir(ROOT)
    for section, values in CONFIG.items():
        for name, value in values.items():
            if not isinstance(value, dict):
                assert f"{section}.{name}" in config._config_options_template, f"{section}.{name}"
    assert str(ROOT / ".streamlit" / "config.toml") in config.get_config_files("config.toml")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_and_buttons_of_the_theme_can_be_read(mode):
    theme = CONFIG["theme"][mode]
    for background in (
        theme["backgroundColor"],
        theme["secondaryBackgroundColor"],
    ):
        assert contrast(theme["textColor"], background) >= 7
        assert contrast(theme["linkColor"], background) >= 4.5
        assert contrast(theme["borderColor"], background) >= 3
    assert contrast(theme["primaryColor"], "#FFFFFF") >= 4.5


def test_every_inline_script_of_the_page_is_allowed_by_its_hash():
    assert server.inline_script_hashes().count("'sha256-") >= 1
