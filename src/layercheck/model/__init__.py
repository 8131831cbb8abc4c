"""The records that are passed between packages: small, frozen, without syntax nodes."""
