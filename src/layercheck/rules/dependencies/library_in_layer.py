from __future__ import annotations

import ast
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from layercheck import COUNTED_KINDS, ImportKind, LayerName, ModuleFinding, ModuleRule, Severity
from layercheck.rules.below_api import BELOW_API, extends_framework, is_below_api
from layercheck.rules.dependencies.library_lists import WORDS, Lists, denied_by, libraries_in, lists_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layercheck import Found, ImportSite, Located, Module, Project, SourceModule

_DENIED: Mapping[str, Sequence[str]] = {
    "api": ("orms",),
    "services": ("web-frameworks",),
    "models": ("web-frameworks",),
    "db": ("web-frameworks",),
    "schemas": ("web-frameworks", "orms"),
}
_ALLOWED: Mapping[str, Sequence[str]] = {
    # How a parameter is described is part of its shape.
    "schemas": tuple(
        f"fastapi.{name}"
        for name in ("Body", "Cookie", "File", "Form", "Header", "Path", "Query", "UploadFile", "openapi")
    )
}
_NOTHING = Lists((), ())
_MOST = 0.05
"""The share of a layer's modules above which ORMs in it are the convention of the project."""
_WAYS_OUT = {
    "web-frameworks": "help: keep the web framework in `api`, and pass plain values",
    "orms": "help: call a function of `services` or `db` that asks the database",
}


