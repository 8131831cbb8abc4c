"""What the documents say is true of the code today."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import textwrap
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from layercheck.commands.hook.agents import list_agents
from layercheck.plugins.built_in import builtin_rules
from tests.running import clean_environment, run_apart, write_project, write_tree

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_lists_every_set() -> None:
    rows = re.findall(r"^\| (\w+) \| (LC\d)xx \| .+ \| (\d+) \|$", README, re.MULTILINE)
    counts = Counter((rule.__module__.split(".")[-2], rule.code[:3]) for rule in builtin_rules())

    assert sorted(rows) == sorted((name, prefix, str(count)) for (name, prefix), count in counts.items())


def test_the_readme_shows_a_real_report() -> None:
    shown = re.search(r"```text\n(.*?)\n```", README, re.DOTALL)
    report = run_apart("check", "fixtures/violations", "--no-cache", "--color=never", folder=ROOT)

    assert shown is not None
    for block in shown[1].split("\n…\n"):
        assert block in report.out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal")
def test_the_picture_of_a_terminal_shows_a_real_report() -> None:
    command = [sys.executable, "docs/make_terminal_picture.py", "--check"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert "](docs/terminal.svg)" in README
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", ""), (
        "run: python docs/make_terminal_picture.py"
    )


def test_the_readme_shows_a_real_explanation() -> None:
    told, shown = re.findall(
        r"`layercheck (explain \S+)` explains one finding.*?```text\n(.*?)\n```", README, re.DOTALL
    )[0]
    explained = run_apart(*told.split(), "--no-cache", "--color=never", folder=ROOT)

    assert shown in explained.out


def test_the_comparison_is_about_what_its_script_runs() -> None:
    page = (ROOT / "docs/comparison.md").read_text("utf-8")
    script = (ROOT / "benchmarks/compare_reports.py").read_text("utf-8")
    versions = (ROOT / "benchmarks/peer_versions.py").read_text("utf-8")
    required = {key: peer for key, *peer in re.findall(r'^(\w+) = "([\w-]+)==([\d.]+)"$', versions, re.MULTILINE)}
    peers = [(*required[key], file) for key, file in re.findall(r'Peer\(\s*(\w+),\s+"([\w.-]+)"', script)]
    lengths = [len((ROOT / "benchmarks/peers" / file).read_text("utf-8").splitlines()) for _, _, file in peers]
    found = run_apart("check", "fixtures/violations", "--no-cache", "--output-format", "json", folder=ROOT).findings

    assert [name for name, version, _ in peers if f"{name} {version}" not in page.replace("\n", " ")] == []
    assert f"| broken rule | layercheck | {' | '.join(name for name, _, _ in peers)} |\n" in page
    assert f"| lines of configuration | 0 | {' | '.join(map(str, lengths))} |\n" in page
    # Infos are no broken rules.
    assert re.findall(r"^\| (LC\d+) .+ \| yes \| ", page, re.MULTILINE) == sorted(
        {code for code, _, _ in found} - {"LC107", "LC109"}
    )


def test_the_pages_of_the_rules_are_those_of_their_docstrings() -> None:
    command = [sys.executable, "docs/generate.py", "--check"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", ""), "run: python docs/generate.py"


def test_a_page_that_is_stale_missing_or_superfluous_is_named_and_mended(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    pages = {path.name: path.read_text("utf-8") for path in (tmp_path / "rules").iterdir()}
    (tmp_path / "rules" / "leaf-layer.md").unlink()
    (tmp_path / "rules" / "layer-order.md").write_text("old")
    (tmp_path / "rules" / "a-rule-of-yesterday.md").write_text("gone")

    checked = subprocess.run([*command, "--check"], capture_output=True, text=True, check=False)
    subprocess.run(command, check=True, capture_output=True)

    assert checked.returncode == 1
    assert [Path(line).stem for line in checked.stdout.splitlines()] == [
        "a-rule-of-yesterday",
        "layer-order",
        "leaf-layer",
    ]
    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "rules").iterdir()} == pages


def test_the_architecture_names_every_floor() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["layercheck"]
    modules = re.findall(r"layercheck\.(\w+)", " ".join(configuration["layers"]))

    assert [module for module in modules if f"`{module}/" not in text and f"`{module}.py`" not in text] == ["__main__"]


def test_the_modules_that_the_architecture_names_exist() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    source = ROOT / "src" / "layercheck"
    missing = []
    for package, listed in re.findall(r"^- `([\w/]+)/`: ((?:.+\n)(?:  .+\n)*)", text, re.MULTILINE):
        there = {path.stem for path in (source / package).rglob("*") if path.suffix in {"", ".py"}}
        missing += [f"{package}/{name}" for name in re.findall(r"`(\w+)/?`", listed) if name not in there]
    missing += [name for name in re.findall(r"`([\w/]+\.py)`", text) if not (source / name).is_file()]

    assert missing == []


@pytest.mark.parametrize(
    "name", ["click", "import-linter", "libcst", "msgspec", "pathspec", "pluggy", "pyyaml", "rich", "tomli", "tomlkit"]
)
def test_every_runtime_dependency_has_a_reason(name: str) -> None:
    assert f"\n| {name} | " in (ROOT / "ARCHITECTURE.md").read_text("utf-8")


def test_no_runtime_dependency_is_left_out() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert [re.split("[<>=]", entry)[0] for entry in project["dependencies"]] == [
        "click",
        "import-linter",
        "libcst",
        "msgspec",
        "pathspec",
        "pluggy",
        "pyyaml",
        "rich",
        "tomli",
        "tomlkit",
    ]


def test_the_rules_of_the_guide_work(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "writing-rules.md").read_text("utf-8")
    local_time, uncalled, entangled, _ = (
        block
        for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL)
        if "\nclass " in block and "import" in block
    )
    give = "\nfrom layercheck import hookimpl\n@hookimpl\ndef layercheck_rules():\n    return [LocalTime, EntangledServices, UncalledFunction]\n"
    files = {
        "layercheck.toml": 'plugins = ["rules.py"]\n',
        "rules.py": f"{local_time}\n{uncalled}\n{entangled}{give}",
        "app/services/a.py": "from datetime import datetime\nfrom app.services import b\nnow = datetime.now()\n",
        "app/services/b.py": "",
        "app/models/c.py": "def make():\n    ...\n\ndef forget():\n    ...\n\nmake()\n",
    }
    write_tree(tmp_path, files)

    outcome = run_apart("check", "--select", "ACM", "--output-format", "json", folder=tmp_path)

    assert outcome.findings == [
        ("ACM004", "app/models/c.py", 4),
        ("ACM002", "app/services/a.py", 2),
        ("ACM003", "app/services/a.py", 3),
    ]


_ZONES = """
    fixable = True

    def check(self, module):
        for call in module.nodes(ast.Call):
            if module.full_name(call.func) == "datetime.datetime.now" and not call.args:
