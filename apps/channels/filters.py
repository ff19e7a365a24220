"""What the list of channels can be narrowed down to."""

from datetime import timedelta

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.channels.models import Channel, ChannelMember, ChannelStatus, Level, MemberRole
from apps.connections.mirror import fold
from apps.directory import selectors as directory

SIZES = {
    "few": ("At most 1", Q(participants__lte=1)),
    "small": ("2 to 9", Q(participants__range=(2, 9))),
    "medium": ("10 to 99", Q(participants__range=(10, 99))),
    "large": ("100 to 999", Q(participants__range=(100, 999))),
    "huge": ("1,000 and more", Q(participants__gte=1000)),
}
# Days; a channel in which nothing was ever written counts as quiet.
ACTIVE = {"week": ("In the last 7 days", 7), "month": ("In the last 30 days", 30)}
QUIET = {"quarter": ("Not for 90 days", 90), "year": ("Not for a year", 365)}


def _choices(of: dict[str, tuple[str, object]]) -> list[tuple[str, str]]:
    return [(key, label) for key, (label, _) in of.items()]


class ChannelFilter(django_filters.FilterSet):
    """Search in name, description and who made it, in any script, case and accents ignored."""

    q = django_filters.CharFilter(method="search", label="Search channels")
    level = django_filters.ChoiceFilter(label="Level", choices=Level.choices)
    status = django_filters.ChoiceFilter(label="Status", choices=ChannelStatus.choices)
    team = django_filters.ChoiceFilter(label="Team", method="by_team", choices=directory.team_choices)
    creator = django_filters.CharFilter(label="Made by", method="by_creator")
    size = django_filters.ChoiceFilter(label="Members", method="by_size", choices=_choices({**SIZES}))
    active = django_filters.ChoiceFilter(
        label="Last message", method="by_activity", choices=_choices({**ACTIVE, **QUIET})
    )

    def search(self, channels: QuerySet[Channel], _: str, text: str) -> QuerySet[Channel]:
        """Every word has to occur, in any order; the sign before a name may be typed."""
        for word in fold(text).split():
            channels = channels.filter(search__contains=word.lstrip("#"))
        return channels

    def by_team(self, channels: QuerySet[Channel], _: str, team_id: str) -> QuerySet[Channel]:
        """Channels of a team."""
        return channels.filter(team_ids__contains=f" {team_id} ")

    def by_creator(self, channels: QuerySet[Channel], _: str, text: str) -> QuerySet[Channel]:
        """By Zoho's id, or by a part of the name."""
        if text.strip().isdigit():
            return channels.filter(creator_id=text.strip())
        for word in fold(text).split():
            channels = channels.filter(creator_key__contains=word)
        return channels

    def by_size(self, channels: QuerySet[Channel], _: str, size: str) -> QuerySet[Channel]:
        """How many take part."""
        return channels.filter(SIZES[size][1])

    def by_activity(self, channels: QuerySet[Channel], _: str, since: str) -> QuerySet[Channel]:
        """When the last message was written."""
        days = (ACTIVE | QUIET)[since][1]
        then = timezone.now() - timedelta(days=days)
        if since in ACTIVE:
            return channels.filter(active_at__gte=then)
        return channels.filter(Q(active_at__lt=then) | Q(active_at=None))


class MemberFilter(django_filters.FilterSet):
    """Search in name and address."""

    q = django_filters.CharFilter(method="search", label="Search members")
    role = django_filters.ChoiceFilter(label="Role", choices=MemberRole.choices)

    def search(self, members: QuerySet[ChannelMember], _: str, text: str) -> QuerySet[ChannelMember]:
        """Every word has to occur, in any order."""
        for word in fold(text).split():
            members = members.filter(search__contains=word)
        return members
