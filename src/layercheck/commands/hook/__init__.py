"""`layercheck hook`: what a coding agent has just broken, told to it at once."""
