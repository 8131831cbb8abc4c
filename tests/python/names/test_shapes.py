from __future__ import annotations

import ast

import pytest

from layercheck.python.names.shapes import is_main_guard, is_program


@pytest.mark.parametrize(
    ("test", "is_guard"),
    [
        ('__name__ == "__main__"', True),
        ('"__main__" == __name__', True),
        ('__name__ in {"__main__", "__mp_main__"}', True),
        ('__name__ == "__main__" and not DEBUG', True),
        ('__name__ == "__main__" or DEBUG', False),
        ('__name__ != "__main__"', False),
        ('name == "__main__"', False),
        ("DEBUG", False),
    ],
)
def test_a_main_guard_is_true_only_where_the_file_is_started(test: str, is_guard: bool) -> None:
    assert is_main_guard(ast.parse(test, mode="eval").body) is is_guard


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('if __name__ == "__main__":\n    main()\n', True),
        ('if __name__ == "__main__" or DEBUG:\n    main()\n', True),
        ('if __name__ != "__main__":\n    raise ImportError\n', False),
        ('def f():\n    if __name__ == "__main__":\n        pass\n', False),
    ],
)
def test_a_program_has_a_main_guard_at_its_top(text: str, is_one: bool) -> None:
    assert is_program(ast.parse(text)) is is_one
