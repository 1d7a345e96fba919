#!/bin/sh
# Unpacks the kit where it lies, and measures this machine's GPU: `sh run.sh [RESULT.json]`.
set -eu

fail() {
  printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
  exit 1
}

export PATH="${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}"
result=${1:-result.json}
case $result in /*) ;; *) result=$(pwd)/$result ;; esac
cd "$(dirname "$0")"
here=$(pwd)

[ -f SHA256SUMS ] || fail "SHA256SUMS is not beside run.sh." "Copy all that pack.mjs wrote into one folder."
while read -r hash part; do
  [ -f "$part" ] || fail "The part $part is missing." "Copy it beside run.sh."
  found=$(sha256sum "$part")
  [ "${found%% *}" = "$hash" ] || fail "The part $part has other bytes than when it was packed." "Copy it once more."
done <SHA256SUMS

if [ "$(cat kit/unpacked 2>/dev/null)" != "$(cat SHA256SUMS)" ]; then
  rm -rf kit
  while read -r hash part; do cat "$part"; done <SHA256SUMS | tar -xz ||
    fail "The kit cannot be unpacked in $here." "It takes 400 MB of disk there."
  cp SHA256SUMS kit/unpacked
fi

# Containers have NVIDIA's driver where the loader does not look.
driver=/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json
if [ -z "${VK_DRIVER_FILES:-}" ] && [ -f $driver ]; then export VK_DRIVER_FILES=$driver; fi
export LD_LIBRARY_PATH="$here/kit/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FLEURON_ENGINES="$here/kit/engines"
exec "$here/kit/bin/node" "$here/kit/fleuron/gpu-kit/main.mjs" "$result"
