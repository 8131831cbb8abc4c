from __future__ import annotations

from layercheck.model.finding import Severity
from layercheck.rule.rule import Rule


class UnusedSuppression(Rule):
    """A suppression comment that suppresses nothing.

    ## What it does

    Reports `# layercheck: ignore[…]` and `# layercheck: ignore-file[…]` comments, or single codes in them, for which
    there is no finding.

    ## Why is this bad?

    The comment says that something is wrong here when nothing is, and would hide the next finding at this place.

    ## Example

    `app/services/users.py`:

    ```python
    import json  # layercheck: ignore[LC101] historical  # error: LC002
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    Delete the comment.

    `app/services/users.py`:

    ```python
    import json
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Limits

    Comments for rules that did not run are left alone.
    """

    code = "LC002"
    name = "unused-suppression"
    severity = Severity.WARNING
