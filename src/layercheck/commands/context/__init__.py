"""`layercheck context`: what authors of new code must know about the layers, as Markdown."""
