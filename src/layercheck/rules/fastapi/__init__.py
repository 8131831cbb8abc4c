"""Rules about FastAPI's endpoints and routers, and pydantic's models."""
