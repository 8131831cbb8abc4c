from __future__ import annotations

from layercheck import Rule, Severity


class ExpiredSuppression(Rule):
    """A suppression comment that has expired.

    ## What it does

    Reports a comment with `until=2027-03-01` from the following day, if its finding still exists. The finding is
    reported again as well.

    ## Why is this bad?

    The finding was suppressed on the condition that it is fixed by then.

    ## Example

    `app/registry.py`:

    ```python
    # layercheck: ignore-file[LC107] until=2021-03-01 gets a layer with the new billing  # error: LC006
    handlers: list[object] = []
    ```

    `app/services/users.py`:

    ```python
    class Users: ...
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    Fix the code and delete the comment, or set a new date.

    `app/registry.py`:

    ```python
    # layercheck: ignore-file[LC107] until=2999-03-01 gets a layer with the new billing
    handlers: list[object] = []
    ```

    ## Limits

    The comment applies until the end of the given day, in the time zone of the machine that runs the check. An
    expired comment without a finding is reported by LC002 instead.
    """

    code = "LC006"
    name = "expired-suppression"
    severity = Severity.ERROR
