"""Zoho's objects as the portal reads them: ids are text, booleans booleans, unknown fields kept."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, PrivateAttr, ValidationError, model_validator

from apps.cliq import envelopes
from apps.cliq.envelopes import Unreadable


def text_of(value: Any) -> str:
    """Text of any value; what is no value or has parts of its own is none (it stays in `raw`)."""
    if value is None or value == "null" or isinstance(value, dict | list):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _number(value: Any) -> int | None:
    try:
        return int(text_of(value))
    except ValueError:
        return None


def _flag(value: Any) -> bool:
    return envelopes.flag(value)


def _reference(value: Any) -> Any:
    if isinstance(value, dict | Wire):
        return value
    name = text_of(value)
    return {} if name in ("", "-") else {"name": name}


def _options(value: Any) -> list[Any]:
    found = value if isinstance(value, list) else []
    return [each if isinstance(each, dict) else {"name": each} for each in found]


def _attributes(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


Text = Annotated[str, BeforeValidator(text_of)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Number = Annotated[int | None, BeforeValidator(_number)]


class Wire(BaseModel):
    """An object as Zoho sends it; `raw` is what was sent, unchanged."""

    model_config = ConfigDict(extra="allow", frozen=True)

    _raw: dict[str, Any] = PrivateAttr(default_factory=dict)

    @property
    def raw(self) -> dict[str, Any]:
        """The object as it came, for the mirror."""
        return self._raw

    @classmethod
    def read(cls, data: dict[str, Any]) -> Self:
        """Read one object; Unreadable if it has not the shape it should."""
        try:
            found = cls.model_validate(data)
        except ValidationError as error:
            fields = ", ".join(sorted({".".join(map(str, each["loc"])) for each in error.errors()}))
            raise Unreadable(f"{cls.__name__}: {fields or 'its shape'}") from error
        found._raw = data
        return found


class Ref(Wire):
    """Another object's id and name; both empty where there is none."""

    id: Text = ""
    name: Text = ""

    def __bool__(self) -> bool:
        return bool(self.id or self.name)


class PersonRef(Ref):
    """Another person: id, name, and often an address."""

    email_id: Text = ""


Reference = Annotated[Ref, BeforeValidator(_reference)]
PersonReference = Annotated[PersonRef, BeforeValidator(_reference)]


class Identified(Wire):
    """An object that has to have an id."""

    id: Text

    @model_validator(mode="after")
    def _has_id(self) -> Self:
        if not self.id:
            raise ValueError("an object without an id")
        return self


class User(Identified):
    """A member of the organisation; a list without `fields=all` fills only the first seven fields."""

    email_id: Text = ""
    display_name: Text = ""
    name: Text = ""
    zuid: Text = ""
    zoid: Text = ""
    organization_id: Text = ""
    full_name: Text = ""
    first_name: Text = ""
    last_name: Text = ""
    employee_id: Text = ""
    status: Text = ""
    mobile: Text = ""
    phone: Text = ""
    extension: Text = ""
    work_location: Text = ""
    country: Text = ""
    language: Text = ""
    timezone: Text = ""
    timeoffset: Number = None
    """Milliseconds."""
    department: Reference = Ref()
    designation: Reference = Ref()
    reportingto: PersonReference = PersonRef()
    custom_attributes: Annotated[dict[str, Any], BeforeValidator(_attributes)] = {}
    """Custom user fields by their unique name."""

    @model_validator(mode="before")
    @classmethod
    def _either_id(cls, data: Any) -> Any:
        if isinstance(data, dict):
            zuid, own = text_of(data.get("zuid")), text_of(data.get("id"))
            return {**data, "id": own or zuid, "zuid": zuid or own}
        return data

    @classmethod
    def of_body(cls, body: Any) -> Self:
        """Read a whole answer, whose custom attributes may stand beside `data` or inside it."""
        data = envelopes.data_of(body)
        beside = body.get("custom_attributes") if isinstance(body, dict) and "data" in body else None
        if isinstance(beside, dict):
            data = {**data, "custom_attributes": {**beside, **_attributes(data.get("custom_attributes"))}}
        return cls.read(data)


class LiveStatus(Wire):
    """What a user is doing now: state, device, words of their own."""

    state: Text = ""
    activity: Text = ""
    text: Text = ""


class Department(Identified):
    """A department; the default one has neither lead nor parent."""

    name: Text = ""
    lead: PersonReference = PersonRef()
    lead_zuid: Text = ""
    parent_department_id: Text = ""
    members_count: Number = None
    is_default: Flag = False


class Designation(Identified):
    """A designation: id and name are all there is."""

    name: Text = ""


class FieldOption(Wire):
    """One choice of a drop-down user field."""

    id: Text = ""
    name: Text = ""


class UserField(Identified):
    """A user field; `unique_name` is the key under which users carry its value."""

    unique_name: Text = ""
    name: Text = ""
    label: Text = ""
    type: Text = ""
    system_defined: Flag = False
    is_searchable: Flag = False
    mandatory: Flag = False
    encrypted: Flag = False
    edit_permission: Flag = False
    enabled: Flag = True
    default_value: Text = ""
    organization_id: Text = ""
    options: Annotated[list[FieldOption], BeforeValidator(_options)] = []


class Role(Identified):
    """A role, which the API calls a profile; `profile_type` is Members, Cliq Admin or Admin."""

    name: Text = ""
    description: Text = ""
    profile_type: Text = ""
    organization_id: Text = ""
    is_default: Flag = False
    is_custom_admin: Flag = False


class LayoutField(Wire):
    """A user field's place in a layout."""

    id: Text = ""
    unique_name: Text = ""
    label: Text = ""
    status: Text = ""
    sequence_number: Number = None
    system_defined: Flag = False


class LayoutSection(Wire):
    """A group of user fields in a layout."""

    unique_name: Text = ""
    label: Text = ""
    sequence_number: Number = None
    system_defined: Flag = False
    fields: Annotated[list[LayoutField], BeforeValidator(_options)] = []


class Layout(Wire):
    """What a profile shows in one of Cliq's clients, in sections."""

    unique_name: Text = ""
    sections: Annotated[list[LayoutSection], BeforeValidator(_options)] = []


class Team(Wire):
    """A team; `is_moderator` and `joined` are about the grant's own person, or the user asked for."""

    team_id: Text = ""
    name: Text = ""
    description: Text = ""
    is_active: Flag = True
    is_moderator: Flag = False
    joined: Flag = False
    participant_count: Number = None
    organization_id: Text = ""
    creation_time: Text = ""

    @property
    def id(self) -> str:
        """What other objects call their id."""
        return self.team_id


class TeamMember(Wire):
    """A member of a team; Zoho gives no address here."""

    user_id: Text
    display_name: Text = ""
    is_moderator: Flag = False


class PostedMessage(Wire):
    """A message just sent; its id is only told where it was asked for."""

    message_id: Text = ""
