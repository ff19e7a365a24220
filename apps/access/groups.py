"""Modules in groups a person can find their way in, by name; one nobody has heard of is in «Other»."""

from collections.abc import Iterable

OTHER = "Other"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The first group with a word of the module's name in it; whole names first, then beginnings and ends.
GROUPS: tuple[tuple[str, frozenset[str], tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "Organisation",
        _names(
            "organisations departments designations users users_fields profiles policies license "
            "modules networks customdomain custom_emails themes custom_admin assets zoho_directoy "
            "teams resources resource_management adminpanel_integrations"
        ),
        ("organisation_setting", "org_setting"),
        (),
    ),
    (
        "Security and records",
        _names(
            "sso ip_restriction restrict_ip disable_restrict_ip dlp ediscovery data_cleanup export "
            "audits reports usage_reports private_conversation"
        ),
        ("audit", "compliance", "retention"),
        ("_encryption", "_restriction", "_protection"),
    ),
    (
        "Import and migration",
        frozenset({"migrations"}),
        (),
        ("_migration", "_import"),
    ),
    (
        "Channels",
        frozenset({"channels", "channel_management", "thread_conversations", "update_thread_status"}),
        ("channel_", "thread_"),
        ("_channels", "_channel"),
    ),
    (
        "People",
        _names(
            "visibility email_visibility activity_status default_status quick_status user_status "
            "probable_presence checkins remote_work user_preference client_user"
        ),
        (),
        ("_member", "_status"),
    ),
    (
        "Calls and meetings",
        _names(
            "screen_sharing presentation primetime webinars whiteboard_in_calls meeting_branding "
            "smart_rooms events voice_integration peripherals"
        ),
        ("meeting", "audio_", "video_", "call_"),
        ("_call", "_recording", "_calls"),
    ),
    (
        "Messages",
        _names(
            "messaging direct_message group_chat guest_chat guest_room media stickers custom_emojis "
            "starred_message signature_chat live_feed reminders chat_with_us external_link approvals "
            "taskmanagement zia"
        ),
        ("chat_", "message"),
        ("_chat", "_message"),
    ),
    ("Notifications", frozenset({"notification"}), ("notify_",), ("_notification",)),
    (
        "Platform",
        _names(
            "bots commands functions message_actions schedulers applets extensions internal_apps "
            "applications platform_storage"
        ),
        ("bot_", "webhook"),
        ("_webhooks",),
    ),
    (
        "Integrations",
        frozenset({"integrations", "zoho_apps", "office365", "taz"}),
        (),
        ("_integration", "_integrations"),
    ),
    (
        "Apps and devices",
        frozenset({"cliq_access", "web_app", "desktop_app", "android_app", "ios_app", "mobileqr"}),
        ("mobile", "tabs_"),
        ("_app",),
    ),
)
# Exact names are judged before endings, so that «thread_status» or «channel_webhooks» find their own place.
_EXACT = {name: title for title, names, _, _ in GROUPS for name in names} | {
    "message_actions": "Platform",
    "channel_webhooks": "Platform",
    "mobile_data_protection": "Apps and devices",
    "mobile_datastore_encryption": "Apps and devices",
    "mobile_device_restriction": "Apps and devices",
    "mobile_share_restriction": "Apps and devices",
    "adminpanel_integrations": "Integrations",
    "people_integrations": "Integrations",
    "private_conversation": "Messages",
    "taz_notification": "Integrations",
}
_ACRONYMS = {
    "sso": "SSO", "ip": "IP", "dlp": "DLP", "ios": "iOS", "qr": "QR", "zia": "Zia", "zoho": "Zoho",
    "cliq": "Cliq", "api": "API", "taz": "TAZ", "pdf": "PDF", "ai": "AI", "url": "URL",
}  # fmt: skip
_NAMES = {
    "customdomain": "Custom domain",
    "ediscovery": "eDiscovery",
    "office365": "Office 365",
    "mobileqr": "Mobile QR",
    "taskmanagement": "Task management",
    "fbmeta_migration": "Facebook (Meta) migration",
    "hipchat_migration": "HipChat migration",
    "slack_migration": "Slack migration",
    "google_migration": "Google migration",
    "ios_app": "iOS app",
    "zoho_directoy": "Zoho Directory",
    "tabs_prefernece": "Tabs preference",
    "whats_new": "What’s new",
    "profiles": "Roles",
    "organisations": "Organisation",
    "org_channels": "Organisation channels",
    "users_fields": "User fields",
    "get": "View",
    "publish_to_org": "Publish to the organisation",
}


def group_of(module: str) -> str:
    """The group a module belongs to."""
    if module in _EXACT:
        return _EXACT[module]
    for title, _, beginnings, endings in GROUPS:
        if module.startswith(beginnings or ("\0",)) or module.endswith(endings or ("\0",)):
            return title
    return OTHER


def grouped(modules: Iterable[str]) -> dict[str, list[str]]:
    """Modules by group, groups in their order, modules by the name a person reads; no group is empty."""
    order = [title for title, *_ in GROUPS] + [OTHER]
    found: dict[str, list[str]] = {title: [] for title in order}
    for module in modules:
        found[group_of(module)].append(module)
    return {
        title: sorted(names, key=lambda n: words(n).casefold()) for title, names in found.items() if names
    }


def words(name: str) -> str:
    """A name of the API as words: `screen_share_call` is «Screen share call»."""
    if name in _NAMES:
        return _NAMES[name]
    parts = [_ACRONYMS.get(part, part) for part in name.replace("-", "_").split("_") if part]
    if not parts:
        return name
    first = parts[0]
    return " ".join([first if first != first.lower() else first.capitalize(), *parts[1:]])
