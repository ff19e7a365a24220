"""What pages that change something of the directory share: act, then say what happened."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages

from apps.console.views import FormView
from apps.core.errors import OutcomeUnknown
from apps.directory.facts import event_of
from apps.directory.services.placing import Saved

LATER = " The portal will find out by reading Zoho."


class Acting(FormView):
    """A form whose `save` is one call of a service."""

    def actor(self) -> Any:
        """Who does it."""
        administrator: Any = self.request.administrator
        return administrator.actor()

    def get_list_url(self) -> str:
        """Where to go when what was changed is gone."""
        raise NotImplementedError

    def carried_out(self, act: Callable[[], Saved], sentence: Callable[[Saved], str]) -> str:
        """Act, say what happened; where nobody knows yet, say that."""
        try:
            saved = act()
        except OutcomeUnknown as error:
            messages.warning(self.request, error.sentence + LATER)
            return self.get_cancel_url()
        if saved.stopped is not None:
            user, why = saved.stopped
            later = LATER if isinstance(why, OutcomeUnknown) else ""
            said = f"{sentence(saved)} At {user.name} it stopped: {why.sentence}{later}"
            messages.warning(self.request, said)
            return self.get_cancel_url()
        administrator: Any = self.request.administrator
        self.say(sentence(saved), event_of(administrator, saved.event))
        return self.get_list_url() if saved.row.gone_at else str(saved.row.get_absolute_url())


def many_of(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
