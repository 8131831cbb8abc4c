"""Rules about Flask's blueprints and views; Quart's are the same."""
