"""The versions of the peers: their answers and their speed change from release to release."""

from __future__ import annotations

ARBORESCENT = "arborescent==0.2.0"
DEPLY = "deply==1.3.0"
IMPORT_LINTER = "import-linter==2.17"
INWARDS = "inwards==0.7.0"
PYTEST_ARCHON = "pytest-archon==0.0.7"
TACH = "tach==0.35.3"
