"""The last output of a check, printed again without a check where nothing that it rests on has changed."""
