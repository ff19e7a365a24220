"""`cliq.designations`, writing, with the shapes of the reference. v2-rest-api.txt:1026–1150."""

import pytest

from apps.core.errors import Refused
from tests.cliq.exchange import answering

DESIGNATION = {"data": {"name": "Marketing Executive", "id": 1901318000002280003}}


def test_create(against):
    script, sent = answering(DESIGNATION)
    designation = against(script).designations.create("Marketing Executive", ["54218474"])
    assert (designation.id, designation.name) == ("1901318000002280003", "Marketing Executive")
    assert (sent[0].what, sent[0].body) == (
        "POST /api/v2/designations",
        {"name": "Marketing Executive", "user_ids": ["54218474"]},
    )


def test_update(against):
    script, sent = answering(DESIGNATION)
    against(script).designations.update("19", "Leaders")
    assert (sent[0].what, sent[0].body) == ("PUT /api/v2/designations/19", {"name": "Leaders"})


def test_delete(against):
    script, sent = answering(status=204)
    against(script).designations.delete("19")
    assert sent[0].what == "DELETE /api/v2/designations/19"


@pytest.mark.parametrize(("act", "method"), [("add_members", "POST"), ("remove_members", "DELETE")])
def test_members(against, act, method):
    script, sent = answering()
    getattr(against(script).designations, act)("19", ["1", "2"])
    assert (sent[0].what, sent[0].body) == (
        f"{method} /api/v2/designations/19/members",
        {"user_ids": ["1", "2"]},
    )


@pytest.mark.parametrize("code", ["designation_already_exist", "department_already_exist"])
def test_either_spelling_of_a_code_is_understood(against, code):
    script, _ = answering({"code": code, "message": "No."}, status=400)
    with pytest.raises(Refused) as refused:
        against(script).designations.create("Leaders")
    assert refused.value.sentence == "Zoho refused: a designation of this name exists already."
    assert refused.value.field == "name"
