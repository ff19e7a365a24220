"""Columns recognised by their names."""

import pytest

from apps.onboarding.columns import problem, recognise

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("E-mail", "email_id"),
        ("Email ID", "email_id"),
        ("EMAIL ADDRESS", "email_id"),
        ("email_id", "email_id"),
        ("First Name", "first_name"),
        ("first_name", "first_name"),
        ("firstname", "first_name"),
        ("Given name", "first_name"),
        ("Surname", "last_name"),
        ("last-name", "last_name"),
        ("Full name", "display_name"),
        ("Display Name", "display_name"),
        ("Dept.", "department"),
        ("Department", "department"),
        ("Job title", "designation"),
        ("Title", "designation"),
        ("Designation", "designation"),
    ],
)
def test_it_works(name, field):
    assert recognise([name]) == {"0": field}


def test_what_it_does_not_know_it_leaves_out():
    assert recognise(["Email", "Shoe size", "Mail", "", "Result"]) == {"0": "email_id"}


def test_problems_are_said():
    assert problem({"0": "email_id", "1": "first_name"}) == ""
    assert problem({}).startswith("Say which column holds the email address")
    assert problem({"0": "email_id", "1": "email_id"}) == (
        "Two columns are both “Email address”: choose one of them."
    )
