"""Departments: a tree whose root is the base department. v2-rest-api.txt:719–898."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from apps.connections.models import Organization
from apps.core.errors import Refused
from apps.core.permissions import Permission
from apps.directory import tree
from apps.directory.models import Department, User
from apps.directory.services import seen
from apps.directory.services.placing import Placing
from apps.directory.services.resource import Values


class Departments(Placing):
    """Lead and parent are mandatory; the base department has neither."""

    noun, plural, icon = "department", "departments", "diagram-3"
    edit = Permission.DEPARTMENTS_EDIT
    model = Department
    fields = ("name", "lead_zuid", "parent_department_id")
    references = {"lead_zuid": ("lead", User), "parent_department_id": ("parent", Department)}
    verbs = {
        "department.created": "created the department",
        "department.updated": "changed the department",
        "department.deleted": "deleted the department",
        "department.seen": "noticed a change in Zoho of the department",
        "department.gone": "no longer found in Zoho the department",
        "department.member_added": "changed the department of",
        "department.member_removed": "ended the department of",
    }

    def of_row(self, row: Any) -> dict[str, str]:
        """Name, lead, parent."""
        return {"name": row.name, "lead_zuid": row.lead_id, "parent_department_id": row.parent_id}

    def of_wire(self, wire: Any) -> dict[str, str]:
        """Name, lead, parent."""
        return {
            "name": wire.name,
            "lead_zuid": wire.lead_zuid or wire.lead.id,
            "parent_department_id": wire.parent_department_id,
        }

    def fill(self, row: Any, values: Values) -> None:
        """The lead with the name that the mirror knows."""
        lead = values.get("lead_zuid", "")
        if lead != row.lead_id:
            row.lead_name = self.name_of("lead_zuid", lead)
        row.name, row.lead_id = values["name"], lead
        row.parent_id = values.get("parent_department_id", "")

    def write(self, organization: Organization, wires: Sequence[Any], *, asked_at: datetime) -> object:
        """Store readings."""
        return seen.store_departments(organization, wires, asked_at=asked_at)

    def demand_sound(self, row: Any | None, values: Values) -> None:
        """Nothing is below itself, and what is not the base has a lead and a parent."""
        for name, said in (
            ("name", "A department needs a name."),
            ("lead_zuid", "A department needs a lead."),
            ("parent_department_id", "A department needs a parent department."),
        ):
            if name in values and not values[name]:
                raise Refused(said, field=name)
        parent = values.get("parent_department_id", "")
        if row is None or not parent:
            return
        if row.is_default:
            raise Refused("The base department is above all others.", field="parent_department_id")
        if parent == row.cliq_id or parent in tree.below(row.cliq_id):
            raise Refused("A department cannot be below itself.", field="parent_department_id")

    def undeletable(self, row: Any) -> str:
        """Neither the base department nor one with others below it."""
        if row.is_default:
            return "This is the base department of the organisation, which Zoho never deletes."
        below = self.rows().filter(parent_id=row.cliq_id).count()
        if below:
            those = "department is" if below == 1 else "departments are"
            return f"{below:,} {those} below {row.name}: move or delete them first."
        return ""


DEPARTMENTS = Departments()
create, update, delete = DEPARTMENTS.create, DEPARTMENTS.update, DEPARTMENTS.delete
add_members, remove_members = DEPARTMENTS.add_members, DEPARTMENTS.remove_members
