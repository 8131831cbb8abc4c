"""Rules about blueprints and views of Flask and Quart."""
