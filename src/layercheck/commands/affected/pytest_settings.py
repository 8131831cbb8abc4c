"""What the configuration of pytest says: which files are tests, where they are, and which modules every test loads."""

from __future__ import annotations

import configparser
import fnmatch
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.model.target_paths import is_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from layercheck.model.module import Module
    from layercheck.project.project_files import ProjectFiles

_USUAL = ("test_*.py", "*_test.py")
"""What pytest collects."""
_OTHER = ("tests.py", "tests_*.py")
"""What Django's test runner and many of its projects call tests; `tests_pre_start.py` has none."""
_TESTS = re.compile(rb"\bdef test|\bclass \w*Test|TestCase|\bimport \*")
# The plugins of `-p` and the settings of Django are imported before any test.
_LOADED = re.compile(r"(?:^|[\s\"'])-p[ =]?([\w.]+)|(?:DJANGO_SETTINGS_MODULE|--ds)\s*=\s*([\w.]+)")
# The first of these files that says anything is the one that pytest reads.
_INI_FILES = (("pytest.ini", "pytest"), (".pytest.ini", "pytest"), ("tox.ini", "pytest"), ("setup.cfg", "tool:pytest"))


class PytestSettings(NamedTuple):
    """The part of pytest's configuration that decides which tests there are."""

    patterns: tuple[str, ...] = _USUAL
    folders: frozenset[str] = frozenset()
    """The folders and files that pytest looks into, relative to the project root; empty: all."""
    loaded: tuple[str, ...] = ()
    """Dotted names of modules that are imported before any test."""
    gives_fixtures: bool = False
    """Whether it says which fixtures every test uses."""

    def is_test(self, module: Module, read: Callable[[str], bytes]) -> bool:
        """Return whether pytest takes a file for a test, or Django's test runner does; `read` gives the content of a file."""
        folder, _, name = module.path.rpartition("/")
        if self.folders and not is_within(folder or ".", self.folders | {module.path}):
            return False
        if any(fnmatch.fnmatchcase(module.path if "/" in pattern else name, pattern) for pattern in self.patterns):
            return True
        is_called_so = any(fnmatch.fnmatchcase(name, pattern) for pattern in _OTHER)
        return is_called_so and _TESTS.search(read(module.path)) is not None


def read_pytest_settings(files: ProjectFiles) -> PytestSettings:
    """Read the configuration at the project root; what it does not say is as usual."""
    for values in _candidates(files):
        if values:
            text = "\n".join(f"{key} = {_join(value)}" for key, value in values.items())
            return PytestSettings(
                patterns=(*_USUAL, *_words(values.get("python_files", ()))),
                folders=frozenset(path.strip("/").removeprefix("./") for path in _words(values.get("testpaths", ())))
                - {"."},
                loaded=tuple(name for pair in _LOADED.findall(text) for name in pair if name),
                gives_fixtures="usefixtures" in values,
            )
    return PytestSettings()


def _candidates(files: ProjectFiles) -> Iterator[Mapping[str, Any]]:
    for name, section in _INI_FILES:
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment,method-assign]  # DJANGO_SETTINGS_MODULE keeps its case
        try:
            parser.read_string(files.read(name))
        except configparser.Error:
            continue
        yield dict(parser[section]) if parser.has_section(section) else {}
    tool = files.read_toml("pyproject.toml").get("tool")
    pytest = tool.get("pytest") if isinstance(tool, dict) else None
    options = pytest.get("ini_options", pytest) if isinstance(pytest, dict) else None
    yield options if isinstance(options, dict) else {}


def _words(value: Any) -> list[str]:
    return value.split() if isinstance(value, str) else [str(each) for each in value if isinstance(each, str)]


def _join(value: Any) -> str:
    return value if isinstance(value, str) else " ".join(_words(value)) if isinstance(value, list) else ""
