from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from layercheck import (
    Finding,
    Location,
    ProjectRule,
    Severity,
    compile_later,
    compile_patterns,
    did_you_mean,
    is_never_read,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from layercheck import KeyPath, Project

_DOTTED = compile_later(r"[^\W\d]\w*(?:\.[^\W\d]\w*)+(?=(?:\.\*+)?\Z)")
_NOTE = "help: remove or fix it; patterns are in .gitignore syntax, relative to the folder of this file"


class IdleSetting(ProjectRule):
    """A setting without effect.

    ## What it does

    Reports patterns of `exclude` that exclude nothing, patterns of `per-path-ignores` that match no file, and a second
    configuration next to the one that is used: of `layercheck.toml`, `.layercheck.toml` and `pyproject.toml` in one
    folder, only the first is read.

    ## Why is this bad?

    The setting has no effect, although its author expects one.

    ## Example

    `pyproject.toml`:

    ```toml
    [tool.layercheck]
    exclude = ["app.legacy"]  # error: LC008
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    `app/legacy/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    `pyproject.toml`:

    ```toml
    [tool.layercheck]
    exclude = ["app/legacy/"]
    ```

    ## Limits

    A pattern may come from a configuration that several projects share, so it is an info if the cause is unknown.
    Patterns for files that are never read (`.venv`, `node_modules`, `*.md`) are not reported. Patterns that cannot match
    anything in any project (`./app`, `{a,b}`) are mistakes in the configuration, with exit code 2.
    """

    code = "LC008"
    name = "idle-setting"
    severity = Severity.WARNING
    needs_all_files = True
    # The files that could not be read are files as well.
    sees_outcome = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Report the settings without effect in the user's file."""
        document = project.loaded.document
        if document is None:
            return
        yield from (
            self._report_unread(project, name)
            for name in project.files.unread_configurations(project.configuration_path)
        )
        if "exclude" in document.table:
            for index, pattern in _find_idle_excludes(project):
                description = f"the pattern `{pattern}` excludes nothing by itself (exclude)"
                yield from self._report_pattern(project, ("exclude", index), pattern, description)
        for pattern in _find_unmatched(project, document.table.get("per-path-ignores", {})):
            description = f"the pattern `{pattern}` matches no file (per-path-ignores)"
            yield from self._report_pattern(project, ("per-path-ignores", pattern), pattern, description)

    def _report_unread(self, project: Project, name: str) -> Finding:
        what = f"`[tool.layercheck]` in {name}" if name == "pyproject.toml" else name
        used = project.configuration_path
        message = f"{what} is not read: {used} next to it is the configuration"
        note = f"help: move its settings to {used}, or remove one of them"
        return self._report(project, (), name, message, note, self.severity)

    def _report_pattern(self, project: Project, key: KeyPath, pattern: str, description: str) -> Iterator[Finding]:
        plain = pattern.lstrip("!/").rstrip("/")
        path = _find_path_of_module(project, plain)
        if path:
            message = f"{description}: it is the name of a module; write its path, `{path}`"
            yield self._report(project, key, pattern, message, _NOTE, self.severity)
        elif not is_never_read(plain):
            is_chosen = project.loaded.sets_severity(self.code, self.name)
            severity = self.severity if is_chosen else Severity.INFO
            yield self._report(project, key, pattern, description + _guess(project, pattern), _NOTE, severity)

    def _report(
        self, project: Project, key: KeyPath, culprit: str, message: str, note: str, severity: Severity
    ) -> Finding:
        line = project.loaded.line_of(key) if key else None
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity,
            message=message,
            location=Location.at_line(project.configuration_path, line),
            subject=str(key[0]) if key else project.configuration_path,
            object=culprit,
            notes=(note,),
        )


def _find_idle_excludes(project: Project) -> list[tuple[int, str]]:
    idle = [(index, project.loaded.configuration.exclude[index]) for index in project.idle_excludes]
    # What matches a file that is read all the same is taken back by a later `!pattern`.
    unmatched = _find_unmatched(project, [pattern for _, pattern in idle])
    return [(index, pattern) for index, pattern in idle if pattern in unmatched]


def _find_unmatched(project: Project, patterns: Collection[str]) -> list[str]:
    paths = _list_paths(project) if patterns else []
    return [each for each in patterns if not _matches_any(each.removeprefix("!"), paths)]


def _list_paths(project: Project) -> list[str]:
    modules = (module.path for module in project.modules)
    folders = (f"{folder.path}/" for folder in project.folders)
    return [*modules, *project.unreadable, *project.files.paths, project.configuration_path, *folders]


def _matches_any(pattern: str, paths: Iterable[str]) -> bool:
    return any(map(compile_patterns([pattern]).match_file, paths))


def _find_path_of_module(project: Project, dotted: str) -> str:
    """Find the path of a module or package that a pattern names with dots; empty if there is none."""
    name = _DOTTED.match(dotted)
    if name is None:
        return ""
    for module in project.modules:
        if module.name == name[0] and not module.is_package:
            return module.path
        if f"{module.name}.".startswith(f"{name[0]}."):
            folder = posixpath.dirname(module.path) if module.is_package else posixpath.splitext(module.path)[0]
            for _ in range(module.name.count(".") - name[0].count(".")):
                folder = posixpath.dirname(folder)
            return f"{folder}/"
    return ""


def _guess(project: Project, pattern: str) -> str:
    plain = pattern.lstrip("!/")
    if "/" in pattern.lstrip("!").rstrip("/") and _matches_any(f"**/{plain}", _list_paths(project)):
        # With a slash in it, git looks for it in one folder only.
        return f"; it is looked for beside this file only: write `**/{plain}` for any folder"
    if re.search(r"[*?\[]", plain):
        return ""
    plain = plain.rstrip("/")
    files = (module.path for module in project.modules) if plain.endswith((".py", ".pyi")) else ()
    known = [path for path in (*files, *(folder.path for folder in project.folders)) if path]
    return did_you_mean(plain, sorted(known if "/" in plain else {posixpath.basename(path) for path in known}))
