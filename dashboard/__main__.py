"""`python -m dashboard`: the pages, from any folder, from a checkout or an installed package.

Further arguments go to Streamlit, for example `--server.port 8600`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
SETTINGS = Path(".streamlit") / "config.toml"


def main(arguments: Sequence[str] | None = None) -> None:
    """Starts the server with our settings and does not return.

    The settings hold what must not be forgotten: this computer only, no error details, no telemetry. Streamlit finds
    them beside the server's file, where a wheel has them, and else in the folder in which it is started.
    """
    from streamlit.web import cli

    if not (HERE / SETTINGS).is_file():
        os.chdir(HERE.parent)
    if not ((HERE / SETTINGS).is_file() or SETTINGS.is_file()):
        sys.exit("The dashboard does not start without its settings, .streamlit/config.toml. Install it again.")
    given = sys.argv[1:] if arguments is None else arguments
    cli.main(["run", str(HERE / "server.py"), *given], prog_name="streamlit")


if __name__ == "__main__":
    main()
