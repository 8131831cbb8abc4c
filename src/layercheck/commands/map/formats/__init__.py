"""The forms in which a map is written, one file each."""
