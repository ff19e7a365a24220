"""Calendars and their events.

The reference names the first scope, the OpenAPI file the others too.
"""

from apps.cliq.catalogue.endpoint import Endpoint

CALENDAR = (
    "ZohoCliq.CalendarEvents.ALL",
    "ZohoCalendar.calendar.ALL",
    "ZohoCalendar.event.ALL",
)

ENDPOINTS = (
    Endpoint(
        name="events.calendars",
        method="GET",
        path="/api/v2/calendars",
        scopes=("ZohoCliq.CalendarEvents.ALL",),
        quota=30,
        source="events.yml; v2-rest-api.txt:2963",
    ),
    Endpoint(
        name="events.list",
        method="GET",
        path="/api/v2/events",
        scopes=(*CALENDAR, "ZohoCalendar.search.READ"),
        quota=30,
        source="events.yml; v2-rest-api.txt:3015",
    ),
    Endpoint(
        name="events.get",
        method="GET",
        path="/api/v2/events/{event_id}",
        scopes=CALENDAR,
        quota=30,
        source="events.yml; v2-rest-api.txt:3077",
    ),
    Endpoint(
        name="events.create",
        method="POST",
        path="/api/v2/events",
        scopes=CALENDAR,
        quota=30,
        source="events.yml; v2-rest-api.txt:3129",
    ),
    Endpoint(
        name="events.update",
        method="PUT",
        path="/api/v2/events/{event_id}",
        scopes=CALENDAR,
        quota=30,
        source="events.yml",
    ),
    # The reference edits by POST where the OpenAPI file does by PUT.
    Endpoint(
        name="events.update_by_post",
        method="POST",
        path="/api/v2/events/{event_id}",
        scopes=("ZohoCliq.CalendarEvents.ALL",),
        quota=30,
        source="v2-rest-api.txt:3180",
    ),
    Endpoint(
        name="events.update_status",
        method="PUT",
        path="/api/v2/events/{event_id}/statuses/{status}",
        scopes=CALENDAR,
        quota=20,
        source="events.yml; v2-rest-api.txt:3231",
    ),
    Endpoint(
        name="events.delete",
        method="DELETE",
        path="/api/v2/events/{event_id}",
        scopes=CALENDAR,
        quota=30,
        source="events.yml; v2-rest-api.txt:3242",
    ),
    Endpoint(
        name="events.mark_as_seen",
        method="POST",
        path="/api/v2/events/{event_id}/markasseen",
        scopes=("ZohoCliq.CalendarEvents.ALL",),
        quota=30,
        source="v2-rest-api.txt:3256",
    ),
    Endpoint(
        name="events.upload_attachment",
        method="POST",
        path="/api/v2/events/attachments",
        scopes=CALENDAR,
        quota=30,
        source="events.yml; v2-rest-api.txt:3265",
    ),
)
