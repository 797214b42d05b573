"""The page behind the link of the team check-in, for which nobody signs in."""

from dashboard.screens.mine import check_in_form
from dashboard.shell import guard

guard.run(check_in_form.show)
