"""Which handler answers which operation of the catalogue."""

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.routing import Map, Rule

from apps.cliq.catalogue import CATALOGUE
from apps.sandbox.call import Call
from apps.sandbox.responses import roles, structure, users

HANDLERS: Mapping[str, Callable[[Call], Any]] = {
    "users.list": users.list_users,
    "users.get": users.get_user,
    "users.add": users.add_users,
    "users.update": users.update_user,
    "users.teams": users.user_teams,
    "users.layout": users.layouts,
    "departments.list": structure.list_departments,
    "departments.get": structure.get_department,
    "departments.members": structure.department_members,
    "designations.list": structure.list_designations,
    "designations.get": structure.get_designation,
    "designations.members": structure.designation_members,
    "userfields.list": structure.list_fields,
    "userfields.get": structure.get_field,
    "roles.list": roles.list_roles,
    "roles.get": roles.get_role,
    "roles.users": roles.role_users,
    "roles.permissions": roles.role_permissions,
}

API = Map(
    [
        Rule(
            CATALOGUE[name].path.replace("{", "<").replace("}", ">"),
            methods=[CATALOGUE[name].method],
            endpoint=name,
        )
        for name in HANDLERS
    ],
    strict_slashes=False,
)
