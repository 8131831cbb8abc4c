"""Trees in Markdown: whole ones, and those that only show what is different."""

from __future__ import annotations

import pytest

from layercheck.testing.written_trees import read_change, read_tree

EXAMPLE = """\
With `layers = ["app.a"]`:

`app/a.py`:

```python
A = 1  # error: XY001
```

`app/b.py`:

```python
B = 1
```
"""


def test_what_is_not_shown_is_as_before_and_has_no_marks() -> None:
    tree = read_change("`app/b.py`:\n\n```python\nB = 2\n```\n", read_tree(EXAMPLE))

    assert tree.files == {"app/a.py": "A = 1\n", "app/b.py": "B = 2\n"}
    assert tree.marks == []
    assert tree.configuration == 'layers = ["app.a"]'


def test_files_are_removed_and_moved() -> None:
    tree = read_change("Remove `app/a.py`.\nMove `app/b.py` to `app/c.py`.\n", read_tree(EXAMPLE))

    assert tree.files == {"app/c.py": "B = 1\n"}


def test_a_moved_file_may_be_shown_with_what_is_different() -> None:
    tree = read_change("Move `app/a.py` to `app/c.py`:\n\n`app/c.py`:\n\n```python\nC = 1\n```\n", read_tree(EXAMPLE))

    assert tree.files == {"app/b.py": "B = 1\n", "app/c.py": "C = 1\n"}


def test_a_configuration_of_its_own_replaces_that_before() -> None:
    assert read_change('With `layers = ["app.b"]`:', read_tree(EXAMPLE)).configuration == 'layers = ["app.b"]'


def test_what_is_not_there_cannot_be_removed() -> None:
    with pytest.raises(ValueError, match=r"no `app/x.py` that could be removed"):
        read_change("Remove `app/x.py`.", read_tree(EXAMPLE))
