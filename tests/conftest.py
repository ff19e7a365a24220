"""The fixtures every test may ask for, one plugin a subject."""

pytest_plugins = [
    "tests.redis",
    "tests.database",
    "tests.sandbox",
    "tests.cast",
    "tests.working",
    "tests.name_server",
]
