from __future__ import annotations

from layercheck.model.finding import Severity
from layercheck.rule.rule import Rule


class StaleBaselineEntry(Rule):
    """A baseline entry that hides nothing.

    ## What it does

    Reports lines of `layercheck-baseline.txt` for which there is no finding any more: an error in CI (where the variable
    `CI` is set), a hint elsewhere. A line whose module was renamed is shown as moved, which is never an error; so is a
    tangle that has become smaller, which is one.

    ## Why is this bad?

    The line would hide the same finding if somebody brought it back. A baseline is there to shrink.

    ## Example

    `layercheck-baseline.txt`:

    ```text
    LC101 app.models.user -> app.services.users  # error: LC004
    ```

    `app/services/users.py`:

    ```python
    from app.models.user import User
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    Let `layercheck baseline --prune` take the line out.

    `app/services/users.py`:

    ```python
    from app.models.user import User
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Limits

    Entries are judged only for files that were really read, for rules that ran, and, where PATHS are given, for those
    paths. Renames are seen where git is and its history reaches back to the last change of the baseline.
    """

    code = "LC004"
    name = "stale-baseline-entry"
    severity = Severity.ERROR
