"""Access: who may see this district, and who changed what?"""

from dashboard.screens.access import roles_and_changes

roles_and_changes.head()
roles_and_changes.people()
roles_and_changes.roles()
roles_and_changes.record()
