#!/usr/bin/env bash
# Runs the Testcontainers tests on an engine of its own, with stand-ins of the images (see compose.sh, which needs the same).
set -euo pipefail
# shellcheck source=deploy/try/engine.sh
source "$(dirname "$0")/engine.sh"

require_commands
[ -d "$platform/broker-lib" ] || die "no build: run 'mvn -DskipTests package' in $top first"
trap stop_engine EXIT
cd "$top"

say "starting an engine and building stand-ins"
start_engine
stand_in_java
stand_in_kafka
stand_in_registry
stand_in_maven
say "building the image of the service from the Dockerfile"
DOCKER_BUILDKIT=1 "$docker" build -q -t tidecast . >/dev/null
say "running the tests"
# Its reaper's image cannot be pulled either; stop_engine removes everything.
REQUIRE_DOCKER=1 TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 \
  in_engine mvn -o -B -ntp -pl stream-app -am -Dspotless.check.skip=true verify -Dit.test=ContainersIT -Dtest=none \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
