"""`cliq.users.layouts`. v2-rest-api.txt:476–489."""

from tests.cliq.exchange import answering


def test_it_works(against):
    field = {"status": "enabled", "sequence_number": "1", "label": "Phone", "unique_name": "phone", "id": 7}
    section = {"fields": [field], "sequence_number": 1, "label": "Work", "unique_name": "work_info"}
    script, sent = answering({"data": [{"unique_name": "profile_details_web", "sections": [section]}]})
    layout = against(script).users.layouts("profile_details_web")[0]
    assert (layout.unique_name, layout.sections[0].label) == ("profile_details_web", "Work")
    found = layout.sections[0].fields[0]
    assert (found.id, found.unique_name, found.sequence_number) == ("7", "phone", 1)
    assert (sent[0].what, sent[0].query) == (
        "GET /api/v2/users/layout",
        {"unique_name": "profile_details_web"},
    )


def test_in_the_sandbox(cliq):
    assert all(layout.sections for layout in cliq.users.layouts())
