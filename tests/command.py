"""`kb` as the tests run it, and reports to load with it; the fixtures are in conftest.py."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

REPORT = """{city}人力资源和社会保障局{year}年工作总结

一、就业工作

{year}年，全市城镇新增就业{jobs}万人，同比增长5.1%。流转土地300亩。

二、下一步打算

{next}年，力争全市城镇新增就业6万人以上。
"""

Run = Callable[..., tuple[int, str]]


def rows(database: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(sql.encode()).fetchall()
