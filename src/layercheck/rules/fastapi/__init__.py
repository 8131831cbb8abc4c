"""Rules about endpoints and routers of FastAPI, and models of pydantic."""