"""


def test_the_fix_of_the_guide_imports_what_it_writes(tmp_path: Path) -> None:
    page = (ROOT / "docs/writing-rules.md").read_text("utf-8")
    (fix,) = re.findall(r"```python\n(edits = .*?)```", page, re.DOTALL)
    head = page[page.index("import ast\n") : page.index("    def applies_to")]
    names = "from layercheck import Applicability, Edit, Fix, hookimpl\n"
    given = "\n\n@hookimpl\ndef layercheck_rules():\n    return [LocalTime]\n"
    rule = names + head + _ZONES + textwrap.indent(fix, " " * 16) + given
    clock = "from datetime import datetime\n\n\ndef read():\n    return datetime.now()\n"
    files = {"rules.py": rule, "app/services/clock.py": clock, "app/models/x.py": ""}
    write_tree(tmp_path, files | {"layercheck.toml": 'plugins = ["rules.py"]\n'})

    outcome = run_apart("check", "--fix", "--unsafe-fixes", "--no-cache", folder=tmp_path)

    assert "1 finding fixed in 1 file" in outcome.err
    fixed = (tmp_path / "app/services/clock.py").read_text()
    assert fixed.startswith("from datetime import datetime\nfrom datetime import UTC\n")
    assert "datetime.now(UTC)" in fixed


def test_the_tests_of_the_guide_pass(tmp_path: Path) -> None:
    page = (ROOT / "docs/writing-rules.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (rule,) = (block for block in blocks if "class ManualLock" in block)
    (tests,) = (block for block in blocks if "PluginProject(" in block)
    hooks = """
