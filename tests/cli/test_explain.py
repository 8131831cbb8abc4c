from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from layercheck.plugins.built_in import builtin_rules
from tests.running import run_apart, run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path

BACKEND = {
    "app/__init__.py": "",
    "app/models/user.py": "class User: ...\n",
    "app/services/users.py": "from app.models.user import User\n\n\ndef find() -> User: ...\n",
    "app/api/users.py": """\
        from app.models.user import User


        def read() -> None:
            print(User)
        """,
}


def explain(root: Path, place: str, *options: str) -> dict[str, Any]:
    outcome = run_here("explain", f"{root}/{place}", "--output-format", "json", *options)
    assert (outcome.code, outcome.err) == (0, "")
    document: dict[str, Any] = json.loads(outcome.out)
    return document


@pytest.mark.parametrize("asked", ["LC102", "lc102", "skipped-layer", "Skipped-Layer"])
def test_a_rule_is_explained_by_its_page(asked: str) -> None:
    outcome = run_here("explain", asked)

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("# skipped-layer (LC102)\n\nAn import that skips a closed layer.\n\n| code |")
    headings = [line for line in outcome.out.splitlines() if line.startswith("## ")]
    assert headings == [
        "## What it does",
        "## Why is this bad?",
        "## Example",
        "## Use instead",
        "## Options",
        "## Limits",
    ]
    assert "| `imports` | list of runtime, " in outcome.out
    assert run_here("rule", asked).out == outcome.out


@pytest.mark.parametrize("rule", builtin_rules(), ids=lambda rule: rule.code)
def test_every_rule_can_be_explained_in_every_form(rule: Any) -> None:
    document = json.loads(run_here("explain", rule.code, "--output-format", "json").out)
    on_terminal = run_here("explain", rule.code, "--color", "always").out
    markdown = run_here("explain", rule.code, "--output-format", "markdown").out

    assert (document["code"], document["name"], document["severity"]) == (rule.code, rule.name, rule.severity)
    assert (document["default"], document["fixable"]) == (rule.is_default, rule.fixable)
    assert set(document) == {
        *("schema_version", "code", "name", "title", "severity", "default", "fixable", "set", "since"),
        *("sections", "options"),
    }
    assert "\x1b[" in on_terminal
    assert "\x1b" not in markdown
    assert all(f"## {heading}\n" in markdown for heading in document["sections"])


@pytest.mark.parametrize(
    ("options", "environment", "coloured"),
    [
        ([], {}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
    ],
)
def test_colours_are_for_those_who_want_them(
    options: list[str], environment: dict[str, str], tmp_path: Path, *, coloured: bool
) -> None:
    write_project(tmp_path, BACKEND)

    for subject in ("LC101", "app/api/users.py:1"):
        outcome = run_apart("explain", subject, *options, folder=tmp_path, environment=environment)

        assert outcome.code == 0
        assert ("\x1b[" in outcome.out) is coloured


def test_rich_is_only_imported_where_colours_are_wanted(tmp_path: Path) -> None:
    outcome = run_apart("explain", "LC101", folder=tmp_path, python=["-X", "importtime"])

    assert outcome.code == 0
    assert "layercheck.rule.documentation" in outcome.err
    assert " rich" not in outcome.err


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("LC19", "did you mean"),
        ("skiped-layer", "did you mean 'skipped-layer'?"),
        ("zzz", "`layercheck rule` lists them all"),
        ("no/such/file.py:3", "there is no such file"),
        ("nope.py", "nope.py: there is no such file, and no such rule"),
        ("app/nope", "app/nope: there is no such file, and no such rule"),
    ],
)
def test_what_there_is_not_is_told(asked: str, hint: str) -> None:
    outcome = run_here("explain", asked)

    assert (outcome.code, outcome.out) == (2, "")
    assert hint in outcome.err


def test_a_finding_is_explained(tmp_path: Path) -> None:
    write_project(tmp_path, BACKEND)

    outcome = run_apart("explain", "app/api/users.py:1:6", folder=tmp_path)

    assert (outcome.code, outcome.err) == (0, "")
    told, _, page = outcome.out.partition("# skipped-layer (LC102)")
    assert told.startswith("app/api/users.py:1:6: error[LC102] `api` must not import `models` past `services`")
    assert "    = allowed: `api` may import services, modules without a layer\n" in told
    assert told.endswith(
        """
the two modules
  from  app.api.users    layer `api`, app/api/users.py
  to    app.models.user  layer `models`, app/models/user.py

alternatives  modules that may be imported here and already use `User`, nearest first
  app/services/users.py:1:6  find

to suppress it  app/api/users.py, line 1
  from app.models.user import User  # layercheck: ignore[LC102] REASON

to accept it  layercheck baseline --rule LC102 app/api/users.py --reason REASON
  LC102 app.api.users -> app.models.user

fingerprint  5e2a2bc6ad0e8d0c
""".replace("5e2a2bc6ad0e8d0c", told.split()[-1])
        + "\n"
    )
    assert "## What it does" in page
    assert "## Example" not in page
    assert page.endswith("Examples and options: layercheck explain LC102\n")


