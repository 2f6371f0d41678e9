# Sourced after lib.sh: runs a file of python/ whose functions test_* are the tests, with the first Python that has MODULE.
run_python() {
    local module=$1 file=$2 python
    for python in python3 /usr/bin/python3; do
        if "$python" -c "import $module" 2> /dev/null; then
            start_server
            "$python" "$here/python/runner.py" "$here/python/$file" "${server:+gajah}" > "$work/python.out" 2>&1
            grep -v '^=' "$work/python.out"
            read -r passed failed skipped < <(sed -n 's/^= //p' "$work/python.out")
            if [ -z "${failed:-}" ]; then passed=0 failed=1 skipped=0; echo "FAILED: $file ended early"; fi
            return
        fi
    done
    skip "$module" "not installed"
}
