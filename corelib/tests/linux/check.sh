#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# check.sh BINARY: runs Corelib's self-test, then every way to end badly that it lists, each in a process of its own, and
# compares exit status and the beginning of the message. Prints a line for each; ends with 1 if anything is not as it should.
set -u
binary=$1
limit=20
failed=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

timeout $limit "$binary" || failed=1

timeout $limit "$binary" failures > "$work/cases" || failed=1
[ -s "$work/cases" ] || failed=1
while IFS='	' read -r name status message; do
    timeout $limit "$binary" fail "$name" > "$work/out" 2> "$work/err"
    actual=$?
    said=$(head -n 1 "$work/err")
    case $said in
        "$message"*) begins=yes ;;
        *) begins=no ;;
    esac
    if [ "$actual" -eq "$status" ] && [ $begins = yes ]; then
        echo "ok ends badly: $name"
    else
        echo "FAIL ends badly: $name: status $actual, wanted $status; said '$said', wanted '$message'"
        failed=1
    fi
done < "$work/cases"
exit $failed
