"""What the commands do; one folder per command."""
