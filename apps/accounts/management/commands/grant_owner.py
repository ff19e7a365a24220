"""`manage.py grant_owner ADDRESS`: for the locked-out, run by whoever runs the server."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.accounts import administrators
from apps.accounts.models import Administrator
from apps.core.actor import Actor
from apps.core.errors import NothingToChange
from apps.core.permissions import PortalRole

COMMAND = Actor("command", "manage.py grant_owner")


class Command(BaseCommand):
    help = "Make somebody Owner of the portal: an administrator known here, or anybody by their ZUID."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="the person's e-mail address in Zoho")
        parser.add_argument("--zuid", help="their Zoho user id, for somebody the portal does not know yet")
        parser.add_argument(
            "--name", default="", help="their name, for somebody the portal does not know yet"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"]
        try:
            if options["zuid"]:
                owner = self._admit(options["zuid"], options["name"] or address, address)
            else:
                owner = self._promote(address)
        except NothingToChange as error:
            self.stdout.write(error.sentence)
        else:
            self.stdout.write(f"{owner.name} <{owner.email}> is an Owner of the portal now.")

    def _promote(self, address: str) -> Administrator:
        known = list(Administrator.objects.filter(email__iexact=address))
        if len(known) != 1:
            raise CommandError(
                f"The portal knows {len(known) or 'no'} administrators with the address {address}. "
                "Name the person by --zuid, which their profile in Zoho Accounts shows."
            )
        if not known[0].is_active:
            return self._admit(known[0].zuid, known[0].name, known[0].email)
        return administrators.set_role(known[0], role=PortalRole.OWNER, actor=COMMAND)

    def _admit(self, zuid: str, name: str, address: str) -> Administrator:
        known = Administrator.objects.filter(zuid=zuid, is_active=True).first()
        if known:
            return administrators.set_role(known, role=PortalRole.OWNER, actor=COMMAND)
        return administrators.admit(zuid=zuid, name=name, email=address, role=PortalRole.OWNER, actor=COMMAND)
