"""What is known of a module or a package: roles, layers, and the imports in both directions by layer and kind."""
