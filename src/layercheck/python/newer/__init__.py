"""Syntax newer than the running Python, read with libcst and translated into `ast`."""
