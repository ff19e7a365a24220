"""`cliq.userfields`, writing, with the shapes of the reference. v2-rest-api.txt:530–612."""

import pytest

from apps.core.errors import Refused
from tests.cliq.exchange import answering

FIELD = {
    "url": "/api/v2/userfields",
    "data": {
        "system_defined": False,
        "unique_name": "vaccinated",
        "name": "Vaccinated",
        "id": "1901318000003603019",
        "mandatory": "true",
        "type": "drop_down",
        "options": [{"name": "No", "id": "3023"}, {"name": "Yes", "id": "3021"}],
    },
}


def test_create(against):
    script, sent = answering(FIELD)
    field = against(script).userfields.create(
        name="Vaccinated", kind="drop_down", mandatory=True, options=["Yes", "No"]
    )
    assert (field.unique_name, field.mandatory) == ("vaccinated", True)
    assert [(option.id, option.name) for option in field.options] == [("3023", "No"), ("3021", "Yes")]
    assert (sent[0].what, sent[0].body) == (
        "POST /api/v2/userfields",
        {"name": "Vaccinated", "type": "drop_down", "mandatory": True, "options": ["Yes", "No"]},
    )


def test_update(against):
    script, sent = answering(FIELD)
    options = [{"id": "3021", "name": "Yes"}, {"name": "Not yet"}, {"name": "Never"}]
    against(script).userfields.update("19", name="Vaccinated", options=options)
    assert (sent[0].what, sent[0].body) == (
        "PUT /api/v2/userfields/19",
        {"name": "Vaccinated", "options": options},
    )


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "does not take nothing"),
        ({"type": "date_picker"}, "does not take"),
        ({"options": [{"id": "1", "name": "A"}, {"id": "1", "name": "B"}]}, "an option is named twice"),
    ],
)
def test_it_rejects_what_cannot_be_changed(against, fields, why):
    script, sent = answering(FIELD)
    with pytest.raises(ValueError, match=why):
        against(script).userfields.update("19", **fields)
    assert sent == []


def test_delete(against):
    script, sent = answering(status=204)
    against(script).userfields.delete("19")
    assert sent[0].what == "DELETE /api/v2/userfields/19"


def test_ten_fields_are_enough(against):
    script, _ = answering({"code": "FIELD_MAX_CUSTOM_FIELD_LIMIT_REACHED", "message": "No."}, status=400)
    with pytest.raises(Refused) as refused:
        against(script).userfields.create(name="A", kind="text_field")
    assert refused.value.sentence == "Zoho refused: there are ten custom fields already."
