"""One file per output format of `layercheck diff`: `render(change: Change, context: RenderContext) -> str`."""
