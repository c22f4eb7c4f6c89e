# The service's image: a JRE, the libraries and this platform's natives. No broker, no registry, no compiler, and no root.
#
#   docker build -t tidecast .
#   docker build -t tidecast:gpu --build-arg MAVEN_OPTIONS=-Pcuda .        # CUDA 12.4 natives, 2.5 GB
ARG BUILD_IMAGE=maven:3.9.11-eclipse-temurin-17
ARG RUNTIME_IMAGE=eclipse-temurin:17.0.19_10-jre-noble

FROM ${BUILD_IMAGE} AS build
ARG MAVEN_OPTIONS=""
WORKDIR /source
COPY . .
# The libraries stay in the builder's cache, so that only the first build fetches them.
RUN --mount=type=cache,target=/root/.m2/repository \
    mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -Dassembly.skipAssembly=true ${MAVEN_OPTIONS} package \
 && rm -r distribution/target/tidecast/platform distribution/target/tidecast/lib/bench-*.jar

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="Tidecast" \
      org.opencontainers.image.description="Calibrated forecasts from Kafka topics, learned while the measurements flow" \
      org.opencontainers.image.licenses="Apache-2.0"
# Everything that is written: state stores (a copy of what is in Kafka), unpacked natives, the log.
RUN groupadd --gid 10001 tidecast \
 && useradd --uid 10001 --gid tidecast --no-create-home --home-dir /var/lib/tidecast --shell /usr/sbin/nologin tidecast \
 && install -d -o tidecast -g tidecast -m 0750 /var/lib/tidecast
COPY --from=build /source/distribution/target/tidecast /opt/tidecast
ENV HOME=/var/lib/tidecast \
    DJL_CACHE_DIR=/var/lib/tidecast/natives \
    TIDECAST_STATE_DIR=/var/lib/tidecast/state \
    TIDECAST_HTTP_HOST=0.0.0.0 \
    TIDECAST_JAVA_OPTS="-Dtidecast.console.level=INFO -Djava.io.tmpdir=/var/lib/tidecast"
USER tidecast
WORKDIR /var/lib/tidecast
VOLUME /var/lib/tidecast
EXPOSE 8600
# Ready: every learner restored and the stream flowing. bash asks, since not every JRE image has a web client.
HEALTHCHECK --interval=5s --timeout=3s --start-period=120s --retries=6 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8600 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/opt/tidecast/tidecast"]
CMD ["run"]
