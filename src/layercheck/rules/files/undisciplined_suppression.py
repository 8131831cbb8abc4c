from __future__ import annotations

from layercheck import Rule, Severity


class UndisciplinedSuppression(Rule):
    """A suppression comment without a required reason or date.

    ## What it does

    Reports comments that suppress a finding without a reason, without an end date, or for too long, if the
    configuration requires these. Without any of the settings below, nothing is reported.

    ## Why is this bad?

    Nobody can tell later whether such an exception is still needed.

    ## Example

    With `suppressions.require-reason = true` and a date:

    `app/registry.py`:

    ```python
    # layercheck: ignore-file[LC107] until=2999-03-01  # error: LC007
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

    `app/registry.py`:

    ```python
    # layercheck: ignore-file[LC107] until=2999-03-01 gets a layer with the new billing
    handlers: list[object] = []
    ```

    ## Options

    They apply to comments for all rules and are therefore set in `[tool.layercheck.suppressions]`:

    - `suppressions.require-reason`: whether a comment must give a reason; `false` by default.
    - `suppressions.require-until`: whether a comment must give an end date (`until=2027-03-01`); `false` by default.
    - `suppressions.max-days`: the largest number of days that the end date may be ahead; 0, the default, for no limit.

    ## Limits

    The comment still suppresses its finding. A comment that suppresses nothing is reported by LC002 only.
    """

    code = "LC007"
    name = "undisciplined-suppression"
    severity = Severity.ERROR
