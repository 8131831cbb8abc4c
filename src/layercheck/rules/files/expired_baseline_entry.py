from __future__ import annotations

from layercheck import Rule, Severity


class ExpiredBaselineEntry(Rule):
    """A baseline entry that has expired.

    ## What it does

    Reports lines of `layercheck-baseline.txt` whose `until=` date is in the past; the findings they accepted are
    reported again as well. From one month before that date, the line is a warning.

    ## Why is this bad?

    The finding was accepted on the condition that it is fixed by then.

    ## Example

    With `exhaustive = true`:

    `layercheck-baseline.txt`:

    ```text
    LC107 app.warehouse  # until=2020-12-31 owner=stock-team  # error: LC005
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `app/api/users.py`:

    ```python
    from app.services.users import find_user
    ```

    `app/warehouse.py`:

    ```python
    STOCK: dict[str, int] = {}
    ```

    ## Use instead

    Fix the finding, or accept it again with a new date: `layercheck baseline --rule LC107 --until 2030-12-31`.

    Remove `layercheck-baseline.txt`.
    Move `app/warehouse.py` to `app/services/warehouse.py`.
    """

    code = "LC005"
    name = "expired-baseline-entry"
    severity = Severity.ERROR
