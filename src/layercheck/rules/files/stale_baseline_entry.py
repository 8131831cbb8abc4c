from __future__ import annotations

from layercheck import Rule, Severity


class StaleBaselineEntry(Rule):
    """A baseline entry without a finding.

    ## What it does

    Reports lines of `layercheck-baseline.txt` whose finding no longer exists: an error in CI (where the variable
    `CI` is set), an info elsewhere. A line whose module was renamed is shown as moved, which is never an error. A
    line about a tangle that has become smaller is reported as well.

    ## Why is this bad?

    The line would accept the same finding if it came back. A baseline should only shrink.

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

    Remove `layercheck-baseline.txt`, or only the stale lines in it: `layercheck baseline --prune`.

    ## Limits

    Entries are checked only for files that were read, for rules that ran, and, if PATHS are given, for those paths.
    Renames are recognised if the project is in a git repository whose history reaches back to the last change of
    the baseline.
    """

    code = "LC004"
    name = "stale-baseline-entry"
    severity = Severity.ERROR
    needs_all_files = True
