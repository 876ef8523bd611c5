"""vectorbt: moving-average pairs of a file of prices, the task being the engine and the widest window."""

import sys
import time

import numpy
import pandas
import vectorbt
import worker

close = pandas.Series(worker.read_prices(sys.argv[1])["close"])
# One bar is one day, so that years are counted in bars below: ADMF takes 252 of them for a year.
close.index = pandas.date_range("2000-01-01", periods=len(close), freq="D")
vectorbt.settings.array_wrapper["freq"] = "1D"
vectorbt.settings.returns["year_freq"] = "252 days"


def run(task):
    engine, widest = task.split()
    vectorbt.settings["engine"] = engine
    start = time.perf_counter()
    windows = numpy.arange(2, int(widest) + 1)
    fast, slow = vectorbt.MA.run_combs(close, window=windows, r=2, short_names=["fast", "slow"])
    above = fast.ma_above(slow)
    portfolio = vectorbt.Portfolio.from_signals(
        close,
        above,
        # Out of the market wherever the fast average is not above, equal ones included.
        ~above,
        init_cash=100_000.0,
        fees=0.001,
        slippage=0.0005,
    )
    closed = portfolio.trades.closed
    metrics = {
        "total_return": portfolio.total_return(),
        "annualized_return": portfolio.annualized_return(),
        "sharpe_ratio": portfolio.sharpe_ratio(),
        "sortino_ratio": portfolio.sortino_ratio(),
        # vectorbt tells a fall as a negative number.
        "max_drawdown": -portfolio.max_drawdown(),
        "total_trades": closed.count(),
        "win_rate": closed.win_rate(),
        "profit_factor": closed.profit_factor(),
    }
    columns = {name: metric.to_numpy(dtype=float) for name, metric in metrics.items()}
    return time.perf_counter() - start, columns


versions = {"vectorbt": vectorbt.__version__, "numpy": numpy.__version__, "pandas": pandas.__version__}
worker.serve(versions, 1, run)
