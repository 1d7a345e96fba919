#!/bin/sh
# Two ranks of mpirun in two network namespaces of this machine, and a limited link between them. Linux, as root; wants iproute2 and
# Open MPI.
#
#     sh scripts/scale/limited_link.sh 10gbit COMMAND…
set -eu
rate=$1
shift
folder=$(mktemp -d)
leave() {
  ip netns delete rank0 2> "$folder/log" || true
  ip netns delete rank1 2> "$folder/log" || true
  rm -r "$folder"
}
trap leave EXIT
trap 'exit 130' INT TERM

ip netns add rank0
ip netns add rank1
ip link add link0 netns rank0 type veth peer name link1 netns rank1
for rank in 0 1; do
  in="ip netns exec rank$rank"
  $in ip link set lo up
  $in ip address add "10.77.0.$((rank + 1))/24" dev "link$rank"
  $in ip link set "link$rank" up
  $in tc qdisc add dev "link$rank" root tbf rate "$rate" burst 4mb latency 50ms
done

# What mpirun takes for ssh: the other machine is the other namespace.
printf '#!/bin/sh\nshift\nexec ip netns exec rank1 sh -c "$*"\n' > "$folder/agent"
chmod +x "$folder/agent"
ip netns exec rank0 mpirun --allow-run-as-root -H 10.77.0.1,10.77.0.2 --bind-to none \
  --mca plm_rsh_agent "$folder/agent" --mca btl tcp,self --mca btl_tcp_if_include 10.77.0.0/24 \
  --mca oob_tcp_if_include 10.77.0.0/24 "$@"
