"""The scopes that exist, what they cover, and how the consent page says them."""

from collections.abc import Iterable

PROFILE = "aaaserver.profile.READ"

# Module to what it is about; the spellings are Zoho's own, the two of user fields too.
CLIQ = {
    "Users": "people and their profiles",
    "UserFields": "user fields",
    "Userfields": "user fields",
    "Departments": "departments",
    "Designations": "designations",
    "Organisation": "roles and their permissions",
    "Roles": "roles and their permissions",
    "Teams": "teams",
    "Channels": "channels",
    "Chats": "conversations",
    "Messages": "messages",
    "messages": "messages",
    "messageactions": "message reactions",
    "Profile": "statuses",
    "Bots": "bots",
    "Webhooks": "messages sent by webhook",
    "Reminders": "reminders",
    "CalendarEvents": "calendar events",
    "StorageData": "databases",
    "MediaSession": "calls and meetings",
    "Attachments": "files",
    "Applications": "map tickers and widgets",
    "OrganizationChats": "all conversations of the organisation",
    "OrganizationChannels": "all channels of the organisation",
    "OrganizationMessages": "all messages of the organisation",
}
VERBS = {
    "READ": "See",
    "CREATE": "Create",
    "UPDATE": "Change",
    "DELETE": "Delete",
    "ALL": "See, create, change and delete",
}
OTHERS = {
    PROFILE: "See your name and e-mail address",
    "Profile.orguserphoto.UPDATE": "Change people’s profile pictures",
    # The reference spells this one so.
    "ZohoCliq.Applications.update": "Change map tickers",
    "ZohoPeople.forms.READ": "See forms in Zoho People",
    "ZohoPeople.employee.READ": "See employees in Zoho People",
    "ZohoPeople.attendance.READ": "See attendance in Zoho People",
    "ZohoPeople.attendance.UPDATE": "Change attendance in Zoho People",
    "ZohoPeople.dashboard.READ": "See dashboards in Zoho People",
    "ZohoCalendar.event.ALL": "See, create, change and delete calendar events",
    "ZohoCalendar.calendar.ALL": "See, create, change and delete calendars",
    "ZohoCalendar.search.READ": "Search calendars",
}


def split(text: str) -> tuple[str, ...]:
    """The scopes of a request, separated by commas or blanks; capitals of the profile scope do not matter."""
    found = dict.fromkeys(text.replace(",", " ").split())
    return tuple(PROFILE if scope.casefold() == PROFILE.casefold() else scope for scope in found)


def _parts(scope: str) -> tuple[str, str] | None:
    service, _, rest = scope.partition(".")
    module, _, verb = rest.partition(".")
    return (module, verb) if service == "ZohoCliq" and module in CLIQ and verb in VERBS else None


def exists(scope: str) -> bool:
    """Whether Zoho knows the scope, spelt exactly so."""
    return scope in OTHERS or _parts(scope) is not None


def covers(granted: Iterable[str], needed: str) -> bool:
    """Whether a consent gives `needed`, itself or by an umbrella."""
    held = set(granted)
    parts = _parts(needed)
    if needed in held or parts is None:
        return needed in held
    module, _ = parts
    return f"ZohoCliq.{module}.ALL" in held or (module == "Organisation" and "ZohoCliq.Roles.ALL" in held)


def in_words(scopes: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Sentences for the consent page with the scopes behind each: one line a module."""
    said: dict[str, list[str]] = {}
    about: dict[str, list[tuple[str, str]]] = {}
    for scope in scopes:
        parts = _parts(scope)
        if parts:
            about.setdefault(CLIQ[parts[0]], []).append((parts[1], scope))
        else:
            said[OTHERS[scope]] = [scope]
    for thing, found in about.items():
        verbs = [VERBS[verb] for verb in VERBS if any(verb == one for one, _ in found)]
        sentence = _joined([verbs[0], *(verb.lower() for verb in verbs[1:])])
        said[f"{sentence} {thing}"] = [scope for _, scope in found]
    return list(said.items())


def _joined(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
