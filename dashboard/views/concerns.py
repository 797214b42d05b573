"""Being written."""
from dashboard import widgets

widgets.heading("x")
