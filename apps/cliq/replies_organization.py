"""What belongs to the organisation as a whole: its domain, its mail, its exports, a role's permissions."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from apps.cliq.replies import Flag, Number, Ref, Reference, Text, Wire, text_of


def _texts(value: Any) -> dict[str, str]:
    return {key: text_of(each) for key, each in value.items()} if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Any]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


class CustomDomain(Wire):
    """The organisation's own address of Cliq; `status` is active or inactive."""

    name: Text = ""
    status: Text = ""
    ssl_enabled: Flag = False


class MailConfiguration(Wire):
    """The sender of Cliq's notifications; each status is verified or not_verified."""

    name: Text = ""
    email_id: Text = ""
    dkim_host: Text = ""
    dkim_value: Text = ""
    dkim_status: Text = ""
    cname_status: Text = ""


class PermissionConfig(Wire):
    """One setting of a module; `value` has the form that `type` says."""

    name: Text
    label: Text = ""
    type: Text = ""
    value: Any = None


class ModulePermission(Wire):
    """What a role may do in one module: the module's status and those of its actions, enabled or disabled."""

    is_admin_module: Flag = False
    status: Text = ""
    actions: Annotated[dict[str, str], BeforeValidator(_texts)] = {}
    configs: Annotated[list[PermissionConfig], BeforeValidator(_objects)] = []


class Message(Wire):
    """A message of an export; `time` in milliseconds, `content` as its `type` wants it."""

    id: Text
    type: Text = ""
    time: Number = None
    sender: Reference = Ref()
    content: Annotated[dict[str, Any], BeforeValidator(_object)] = {}
