# shellcheck shell=bash
# A Docker engine of one's own, and images that stand in for the published ones where none can be pulled. To be sourced by a
# script with `set -euo pipefail`, as root on Debian. Nothing on this machine is touched: the engine lives in a network
# namespace and a temporary folder, and stop_engine ends and removes both.
#
#   TRY_CACHE=DIR   keep the root file systems there, for the next run
#   DOCKER=PATH     the docker command, where the first in PATH does not build with BuildKit

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
docker=${DOCKER:-docker}
platform="$top/local-platform/target/platform"

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }
die() { echo "error: $*" >&2; exit 1; }

# The image of a service or of the Dockerfile's argument, as the files name it: versions stand there alone.
image_of() { sed -n "s|^ *image: *\(.*$1:[^ ]*\)$|\1|p" "$top/docker-compose.yml" | head -n 1; }
argument() { sed -n "s/^ARG $1=//p" "$top/Dockerfile"; }

require_commands() {
  [ "$(id -u)" = 0 ] || die "to start an engine takes root"
  for command in dockerd "$docker" debootstrap ip nsenter chroot apt-get dpkg-deb curl jq mvn; do
    command -v "$command" >/dev/null || die "$command is missing; Debian: apt-get install docker.io debootstrap iproute2 curl jq maven"
  done
}

in_engine() { nsenter --net="/run/netns/$namespace" "$@"; }

start_engine() {
  work=$(mktemp -d /tmp/tidecast-try.XXXXXX)
  cache=${TRY_CACHE:-$work/cache}
  mkdir -p "$cache"
  namespace=$(basename "$work" | tr '.' '-')
  ip netns add "$namespace"
  ip -n "$namespace" link set lo up
  export DOCKER_HOST="unix://$work/docker.sock" DOCKER_CONFIG="$work/docker-config"
  mkdir "$DOCKER_CONFIG"
  nsenter --net="/run/netns/$namespace" dockerd --data-root "$work/data" --exec-root "$work/run" --pidfile "$work/dockerd.pid" \
    -H "$DOCKER_HOST" >"$work/dockerd.log" 2>&1 &
  engine=$!
  for _ in $(seq 100); do
    if "$docker" info >/dev/null 2>&1; then
      echo 'FROM scratch' | DOCKER_BUILDKIT=1 "$docker" build -q - >/dev/null 2>"$work/buildkit.log" \
        || { cat "$work/buildkit.log"; die "'$(command -v "$docker")' does not build with BuildKit; choose another with DOCKER=PATH"; }
      return
    fi
    kill -0 "$engine" 2>/dev/null || { tail "$work/dockerd.log"; die "the engine does not start"; }
    sleep 0.2
  done
  die "the engine does not answer"
}

stop_engine() {
  local status=$?
  set +e
  if [ -n "${engine:-}" ]; then
    "$docker" ps -q | xargs -r "$docker" kill >/dev/null 2>&1
    kill "$engine" 2>/dev/null
    wait "$engine" 2>/dev/null
  fi
  if [ -n "${work:-}" ]; then
    ip netns del "$namespace"
    grep -o " ${work}[^ ]*" /proc/mounts | sort -r | xargs -r umount
    rm -rf --one-file-system "$work"
  fi
  return "$status"
}

