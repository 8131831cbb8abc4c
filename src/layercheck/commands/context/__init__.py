"""`layercheck context`: what somebody who writes new code must know of the layers, as Markdown."""
