"""The imports between the layers or packages of a project, with those that break a rule."""