from layercheck import hookimpl
@hookimpl
def layercheck_rules():
    return [ManualLock]
@hookimpl
def layercheck_presets():
    return {"acme": {"severity": {"ACM005": "error"}}}
@hookimpl
def layercheck_reporters():
    return {"count": lambda report, context: f"{len(report.findings)}\\n"}
"""
    write_tree(tmp_path, {"acme_rules.py": rule + hooks, "test_acme_rules.py": tests})

    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        "/dev/null",
        f"--rootdir={tmp_path}",
    ]
    run = subprocess.run([*command, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert "3 passed" in run.stdout, run.stdout


def test_the_pattern_for_editors_reads_what_is_printed(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "editors.md").read_text("utf-8")
    pattern = "".join(re.findall(r'^ +r"(.+)"$', page, re.MULTILINE))
    lines = run_apart("check", "fixtures/violations", "--no-cache", "--output-format", "concise", folder=ROOT).out

    found = [re.match(pattern, line) for line in lines.splitlines()]

    assert {each and bool(each["error"]) for each in found} == {True, False}
    assert {(each["line"], each["col"], each["code"]) for each in found if each} >= {("8", "6", "LC102")}


def test_the_external_tool_for_pycharm_links_absolute_paths(tmp_path: Path) -> None:
    root = write_project(tmp_path / "a shop", {"app/api/users.py": "", "app/models/user.py": "import app.api.users\n"})
    file = root / "app/models/user.py"
    cell = re.search(r"^\| Arguments \| `(.+)` \|$", (ROOT / "docs" / "editors.md").read_text("utf-8"), re.MULTILINE)
    assert cell is not None
    arguments = shlex.split(cell[1].replace("\\|", "|").replace("$FilePath$", str(file)))
    write_tree(tmp_path / "bin", {"layercheck": f'#!/bin/sh\nexec "{sys.executable}" -m layercheck "$@"\n'})
    (tmp_path / "bin/layercheck").chmod(0o755)
    environment = {**clean_environment(), "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    done = subprocess.run(
        ["sh", *arguments], cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert f"{file}:1:8: error[LC101] " in done.stdout, done


def test_the_settings_of_editors_start_the_server() -> None:
    page = (ROOT / "docs" / "editors.md").read_text("utf-8")
    snippets = dict(re.findall(r"^### ([^\n]+)\n(?:(?!###).)*?```\w+\n(.*?)```", page, re.DOTALL | re.MULTILINE))
    helix, sublime = tomllib.loads(snippets["Helix"]), json.loads(snippets["Sublime Text, LSP"])

    assert helix["language-server"]["layercheck"] == {"command": "layercheck", "args": ["server"]}
    assert helix["language"] == [{"name": "python", "language-servers": ["layercheck"]}]
    assert sublime == {
        "layercheck": {"enabled": True, "command": ["layercheck", "server"], "selector": "source.python"}
    }


def test_the_hooks_for_agents_call_what_there_is(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "agents.md").read_text("utf-8")
    settings = map(json.loads, re.findall(r"```json\n(.*?)```", page, re.DOTALL))
    hooks = [hook for each in settings for event in each["hooks"].values() for hook in event]
    flat = [inner for hook in hooks for inner in hook.get("hooks", [hook])]
    commands = {hook.get("command") or hook["bash"] for hook in flat}

    assert commands == {f"layercheck hook {agent}" for agent in list_agents()}
    assert {run_apart(*command.split()[1:], folder=tmp_path).code for command in commands} == {0}
