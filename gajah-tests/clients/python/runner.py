"""Runs the functions test_* of a file, each in a database of its own; the last line is "= PASSED FAILED SKIPPED"."""
import importlib.util
import pathlib
import sys
import traceback

spec = importlib.util.spec_from_file_location("suite", sys.argv[1])
suite = importlib.util.module_from_spec(spec)
spec.loader.exec_module(suite)
passed = failed = skipped = 0
known = set(pathlib.Path(__file__).parent.parent.joinpath("known-failures.txt").read_text().splitlines())
prefix = pathlib.Path(sys.argv[1]).stem.removeprefix("use_")
for name, test in list(vars(suite).items()):
    if name.startswith("test_"):
        try:
            suite.run(test)
            passed += 1
            print("passed:", name)
        except Exception:
            if f"{prefix} {name}" in known and sys.argv[2] == "gajah":
                skipped += 1
                print("SKIPPED:", name, "known failure")
            else:
                failed += 1
                print("FAILED:", prefix, name)
                print(traceback.format_exc(limit=-3))
print("=", passed, failed, skipped)
