"""Arrays and labels in, pictures out. Nothing here knows about Streamlit."""