class LibraryOptions(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Which layers may use which libraries."""

    allow: dict[LayerName, tuple[str, ...]] = {}
    """By layer or role: the libraries that it may use."""
    deny: dict[LayerName, tuple[str, ...]] = {}
    """By layer or role: the libraries that it may not use."""
    imports: tuple[ImportKind, ...] = COUNTED_KINDS
    """The kinds of import that count."""

    def __post_init__(self) -> None:
        """Reject entries that cannot be a package. Raises ValueError, which is reported as a problem of the configuration."""
        for entry in (entry for table in (self.allow, self.deny) for entries in table.values() for entry in entries):
            if entry not in WORDS and not all(part.isidentifier() for part in entry.split(".")):
                raise ValueError(f"`{entry}` is neither a package nor one of {', '.join(WORDS)}")


class LibraryInLayer(ModuleRule):
    """A library used in a layer that should not depend on it.

    ## What it does

    Reports imports of libraries by layers that may not use them. By default, web frameworks may be used in `api`,
    `main` and `wiring`, but not in `services`, `models`, `db` and `schemas`, and ORMs may not be used in `api` and
    `schemas`.

    ## Why is this bad?

    A service that depends on the web framework can only serve requests, and an endpoint that uses the ORM is a
    second place that knows the tables. The library cannot be replaced, and the layer cannot be tested without it.

    ## Example

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    `app/services/mail.py`:

    ```python
    from fastapi import BackgroundTasks  # error: LC401


    def greet(address: str, tasks: BackgroundTasks) -> None:
        tasks.add_task(print, address)
    ```

    ## Use instead

    `app/services/mail.py`:

    ```python
    def greet(address: str) -> None:
        print(address)
    ```

    ## Options

    - `allow`: the libraries that each layer or role may use.
    - `deny`: the libraries that each layer or role may not use.
    - `imports`: the kinds of import that count; all but `typing` by default.

    An entry is a package (`sqlalchemy`), a package or name inside a package (`sqlalchemy.orm`, `fastapi.Depends`), or one
    of the words `third-party`, `standard-library`, `web-frameworks` and `orms`. The most specific entry decides; if two
    are equally specific, `allow` does. A layer with `allow` and without `deny` may use no other third-party library. The
    tables replace the defaults of the layers they name: `rules.library-in-layer.deny.services = []` allows every library
    in `services`.

    ## Limits

    `web-frameworks` does not include what other rules check: HTTP errors (LC306), requests and responses (LC307),
    routers (LC301) and applications (LC308). It does not include `Depends` and tools that work without a request
    either (`fastapi.encoders`, `starlette.concurrency`, `flask.current_app`). `orms` does not include the errors of
    ORMs and their sessions, which `api` passes on. By default, ORMs in `api` are not reported if the application
    has no `services` or `db`, and ORMs in a layer are not reported if more than one module in twenty uses one. The
    ORM of Django is not part of `orms`, because serializers, filters and views depend on it; add `django.db.models`
    to forbid it.
    """

    code = "LC401"
    name = "library-in-layer"
    severity = Severity.WARNING
    Options = LibraryOptions

    @property
    def libraries(self) -> frozenset[str]:  # type: ignore[override]  # hangs on the options
        """Return the packages that the lists mention."""
        found = [
            libraries_in(tuple(self._lists(layer).deny)) for layer in self._listed_layers if self._lists(layer).deny
        ]
        return frozenset().union(*found) if all(found) else frozenset()

    def libraries_for(self, module: Module) -> frozenset[str]:
        """Return the packages that the lists of a module's layer mention."""
        return libraries_in(tuple(self._lists_for(module).deny))

    def applies_to(self, module: Module) -> bool:
        """Return whether anything is denied to the layer of a module."""
        return bool(self._lists_for(module).deny)

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Collect the absolute imports that are denied."""
        lists = self._lists_for(module.module)
        if module.module.role == "db" and not self._is_listed("db") and extends_framework(module):
            return  # `authentication/db/` holds a way to log in
        denied = libraries_in(tuple(lists.deny))
        for site in module.imports.sites:
            if site.module.startswith(".") or site.module == "__future__" or site.kind not in self.options.imports:
                continue
            if denied and site.module.partition(".")[0] not in denied:
                continue
            for name in _names_at(module, site):
                entry = denied_by(name, lists)
                if entry is not None:
                    yield _report(module.module, site, name, entry)
                    break

    def conclude(self, project: Project, found: Found) -> Iterable[Located]:
        """Drop imports of the project's own packages, and of ORMs in layers that use them by convention."""
        own = {module.name.partition(".")[0] for module in project.modules}
        libraries = [each for each in found if each.finding.about not in own]
        wanted = self._layers_with_orms(project, libraries)
        return [each for each in libraries if not _is_about_orm(each) or _place(each.module) not in wanted]

    def _is_listed(self, layer: str | None) -> bool:
        return layer in self.options.allow or layer in self.options.deny

    @property
    def _listed_layers(self) -> Sequence[str]:
        return sorted({*_DENIED, *self.options.allow, *self.options.deny})

    def _lists(self, layer: str) -> Lists:
        return self._lists_by_layer.get(layer, _NOTHING)

    @cached_property
    def _lists_by_layer(self) -> Mapping[str, Lists]:
        by_layer = {}
        for layer in self._listed_layers:
            own = lists_of(layer, self.options.allow, self.options.deny)
            by_layer[layer] = own or lists_of(layer, _ALLOWED, _DENIED) or _NOTHING
        return by_layer

    def _lists_for(self, module: Module) -> Lists:
        named = next((name for name in (module.layer, module.role) if name and self._is_listed(name)), None)
        if named is None and module.role in BELOW_API and not is_below_api(module):
            return _NOTHING
        return self._lists(named or module.role or "")

    def _layers_with_orms(self, project: Project, found: Sequence[Located]) -> set[tuple[str | None, str | None]]:
        """Find the layers, by application, without configured lists in which ORMs are the convention."""
        using: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
        for each in found:
            if _is_about_orm(each):
                using[_place(each.module)].add(each.module.path)
        sizes = Counter(map(_place, project.modules))
        return {
            place
            for place, paths in using.items()
            if not self._is_listed(place[1])
            and (
                (len(paths) > 1 and len(paths) > sizes[place] * _MOST)
                or (place[1] == "api" and not sizes[place[0], "services"] and not sizes[place[0], "db"])
            )
        }


def _names_at(module: SourceModule, site: ImportSite) -> Sequence[str]:
    """List the names that an import takes; for `import sqlalchemy` the names used, if these are known."""
    if site.name is not None:
        return [site.module if site.name == "*" else f"{site.module}.{site.name}"]
    names = (module.full_name(node) or "" for node in module.nodes(ast.Attribute))
    return [name for name in names if name.startswith(f"{site.module}.")] or [site.module]


def _report(module: Module, site: ImportSite, name: str, entry: str) -> ModuleFinding:
    layer = module.layer or module.role
    library = name.partition(".")[0]
    return ModuleFinding(
        span=site.span,
        statement=site.statement,
        message=f"`{layer}` may not use {library}: {module.name} imports `{name}`",
        about=library,
        names=(entry,),
        notes=(_WAYS_OUT.get(entry, f"denied: `{entry}`, in the options of LC401"),),
    )


def _is_about_orm(located: Located) -> bool:
    return located.finding.names == ("orms",)


def _place(module: Module) -> tuple[str | None, str | None]:
    return module.application, module.role
