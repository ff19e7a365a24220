"""Which field of a user a refusal of Zoho belongs to."""

from collections.abc import Mapping

from apps.cliq.errors import NotAllowed, NotFound, ScopeMissing
from apps.core.errors import Refused
from apps.directory.selectors import custom_fields

# A code that can only be about one field of a user, and what it means there.
_BY_CODE = {
    "department_not_exist": (
        "department_id",
        "Zoho refused: this department does not exist any more. Choose another.",
    ),
    "designation_not_exist": (
        "designation_id",
        "Zoho refused: this designation does not exist any more. Choose another.",
    ),
    "not_zoho_organization_user": (
        "reporting_to_zuid",
        "Zoho refused: this manager does not belong to the organisation.",
    ),
}
# A code that is about a custom field of one type.
_BY_TYPE = {"FIELDS_OPTIONS_NOT_EXIST": "drop_down"}
# About the person or the grant, whatever was sent.
_NOT_ABOUT_A_FIELD = (NotAllowed, ScopeMissing)


def placed(error: Refused, sent: Mapping[str, str]) -> Refused:
    """The refusal with the field it belongs to, where its code or what was sent tells."""
    name, said = _BY_CODE.get(error.code, ("", ""))
    if name in sent:
        return _at(error, name, said)
    if error.field in sent or isinstance(error, _NOT_ABOUT_A_FIELD):
        return error
    if isinstance(error, NotFound) and not error.code.startswith("FIELD"):
        return error
    candidates = list(sent)
    if error.code.startswith("FIELD"):
        wanted = _BY_TYPE.get(error.code)
        types = {field.unique_name: field.type for field in custom_fields()}
        candidates = [name for name in sent if name in types and wanted in (None, types[name])]
    # What was sent alone is what was refused.
    return _at(error, candidates[0], error.sentence) if len(candidates) == 1 else error


def _at(error: Refused, name: str, said: str) -> Refused:
    return Refused(said, code=error.code, status=error.status, field=name, answer=error.answer)
