#!/usr/bin/env bash
# Brings docker-compose.yml up for real, on an engine of its own, and looks whether it does what it promises. As root, on Debian:
#
#   apt-get install docker.io docker-compose debootstrap iproute2 curl jq maven openjdk-17-jdk-headless
#   mvn -DskipTests package
#   deploy/try/compose.sh
#
# Images are not pulled. Stand-ins take their names: Kafka, the registry and Prometheus run their real code from Maven Central and
# Debian; Kafka UI and Grafana are empty. The last lines say what was checked and what was not.
set -euo pipefail
# shellcheck source=deploy/try/engine.sh
source "$(dirname "$0")/engine.sh"

require_commands
if "$docker" compose version >/dev/null 2>&1; then compose=("$docker" compose); else compose=(docker-compose); fi
command -v "${compose[0]}" >/dev/null || die "docker-compose is missing; Debian: apt-get install docker-compose"
[ -d "$platform/broker-lib" ] || die "no build: run 'mvn -DskipTests package' in $top first"
trap stop_engine EXIT
cd "$top"

project() { in_engine "${compose[@]}" -p try "$@"; }
get() { in_engine curl -fsS -m 10 "$@"; }
quietly() { project "$@" >"$work/compose.log" 2>&1 || { cat "$work/compose.log"; project logs --tail 20; die "compose $* failed"; }; }
query() { get --data-urlencode "query=$1" http://127.0.0.1:9090/api/v1/query; }
figure() { query "$1" | jq -r '.data.result[0].value[1] // "0"' | cut -d. -f1; }
container() { project ps -q "$1"; }
checked=()
ok() { checked+=("$1"); say "ok: $1"; }
# until_true SECONDS WHAT COMMAND...
until_true() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || { project ps; project logs --tail 20; die "not within the time: $what"; }
    sleep 1
  done
  ok "$what"
}
is_healthy() { [ "$("$docker" inspect -f '{{.State.Health.Status}}' "$(container "$1")" 2>/dev/null)" = healthy ]; }
exceeds() { [ "$(figure "$1" 2>/dev/null || echo 0)" -gt "$2" ]; }

"${compose[@]}" config -q
"${compose[@]}" -f docker-compose.yml -f docker-compose.gpu.yml config -q
ok "docker-compose.yml and docker-compose.gpu.yml are valid for $("${compose[@]}" version | head -n 1)"

say "starting an engine"
start_engine
say "building stand-ins; the first time this fetches Debian packages"
stand_in_java
stand_in_kafka
stand_in_registry
stand_in_prometheus
empty_stand_in "$(image_of kafka-ui)" 8080 /actuator/health
empty_stand_in "$(image_of grafana)" 3000 /api/health \
  /etc/grafana/provisioning/datasources/prometheus.yml /etc/grafana/provisioning/dashboards/tidecast.yml /var/lib/grafana/dashboards/tidecast.json
stand_in_maven
say "building the image of the service from the Dockerfile"
DOCKER_BUILDKIT=1 "$docker" build -q -t tidecast . >/dev/null
ok "the Dockerfile builds; its layers above the runtime: $("$docker" history --format '{{.Size}} {{.CreatedBy}}' tidecast | grep -m 1 COPY | cut -d' ' -f1)"

say "docker compose --profile feed up"
quietly --profile feed up -d --no-build
for service in kafka registry tidecast kafka-ui prometheus grafana; do until_true 180 "$service is healthy" is_healthy "$service"; done

for id in $("$docker" ps -q); do
  name=$("$docker" inspect -f '{{.Name}}' "$id")
  uid=$(awk '/^Uid:/ {print $2}' "/proc/$("$docker" inspect -f '{{.State.Pid}}' "$id")/status")
  [ "$uid" != 0 ] || die "$name runs as root"
  # shellcheck disable=SC2016  # the dollars are the template's
  "$docker" inspect -f '{{range $p, $b := .NetworkSettings.Ports}}{{range $b}}{{.HostIp}} {{end}}{{end}}' "$id" | grep -qE '^(127\.0\.0\.1 )*$' || die "$name is open to others"
  case $name in *kafka[_-]1) ;; *) [ "$("$docker" inspect -f '{{.HostConfig.ReadonlyRootfs}}' "$id")" = true ] || die "$name can write to its file system" ;; esac
done
ok "no container runs as root, no port is open to others, and all but Kafka's have a read-only file system"

until_true 120 "observations become forecasts" exceeds 'sum(tidecast_outputs_total{topic="forecasts"})' 20
until_true 60 "forecasts are read back from their topic" exceeds 'max(tidecast_view_forecasts_total)' 20
get http://127.0.0.1:8600/api/series | jq -e '.total > 0' >/dev/null
ok "the live page's interface lists series"
in_engine "$docker" exec "$(container tidecast)" /opt/tidecast/tidecast topics --dry-run >/dev/null
ok "commands work inside the container"

"$docker" exec "$(container prometheus)" promtool check config /etc/prometheus/prometheus.yml >/dev/null
ok "promtool accepts the configuration and the alert rules"
[ "$(get http://127.0.0.1:9090/api/v1/rules | jq '[.data.groups[].rules[] | select(.lastError // "" == "")] | length')" = "$(grep -c 'alert:' deploy/prometheus/tidecast-alerts.yml)" ]
ok "Prometheus has loaded all alert rules"
expressions=0 silent=0
while IFS= read -r expression; do
  expressions=$((expressions + 1))
  [ "$(query "$expression" | jq '.data.result | length')" -gt 0 ] || { silent=$((silent + 1)); say "no data yet: $expression"; }
done < <(jq -r '.panels[].targets[]?.expr' deploy/grafana/dashboards/tidecast.json)
ok "Prometheus answers all $expressions expressions of the dashboard, $silent of them without data"

steps=$(figure 'sum(max by (partition) (tidecast_model_steps))')
began=$SECONDS
kill -9 "$("$docker" inspect -f '{{.State.Pid}}' "$(container tidecast)")"
until_true 120 "killed, the service is started again" is_healthy tidecast
until_true 120 "and goes on learning where it was (step $steps)" exceeds 'sum(max by (partition) (tidecast_model_steps))' "$steps"
say "from the kill to new steps: $((SECONDS - began)) s"

began=$SECONDS
tidecast=$(container tidecast)
quietly --profile feed stop
stopped=$("$docker" inspect -f '{{.State.ExitCode}}' "$tidecast")
[ "$stopped" = 0 ] || [ "$stopped" = 143 ] || die "the service ended with $stopped at a stop"
ok "everything stops orderly, in $((SECONDS - began)) s"
quietly --profile feed down
quietly up -d --no-build
until_true 240 "from its volumes everything comes back" is_healthy tidecast
get http://127.0.0.1:8081/apis/ccompat/v7/subjects | jq -e 'index("forecasts-value")' >/dev/null
ok "the registry still knows the schemas"
until_true 60 "and the learner its steps" exceeds 'sum(max by (partition) (tidecast_model_steps))' $((steps - 1))

printf '\nchecked:\n'
printf '  %s\n' "${checked[@]}"
cat <<'REPORT'
not checked:
  the published images themselves: Kafka and registry ran the same code, Prometheus an older version
  Kafka UI and Grafana: stand-ins answered their health checks where the files they read were in place
  a build with network and an empty Maven cache; docker-compose.gpu.yml beyond its form
REPORT
