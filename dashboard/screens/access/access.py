"""Access: who may see this district, and who changed what?"""

from dashboard.screens.access import access_panels

access_panels.head()
access_panels.people()
access_panels.roles()
access_panels.record()
