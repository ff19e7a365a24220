"""Channels as a table, and the members of one."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.channels.models import ChannelStatus
from apps.console.tables import AgoColumn, ConsoleTable, IdentityColumn, NumberColumn, StatusColumn


class ChannelTable(ConsoleTable):
    """The first three columns are the phone's card."""

    name = IdentityColumn(under="description", order_by=("name_key", "pk"), verbose_name="Channel")
    status = StatusColumn(ChannelStatus, order_by=("status", "name_key", "pk"))
    participants = NumberColumn(verbose_name="Members", order_by=("participants", "pk"))
    level = tables.Column(accessor="level_label", order_by=("level", "name_key", "pk"))
    creator_name = tables.Column("Made by", order_by=("creator_key", "name_key", "pk"))
    active_at = AgoColumn(verbose_name="Last message", order_by=("active_at", "pk"))


class ChangeColumn(tables.Column):
    """The way to another role."""

    def render(self, value: Any, record: Any) -> SafeString:
        """Draw the link."""
        link = reverse("channels:role", args=[record.channel.cliq_id, value])
        return format_html('<a href="{}" aria-label="{}">Role</a>', link, f"Change the role of {record}")


class MemberTable(ConsoleTable):
    """Who is in a channel; whoever the directory knows links to their page."""

    name = IdentityColumn(under="email", order_by=("search", "pk"), url=lambda member: _url(member))
    role = tables.Column(accessor="role_label", order_by=("rank", "search", "pk"))
    change = ChangeColumn("Change", accessor="user_id", orderable=False)


def _url(member: Any) -> str:
    return reverse("directory:user", args=[member.user_id]) if member.known else ""
