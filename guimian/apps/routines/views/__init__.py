"""The doors of routines."""
