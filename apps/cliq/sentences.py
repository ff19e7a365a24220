"""Zoho's error codes as sentences for a person: a code means what it means at that endpoint."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.cliq.added import ALREADY
from apps.cliq.catalogue import Endpoint


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code says to a person, and the form field it is about, if one is."""

    sentence: str
    field: str = ""


PEOPLE_OWNS = "This is also what Zoho says where Zoho People manages {what}."

ANYWHERE: Mapping[str, Meaning] = {
    "not_an_organization_admin": Meaning(
        "Zoho refused: the account that connects the portal is not an admin of the organisation."
    ),
    "not_zoho_organization_user": Meaning("Zoho refused: this person does not belong to the organisation."),
    "inactive_appaccount_user": Meaning(
        "Zoho refused: the account that connects the portal is not an active user of Cliq. "
        "An Owner has to connect the organisation with another account."
    ),
    "operation_not_allowed": Meaning("Zoho refused: it does not allow this operation here."),
    "request_url_invalid": Meaning("Zoho refused: there is nothing at the address the portal asked for."),
    "redirect": Meaning(
        "Zoho answered with another address instead of a result, which the portal does not follow. "
        "Check the data centre in the portal's settings."
    ),
}

USERS: Mapping[str, Meaning] = {
    "zohoaccount.conflict": Meaning(
        "Zoho refused: this address already has a Zoho account elsewhere. Use another address.", "email_id"
    ),
    "email.invitation.blocked": Meaning(
        "Zoho refused: this person has declined the invitation too often. Use another address.", "email_id"
    ),
    "email.activeuser": Meaning(
        "Zoho refused: this address already belongs to a member of the organisation.", "email_id"
    ),
    "email.pendinguser": Meaning(
        "Zoho refused: this address has been invited already and has not accepted yet. "
        "Invite it again in Zoho's own admin panel.",
        "email_id",
    ),
    ALREADY: Meaning("Zoho refused: this address is in the organisation already.", "email_id"),
    "operation_not_allowed": Meaning(
        "Zoho refused: this profile may not be changed by the account that connects the portal, "
        "or the person is not a member of the organisation."
    ),
}

DEPARTMENTS: Mapping[str, Meaning] = {
    "operation_not_allowed": Meaning(
        "Zoho refused this operation. " + PEOPLE_OWNS.format(what="departments"),
    ),
    "department_not_exist": Meaning("Zoho refused: this department does not exist any more."),
    "department_already_exist": Meaning("Zoho refused: a department of this name exists already.", "name"),
    "department_lead_needed": Meaning("Zoho refused: a department needs a lead.", "lead_zuid"),
    "department_lead_invalid": Meaning(
        "Zoho refused: the lead is not a member of the organisation.", "lead_zuid"
    ),
    # Spelt so by Zoho.
    "departmet_parent_department_needed": Meaning(
        "Zoho refused: a department needs a parent department.", "parent_department_id"
    ),
    "department_cyclic_loop": Meaning(
        "Zoho refused: a department cannot be below itself.", "parent_department_id"
    ),
    "department_base_dept_delete_not_allowed": Meaning(
        "Zoho refused: the base department, or one with departments below it, cannot be deleted."
    ),
    "department_create_failed": Meaning("Zoho could not create the department. Try again later."),
    "department_edit_failed": Meaning("Zoho could not change the department. Try again later."),
    "department_delete_failed": Meaning("Zoho could not delete the department. Try again later."),
    "department_add_member_failed": Meaning("Zoho could not add the members. Try again later."),
    "department_delete_member_failed": Meaning("Zoho could not remove the members. Try again later."),
}

DEPARTMENT_PARENT = Meaning("Zoho refused: the parent department does not exist.", "parent_department_id")

DESIGNATIONS: Mapping[str, Meaning] = {
    "operation_not_allowed": Meaning(
        "Zoho refused this operation. " + PEOPLE_OWNS.format(what="designations"),
    ),
    "designation_not_exist": Meaning("Zoho refused: this designation does not exist any more."),
    "designation_already_exist": Meaning("Zoho refused: a designation of this name exists already.", "name"),
    "designation_create_failed": Meaning("Zoho could not create the designation. Try again later."),
    "designation_edit_failed": Meaning("Zoho could not change the designation. Try again later."),
}