def test_what_it_proposes_works(tmp_path: Path) -> None:
    write_project(tmp_path, BACKEND)
    (finding,) = explain(tmp_path, "app/api/users.py:1")["explanations"]
    file = tmp_path / "app/api/users.py"
    lines = file.read_text().splitlines()

    for line in finding["suppression"]:
        lines[line["line"] - 1] = line["text"]
    file.write_text("\n".join(lines))
    suppressed = run_here("check", str(tmp_path), "--no-cache")
    file.write_text(BACKEND["app/api/users.py"].replace(" " * 8, ""))
    (tmp_path / "layercheck-baseline.txt").write_text(finding["baseline"] + "\n")
    accepted = run_here("check", str(tmp_path), "--no-cache")

    assert (suppressed.code, accepted.code) == (0, 0)


def test_the_finding_is_the_one_of_the_report(tmp_path: Path) -> None:
    write_project(tmp_path, BACKEND)
    report = run_here("check", str(tmp_path), "--output-format", "json").report

    (finding,) = explain(tmp_path, "app/api/users.py:1")["explanations"]

    assert [finding["finding"]] == report["findings"]
    assert finding["fingerprint"] == report["findings"][0]["fingerprint"]
    assert (finding["status"], finding["allowed"], finding["rule"]["code"]) == ("reported", ["services"], "LC102")
    assert finding["importer"] == {
        "module": "app.api.users",
        "path": "app/api/users.py",
        "role": "api",
        "layer": "api",
    }


def test_a_suppressed_finding_is_explained_too(tmp_path: Path) -> None:
    code = "from app.models.user import User  # layercheck: ignore[LC102] until the move\n"
    write_project(tmp_path, BACKEND | {"app/api/users.py": code})

    (finding,) = explain(tmp_path, "app/api/users.py:1")["explanations"]
    text = run_here("explain", f"{tmp_path}/app/api/users.py:1").out

    assert (finding["status"], finding["reason"]) == ("suppressed", "until the move")
    assert (finding["suppression"], finding["baseline"]) == ([], "")
    assert "not reported: suppressed by a comment (reason: until the move)" in text
    assert "to suppress it" not in text


def test_an_accepted_finding_is_explained_too_and_the_cache_stays_true(tmp_path: Path) -> None:
    entry = "LC102 app.api.users -> app.models.user"
    write_project(tmp_path, BACKEND | {"layercheck-baseline.txt": f"{entry}  # until the move\n"})
    before = run_here("check", str(tmp_path))

    (finding,) = explain(tmp_path, "app/api/users.py:1")["explanations"]
    text = run_here("explain", f"{tmp_path}/app/api/users.py:1").out

    assert (finding["status"], finding["reason"], finding["baseline"]) == ("baselined", "until the move", entry)
    assert f"its entry\n  {entry}" in text
    assert run_here("check", str(tmp_path)) == before


def test_where_nothing_is_found_the_nearest_findings_are_named(tmp_path: Path) -> None:
    write_project(tmp_path, BACKEND)

    nothing = run_apart("explain", "app/api/users.py:4", folder=tmp_path)
    clean = run_apart("explain", "app/services/users.py:1", folder=tmp_path)

    assert (nothing.code, nothing.out) == (2, "")
    assert "no finding at app/api/users.py:4; the nearest" in nothing.err
    assert "  app/api/users.py:1:6  LC102 skipped-layer" in nothing.err
    assert clean.code == 2
    assert "nor anywhere in this file" in clean.err


def test_a_column_chooses_among_the_findings_of_a_line(tmp_path: Path) -> None:
    code = "from app.models import user, other\n"
    write_project(tmp_path, BACKEND | {"app/models/other.py": "", "app/api/users.py": code})

    both = explain(tmp_path, "app/api/users.py:1")["explanations"]
    (second,) = explain(tmp_path, "app/api/users.py:1:30")["explanations"]
    beside = explain(tmp_path, "app/api/users.py:1:3")["explanations"]

    assert [each["imported"]["module"] for each in both] == ["app.models.user", "app.models.other"]
    assert second["imported"]["module"] == "app.models.other"
    assert len(beside) == 2


def test_any_line_of_a_statement_means_its_finding(tmp_path: Path) -> None:
    code = "from app.models.user import (\n    User,\n)\n"
    write_project(tmp_path, BACKEND | {"app/api/users.py": code})

    (finding,) = explain(tmp_path, "app/api/users.py:2")["explanations"]

    assert finding["suppression"] == [
        {"line": 1, "text": "# layercheck: ignore[LC102] REASON"},
        {"line": 2, "text": "from app.models.user import ("},
    ]


