"""The records that travel through layercheck: small, frozen, free of syntax nodes."""
