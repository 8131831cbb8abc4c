"""`layercheck roles`: the role of every module, how certain it is, and why."""
