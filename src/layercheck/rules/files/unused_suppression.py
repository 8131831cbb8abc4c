from __future__ import annotations

from layercheck import Rule, Severity


class UnusedSuppression(Rule):
    """A suppression comment that suppresses nothing.

    ## What it does

    Reports `# layercheck: ignore[…]` and `# layercheck: ignore-file[…]` comments, or single rules in them, without
    a finding, or whose findings other comments suppress as well. Of two comments for the same findings, that for the
    whole file is reported. All comments that are reported can be removed at once.

    ## Why is this bad?

    The comment claims that something is wrong here, which is not the case, and it would hide the next finding in
    this place.

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

    ## Limits

    Comments for rules that did not run are not checked.
    """

    code = "LC002"
    name = "unused-suppression"
    severity = Severity.WARNING
    needs_all_files = True
