"""Which handler answers which operation of the catalogue."""

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.routing import Map, Rule

from apps.cliq.catalogue import CATALOGUE
from apps.sandbox.call import Call
from apps.sandbox.responses import (
    channel_members,
    channels,
    departments,
    designations,
    maintenance,
    messages,
    organization,
    roles,
    teams,
    userfields,
    users,
)

HANDLERS: Mapping[str, Callable[[Call], Any]] = {
    "users.list": users.list_users,
    "users.get": users.get_user,
    "users.add": users.add_users,
    "users.update": users.update_user,
    "users.teams": users.user_teams,
    "users.layout": users.layouts,
    "status.of_user": users.live_status,
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
    "teams.list": teams.list_teams,
    "teams.get": teams.get_team,
    "teams.create": teams.create_team,
    "teams.update": teams.update_team,
    "teams.delete": teams.delete_team,
    "teams.members": teams.team_members,
    "teams.add_members": teams.add_members,
    "teams.remove_member": teams.remove_member,
    "channels.list": channels.list_channels,
    "channels.get": channels.get_channel,
    "channels.create": channels.create_channel,
    "channels.update": channels.update_channel,
    "channels.update_permissions": channels.update_channel,
    "threads.auto_follow": channels.follow_threads,
    "channels.delete": channels.delete_channel,
    "channels.approve": channels.approve,
    "channels.reject": channels.reject,
    "channels.archive": channels.archive,
    "channels.unarchive": channels.unarchive,
    "channels.join": channels.join,
    "channels.leave": channels.leave,
    "channels.members": channel_members.list_members,
    "channels.add_members": channel_members.add_members,
    "channels.remove_members": channel_members.remove_members,
    "channels.remove_member": channel_members.remove_member,
    "channels.update_member_role": channel_members.update_role,
    "channels.add_bot": channel_members.add_bot,
    "custom_domain.get": organization.get_domain,
    "custom_domain.add": organization.add_domain,
    "custom_domain.verify": organization.verify_domain,
    "custom_domain.delete": organization.delete_domain,
    "mail.get": organization.get_mail,
    "mail.update": organization.update_mail,
    "messages.post_to_user": messages.post_to_user,
    "messages.post_to_chat": messages.post_to_chat,
    "messages.post_to_channel_by_name": messages.post_to_channel,
    "v3_messages.delete_many": messages.delete_many,
    "v3_messages.search": messages.search,
    "maintenance.chats": maintenance.export_chats,
    "maintenance.channels": maintenance.export_channels,
    "maintenance.members": maintenance.export_members,
    "maintenance.messages": maintenance.export_messages,
}

VARIANTS: Mapping[str, Callable[[Mapping[str, str], bytes], str]] = {
    "channels.update": channels.which,
    "users.get": users.which,
}
"""Operations that share method and path with others: which one parameters and body ask for."""

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
