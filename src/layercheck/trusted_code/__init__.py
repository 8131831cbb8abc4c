"""Running code that is not ours: plugins, and classes that a team has written for another tool."""
