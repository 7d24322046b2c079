"""The doors of the organisation: units and windows, people and posts, the import."""
