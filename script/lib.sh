#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What the scripts share; sourced, never started by itself.
set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s: %s\n' "script/$(basename "$0")" "$*" >&2
    exit 1
}

# The packages of the given lists that are not installed.
missing_packages() {
    local list package
    for list in "$@"; do
        for package in $(script/packages "$list"); do
            [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
                say "$package"
        done
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# needs_disk FOLDER: at least 2 GB must be free there.
needs_disk() {
    local free
    free=$(df --output=avail -k "$1" | tail -n 1)
    [ "$free" -ge $((2 * 1024 * 1024)) ] ||
        fail "the disk of $1 has $((free / 1024)) MB free and 2 GB are needed: free some space, then start again."
}

may_install() {
    [ "$(id -u)" != 0 ] || return 0
    command -v sudo >/dev/null ||
        fail "packages must be installed and you are not root: start this as root, or install sudo."
    # Without a terminal nobody can type the password.
    sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; } ||
        fail "packages must be installed and sudo does not let you: ask for the right, or start this as root."
}

# Keeps apt from starting the services of packages we only want the programs of.
without_services() {
    local policy=/usr/sbin/policy-rc.d
    [ ! -e "$policy" ] || { "$@"; return; }
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
    local code=0
    "$@" || code=$?
    as_root rm -f "$policy"
    return "$code"
}

# install LIST...: what is missing of the lists of script/packages; nothing else, no network then.
install() {
    command -v apt-get >/dev/null ||
        fail "this machine has no apt-get: stageclock is built on Debian 12."
    local missing log
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    may_install
    needs_disk /
    mkdir -p build
    log=build/packages.log
    say "Installing Debian packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    printf 'postfix postfix/main_mailer_type select No configuration\n' |
        as_root debconf-set-selections
    as_root apt-get update >"$log" 2>&1 || { tail -n 3 "$log" >&2; \
        fail "the package lists cannot be fetched: check the network (all of it in $log)."; }
    without_services as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
        --no-install-recommends "${missing[@]}" >>"$log" 2>&1 || { tail -n 5 "$log" >&2; \
        fail "packages could not be installed (all of it in $log)."; }
}

# node_libraries: what the tests need of npm, in build/node; nothing is fetched when it is there.
node_libraries() {
    local want=tests/node/package-lock.json have=build/node/package-lock.json log=build/node.log
    command -v node >/dev/null && command -v npm >/dev/null || install node
    ! cmp -s "$want" "$have" || [ ! -e build/node/complete ] || return 0
    say "Fetching the libraries of tests/node"
    mkdir -p build/node
    rm -f build/node/complete
    cp tests/node/package.json "$want" build/node/
    (cd build/node && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 || {
        tail -n 5 "$log" >&2
        fail "npm packages could not be fetched: check the network (all of it in $log)."
    }
    touch build/node/complete
}

# Shortens ninja's output to one line each ten percent; warnings and errors pass.
condensed() {
    awk '/^\[ *[0-9]+%\]/ { done = int(substr($0, 2, 3) / 10)
                            if (done > shown) { shown = done; printf "  built %d %%\n", done * 10 }
                            fflush(); next }
         /^ninja: (Entering|no work)/ { next }
         { print; fflush() }'
}

# build PRESET: configures when needed and builds build/PRESET.
build() {
    local preset=$1 log=build/$1.log options=()
    mkdir -p build
    [ -e "build/$preset/build.ninja" ] || needs_disk "$top"
    ! command -v ccache >/dev/null || options+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    say "Building ($preset)"
    cmake --preset "$preset" "${options[@]}" >"$log" 2>&1 || { tail -n 20 "$log" >&2; \
        fail "the build cannot be configured (all of it in $log)."; }
    NINJA_STATUS='[%p] ' cmake --build --preset "$preset" | condensed ||
        fail "the build failed: the first error above says where."
}

# run_tests PRESET [NAME...]: all tests, or those whose name holds one of the words. The last line
# is the count alone.
run_tests() {
    local preset=$1 log=build/$1-tests.log options=() code total failed
    shift
    [ $# -eq 0 ] || options=(-R "$(IFS='|'; echo "$*")")
    set +e
    ctest --test-dir "build/$preset" -j "$(nproc)" --output-on-failure --no-tests=error \
        "${options[@]}" 2>&1 | tee "$log" | grep --line-buffered -vE '^ +Start +[0-9]+:|^Internal ctest'
    code=${PIPESTATUS[0]}
    set -e
    read -r failed total < <(sed -nE \
        's/^[0-9]+% tests passed, ([0-9]+) tests? failed out of ([0-9]+)$/\1 \2/p' "$log") ||
        { failed=0; total=0; }
    say "$((total - failed)) passed, $failed failed"
    return "$code"
}
