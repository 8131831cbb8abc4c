"""The plugins: ours (every folder of rules), those that are installed, those that a configuration names."""
