"""One file per output format; what they share lies one floor below, in `reporters/`."""
