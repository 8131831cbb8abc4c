"""Rules that judge the contracts of a team: one file for each kind."""
