"""LibreOffice without a screen: recalculates workbooks and renders documents, in a profile of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def converted(data: bytes, kind: str, to: str, recalculate: bool = True) -> bytes:
    """A document in another format, by LibreOffice. With `recalculate` every formula is computed anew on loading."""
    assert "office" in os.environ["OT_STAFFING_TEST_MARKS"].split(), "mark this test with pytest.mark.office"
    office = shutil.which("soffice")
    assert office, (
        "LibreOffice is needed: apt-get install --no-install-recommends libreoffice-calc-nogui libreoffice-impress-nogui"
    )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        profile = place / "profile" / "user"
        profile.mkdir(parents=True)
        if recalculate:
            (profile / "registrymodifications.xcu").write_text(PROFILE)
        source = place / f"in.{kind}"
        source.write_bytes(data)
        subprocess.run(
            [
                office,
                "--headless",
                f"-env:UserInstallation=file://{profile.parent}",
                "--convert-to",
                to,
                "--outdir",
                str(place / "out"),
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=240,
        )
        return next((place / "out").iterdir()).read_bytes()
