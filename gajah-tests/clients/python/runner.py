"""Runs the functions test_* of a file, each in a database of its own; the last line is "= PASSED FAILED"."""
import importlib.util
import sys
import traceback

spec = importlib.util.spec_from_file_location("suite", sys.argv[1])
suite = importlib.util.module_from_spec(spec)
spec.loader.exec_module(suite)
passed = failed = 0
for name, test in list(vars(suite).items()):
    if name.startswith("test_"):
        try:
            suite.run(test)
            passed += 1
            print("passed:", name)
        except Exception:
            failed += 1
            print("FAILED:", name)
            print(traceback.format_exc(limit=-3))
print("=", passed, failed)
