"""The lines of an export."""

import pytest

from apps.cliq import exports
from apps.cliq.envelopes import Unreadable

PAIR = ("title", "chat_id")


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        ("One,1\nTwo,2", ["One", "Two"]),
        ("One,1\r\nTwo,2\r\n\r\n", ["One", "Two"]),
        ("title,chat_id\nOne,1", ["One"]),
        ('"One, two",1\n"Three\nfour",2', ["One, two", "Three\nfour"]),
        ("Sales, EMEA,1", ["Sales, EMEA"]),
        ("[Team] Plans,1\n<3 team,2", ["[Team] Plans", "<3 team"]),
        (",1", [""]),
        ("next_token=abc,1", ["next_token=abc"]),
        ("", []),
        ("\n\nnext_token=abc", []),
    ],
)
def test_rows(body, titles):
    assert [row["title"] for row in exports.read(body, PAIR).items] == titles


@pytest.mark.parametrize(
    ("body", "token"),
    [
        ("One,1\n\n\nnext_token=2666a59c-b894", "2666a59c-b894"),
        ("One,1\nnext_token=a\n\n", "a"),
        ("next_token=a", "a"),
        ("One,1", ""),
        ("next_token=a\nOne,1", ""),
        ({"list": [], "next_token": "t"}, "t"),
    ],
)
def test_tokens(body, token):
    fields = ("title",) if isinstance(body, str) and body.startswith("next_token=a\n") else PAIR
    assert exports.read(body, fields).next_token == token


def test_it_does_not_guess_whose_a_comma_is():
    with pytest.raises(Unreadable):
        exports.read("Sales, EMEA,all of it,7", ("name", "description", "channel_id"))
