from __future__ import annotations

from layercheck import Rule, Severity


class UnknownSuppression(Rule):
    """A suppression comment that names no known rule, or is misspelt.

    ## What it does

    Reports `# layercheck: …` comments that name an unknown rule or none at all, and misspelt ones: `untill=` for
    `until=`, `LAYERCHECK: ignore`, a missing colon. There is no comment that suppresses every rule.

    ## Why is this bad?

    The comment has no effect, although its author expects one.

    ## Example

    `app/services/users.py`:

    ```python
    import json  # layercheck: ignore[LC999] typing error  # error: LC003
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    Write the code or the name of the rule: `# layercheck: ignore[LC101] why` or
    `# layercheck: ignore[layer-order] why`.

    `app/services/users.py`:

    ```python
    import json
    ```
    """

    code = "LC003"
    name = "unknown-suppression"
    severity = Severity.ERROR
