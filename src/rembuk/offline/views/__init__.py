"""Views of the offline room."""
