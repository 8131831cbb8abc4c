"""Random small backends for property tests: a module or more in every layer, and imports of all kinds between them."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

PACKAGES = ("api", "services", "models", "db", "schemas", "utils", "billing")
"""`billing` is a package without a role."""
MODULES = (
    "app.main",
    *(f"app.{package}.m{number}" for package in PACKAGES for number in range(2)),
    "app.ledger",
    "app.config",
)
CONFIGURATION = "\n".join(f'roles.{package} = ["app.{package}"]' for package in PACKAGES if package != "billing")
"""Holds the roles fixed, whatever files there are."""

_FORMS = (
    "import {module}",
    "import {module} as m",
    "import os, {module}",
    "from {package} import {name}",
    "from {package} import {name} as m, other",
    "from {module} import thing",
    "from {module} import (\n    thing,\n    other,\n)",
    "from {module} import *",
    "from {dots}{inside} import {name}",
    "def f():\n    import {module}",
    "class A:\n    from {package} import {name}",
    "try:\n    import {module}\nexcept ImportError:\n    pass",
    "x = 1; import {module}",
    "if TYPE_CHECKING:\n    from {module} import Thing",
    "import importlib\nimportlib.import_module('{module}')",
    "__import__('{module}')",
    "import app\napp.{below}.thing()",
    "'''\nimport {module}\n'''",
    "# import {module}",
    "import {module}_twin",
)
DIRECT_FORMS = _FORMS[:13]
"""Forms that surely import, in a way that counts."""


class Project(NamedTuple):
    """Blocks of text by module name; the first of each is no import."""

    blocks: dict[str, tuple[str, ...]]

    @property
    def files(self) -> dict[str, str]:
        """The files, the `__init__` of all packages with them."""
        packages = ("app", *(f"app/{package}" for package in PACKAGES))
        faces = {f"{package}/__init__.py": "" for package in packages}
        return faces | {path_of(module): "\n".join(blocks) + "\n" for module, blocks in self.blocks.items()}

    def without_block(self, module: str, index: int) -> Project:
        """Take one block out of a module."""
        blocks = self.blocks[module]
        return Project(self.blocks | {module: blocks[:index] + blocks[index + 1 :]})

    def without_module(self, module: str) -> Project:
        """Take a module out."""
        return Project({name: blocks for name, blocks in self.blocks.items() if name != module})

    def with_block(self, module: str, block: str, index: int | None = None) -> Project:
        """Add a block to a module, at its end if no other place is given."""
        blocks = self.blocks[module]
        place = len(blocks) if index is None else index
        return Project(self.blocks | {module: (*blocks[:place], block, *blocks[place:])})


def path_of(module: str) -> str:
    """Give the path of a module."""
    return module.replace(".", "/") + ".py"


def write_import(form: str, importer: str, imported: str) -> str:
    """Fill in a form."""
    package, _, name = imported.rpartition(".")
    return form.format(
        module=imported,
        package=package,
        name=name,
        dots="." * importer.count("."),
        inside=package.partition(".")[2],
        below=imported.partition(".")[2],
    )


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Draw a project."""
    importer_and_imported = st.tuples(st.sampled_from(MODULES), st.sampled_from(MODULES), st.sampled_from(_FORMS))
    blocks: dict[str, list[str]] = {module: ["from typing import TYPE_CHECKING\n"] for module in MODULES}
    for importer, imported, form in draw(st.lists(importer_and_imported, min_size=5, max_size=30)):
        blocks[importer].append(write_import(form, importer, imported))
    return Project({module: tuple(each) for module, each in blocks.items()})


@st.composite
def projects_and_blocks(draw: st.DrawFn) -> tuple[Project, str, int]:
    """Draw a project and one of its imports: the module, and the number of the block."""
    project = draw(projects())
    places = [(module, index) for module, blocks in project.blocks.items() for index in range(1, len(blocks))]
    return (project, *draw(st.sampled_from(places)))
