"""What a rule means, and what is known of one finding: the layers at its ends, the routes that exist, the ways out."""
