"""What is known of each file, kept by content."""
