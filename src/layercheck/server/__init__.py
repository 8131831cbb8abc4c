"""`layercheck server`: findings in an editor, as you type."""
