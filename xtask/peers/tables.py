"""DuckDB: `tables.py import FILE` reads a file of prices, `tables.py scan FOLDER` asks what ADMF asks its tables."""

import json
import os
import sys
import tempfile
import time

import duckdb
import worker

topic, path = sys.argv[1:]


def read(task):
    """`table` keeps the rows in memory, `file` writes them as Parquet, as ADMF does."""
    connection = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        rows = connection.read_csv(path)
        start = time.perf_counter()
        if task == "table":
            rows.create("bars")
            seconds = time.perf_counter() - start
            (bars,) = connection.table("bars").count("*").fetchone()
        else:
            target = os.path.join(folder, "bars.parquet")
            rows.write_parquet(target, compression="zstd")
            seconds = time.perf_counter() - start
            (bars,) = connection.read_parquet(target).count("*").fetchone()
    connection.close()
    return seconds, {"bars": [bars]}


def questions():
    with open(os.path.join(path, "statements.json")) as file:
        statements = json.load(file)
    connection = duckdb.connect(os.path.join(path, "copy.duckdb"), read_only=True)
    wanted = ["sharpe_ratio", "total_return", "max_drawdown"]

    def ask(_task):
        def once():
            for statement, values in statements:
                found = connection.execute(statement, values)
                names = [column[0] for column in found.description]
                rows = found.fetchall()
            return names, rows

        seconds, (names, rows) = worker.repeated(once)
        return seconds, {name: [row[names.index(name)] for row in rows] for name in wanted}

    return ask


run = {"import": lambda: read, "scan": questions}[topic]()
threads = duckdb.sql("SELECT current_setting('threads')").fetchone()[0]
worker.serve({"duckdb": duckdb.__version__}, threads, run)
