package io.tidecast.bench.chaos;

import io.tidecast.bench.cluster.Instance;
import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.PlatformProcess;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** Does what the faults say, and puts everything up again. */
final class FaultInjector {
  private static final int OUTAGE_SECONDS = 5;
  private static final int PAUSE_SECONDS = 10;
  private static final int FULL_DISK_SECONDS = 6;
  private static final int SNAPSHOT_POLL_MILLIS = 5;

  private final LocalPlatform platform;
  private final Run run;
  private final List<Instance> instances;
  private final Random random;

  FaultInjector(LocalPlatform platform, Run run, List<Instance> instances, Random random) {
    this.platform = platform;
    this.run = run;
    this.instances = instances;
    this.random = random;
  }

  /** Injects a fault and returns when its cause is gone; the instances may still be recovering. */
  void inject(Fault fault) throws InterruptedException {
    Instance victim = instances.get(random.nextInt(instances.size()));
    switch (fault) {
      case KILLED_WHILE_LEARNING -> victim.kill();
      case KILLED_WHILE_RESTORING -> killWhileRestoring(victim);
      case KILLED_WHILE_SNAPSHOTTING -> killWhileSnapshotting();
      case ALL_INSTANCES_KILLED -> {
        for (Instance instance : instances) {
          instance.kill();
        }
      }
      case BROKER_KILLED -> outage(platform.brokers().get(random.nextInt(3)));
      case BROKERS_RESTARTED -> {
        platform.brokers().forEach(PlatformProcess::kill);
        platform.startBrokers();
      }
      case REGISTRY_KILLED -> outage(platform.registry());
      case REGISTRY_DOWN_AT_START -> {
        platform.registry().kill();
        victim.kill();
        victim.start();
        TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
        platform.registry().start();
      }
      case PAUSED -> {
        victim.pause();
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        victim.goOn();
      }
      case STATE_DELETED -> {
        victim.kill();
        victim.deleteState();
      }
      case STATE_CORRUPTED -> {
        victim.kill();
        victim.corruptState(random);
      }
      case DISK_FULL -> {
        victim.limitFiles("0:unlimited");
        TimeUnit.SECONDS.sleep(FULL_DISK_SECONDS);
        if (victim.isAlive()) {
          victim.limitFiles("unlimited");
        }
      }
      case INSTANCES_SWAPPED -> {
        for (Instance instance : instances) {
          instance.stop();
        }
        Instance.swapState(instances.get(0), instances.get(1));
      }
    }
    instances.forEach(Instance::start);
  }

  private static void outage(PlatformProcess server) throws InterruptedException {
    server.kill();
    TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
    server.start();
  }

  /** Killed a moment after its stream has begun to gather state, which it has to read anew. */
  private void killWhileRestoring(Instance victim) throws InterruptedException {
    victim.kill();
    victim.deleteState();
    long before = victim.lines("CREATED -> REBALANCING");
    victim.start();
    Run.await(
        () -> victim.lines("CREATED -> REBALANCING") > before || !victim.isAlive(),
        () -> {},
        "restoring begun");
    TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
    victim.kill();
  }

  /** All are killed at the first new chunk, since from outside nobody knows whose it is. */
  private void killWhileSnapshotting() throws InterruptedException {
    try (Admin admin = Admin.create(run.config().clientProperties())) {
      long before = run.snapshotEnd(admin);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (run.snapshotEnd(admin) <= before && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(SNAPSHOT_POLL_MILLIS);
      }
    }
    for (Instance instance : instances) {
      instance.kill();
    }
  }
}
