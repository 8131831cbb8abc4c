from __future__ import annotations

from layercheck.model.finding import Severity
from layercheck.rule.rule import Rule


class UndisciplinedSuppression(Rule):
    """A suppression comment without what the project asks for.

    ## What it does

    Reports comments that put a finding aside without a reason, without a date, or for too long, where the
    configuration asks for these. Without any of the settings below nothing is reported.

    ## Why is this bad?

    Nobody can tell later whether such an exception is still wanted.

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

    `app/services/users.py`:

    ```python
    class Users: ...
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Options

    They say how every comment is to be written, and so stand beside the rules, in `[tool.layercheck.suppressions]`:

    - `suppressions.require-reason`: whether a comment must give a reason; `false` by default.
    - `suppressions.require-until`: whether it must say until when it holds (`until=2027-03-01`); `false` by default.
    - `suppressions.max-days`: how many days ahead that may be at most; 0, the default, for as many as one likes.

    ## Limits

    The comment still puts its finding aside. A comment that puts nothing aside is LC002's alone.
    """

    code = "LC007"
    name = "undisciplined-suppression"
    severity = Severity.ERROR
