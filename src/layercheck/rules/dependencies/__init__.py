"""What the layers may use of libraries."""
