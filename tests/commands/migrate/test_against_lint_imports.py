"""Each contract is kept or broken as `lint-imports` says, as it is and after `migrate --write`."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.commands.migrate.side_by_side import (
    verdicts_after_migration,
    verdicts_as_they_are,
    verdicts_of_lint_imports,
)
from tests.running import write_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOP = {
    "shop/__init__.py": "",
    "shop/web/__init__.py": "",
    "shop/web/pages.py": "import shop.services.cart\nimport shop.web._forms\n",
    "shop/web/_forms.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shop.tasks.mail\n",
    "shop/tasks/__init__.py": "",
    "shop/tasks/mail.py": "import shop.tools\n",
    "shop/services/__init__.py": "",
    "shop/services/cart.py": "import shop.storage.rows\nimport shop.services.user\n",
    "shop/services/user.py": "def f():\n    import shop.services.cart\n",
    "shop/storage/__init__.py": "",
    "shop/storage/rows.py": "import sqlalchemy.orm\nimport shop.storage._pool\n",
    "shop/storage/_pool.py": "",
    "shop/tools.py": "import shop.web.pages\nimport shop.storage._pool\n",
    "shop/lonely.py": "",
}
CONTRACTS = {
    "layers": "type = layers\nlayers =\n shop.web\n shop.services\n shop.storage\n",
    "layers upside down": "type = layers\nlayers =\n shop.storage\n shop.services\n",
    "layers by a chain": "type = layers\nlayers =\n shop.web\n shop.services\n shop.tasks\n",
    "layers by a chain ignored": "type = layers\nlayers =\n shop.web\n shop.tasks\nignore_imports =\n shop.tools -> shop.web.*\n",
    "layers in containers": "type = layers\ncontainers = shop\nlayers =\n web\n (gone) | services\n storage\n",
    "layers independent": "type = layers\ncontainers = shop\nlayers =\n web | tasks\n storage\n",
    "layers siblings": "type = layers\ncontainers = shop\nlayers =\n web : tasks\n storage\n",
    "layers exhaustive": "type = layers\ncontainers = shop\nexhaustive = True\nlayers =\n web\n services\n storage\n",
    "layers exhaustive with exceptions": "type = layers\ncontainers = shop\nexhaustive = True\nexhaustive_ignores =\n tools\n tasks\n"
    " lonely\nlayers =\n web\n services\n storage\n",
    "layers in a wildcard": "type = layers\ncontainers = shop.*\nlayers =\n (pages)\n (_forms)\n",
    "forbidden": "type = forbidden\nsource_modules = shop.storage\nforbidden_modules = shop.web\n",
    "forbidden chain": "type = forbidden\nsource_modules = shop.web\nforbidden_modules = shop.storage\n",
    "forbidden direct": "type = forbidden\nsource_modules = shop.web\nforbidden_modules = shop.storage\n"
    "allow_indirect_imports = True\n",
    "forbidden library": "type = forbidden\nsource_modules = shop.web\nforbidden_modules =\n sqlalchemy\n requests\n",
    "forbidden library direct": "type = forbidden\nsource_modules = shop.web\nforbidden_modules = sqlalchemy\n"
    "allow_indirect_imports = true\n",
    "forbidden library ignored": "type = forbidden\nsource_modules = shop\nforbidden_modules = sqlalchemy\n"
    "ignore_imports =\n shop.storage.rows -> sqlalchemy\n",
    "forbidden modules": "type = forbidden\nsource_modules = shop.web\nforbidden_modules = shop.services\nas_packages = False\n",
    "forbidden wildcards": "type = forbidden\nsource_modules = shop.lonely\nforbidden_modules = shop.*\n",
    "forbidden overlap": "type = forbidden\nsource_modules =\n shop.tasks\n shop.lonely\nforbidden_modules = shop.*\n",
    "forbidden overlap kept": "type = forbidden\nsource_modules =\n shop.storage\n shop.lonely\nforbidden_modules = shop.*\n",
    "forbidden within": "type = forbidden\nsource_modules = shop\nforbidden_modules =\n shop.storage\n requests\n",
    "forbidden around": "type = forbidden\nsource_modules = shop.web.pages\nforbidden_modules =\n shop.web\n requests\n",
    "independence": "type = independence\nmodules =\n shop.web\n shop.tasks\n",
    "independence kept": "type = independence\nmodules =\n shop.lonely\n shop.tasks\n",
    "independence of all": "type = independence\nmodules = shop.*\n",
    "independence ignored": "type = independence\nmodules =\n shop.services\n shop.storage\n"
    "ignore_imports = shop.services.** -> shop.storage.**\n",
    "protected": "type = protected\nprotected_modules = shop.storage\nallowed_importers = shop.services\n",
    "protected kept": "type = protected\nprotected_modules = shop.storage\nallowed_importers =\n shop.services\n shop.tools\n",
    "protected modules": "type = protected\nprotected_modules = shop.storage.rows\nallowed_importers = shop.services\n"
    "as_packages = False\n",
    "protected from all": "type = protected\nprotected_modules = shop.lonely\nallowed_importers =\n",
    "protected nested": "type = protected\nprotected_modules =\n shop.web\n shop.web._forms\nallowed_importers =\n shop.tools\n",
    "protected wildcard": "type = protected\nprotected_modules = shop.*\nallowed_importers = shop\n",
    "private": "type = private_modules\n",
    "private of one": "type = private_modules\npackages_with_private_modules = shop.web\n",
    "private ignored": "type = private_modules\nignore_imports = shop.tools -> shop.storage._pool\n",
    "acyclic": "type = acyclic_siblings\nancestors = shop\n",
    "acyclic of one": "type = acyclic_siblings\nancestors = shop.services\n",
    "acyclic above": "type = acyclic_siblings\nancestors = shop\ndepth = 0\nignore_imports = shop.tools -> shop.web.pages\n",
    "acyclic below": "type = acyclic_siblings\nancestors = shop\nignore_imports = shop.tools -> shop.web.pages\n",
    "acyclic skipped": "type = acyclic_siblings\nancestors = shop\nskip_descendants = shop.services\n"
    "ignore_imports = shop.tools -> shop.web.pages\n",
}


def _write_ini(contracts: dict[str, str], *, session: str = "") -> str:
    head = f"[importlinter]\nroot_package = shop\ninclude_external_packages = True\n{session}"
    return head + "".join(
        f"\n[importlinter:contract:{name}]\nname = {name}\n{text}" for name, text in contracts.items()
    )


@pytest.mark.parametrize("session", ["", "exclude_type_checking_imports = True\n"])
def test_every_option_of_every_type_gives_the_same_verdict(tmp_path: Path, session: str) -> None:
    write_tree(tmp_path, {**SHOP, ".importlinter": _write_ini(CONTRACTS, session=session)})

    expected = verdicts_of_lint_imports(tmp_path)

    assert verdicts_as_they_are(tmp_path) == expected
    assert verdicts_after_migration(tmp_path) == expected
    assert set(expected) == set(CONTRACTS)
    assert len(set(expected.values())) == 2


WILDCARDS = {
    "forbidden by itself": "type = forbidden\nsource_modules = shop.*\nforbidden_modules = shop.*\n",
    "forbidden below": "type = forbidden\nsource_modules = shop.storage\nforbidden_modules = shop.**\n",
    "forbidden below from all": "type = forbidden\nsource_modules = shop.*\nforbidden_modules = shop.tasks.**\n",
    "forbidden modules below": "type = forbidden\nsource_modules = shop.web.*\nforbidden_modules = shop.web.**\nas_packages = False\n",
    "protected below": "type = protected\nprotected_modules = shop.web.**\nallowed_importers = shop.tools\n",
    "protected at every depth": "type = protected\nprotected_modules = shop.**\nallowed_importers = shop\n",
    "protected from one": "type = protected\nprotected_modules =\n shop.storage.*\n shop.storage\nallowed_importers = shop.services\n",
}


def test_wildcards_that_overlap_are_judged_exactly(tmp_path: Path) -> None:
    write_tree(tmp_path, {**SHOP, ".importlinter": _write_ini(WILDCARDS)})

    expected = verdicts_of_lint_imports(tmp_path)

    assert verdicts_as_they_are(tmp_path) == expected
    assert set(expected) == set(WILDCARDS)
    assert len(set(expected.values())) == 2


OUTSIDE = {
    "tests/__init__.py": "",
    "tests/test_pool.py": "import shop.storage._pool, shop.lonely\n",
    "scripts.py": "import shop.web.pages\n",
    "shop/late.py": "import scripts\n",
}
ABOUT_OUTSIDE = {
    "private": "type = private_modules\nignore_imports = shop.tools -> shop.storage._pool\n",
    "protected": "type = protected\nprotected_modules = shop.lonely\nallowed_importers =\n",
    "forbidden": "type = forbidden\nsource_modules = shop.late\nforbidden_modules = shop.web\n",
    "forbidden outside": "type = forbidden\nsource_modules = shop.late\nforbidden_modules = scripts\n",
}


def test_what_lies_outside_of_the_root_packages_is_not_judged(tmp_path: Path) -> None:
    write_tree(tmp_path, {**SHOP, **OUTSIDE, ".importlinter": _write_ini(ABOUT_OUTSIDE)})

    expected = verdicts_of_lint_imports(tmp_path)

    assert expected == {"private": True, "protected": True, "forbidden": True, "forbidden outside": False}
    assert verdicts_as_they_are(tmp_path) == expected


@pytest.mark.parametrize("seed", range(3))
def test_random_projects_give_the_same_verdicts(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    modules = [f"shop.{a}.{b}" for a in "abcd" for b in ("x", "y", "_z")] + ["shop.e", "shop.f"]
    files = {f"shop/{each}/__init__.py": "" for each in "abcd"} | {"shop/__init__.py": ""}
    for module in modules:
        wanted = dice.sample([each for each in modules if each != module], dice.choice([0, 1, 1, 2]))
        files[f"{module.replace('.', '/')}.py"] = "".join(f"import {each}\n" for each in wanted)
    contracts = dict(_random_contracts(dice))
    write_tree(tmp_path, {**files, ".importlinter": _write_ini(contracts)})

    expected = verdicts_of_lint_imports(tmp_path)

    assert set(expected) == set(contracts)
    assert verdicts_as_they_are(tmp_path) == expected
    assert verdicts_after_migration(tmp_path) == expected
    assert len(set(expected.values())) == 2


def _random_contracts(dice: random.Random) -> Iterator[tuple[str, str]]:
    packages = [f"shop.{each}" for each in "abcdef"]
    for number in range(10):
        ignored = "unmatched_ignore_imports_alerting = none\nignore_imports =\n" + "".join(
            f" {dice.choice(packages)}.* -> {dice.choice(packages)}.**\n" for _ in range(number % 3)
        )
        names = dice.sample(packages, 5)
        separator = dice.choice([" | ", " : "])
        yield (
            f"layers {number}",
            f"type = layers\n{ignored}layers =\n {names[0]}\n {names[1]}{separator}{names[2]}\n {names[3]}\n",
        )
        yield (
            f"forbidden {number}",
            (
                f"type = forbidden\n{ignored}allow_indirect_imports = {dice.choice(['True', 'False'])}\n"
                f"source_modules =\n {names[0]}\n {names[1]}\nforbidden_modules =\n {names[2]}\n {names[3]}\n"
            ),
        )
        yield f"independence {number}", f"type = independence\n{ignored}modules =\n {names[0]}\n {names[1]}\n"
        yield (
            f"protected {number}",
            f"type = protected\n{ignored}protected_modules = {names[0]}\nallowed_importers =\n {names[1]}\n {names[2]}\n",
        )
        yield f"private {number}", f"type = private_modules\n{ignored}packages_with_private_modules = {names[0]}\n"
        yield f"acyclic {number}", f"type = acyclic_siblings\n{ignored}ancestors = {dice.choice(['shop', 'shop.*'])}\n"
