"""One file as rules see it: its syntax tree, which nodes there are, and what names stand for."""
