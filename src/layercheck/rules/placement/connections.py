"""Calls that create a connection to a database, or something that provides connections."""

from __future__ import annotations

LIBRARIES = frozenset(
    {
        *(
            "sqlalchemy",
            "sqlmodel",
            "psycopg",
            "psycopg2",
            "psycopg_pool",
            "asyncpg",
            "aiopg",
            "aiosqlite",
            "flask_sqlalchemy",
        ),
        *("pymysql", "aiomysql", "MySQLdb", "pymongo", "motor", "databases"),
    }
)
NEEDLES = (
    *(b"create_engine", b"create_async_engine", b"sessionmaker", b"scoped_session", b"engine_from_config"),
    *(b"psycopg", b"asyncpg", b"aiopg", b"aiosqlite", b"mysql", b"MySQLdb", b"MongoClient", b"MotorClient"),
    *(b"Database(", b"SQLAlchemy("),
)
MAKERS = frozenset(
    {
        *(f"{library}.create_engine" for library in ("sqlalchemy", "sqlmodel", "sqlalchemy.engine")),
        *("sqlalchemy.engine_from_config", "sqlalchemy.engine.create.create_engine"),
        *("sqlalchemy.ext.asyncio.create_async_engine", "sqlalchemy.ext.asyncio.async_sessionmaker"),
        *("sqlalchemy.ext.asyncio.engine.create_async_engine", "sqlalchemy.ext.asyncio.async_scoped_session"),
        *("sqlalchemy.orm.sessionmaker", "sqlalchemy.orm.scoped_session", "sqlalchemy.orm.session.sessionmaker"),
        *("psycopg.connect", "psycopg.Connection.connect", "psycopg.AsyncConnection.connect"),
        *("psycopg2.connect", "psycopg2.pool.SimpleConnectionPool", "psycopg2.pool.ThreadedConnectionPool"),
        *("psycopg_pool.ConnectionPool", "psycopg_pool.AsyncConnectionPool"),
        *("asyncpg.connect", "asyncpg.create_pool", "aiopg.connect", "aiopg.create_pool", "aiosqlite.connect"),
        *("pymysql.connect", "aiomysql.connect", "aiomysql.create_pool", "MySQLdb.connect"),
        *("pymongo.MongoClient", "pymongo.AsyncMongoClient", "motor.motor_asyncio.AsyncIOMotorClient"),
        *("databases.Database", "flask_sqlalchemy.SQLAlchemy"),
    }
)
