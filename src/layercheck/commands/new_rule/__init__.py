"""`layercheck new-rule`."""
