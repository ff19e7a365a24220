"""The command that refreshes the distillate."""

import json

import pytest

from apps.cliq.distil import distil, main

DOCUMENT = """
paths:
  /me?source=remote_tools:
    get:
      description: 'Words.<br><b>Threshold limit</b> : 20 requests per min<br><b>Lock period</b>: 5 minutes'
      security: [{Zoho_Auth: [ZohoCliq.Profile.READ]}]
      responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/me'}}}}}
components:
  schemas:
    me: {properties: {data: {properties: {id: {type: string}}}}}
"""


def numbers(description, parameters=()):
    operation = {"description": description, "parameters": parameters}
    found = distil({"paths": {"/x": {"get": operation}}})[0]
    return found["quota"], found["period"], found["lock"], found["page_limit"]


def test_it_writes_a_file_for_each_module(tmp_path, monkeypatch):
    pytest.importorskip("yaml")
    (tmp_path / "remote.yml").write_text(DOCUMENT)
    monkeypatch.setenv("CLIQ_OPENAPI_DIR", str(tmp_path))
    main([str(tmp_path)])
    assert json.loads((tmp_path / "remote.json").read_text()) == [
        {
            "method": "GET",
            "path": "/me",
            "scopes": ["ZohoCliq.Profile.READ"],
            "quota": 20,
            "period": 60,
            "lock": 300,
            "query": [],
            "page_limit": 0,
            "request": [],
            "statuses": ["200"],
            "response": ["data", "data.id"],
        }
    ]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("**Threshold limit**: 50 requests per min\n**Lock period**: 5 minutes", (50, 60, 300, 0)),
        ("Threshold limit: 10 calls for five minutes<br>Lock period: 30 minutes", (10, 300, 1800, 0)),
        ("Threshold limit : 100 users per request can be added. 10 requests can be made", (10, 60, 0, 0)),
        ("Without any number.", (0, 0, 0, 0)),
    ],
)
def test_numbers_in_every_spelling(description, expected):
    assert numbers(description) == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ({"schema": {"maximum": 100}}, 100),
        ({"description": "How many.<br>Maximum limit : 100."}, 100),
        ({"description": "If limit is not specified, a maximum of 25 is returned."}, 0),
    ],
)
def test_the_largest_limit(limit, expected):
    assert numbers("", [{"in": "query", "name": "limit"} | limit]) == (0, 0, 0, expected)
