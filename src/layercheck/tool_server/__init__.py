"""`layercheck mcp`: what a coding agent may ask of a project, over the Model Context Protocol."""
