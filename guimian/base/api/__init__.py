"""The API: tokens, problems, pages of lists, and calls that are done once. Apps add their routers in config/api.py."""
