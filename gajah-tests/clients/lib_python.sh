# Sourced after lib.sh by the suites in Python.

# run_file PYTHON FILE: runs a file of python/ whose functions test_* are the tests, and counts them.
run_file() {
    local python=$1 file=$2 good bad left
    SERVER_PID=$server "$python" "$here/python/runner.py" "$here/python/$file" "${server:+gajah}" > "$work/python.out" 2>&1
    grep -v '^=' "$work/python.out"
    read -r good bad left < <(sed -n 's/^= //p' "$work/python.out")
    if [ -z "${bad:-}" ]; then good=0 bad=1 left=0; echo "FAILED: $file ended early"; fi
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
}

# run_python MODULE FILE: the same with the first Python that has MODULE.
run_python() {
    local module=$1 file=$2 python
    for python in python3 /usr/bin/python3; do
        if "$python" -c "import $module" 2> /dev/null; then
            start_server
            run_file "$python" "$file"
            return
        fi
    done
    skip "$module" "not installed"
}

# newest_psycopg: sets newest to a Python that has the newest Psycopg 3 with its compiled parts, which pip installs below target; false if it cannot.
newest_psycopg() {
    newest=$root/target/psycopg/bin/python
    mkdir -p "$root/target"
    (
        flock 8
        has_newest || { python3 -m venv "$root/target/psycopg" && "$newest" -m pip install psycopg psycopg-binary; } > "$root/target/pip.log" 2>&1
    ) 8> "$root/target/psycopg.lock"
    has_newest
}

has_newest() {
    PSYCOPG_IMPL=binary "$newest" -c "import psycopg" 2> /dev/null
}
