"""Nothing that a test does touches the data folder of whoever runs it."""

import os
import tempfile

os.environ["OT_STAFFING_HOME"] = tempfile.mkdtemp(prefix="ot-staffing-tests-")
