"""The verdict on a change: what the work tree, or a commit, does to the findings of an earlier commit."""
