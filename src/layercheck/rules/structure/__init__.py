"""Rules about how a project is laid out: its folders, its names, the files beside its code."""
