"""What `./check` does not cover: other Pythons, the lowest versions of the dependencies, and the release check.

`pipx run nox` runs everything, `pipx run nox -s tests-3.12` one session. A Python that is not installed is skipped.
"""

from __future__ import annotations

import nox

nox.options.sessions = ["tests", "lowest", "release"]
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = False


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run all tests on one Python."""
    session.install("--quiet", "--editable", ".[dev]")
    session.run("python", "-m", "pytest", "--numprocesses", "auto", *session.posargs)


@nox.session(python="3.11", venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """Run all tests on the lowest versions that `pyproject.toml` allows for what layercheck imports."""
    session.install("--quiet", "--resolution", "lowest-direct", "--editable", ".")
    # The tools of the tests stay current: they are not what a user installs.
    session.install("--quiet", ".[dev]", "--constraint", _freeze(session))
    session.install("--quiet", "--no-deps", "--editable", ".")
    session.run("python", "-m", "pytest", "--numprocesses", "auto", *session.posargs)


@nox.session(python="3.11")
def release(session: nox.Session) -> None:
    """Build the wheel, install it into a clean environment, and run the first command of the README with it."""
    # Not below session.create_tmp(): that makes it the temporary folder of all tests, inside of this repository.
    distributions = f"{session.virtualenv.location}/distributions"
    session.install("--quiet", "build")
    session.run("python", "-m", "build", "--outdir", distributions, silent=True)
    environment = f"{distributions}/environment"
    session.run("python", "-m", "venv", "--clear", environment)
    session.run("sh", "-c", f"{environment}/bin/pip install --quiet {distributions}/*.whl", external=True)
    session.run(f"{environment}/bin/layercheck", "--version", external=True)
    session.run(f"{environment}/bin/layercheck", "check", "fixtures/violations", external=True, success_codes=[1])
    session.run("./check", external=True)


def _freeze(session: nox.Session) -> str:
    """Write the installed versions to a constraints file."""
    file = f"{session.virtualenv.location}/lowest.txt"
    versions = session.run("uv", "pip", "freeze", "--quiet", "--exclude-editable", silent=True, external=True)
    with open(file, "w", encoding="utf-8") as constraints:  # noqa: PTH123
        constraints.write(str(versions))
    return file
