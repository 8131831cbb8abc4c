from __future__ import annotations

from layercheck.model.finding import Severity
from layercheck.rule.rule import Rule


class ExpiredSuppression(Rule):
    """A suppression comment whose time is over.

    ## What it does

    Reports a comment with `until=2027-03-01` from the day after on, if it still had something to put aside; the finding
    that it put aside is back as well.

    ## Why is this bad?

    The date was a promise to mend the code until then.

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

    Mend the code and delete the comment, or give it a new date.

    `app/registry.py`:

    ```python
    # layercheck: ignore-file[LC107] until=2999-03-01 gets a layer with the new billing
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

    ## Limits

    The day named is the last on which the comment holds, in the time zone of whoever runs the check. A comment that has
    expired and has nothing left to put aside is LC002's.
    """

    code = "LC006"
    name = "expired-suppression"
    severity = Severity.ERROR
