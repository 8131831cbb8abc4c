"""XML documents, whatever the names in them hold."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from layercheck.reporters.display import make_printable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def make_element(name: str, parent: Element | None = None, /, **attributes: object) -> Element:
    """Make an element (below `parent`); what XML cannot hold in the values becomes an escape, what is None is left out."""
    shown = {key: make_printable(str(value)) for key, value in attributes.items() if value is not None}
    if parent is None:
        return ET.Element(name, shown)
    return ET.SubElement(parent, name, shown)


def write_document(root: Element) -> str:
    """Write a document to be saved as UTF-8."""
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
