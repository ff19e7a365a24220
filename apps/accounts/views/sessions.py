"""A person's own sessions: where they are signed in, and ending that."""

from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.http import Http404
from django.urls import reverse

from apps.accounts import administrators, browsers
from apps.accounts.models import Administrator
from apps.console.registry import PageAction
from apps.console.views import ActionView, PageView
from apps.console.views.actions import ConfirmForm
from apps.core.errors import Refused


class OwnSessions:
    """What the three views share: the sessions of whoever asks, this one first."""

    request: Any

    @property
    def administrator(self) -> Administrator:
        """Whose sessions these are."""
        return cast(Administrator, self.request.administrator)

    def sessions(self) -> list[UserSession]:
        """Those that still exist; ended ones are forgotten on the way."""
        own = UserSession.objects.purge_and_list(self.administrator)
        key = self.request.session.session_key
        return sorted(
            own, key=lambda session: (session.session_key != key, -session.last_seen_at.timestamp())
        )

    def is_this(self, session: UserSession) -> bool:
        """Whether it is the browser that asks."""
        return bool(session.session_key == self.request.session.session_key)


class SessionsView(OwnSessions, PageView):
    """`/sessions/`."""

    any_administrator = True
    template_name = "accounts/sessions.html"
    title = "Your sessions"
    description = "Every browser in which you are signed in to the portal."

    def get_actions(self) -> list[PageAction]:
        """End all others at once, where there are others."""
        if len(self.sessions()) < 2:
            return []
        url = reverse("accounts:end_other_sessions")
        return [PageAction("End all others", url, icon="box-arrow-right", danger=True, dialog=True)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the sessions in words."""
        rows = [
            {"session": each, "browser": browsers.spoken(each.user_agent), "this": self.is_this(each)}
            for each in self.sessions()
        ]
        return super().get_context_data(rows=rows, **kwargs)


class EndSessionView(OwnSessions, ActionView):
    """End one other session; this one is ended by signing out."""

    any_administrator = True
    confirms = False

    def get_object(self) -> UserSession:
        """One of this person's own."""
        for session in self.sessions():
            if session.pk == self.kwargs["pk"]:
                return session
        raise Http404("This session has ended already.")

    def save(self, form: ConfirmForm) -> str:
        """End it."""
        if self.is_this(self.object):
            raise Refused("This is the session you are using. Sign out to end it.")
        administrators.end_session(self.object, actor=self.administrator.actor())
        self.say("The session was ended.")
        return reverse("accounts:sessions")


class EndOtherSessionsView(OwnSessions, ActionView):
    """End every session but this one."""

    any_administrator = True
    title = "End all other sessions"
    submit = "End them"
    danger = True

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return ("Your sessions", reverse("accounts:sessions"))

    def others(self) -> list[UserSession]:
        """All but this one."""
        return [session for session in self.sessions() if not self.is_this(session)]

    def get_consequences(self) -> list[str]:
        """Which browsers are signed out."""
        return [
            f"{browsers.spoken(each.user_agent)} at {each.ip} is signed out at once."
            for each in self.others()
        ]

    def save(self, form: ConfirmForm) -> str:
        """End them."""
        others = self.others()
        for session in others:
            administrators.end_session(session, actor=self.administrator.actor())
        self.say(f"{len(others)} other session{'s were' if len(others) != 1 else ' was'} ended.")
        return reverse("accounts:sessions")
