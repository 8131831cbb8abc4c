"""The pytest plugin: two options, and nothing else unless a check is requested.

Every pytest of an environment with layercheck in it imports this module, so it imports nothing itself.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the option and the key."""
    group = parser.getgroup("layercheck", "layercheck")
    group.addoption(
        "--layercheck",
        action="store_true",
        default=False,
        help="Check the project with layercheck: one test for each rule.",
    )
    parser.addini("layercheck", "Check the project in every run that is not about single files.", "bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Add the tests to this run, if they are requested."""
    if config.getoption("layercheck") or config.getini("layercheck"):
        from layercheck.pytest_plugin.project_checks import add_checks  # noqa: PLC0415  (see above)

        add_checks(config)
