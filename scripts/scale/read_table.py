"""Reads a table of `fleuron predict --out` with DuckDB and with pandas, and compares them: read_table.py TABLE. See docs/scale.md."""

import sys

import duckdb
import pandas as pd

table = sys.argv[1]
readers = {"parquet": pd.read_parquet, "csv": pd.read_csv, "jsonl": lambda path: pd.read_json(path, lines=True)}
frame = readers[table.rsplit(".", 1)[1]](table)
print(f"pandas {pd.__version__}: {len(frame):,} rows\n{frame.dtypes.to_string()}\n{frame.head(3).to_string()}")

rows, unreadable, mean = duckdb.sql(
    f"SELECT count(*), count(error), avg(probability) FROM '{table}'"
).fetchall()[0]
print(f"\nDuckDB {duckdb.__version__}: {rows:,} rows, {unreadable:,} with an error")
print(duckdb.sql(f"SELECT label, count(*) photos, avg(probability) probability FROM '{table}' GROUP BY ALL ORDER BY ALL"))

assert (rows, unreadable) == (len(frame), frame.error.notna().sum())
assert abs(mean - frame.probability.mean()) < 1e-6
counts = dict(duckdb.sql(f"SELECT label, count(*) FROM '{table}' WHERE error IS NULL GROUP BY ALL").fetchall())
assert counts == frame.label.value_counts().to_dict()
if table.endswith(".parquet"):
    named = frame[frame.error.isna()]
    assert (named.labels.str[0] == named.label).all() and (named.probabilities.str[0] == named.probability).all()
    firsts = f"SELECT count(*) FROM '{table}' WHERE labels[1] = label AND probabilities[1] = probability"
    assert duckdb.sql(firsts).fetchall()[0][0] == len(named)
print("Both read the same.")
