"""The projects that are measured: fixed releases of open source from PyPI, and layers to hold them to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Project:
    """One project; its layers are chosen from its folders and are not its authors' own."""

    name: str
    """What it is called on the command line and in the table."""
    requirement: str
    """What pip downloads."""
    package: str
    """Its top-level package."""
    layers: tuple[str, ...]
    """Modules below the package, highest first."""
    changed: str
    """The file that changes, relative to the package: in the middle of the layers, with many importers."""

    @property
    def modules(self) -> tuple[str, ...]:
        """The layers as whole module names, highest first."""
        return tuple(f"{self.package}.{layer}" for layer in self.layers)


PROJECTS = {
    project.name: project
    for project in (
        Project(
            name="homeassistant",
            requirement="homeassistant==2024.3.3",
            package="homeassistant",
            layers=("components", "helpers", "util", "const"),
            changed="helpers/entity.py",
        ),
        Project(
            name="superset",
            requirement="apache-superset==6.1.0",
            package="superset",
            layers=("views", "commands", "daos", "models", "utils"),
            changed="models/core.py",
        ),
        Project(
            name="mlflow",
            requirement="mlflow==3.18.0",
            package="mlflow",
            layers=("server", "tracking", "store", "entities", "utils"),
            changed="tracking/client.py",
        ),
        Project(
            name="django",
            requirement="django==5.2.8",
            package="django",
            layers=("contrib", "views", "forms", "db", "core", "utils"),
            changed="db/models/query.py",
        ),
    )
}
