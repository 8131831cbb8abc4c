"""What a project is, and what each setting would say of it today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.commands.init.contracts import find_layers_contract
from layercheck.commands.init.layer_guess import guess_layers
from layercheck.commands.init.setting_trials import SettingTrials
from layercheck.commands.init.settings import RECOMMENDED, all_settings
from layercheck.errors import NothingCheckedError, UsageError
from layercheck.model.severity import Severity
from layercheck.plurals import count

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.commands.init.layer_guess import Guess
    from layercheck.commands.init.settings import Setting
    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.report import Report
    from layercheck.project.project import Project


_NO_LAYERS: dict[str, Any] = {"layers": []}


class Measured(NamedTuple):
    """A setting and what it finds."""

    setting: Setting
    report: Report

    @property
    def errors(self) -> int:
        """Count the errors."""
        return self.report.count_by_severity()[Severity.ERROR]

    @property
    def warnings(self) -> int:
        """Count the warnings."""
        return self.report.count_by_severity()[Severity.WARNING]

    @property
    def is_failing(self) -> bool:
        """Whether a check with this setting would fail today."""
        return self.report.exceeds(self.setting.fail_on)


class Survey(NamedTuple):
    """One project before it has a configuration."""

    target: ProjectTarget
    trials: SettingTrials
    measured: tuple[Measured, ...]
    """Every setting, the strictest first."""
    contract: DeclaredContract | None
    """The contract in which the team has written down the layers for import-linter."""
    guess: Guess | None
    """The layers, where neither a contract nor a name tells them."""

    @property
    def root(self) -> Path:
        """The folder of the project."""
        return self.target.root

    @property
    def base(self) -> dict[str, Any]:
        """Return what every configuration says beside a setting's table: layers that no name tells.

        None where a contract says which they are: no import is to be reported by two rules.
        """
        if self.contract:
            return _NO_LAYERS
        return {"layers": list(self.guess.lines)} if self.guess else {}

    def named(self, name: str) -> Measured:
        """Find a setting by its name, which must be one of them."""
        return next(each for each in self.measured if each.setting.name == name)

    def choose(self) -> Measured:
        """Take the strictest setting that finds no error and no warning, else the defaults."""
        keeping = (each for each in self.measured if not each.errors and not each.warnings)
        recommended = self.named(RECOMMENDED)
        first = next(keeping, recommended)
        return first if self.measured.index(first) < self.measured.index(recommended) else recommended


def survey(target: ProjectTarget) -> Survey:
    """Look at a project that has no configuration.

    Raises UsageError where it has one, and NothingCheckedError where there are no contracts, no layers are seen and none
    can be guessed.
    """
    if target.loaded.path is not None:
        raise UsageError(
            f"{target.loaded.path} already has a configuration, and `layercheck init` never modifies one.\n"
            "`layercheck config` prints it; edit the file, or remove the table and run `layercheck init` again.\n"
            "To set up a separate project in a folder below, `exclude` that folder in this configuration first."
        )
    trials = SettingTrials(target)
    contract, guess = find_layers_contract(trials.project), None
    if contract is not None:
        trials = SettingTrials(target, _NO_LAYERS)
    elif not _has_layers(trials.project) and (guess := _guess(trials.project)):
        trials = SettingTrials(target, {"layers": list(guess.lines)})
    settings = all_settings(target.plugins.rules)
    measured = tuple(Measured(setting, trials.check(setting.table)) for setting in settings)
    return Survey(target, trials, measured, contract, guess)


def _has_layers(project: Project) -> bool:
    return len({module.layer for module in project.modules if module.layer is not None}) > 1


def _guess(project: Project) -> Guess | None:
    modules = len(project.modules)
    if not modules:
        raise NothingCheckedError("there is no Python file here; give the path of your backend: layercheck init PATH")
    guess = guess_layers(project)
    if guess is None and not project.contracts:
        raise NothingCheckedError(
            f"no layers were recognised in {count(modules, 'module')}, and none can be guessed from the imports.\n"
            "Name the modules of two layers at least, highest first, in pyproject.toml:\n\n"
            "    [tool.layercheck]\n"
            '    layers = ["app.web", "app.tables"]\n\n'
            "or give names a role: `layercheck config` lists the known names."
        )
    return guess
