"""Rules about the layout of a project: its folders, its names, the files beside its code."""
