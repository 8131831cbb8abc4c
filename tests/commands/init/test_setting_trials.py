from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from layercheck.commands.init.setting_trials import SettingTrials
from layercheck.commands.init.settings import all_settings
from layercheck.engine.project_target import find_target
from layercheck.plugins.built_in import builtin_rules
from tests.running import PROJECT_FILES, check_folder, write_tree

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/main.py": "",
    "app/api/a.py": "import app.models.a\n\ndef f():\n    import app.main\n",
    "app/services/a.py": "def f():\n    import app.api.a\n",
    "app/models/a.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.api.a\n",
    "app/models/b.py": "import app.api.a  # layercheck: ignore[LC101] on purpose\n",
    "app/models/c.py": "def (\n",
    "app/schemas/a.py": "import app.models.a\n",
    "app/utils/a.py": "import app.models.a\n",
    "app/events.py": "",
    "app/exceptions.py": "",
}


def _as_toml(table: dict[str, Any]) -> str:
    import tomlkit

    return tomlkit.dumps(table)


@pytest.mark.parametrize("setting", all_settings(builtin_rules()), ids=lambda setting: setting.name)
def test_a_trial_says_what_a_check_would_say(tmp_path: Path, setting: Any) -> None:
    write_tree(tmp_path, FILES | PROJECT_FILES)
    trials = SettingTrials(find_target([tmp_path]))
    for other in all_settings(builtin_rules()):
        trials.check(other.table)

    judged = trials.check(setting.table)

    (tmp_path / "layercheck.toml").write_text(_as_toml(setting.table))
    report = check_folder(tmp_path)
    assert judged.findings == report.findings
    assert judged.coverage.unmapped == report.coverage.unmapped


def test_every_setting_finds_something_else(tmp_path: Path) -> None:
    write_tree(tmp_path, FILES | PROJECT_FILES)
    trials = SettingTrials(find_target([tmp_path]))

    reports = [trials.check(setting.table).findings for setting in all_settings(builtin_rules())]

    assert len({tuple(each.fingerprint for each in report) for report in reports}) == len(reports)
    assert [each.code for each in reports[-1]] == ["LC105", "LC001", "LC101"]


def test_a_base_makes_the_layers(tmp_path: Path) -> None:
    write_tree(tmp_path, {**PROJECT_FILES, "shop/web.py": "", "shop/disk.py": "import shop.web\n"})

    report = SettingTrials(find_target([tmp_path]), {"layers": ["shop.web", "shop.disk"]}).check({})

    assert [each.code for each in report.findings] == ["LC101"]
