#!/usr/bin/env bash
# Runs the archive on a Debian that has a Java runtime and nothing else: no Maven, no JDK, no network. As root, on Debian:
#
#   apt-get install debootstrap iproute2 curl jq
#   mvn -DskipTests package
#   deploy/try/archive.sh
set -euo pipefail
# shellcheck source=deploy/try/engine.sh
source "$(dirname "$0")/engine.sh"

archive=$(find "$top/distribution/target" -maxdepth 1 -name 'tidecast-*.tar.gz')
[ -f "$archive" ] || die "no archive: run 'mvn -DskipTests package' in $top first"
[ "$(id -u)" = 0 ] || die "to change the root folder takes root"
work=$(mktemp -d /tmp/tidecast-try.XXXXXX)
cache=${TRY_CACHE:-$work/cache}
mkdir -p "$cache"
root="$work/root"
finish() {
  local status=$?
  mountpoint -q "$root/proc" && umount "$root/proc"
  rm -rf --one-file-system "$work"
  return "$status"
}
trap finish EXIT

say "a Debian with a Java runtime alone"
runtime_root
cp -a "$cache/runtime" "$root"
mount -t proc proc "$root/proc"
alone() { unshare --net -- sh -c 'ip link set lo up; exec "$@"' sh chroot "$root" "$@"; }
for missing in javac mvn curl; do
  ! chroot "$root" sh -c "command -v $missing" >/dev/null || die "there is a $missing"
done
say "$(chroot "$root" java -version 2>&1 | sed -n 2p); no javac, no mvn, no network"

tar xzf "$archive" -C "$root/opt"
home=$(cd "$root" && echo opt/tidecast-*)
say "unpacked: $(du -sm "$root/$home" | cut -f1) MiB from $(($(stat -c %s "$archive") / 1000000)) MB"
jq -r '.components[] | "\(.name)-\(.version)"' "$root/$home"/sbom*.json | sort -u >"$work/named"
unnamed=$(cd "$root/$home" && find . -name '*.jar' ! -name 'tidecast-leash.jar' | while read -r jar; do
  awk -v jar="$(basename "$jar" .jar)" 'index(jar, $0) == 1 { found = 1 } END { if (!found) print jar }' "$work/named"
done)
[ -z "$unnamed" ] || die "not in a bill of materials: $unnamed"
say "ok: $(wc -l <"$work/named") libraries in the bills of materials, no jar is missing there"
alone "/$home/tidecast" --version
alone "/$home/tidecast" demo --duration 30s --json /tmp/out.json
jq -e '.forecasts > 0 and .learnedSteps > 0 and .deadLetters == 0' "$root/tmp/out.json" >/dev/null || die "the demo forecast nothing"
jq -c . "$root/tmp/out.json"
say "ok: the archive's demo runs with a Java runtime alone"
