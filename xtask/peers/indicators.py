"""TA-Lib: one function over the prices of a file; the task is JSON: function, inputs, parameters, output."""

import json
import sys

import numpy
import talib
import worker

prices = worker.read_prices(sys.argv[1])


def run(task):
    asked = json.loads(task)
    function = getattr(talib, asked["function"])
    inputs = [prices[name] for name in asked["inputs"]]
    seconds, result = worker.repeated(lambda: function(*inputs, **asked["parameters"]))
    result = result[asked["output"]] if isinstance(result, tuple) else result
    return seconds, {"value": result * asked["factor"]}


worker.serve({"TA-Lib": talib.__version__, "numpy": numpy.__version__}, 1, run)
