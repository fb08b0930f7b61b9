#!/bin/bash
# stop.sh DIR: ends what start.sh DIR began, each process by its number.
export SLURM_CONF=$1/slurm.conf
scontrol shutdown 2>/dev/null
sleep 1
for file in "$1"/run/*.pid; do
	[ -f "$file" ] && kill "$(cat "$file")" 2>/dev/null
done
true
