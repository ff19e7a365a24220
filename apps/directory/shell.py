"""What the directory adds to the console: its entries, and the teams on a user's page."""

from apps.console.navigation import Group
from apps.console.navigation import register as register_entry
from apps.console.registry import Panel, panels
from apps.core.permissions import Permission
from apps.directory import facts

# Label, address, icon, order.
ENTRIES = (
    ("Users", "directory:users", "people", 10),
    ("Departments", "directory:departments", "diagram-3", 20),
    ("Designations", "directory:designations", "award", 21),
    ("Teams", "directory:teams", "people-fill", 22),
    ("User fields", "directory:userfields", "input-cursor-text", 23),
)


def register() -> None:
    """Called once all apps are loaded."""
    for label, url_name, icon, order in ENTRIES:
        register_entry(Group.ORGANISATION, label, url_name, icon, Permission.USERS_VIEW, order=order)
    panels.add(
        "directory.user", Panel("Teams", "directory/user_teams_panel.html", facts.teams_panel, order=15)
    )
