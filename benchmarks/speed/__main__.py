"""`make bench`: prints the tables; exits 1 where a route is under its floor."""

import argparse
import sys

from benchmarks.speed import routes, stages


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000], help="in quotes")
    sizes = tuple(parser.parse_args().sizes)
    print("Ingest, CPU time on one core (the two seeds, about 430 words each):")
    for name, value in stages.measure().items():
        print(f"  {name:<32} {value:8.1f}")
    results = routes.measure(sizes)
    print(
        "\nRoutes on SQLite; ratio of a constant-JSON Starlette route by server CPU a request (more is better):"
    )
    print(
        f"  {'route':<32}"
        + "".join(f"{f'{size:,} quotes: ratio  p50  p99 ms':>42}" for size in sizes)
        + "   growth"
    )
    failed = False
    for name, by_size in results.items():
        cells = "".join(
            f"{row['ratio']:24.3f}{row['p50_ms']:9.2f}{row['p99_ms']:9.2f}" for row in by_size.values()
        )
        growth = by_size[sizes[-1]]["p50_ms"] / by_size[sizes[0]]["p50_ms"]
        floor = routes.FLOORS.get(name, 0.0)
        is_under = any(row["ratio"] < floor for row in by_size.values())
        failed |= is_under
        print(f"  {name:<32}{cells}{growth:9.2f}" + (f"  UNDER its floor {floor}" if is_under else ""))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
