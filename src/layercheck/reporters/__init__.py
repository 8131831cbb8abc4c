"""From a report to text: the formats, and what they are made of."""