USERFIELDS: Mapping[str, Meaning] = {
    "FIELD_INVALID_VALUE_FOR_NUMERIC_FIELD": Meaning("Zoho refused: the value is not a number."),
    "FIELD_INVALID_VALUE_FOR_URL_FIELD": Meaning("Zoho refused: the value is not a web address."),
    "FIELD_EDIT_NOT_ALLOWED": Meaning("Zoho refused: this field may not be changed."),
    "FIELD_SYSTEM_FIELD_OPTION_EDIT_NOT_ALLOWED": Meaning(
        "Zoho refused: the options of a default field may not be changed.", "options"
    ),
    "FIELD_SYSTEM_FIELD_NAME_EDIT_NOT_ALLOWED": Meaning(
        "Zoho refused: a default field may not be renamed.", "name"
    ),
    "FIELD_SYSTEM_FIELD_EDIT_NOT_ALLOWED": Meaning("Zoho refused: a default field may not be changed."),
    "FIELD_MAX_CUSTOM_FIELD_LIMIT_REACHED": Meaning("Zoho refused: there are ten custom fields already."),
    "FIELD_TYPE_NOT_SUPPORTED": Meaning("Zoho refused: it does not support this type of field.", "type"),
    "FIELDS_OPTIONS_NOT_EXIST": Meaning("Zoho refused: this option does not exist any more.", "options"),
}

FIXED_ROLE = Meaning(
    "Zoho refused: this role, or one of the permissions asked for, may not be changed; nothing was."
)

NOT_WAITING = Meaning(
    "Zoho refused: this channel no longer waits for a decision, or the account that connects the portal "
    "is not an admin of the organisation."
)
NOT_THEIRS = Meaning(
    "Zoho refused: the account that connects the portal may not do this in the channel, or the channel's "
    "status does not allow it."
)

BY_ENDPOINT: Mapping[str, Mapping[str, Meaning]] = {
    "channels.approve": {"operation_not_allowed": NOT_WAITING},
    "channels.reject": {"operation_not_allowed": NOT_WAITING},
    "messages.post_to_user": {
        "operation_not_allowed": Meaning(
            "Zoho refused: this person cannot be written to, or no longer belongs to the organisation."
        )
    },
    "channels.update_permissions": {
        "operation_not_allowed": Meaning(
            "Zoho refused: whoever connects the portal may not set all of these permissions in this channel. "
            "None of them was changed."
        )
    },
    "roles.update": {"operation_not_allowed": FIXED_ROLE},
    "roles.delete": {"operation_not_allowed": FIXED_ROLE},
    "roles.update_permissions": {"operation_not_allowed": FIXED_ROLE},
    # Of a department to be created only the parent can be missing.
    "departments.create": {"department_not_exist": DEPARTMENT_PARENT},
    "departments.update": {
        "department_not_exist": Meaning("Zoho refused: the department or its parent does not exist any more.")
    },
}
# The values of user fields travel with users, so their codes come back there too.
BY_MODULE: Mapping[str, Mapping[str, Meaning]] = {
    "users": {**USERFIELDS, **USERS},
    "departments": DEPARTMENTS,
    "designations": DESIGNATIONS,
    "userfields": USERFIELDS,
    "channels": {"operation_not_allowed": NOT_THEIRS},
}


def meaning(endpoint: Endpoint | str, code: str, message: str = "") -> Meaning:
    """What `code` means at this endpoint; an unknown one is quoted, with Zoho's message if there is one."""
    name = endpoint if isinstance(endpoint, str) else endpoint.name
    module = name.partition(".")[0]
    spellings = [code]
    if module == "designations":
        # Zoho's OpenAPI file prints the departments' codes there.
        spellings.append(code.replace("department_", "designation_"))
    for table in (BY_ENDPOINT.get(name, {}), BY_MODULE.get(module, {}), ANYWHERE):
        for spelling in spellings:
            if spelling in table:
                return table[spelling]
    if message and code:
        return Meaning(f"Zoho refused: {message.rstrip('.')} ({code}).")
    if message or code:
        return Meaning(f"Zoho refused: {(message or code).rstrip('.')}.")
    return Meaning("Zoho refused without a reason.")


def sentence(endpoint: Endpoint | str, code: str, message: str = "") -> str:
    """The sentence of `meaning`."""
    return meaning(endpoint, code, message).sentence