# A Debian with a Java runtime.
runtime_root() {
  [ -f "$cache/runtime.done" ] && return
  rm -rf "$cache/runtime"
  debootstrap --variant=minbase --include=openjdk-17-jre-headless,ca-certificates,busybox,wget bookworm "$cache/runtime" >"$work/debootstrap.log" \
    || die "debootstrap: $(tail -n 3 "$work/debootstrap.log")"
  chroot "$cache/runtime" apt-get clean
  rm -rf "$cache/runtime"/var/lib/apt/lists/* "$cache/runtime"/usr/share/{doc,locale}/*
  touch "$cache/runtime.done"
}

# The same with a JDK, Maven, and the libraries of this machine's own Maven repository: a container here has no network.
build_root() {
  [ -f "$cache/build.done" ] && return
  rm -rf "$cache/build"
  cp -a "$cache/runtime" "$cache/build"
  cp /etc/resolv.conf "$cache/build/etc/resolv.conf"
  mount -t proc proc "$cache/build/proc"
  local status=0
  chroot "$cache/build" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends openjdk-17-jdk-headless maven && apt-get clean' >"$work/build-root.log" 2>&1 || status=1
  umount "$cache/build/proc"
  [ "$status" = 0 ] || die "apt-get: $(tail -n 3 "$work/build-root.log")"
  touch "$cache/build.done"
}

# stand_in IMAGE FOLDER: builds the Dockerfile on standard input under the name of a published image.
stand_in() { "$docker" build -q -t "$1" -f - "$2" >/dev/null || die "cannot build the stand-in of $1"; }

stand_in_java() {
  runtime_root
  tar -C "$cache/runtime" -c . | "$docker" import - "$(argument RUNTIME_IMAGE)" >/dev/null
}

stand_in_maven() {
  build_root
  local repository
  repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
  tar -C "$cache/build" -c . | "$docker" import - tidecast-try/maven >/dev/null
  stand_in "$(argument BUILD_IMAGE)" "$repository" <<'DOCKERFILE'
FROM tidecast-try/maven
COPY . /opt/repository
RUN printf '<settings><localRepository>/opt/repository</localRepository><offline>true</offline></settings>' >/etc/maven/settings.xml
DOCKERFILE
}

# Kafka's own code from Maven jars, started by Kafka's own wrapper of environment variables, as in the published image.
stand_in_kafka() {
  local context="$work/kafka"
  mkdir -p "$context"
  cp -r "$platform/broker-lib" "$context/libs"
  cp "$here"/kafka/* "$context"
  stand_in "$(image_of apache/kafka)" "$context" <<DOCKERFILE
FROM $(argument RUNTIME_IMAGE)
RUN useradd --uid 1000 appuser && install -d -o appuser /opt/kafka /opt/kafka/config /mnt/shared/config /var/lib/kafka/data
COPY libs /opt/kafka/libs
COPY run server.properties log4j2.yaml tools-log4j2.yaml /etc/kafka/docker/
USER appuser
VOLUME ["/var/lib/kafka/data"]
EXPOSE 9092
CMD ["bash", "/etc/kafka/docker/run"]
DOCKERFILE
}

# The registry's own code from its archive on Maven Central.
stand_in_registry() {
  stand_in "$(image_of apicurio-registry)" "$platform/registry" <<DOCKERFILE
FROM $(argument RUNTIME_IMAGE)
COPY . /deployments
USER 1001
EXPOSE 8080
CMD ["sh", "-c", "exec java \$JAVA_OPTS_APPEND -Dquarkus.http.host=0.0.0.0 -jar /deployments/*-runner.jar"]
DOCKERFILE
}

# Prometheus as Debian packs it: an older version than the published image's.
stand_in_prometheus() {
  local context="$work/prometheus"
  mkdir -p "$context"
  (cd "$context" && apt-get download -qq prometheus >/dev/null 2>&1 && dpkg-deb -x prometheus_*.deb . && rm prometheus_*.deb)
  stand_in "$(image_of prom/prometheus)" "$context" <<DOCKERFILE
FROM $(argument RUNTIME_IMAGE)
COPY usr/bin/prometheus usr/bin/promtool /bin/
RUN install -d -o 65534 -g 65534 /prometheus
USER 65534
EXPOSE 9090
ENTRYPOINT ["/bin/prometheus"]
DOCKERFILE
}

# empty_stand_in IMAGE PORT HEALTH-PATH FILES...: answers its health check where the files it would read are in place.
empty_stand_in() {
  local image=$1 port=$2 health=$3
  shift 3
  stand_in "$image" "$here" <<DOCKERFILE
FROM $(argument RUNTIME_IMAGE)
RUN install -D /dev/null /www$health
USER 472
CMD ["sh", "-c", "for f in $*; do test -r \$f || { echo missing: \$f; exit 1; }; done; exec busybox httpd -f -p $port -h /www"]
DOCKERFILE
}
