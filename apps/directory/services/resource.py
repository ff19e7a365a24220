"""One resource that users belong to: its fields, its operations, its rows in the mirror."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.audit.events import Subject
from apps.cliq.catalogue import CATALOGUE, Endpoint
from apps.cliq.client import Cliq
from apps.cliq.errors import NotFound
from apps.connections import selectors as connections
from apps.connections.mirror import Mirrored, fold
from apps.connections.models import Organization
from apps.core.permissions import Permission
from apps.directory.models import User

Values = Mapping[str, str]


class Resource:
    """What a resource has to say of itself, and what follows from that."""

    noun: ClassVar[str]
    plural: ClassVar[str]
    icon: ClassVar[str]
    edit: ClassVar[Permission]
    model: ClassVar[type[Mirrored]]
    # What Zoho's create and update take; a reference's label in the log, and whose id it is.
    fields: ClassVar[tuple[str, ...]] = ("name",)
    references: ClassVar[Mapping[str, tuple[str, type[Mirrored]]]] = {}
    # Of these, what an update may empty.
    clearable: ClassVar[tuple[str, ...]] = ()
    # The operations of the API that its pages offer.
    writes: ClassVar[tuple[str, ...]] = ("create", "update", "delete", "add_members", "remove_members")
    verbs: ClassVar[Mapping[str, str]]

    def of_row(self, row: Any) -> dict[str, str]:
        """The fields as the mirror has them."""
        return {"name": row.name}

    def of_wire(self, wire: Any) -> dict[str, str]:
        """The fields as Zoho says them."""
        return {"name": wire.name}

    def fill(self, row: Any, values: Values) -> None:
        """Put fields into the columns of a mirror row."""
        row.name = values["name"]

    def write(self, organization: Organization, wires: Sequence[Any], *, asked_at: datetime) -> object:
        """Store readings in the mirror."""
        raise NotImplementedError

    def demand_sound(self, row: Any | None, values: Values) -> None:
        """Refuse what Zoho would refuse, before asking; `row` is None for something new."""

    def undeletable(self, row: Any) -> str:
        """Why it cannot be deleted, in a sentence; nothing if it can."""
        return ""

    def becomes(self, row: Any, number: int) -> str:
        """What becomes of its members when it is deleted."""
        have = "person has" if number == 1 else "people have"
        return f"{number:,} {have} no {self.noun} afterwards." if number else "Nobody is in it."

    def beware(self, number: int) -> list[str]:
        """What else to think of before deleting it."""
        return [f"Add them to another {self.noun} first if they should be in one."] if number else []

    @property
    def joining(self) -> str:
        """What else adding does to a person."""
        return f"Everybody has at most one {self.noun}: whoever is in another leaves it."

    @property
    def leaving(self) -> str:
        """What removing leaves a person with."""
        return f"They have no {self.noun} afterwards; to move them, add them to the other one instead."

    @property
    def note(self) -> str:
        """The column of a user that tells people apart when they are chosen."""
        return self.named

    def known_since(self, row: Any, since: timedelta) -> bool:
        """Whether it was read so recently that another reading would tell nothing new."""
        return bool(row.read_at > timezone.now() - since)

    @property
    def placed(self) -> str:
        """The column of a user that holds the id; the name stands in `named`."""
        return f"{self.noun}_id"

    @property
    def named(self) -> str:
        """The column of a user that holds the name."""
        return f"{self.noun}_name"

    def rows(self) -> Any:
        """Those that Zoho still has."""
        return self.model._default_manager.filter(gone_at=None)

    def row(self, cliq_id: str) -> Any | None:
        """The mirror's row of an id, also of one that is gone."""
        return self.model._default_manager.filter(cliq_id=cliq_id).first()

    def members(self, row: Any) -> QuerySet[User]:
        """The users who are placed there, as the mirror knows them."""
        return User.objects.filter(gone_at=None, **{self.placed: row.cliq_id})

    def size(self, row: Any) -> int:
        """How many they are."""
        return self.members(row).count()

    def others(self, row: Any) -> QuerySet[User]:
        """The users who are not."""
        return User.objects.filter(gone_at=None).exclude(**{self.placed: row.cliq_id})

    def numbered(self) -> Any:
        """Those that Zoho still has, each with the `number` of its members."""
        people = User.objects.filter(gone_at=None, **{self.placed: OuterRef("cliq_id")}).order_by()
        counted = people.values(self.placed).annotate(number=Count("pk")).values("number")
        return self.rows().annotate(number=Coalesce(Subquery(counted), 0))

    def endpoint(self, act: str) -> Endpoint:
        """The operation of the API behind an act."""
        return CATALOGUE[f"{self.plural}.{act}"]

    def api(self, cliq: Cliq) -> Any:
        """The resource of the client."""
        return getattr(cliq, self.plural)

    def told(self, values: Values) -> dict[str, Any]:
        """Values as the log keeps them: a reference as its id with the name it has now."""
        return {
            self.label(name): {"id": each, "name": self.name_of(name, each)}
            if name in self.references and each
            else each
            for name, each in values.items()
        }

    def untold(self, kept: Mapping[str, Any]) -> dict[str, str]:
        """The same back again."""
        fields = {self.label(name): name for name in self.fields}
        return {
            fields[label]: str(each["id"] if isinstance(each, Mapping) else each)
            for label, each in kept.items()
            if label in fields
        }

    def read(self, row: Any, cliq: Cliq) -> dict[str, str]:
        """What Zoho shows now; the mirror is brought up to it."""
        asked_at = timezone.now()
        wire = self.api(cliq).get(row.cliq_id)
        self.write(row.organization, [wire], asked_at=asked_at)
        row.refresh_from_db()
        return self.of_wire(wire)

    def there(self, cliq_id: str, cliq: Cliq) -> bool:
        """Whether Zoho still has it."""
        try:
            self.api(cliq).get(cliq_id)
        except NotFound:
            return False
        return True

    def same_name(self, cliq: Cliq, name: str) -> Any | None:
        """The one of this name as Zoho has it now; kept in the mirror."""
        asked_at = timezone.now()
        same = [wire for wire in self.found(cliq, name) if fold(wire.name) == fold(name)]
        self.write(self.organization(), same, asked_at=asked_at)
        return same[0] if same else None

    def found(self, cliq: Cliq, name: str) -> Sequence[Any]:
        """What a search of Zoho's for the name finds, among others."""
        return list(self.api(cliq).list(search=name))

    def organization(self) -> Organization:
        """The connected one. NotConnected, GrantDead."""
        return connections.active_grant().organization

    def subject(self, wire: Any) -> Subject:
        """What a reply is about, for the log."""
        return Subject(self.noun, wire.id, wire.name)

    def store_new(self, wire: Any, wanted: Values) -> Any:
        """The mirror's row of what was just made."""
        self.write(self.organization(), [wire], asked_at=timezone.now())
        row = self.row(wire.id)
        self.store(row, {**wanted, **carried(self.of_wire(wire))})
        return row

    def store(self, row: Any, values: Values) -> None:
        """The fields into the mirror, and the name to those who are placed there."""
        self.fill(row, values)
        row.read_at, row.gone_at = timezone.now(), None
        row.save()
        self.renamed(row)

    def renamed(self, row: Any) -> None:
        """Users carry the name of where they are placed."""
        self.members(row).exclude(**{self.named: row.name}).update(**{self.named: row.name})

    def forget(self, row: Any) -> None:
        """It is gone, and those who were placed there are placed nowhere."""
        self.emptied(row)
        row.gone_at = row.read_at = timezone.now()
        row.save()

    def emptied(self, row: Any) -> None:
        """Nobody is placed there any more."""
        self.members(row).update(**{self.placed: "", self.named: "", "read_at": timezone.now()})

    def put(self, row: Any, ids: Sequence[str], *, inside: bool) -> None:
        """Place users there in the mirror, or nowhere."""
        columns = {self.placed: row.cliq_id if inside else "", self.named: row.name if inside else ""}
        User.objects.filter(cliq_id__in=list(ids)).update(**columns, read_at=timezone.now())

    def label(self, field: str) -> str:
        """How the log names a field."""
        return self.references[field][0] if field in self.references else field

    def name_of(self, field: str, cliq_id: str) -> str:
        """The name behind the id that a field holds."""
        model = self.references[field][1]
        return str(
            model._default_manager.filter(cliq_id=cliq_id).values_list("name", flat=True).first() or ""
        )


def carried(values: Values) -> dict[str, str]:
    """Of a reply only what it really says."""
    return {name: each for name, each in values.items() if each}
