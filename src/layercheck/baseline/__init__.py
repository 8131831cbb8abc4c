"""Findings that a project has accepted for now, kept beside the code as plain lines that may only become fewer."""
