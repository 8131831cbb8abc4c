"""What is made with things of libraries, by the family of these."""

from __future__ import annotations

from layercheck.model.definitions import Kind
from layercheck.project.known_names import Family

OF_CLASSES = {
    Family.SCHEMA: Kind.SCHEMA,
    Family.SETTINGS: Kind.SCHEMA,
    Family.SESSION: Kind.SESSION_PROVIDER,
    Family.ENDPOINT: Kind.ENDPOINT,
}
"""Of classes that derive from them."""
OF_CALLS = {
    Family.BASE: Kind.CLASS,
    Family.TABLE: Kind.CLASS,
    Family.SCHEMA: Kind.SCHEMA,
    Family.ENUM: Kind.ENUM,
    Family.TYPE: Kind.TYPE,
    Family.SESSION: Kind.SESSION_PROVIDER,
    Family.EXCEPTION: Kind.CONSTANT,
    Family.SETTINGS: Kind.CONSTANT,
}
"""Of what a call of them gives."""
OF_FOREIGN = {
    Family.TABLE: Kind.TABLE,
    Family.SCHEMA: Kind.SCHEMA,
    Family.EXCEPTION: Kind.EXCEPTION,
    Family.SESSION: Kind.SESSION_PROVIDER,
}
"""Of what is taken from a library itself."""
