"""Which handler answers which operation of the catalogue."""

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.routing import Map, Rule

from apps.cliq.catalogue import CATALOGUE
from apps.sandbox.call import Call
from apps.sandbox.responses import departments, designations, roles, userfields, users

HANDLERS: Mapping[str, Callable[[Call], Any]] = {
    "users.list": users.list_users,
    "users.get": users.get_user,
    "users.add": users.add_users,
    "users.update": users.update_user,
    "users.teams": users.user_teams,
    "users.layout": users.layouts,
    "departments.list": departments.list_departments,
    "departments.get": departments.get_department,
    "departments.create": departments.create_department,
    "departments.update": departments.update_department,
    "departments.delete": departments.delete_department,
    "departments.members": departments.department_members,
    "departments.add_members": departments.add_members,
    "departments.remove_members": departments.remove_members,
    "designations.list": designations.list_designations,
    "designations.get": designations.get_designation,
    "designations.create": designations.create_designation,
    "designations.update": designations.update_designation,
    "designations.delete": designations.delete_designation,
    "designations.members": designations.designation_members,
    "designations.add_members": designations.add_members,
    "designations.remove_members": designations.remove_members,
    "userfields.list": userfields.list_fields,
    "userfields.get": userfields.get_field,
    "userfields.create": userfields.create_field,
    "userfields.update": userfields.update_field,
    "userfields.delete": userfields.delete_field,
    "roles.list": roles.list_roles,
    "roles.get": roles.get_role,
    "roles.create": roles.create_role,
    "roles.update": roles.update_role,
    "roles.delete": roles.delete_role,
    "roles.users": roles.role_users,
    "roles.add_users": roles.add_users,
    "roles.remove_users": roles.remove_users,
    "roles.permissions": roles.role_permissions,
    "roles.update_permissions": roles.update_permissions,
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
