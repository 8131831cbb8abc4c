"""The rules that come with layercheck, one set per folder, one rule per file."""
