from __future__ import annotations

from layercheck.model.finding import Severity
from layercheck.rule.rule import Rule


class ExpiredBaselineEntry(Rule):
    """A baseline entry whose last day is over.

    ## What it does

    Reports lines of `layercheck-baseline.txt` whose `until=` lies in the past; what they hid is reported again beside
    them. From a month before that day on the line is a warning.

    ## Why is this bad?

    Somebody promised to mend it by then.

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

    Mend what was found, or accept it again until another day: `layercheck baseline --rule LC107 --until 2030-12-31`.

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `app/api/users.py`:

    ```python
    from app.services.users import find_user
    ```

    `app/services/warehouse.py`:

    ```python
    STOCK: dict[str, int] = {}
    ```
    """

    code = "LC005"
    name = "expired-baseline-entry"
    severity = Severity.ERROR
