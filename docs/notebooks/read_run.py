# %% [markdown]
# # A run folder in Python
# Needs pandas. Every cell works on its own folder: python3 read_run.py DIR, or set `run` below and step through the cells
# in an editor that knows `# %%`.

# %%
import hashlib
import json
import pathlib
import sys

import pandas

run = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "runs/tutorial")
manifest = json.loads((run / "manifest.json").read_text())
print("scenario", manifest["scenario"], "seeds", [r["seed"] for r in manifest["runs"]], "version", manifest["code"]["version"])

# %% [markdown]
# ## Are the tables those that the run wrote?

# %%
for name, want in manifest["tables"].items():
    found = hashlib.sha256((run / name).read_bytes()).hexdigest()
    if found != want["sha256"]:
        print("changed after the run:", name)

# %% [markdown]
# ## What a column is

# %%
dictionary = pandas.read_csv(run / "dictionary.csv").set_index(["table", "column"])
print("productivity:", dictionary.loc[("series", "productivity"), "unit"])

# %% [markdown]
# ## The series, with dates
# One row a replicate and tick. An empty cell is a value that does not exist, which pandas shows as NaN.

# %%
series = pandas.read_csv(run / "series.csv")
start = pandas.Period(year=manifest["start"]["year"], quarter=manifest["start"]["quarter"], freq="Q")
series["date"] = [str(start + int(tick)) for tick in series["tick"]]
last = series["tick"].max()
ends = series[series["tick"].isin([series["tick"].min(), last])]
by_tick = ends.groupby("tick")[["firms", "jobs", "trust"]].median()
for tick, row in by_tick.iterrows():
    print("tick", tick, "firms", repr(float(row["firms"])), "jobs", repr(float(row["jobs"])), "trust", repr(float(row["trust"])))

# %% [markdown]
# ## Firms at the end
# Of the first replicate, as ties are. Keys of firms are whole numbers below 2^64: read them as text, or as unsigned integers of 64 bits.

# %%
firms = pandas.read_csv(run / "firms.csv", dtype={"firm": "uint64"})
end = firms[firms["tick"] == firms["tick"].max()]
print("firms at the end", len(end), "in clusters", int((end["cluster"] > 0).sum()), "largest", repr(float(end["jobs"].max())))
print(end.groupby("sector")["jobs"].agg(["count", "sum", "median"]).round(1))

# %% [markdown]
# ## Ties: trust has two directions

# %%
ties = pandas.read_csv(run / "ties.csv", dtype={"from": "uint64", "to": "uint64"})
final = ties[ties["tick"] == ties["tick"].max()]
print("ties at the end", len(final), "mean trust", repr(float((final["trust_from"].sum() + final["trust_to"].sum()) / (2 * len(final)))))
