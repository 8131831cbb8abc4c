"""Rules about Django's apps, views and serializers."""