def test_an_import_in_the_middle_of_a_chain_means_the_finding_that_runs_through_it(tmp_path: Path) -> None:
    files = {
        "app/events.py": "from app.services.users import find\n",
        "app/models/user.py": "from app.events import find\n\n\nclass User: ...\n",
    }
    write_project(tmp_path, BACKEND | files, 'ignore = ["LC150"]')

    whole_file, finding = explain(tmp_path, "app/events.py:1")["explanations"]

    assert (whole_file["finding"]["code"], finding["finding"]["code"]) == ("LC107", "LC106")
    assert finding["importer"]["module"] == "app.events"


def test_a_finding_that_is_about_no_import_tells_its_module_and_its_notes(tmp_path: Path) -> None:
    write_project(tmp_path, BACKEND | {"app/services/users.py": "def find(:\n"})

    (finding,) = explain(tmp_path, "app/services/users.py:1")["explanations"]
    text = run_here("explain", f"{tmp_path}/app/services/users.py:1").out

    assert finding["finding"]["code"] == "LC001"
    assert (finding["importer"]["module"], finding["imported"], finding["routes"]) == ("app.services.users", None, None)
    assert finding["notes"]
    assert "the module\n  app.services.users  layer `services`, " in text
    assert "alternatives" not in text
    assert "to suppress it  no comment can put it aside" in text


def test_a_mistake_in_the_configuration_is_explained_at_its_line(tmp_path: Path) -> None:
    write_project(tmp_path, BACKEND, '[roles]\nservices = ["app.gone"]\n')
    (finding,) = [
        each
        for each in run_here("check", str(tmp_path), "--output-format", "json").report["findings"]
        if each["code"] == "LC108"
    ]

    (explanation,) = explain(tmp_path, f"{finding['path']}:{finding['line']}")["explanations"]

    assert explanation["finding"] == finding
    assert (explanation["importer"], explanation["suppression"]) == (None, [])


def test_what_the_configuration_asks_of_comments_is_in_the_comment(tmp_path: Path) -> None:
    write_project(tmp_path, BACKEND, "[suppressions]\nrequire-reason = true\nrequire-until = true\nmax-days = 30\n")
    (finding,) = explain(tmp_path, "app/api/users.py:1")["explanations"]

    (tmp_path / "app/api/users.py").write_text(finding["suppression"][0]["text"] + "\n")

    assert run_here("check", str(tmp_path), "--no-cache").code == 0


def test_a_strict_package_takes_no_entry(tmp_path: Path) -> None:
    write_project(tmp_path, BACKEND, 'strict = ["app.api"]\n')

    assert explain(tmp_path, "app/api/users.py:1")["explanations"][0]["baseline"] == ""
    assert "`app.api` is strict and allows no entries" in run_here("explain", f"{tmp_path}/app/api/users.py:1").out


def test_options_choose_configuration_and_cache(tmp_path: Path) -> None:
    write_project(tmp_path, BACKEND)
    other = tmp_path / "other.toml"
    other.write_text("closed = []\n")

    open_layers = run_here("explain", f"{tmp_path}/app/api/users.py:1", "--config", str(other), "--no-cache")
    is_without_cache = not (tmp_path / ".layercheck_cache").exists()
    explain(tmp_path, "app/api/users.py:1", "--cache-dir", str(tmp_path / "kept"))

    assert open_layers.code == 2
    assert is_without_cache
    assert (tmp_path / "kept").exists()


def test_a_project_that_the_one_above_leaves_out_is_one_of_its_own(tmp_path: Path) -> None:
    write_project(tmp_path, {f"inner/{path}": text for path, text in BACKEND.items()}, 'exclude = ["/inner/"]\n')
    (tmp_path / "inner" / "requirements.txt").write_text("")

    (finding,) = explain(tmp_path, "inner/app/api/users.py:1")["explanations"]

    assert finding["finding"]["path"] == "app/api/users.py"


def test_markdown_holds_the_finding_and_the_whole_page(tmp_path: Path) -> None:
    write_project(tmp_path, BACKEND)

    text = run_apart("explain", "app/api/users.py:1", "--output-format", "markdown", folder=tmp_path).out

    assert text.startswith("# LC102 at `app/api/users.py:1:6`\n\nerror: `api` must not import")
    assert "- `app/services/users.py:1:6`: find\n" in text
    assert "```python\nfrom app.models.user import User  # layercheck: ignore[LC102] REASON\n```" in text
    assert text.endswith(run_here("explain", "LC102", "--output-format", "markdown").out)


def test_names_that_could_forge_a_report_are_made_harmless(tmp_path: Path) -> None:
    write_project(tmp_path, BACKEND | {"app/api/us\x1b[31mers.py": BACKEND["app/api/users.py"]})

    outcome = run_here("explain", f"{tmp_path}/app/api/us\x1b[31mers.py:1")

    assert outcome.code == 0
    assert "\x1b" not in outcome.out
