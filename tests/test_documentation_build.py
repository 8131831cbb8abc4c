"""The documentation builds without a warning, and every link in it leads somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from layercheck.plugins.built_in import builtin_rules

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the documentation; sphinx comes with the extra `docs`, and with `dev`."""
    for library in ("sphinx", "furo", "myst_parser"):
        pytest.importorskip(library, reason="needs the extra `docs`")
    folder = tmp_path_factory.mktemp("documentation")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", str(folder / "trees"), "-b", "html"]
    process = subprocess.run(
        [*command, "docs", str(folder / "html")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (process.returncode, process.stderr) == (0, "")
    return folder / "html"


def test_every_rule_has_a_page(built: Path) -> None:
    pages = {path.stem for path in (built / "rules").glob("*.html")}

    assert pages == {"index", *(rule.name for rule in builtin_rules())}


def test_every_link_between_the_pages_leads_to_what_is_there(built: Path) -> None:
    pages = {path: path.read_text("utf-8") for path in built.rglob("*.html")}
    links = [
        (page, unquote(link))
        for page, text in pages.items()
        for link in re.findall(r'href="([^"#][^":]*|#[^"]*)"', text)
    ]
    broken = []
    for page, link in links:
        path, _, anchor = link.partition("#")
        target = (page.parent / path.partition("?")[0]).resolve() if path else page
        is_there = target.exists() and (not anchor or target not in pages or f'id="{anchor}"' in pages[target])
        if not is_there:
            broken.append((page.name, link))

    assert len(links) > 100
    assert broken == []


def test_every_document_is_reached_from_the_first_page(built: Path) -> None:
    index = (built / "index.html").read_text("utf-8")

    documents = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"index"}
    assert [name for name in sorted(documents) if f'href="{name}.html"' not in index] == []
