"""Bytes to text and back; offsets to lines and columns."""
