"""The side of a peer in a comparison: the harness says what to run, a line of JSON answers. See worker.rs."""

import gc
import json
import sys
import time


def read_prices(path):
    """Columns of a file of prices by their name in lower case."""
    import csv
    import gzip

    import numpy

    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as file:
        rows = list(csv.DictReader(file))
    names = ["open", "high", "low", "close", "volume"]
    return {name: numpy.array([float(row[name.capitalize()]) for row in rows]) for name in names}


def kibibytes(key):
    try:
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(key))
    except OSError:
        return None


def repeated(work):
    """Seconds of one repetition of work that is too short to be timed alone, and its result."""
    spent, repetitions = 0.0, 0
    while spent < 0.05:
        start = time.perf_counter()
        result = work()
        spent += time.perf_counter() - start
        repetitions += 1
    return spent / repetitions, result


def serve(versions, threads, run):
    """Answers `run TASK` and `save FOLDER TASK` until the input ends.

    `run` takes the task and gives seconds and columns by name. Memory counts from here: what was loaded before is
    the data.
    """
    answers = sys.stdout
    sys.stdout = sys.stderr
    data = kibibytes("VmRSS:")

    def say(value):
        print(json.dumps(value), file=answers, flush=True)

    say({"versions": versions, "threads": threads})
    for line in sys.stdin:
        verb, _, task = line.rstrip("\n").partition(" ")
        folder = None
        if verb == "save":
            folder, _, task = task.partition(" ")
        # What an earlier task left in cycles is not of this one.
        gc.collect()
        try:
            with open("/proc/self/clear_refs", "w") as file:
                file.write("5")
        except OSError:
            pass
        seconds, columns = run(task)
        peak = kibibytes("VmHWM:")
        if folder:
            import numpy

            for name, column in columns.items():
                numpy.asarray(column, dtype="<f8").tofile(f"{folder}/{name}.f64")
        above = None if peak is None else (peak - data) * 1024
        say({"seconds": seconds, "peak_bytes": above, "columns": list(columns), "details": {}})
        del columns
