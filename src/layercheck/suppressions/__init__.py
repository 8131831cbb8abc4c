"""Comments in the code that put findings aside: `# layercheck: ignore[LC101] reason`."""
