#!/bin/bash
# start.sh DIR: a Slurm of its own for a test, with everything under DIR: four nodes of two cores on loopback ports, no
# cgroups, no accounting. Wants root and the packages munge, slurmctld, slurmd and slurm-client.
set -euo pipefail
mkdir -p "$1"/{run,state,log,munge,spool/n1,spool/n2,spool/n3,spool/n4}
dir=$(cd "$1" && pwd)
host=$(hostname -s)
cat > "$dir/slurm.conf" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=26817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/run/munge.sock
CredType=cred/munge
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/run/slurmctld.pid
SlurmdPidFile=$dir/run/slurmd.%n.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$dir/log/jobcomp.txt
JobRequeue=1
SchedulerParameters=sched_interval=2,batch_sched_delay=0
NodeName=n[1-4] NodeHostname=$host NodeAddr=127.0.0.1 Port=[27001-27004] CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=n[1-4] Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
END
head -c 1024 /dev/urandom > "$dir/munge/munge.key"
chmod 600 "$dir/munge/munge.key"
munged --key-file="$dir/munge/munge.key" --socket="$dir/run/munge.sock" --pid-file="$dir/run/munged.pid" \
	--log-file="$dir/log/munged.log" --seed-file="$dir/munge/seed" --force
export SLURM_CONF=$dir/slurm.conf
slurmctld -f "$SLURM_CONF"
for node in n1 n2 n3 n4; do
	slurmd -N $node -f "$SLURM_CONF"
done
for _ in $(seq 100); do
	[ "$(sinfo --noheader --states=idle --format=%D 2>/dev/null)" = 4 ] && exit 0
	sleep 0.2
done
echo "the nodes did not come up; $dir/log says why" >&2
exit 1
