"""Produces observations of one series and prints the forecasts that come back."""

import io
import math
import random
import struct
import sys
import time
import uuid

import avro.io
import avro.schema
import requests
from confluent_kafka import Consumer, Producer

MINUTE = 60_000
PATIENCE = 60


class Registry:
    """Schemas of a Confluent-compatible registry, each fetched once."""

    def __init__(self, url):
        self.url = url.rstrip("/")
        self.by_id = {}

    def latest(self, subject):
        found = self.get(f"/subjects/{subject}/versions/latest")
        return found["id"], self.schema(found["id"])

    def schema(self, number):
        if number not in self.by_id:
            self.by_id[number] = avro.schema.parse(self.text(number))
        return self.by_id[number]

    def text(self, number):
        return self.get(f"/schemas/ids/{number}")["schema"]

    def get(self, path):
        answer = requests.get(self.url + path, timeout=10)
        answer.raise_for_status()
        return answer.json()


def encode(number, schema, value):
    out = io.BytesIO()
    out.write(struct.pack(">bI", 0, number))
    avro.io.DatumWriter(schema).write(value, avro.io.BinaryEncoder(out))
    return out.getvalue()


def decode(registry, data):
    magic, number = struct.unpack(">bI", data[:5])
    if magic != 0:
        raise ValueError("not in the Confluent wire format")
    return avro.io.DatumReader(registry.schema(number)).read(avro.io.BinaryDecoder(io.BytesIO(data[5:])))


def produce(brokers, registry, series, n):
    number, schema = registry.latest("observations-value")
    producer = Producer({"bootstrap.servers": brokers, "enable.idempotence": True})
    start = int(time.time() * 1000) // MINUTE * MINUTE - n * MINUTE
    for t in range(n):
        observation = {
            "seriesId": series,
            "timestamp": start + t * MINUTE,
            "value": 10 + math.sin(t / 10) + random.gauss(0, 0.1),  # None: measured as missing
            "covariates": [],
            "knownFuture": [],
        }
        # The series id is the key: records of one series must share a partition.
        producer.produce("observations", key=series, value=encode(number, schema, observation))
        producer.poll(0)
    producer.flush()


def line(forecast):
    levels = forecast["quantileLevels"]
    quantiles = forecast["leadTimes"][0]["quantiles"]
    at = lambda level: quantiles[levels.index(level)]
    issued = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(forecast["issuedAt"] / 1000))
    warming = " (warming up)" if forecast["warmingUp"] else ""
    return f"{forecast['seriesId']} at {issued}: next {at(0.5):.3f}, 90 % band {at(0.05):.3f} to {at(0.95):.3f}{warming}"


def main(brokers, registry_url, series, wanted):
    registry = Registry(registry_url)
    consumer = Consumer({
        "bootstrap.servers": brokers,
        "group.id": f"forecast-client-{uuid.uuid4()}",
        "auto.offset.reset": "latest",
        "isolation.level": "read_committed",  # or one reads forecasts whose transaction was rolled back
    })
    assigned = []
    consumer.subscribe(["forecasts"], on_assign=lambda c, partitions: assigned.extend(partitions))
    while not assigned:
        consumer.poll(0.2)
    produce(brokers, registry, series, wanted + 10)
    seen = 0
    deadline = time.monotonic() + PATIENCE
    while seen < wanted:
        if time.monotonic() > deadline:
            sys.exit(f"{seen} of {wanted} forecasts after {PATIENCE} s: is the service running?")
        record = consumer.poll(0.2)
        if record is None or record.error() or record.key().decode() != series:
            continue
        seen += 1
        print(line(decode(registry, record.value())))
    consumer.close()


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit("usage: forecast_client.py BROKERS REGISTRY SERIES FORECASTS")
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
