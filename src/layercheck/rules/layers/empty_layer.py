from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import Finding, Location, ProjectRule, Severity, closest, find_modules, is_module_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Project


class EmptyLayer(ProjectRule):
    """A configured layer or module pattern that matches nothing.

    ## What it does

    Reports a layer of the configuration without modules, and a module pattern that matches no module. Layers of the
    preset may be empty, and so may optional layers, which are written in parentheses: `(app.web)`.

    ## Why is this bad?

    A rule about nothing is never broken. After a rename or a typing error, the check would pass forever.

    ## Example

    With `layers = ["app.web", "app.servces"]`:

    `pyproject.toml`:

    ```toml
    [tool.layercheck]
    layers = ["app.web", "app.servces"]  # error: LC108
    ```

    `app/web.py`:

    ```python
    from app.services import find_user
    ```

    `app/services.py`:

    ```python
    def find_user() -> None: ...
    ```

    ## Use instead

    `pyproject.toml`:

    ```toml
    [tool.layercheck]
    layers = ["app.web", "app.services"]
    ```

    ## Limits

    Names in roles (`api = ["web"]`) may match nothing; modules (`api = ["app.web"]`) may not.
    """

    code = "LC108"
    name = "empty-layer"
    severity = Severity.ERROR
    needs_all_files = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Look for each layer and pattern that the user wrote."""
        present = {module.layer for module in project.modules}
        layers = project.layers
        for key in ("layers", "closed", "isolated", "leaf"):
            if key in project.loaded.user_keys:
                named = layers.rank if key == "layers" else getattr(layers, key)
                for layer in layers.sort(set(named) - layers.optional - present):
                    yield self._report(project, key, layer, f"the layer `{layer}` has no module")
        for key, pattern in _patterns(project):
            if not find_modules(pattern, project.modules):
                yield self._report(project, key, pattern, f"the pattern `{pattern}` matches no module")

        tops = {module.name.partition(".")[0] for module in project.modules}
        for package in project.loaded.configuration.packages:
            if package not in tops:
                yield self._report(project, "packages", package, f"there is no package `{package}`")

    def _report(self, project: Project, key: str, pattern: str, message: str) -> Finding:
        names = {module.name for module in project.modules}
        names.update([name.rpartition(".")[0] for name in names])
        # A pattern looks like everything and nothing.
        guess = "" if "*" in pattern else closest(pattern, sorted(names))
        origin = project.loaded.origins.get(key)
        line = origin.line if origin is not None else None
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=f"{message} ({key})" + (f"; did you mean `{guess}`?" if guess else ""),
            location=Location.at_line(project.configuration_path, line),
            subject=key,
            object=pattern,
            notes=("help: fix the name, remove the entry, or write `(name)` for a layer that may be empty",),
        )


def _patterns(project: Project) -> Iterator[tuple[str, str]]:
    """List the module patterns that the user wrote, each with its key."""
    for role, entries in project.loaded.configuration.roles.items():
        key = f"roles.{role}"
        if key in project.loaded.user_keys:
            yield from ((key, entry) for entry in entries if is_module_pattern(entry))
    yield from (("strict", entry) for entry in project.loaded.configuration.strict)
