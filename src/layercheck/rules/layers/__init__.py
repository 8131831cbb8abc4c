"""Rules about which layer may import which."""
