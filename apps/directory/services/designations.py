"""Designations: a name of at most 30 characters, and who holds it. v2-rest-api.txt:1014–1163."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from apps.connections.models import Organization
from apps.core.permissions import Permission
from apps.directory.models import Designation
from apps.directory.services import seen
from apps.directory.services.placing import Placing


class Designations(Placing):
    """Nothing but a name."""

    noun, plural, icon = "designation", "designations", "award"
    edit = Permission.DESIGNATIONS_EDIT
    model = Designation
    verbs = {
        "designation.created": "created the designation",
        "designation.updated": "changed the designation",
        "designation.deleted": "deleted the designation",
        "designation.seen": "noticed a change in Zoho of the designation",
        "designation.gone": "no longer found in Zoho the designation",
        "designation.member_added": "changed the designation of",
        "designation.member_removed": "ended the designation of",
    }

    def write(self, organization: Organization, wires: Sequence[Any], *, asked_at: datetime) -> object:
        """Store readings."""
        return seen.store_designations(organization, wires, asked_at=asked_at)


DESIGNATIONS = Designations()
create, update, delete = DESIGNATIONS.create, DESIGNATIONS.update, DESIGNATIONS.delete
add_members, remove_members = DESIGNATIONS.add_members, DESIGNATIONS.remove_members
