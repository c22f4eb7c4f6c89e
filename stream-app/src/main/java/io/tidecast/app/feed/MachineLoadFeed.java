package io.tidecast.app.feed;

import java.time.Duration;
import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.NetworkIF;

/**
 * This machine's own load: CPU and memory in percent, disk and network traffic in megabytes per
 * second.
 */
public final class MachineLoadFeed implements Feed {
  /** Time from one reading to the next. */
  public static final Duration INTERVAL = Duration.ofMillis(250);

  private static final double MEGABYTE = 1e6;

  private final CentralProcessor processor;
  private final GlobalMemory memory;
  private final List<HWDiskStore> disks;
  private final List<NetworkIF> networks;
  private long[] ticks;
  private long diskBytes;
  private long networkBytes;
  private long tick;

  public MachineLoadFeed() {
    SystemInfo system = ThisMachine.system();
    processor = system.getHardware().getProcessor();
    memory = system.getHardware().getMemory();
    disks = system.getHardware().getDiskStores();
    networks = system.getHardware().getNetworkIFs(true);
    ticks = processor.getSystemCpuLoadTicks();
    diskBytes = diskBytes();
    networkBytes = networkBytes();
    tick = System.currentTimeMillis() / INTERVAL.toMillis();
  }

  /** The series. */
  public static List<String> series() {
    return List.of("cpu", "memory", "disk", "network");
  }

  /**
   * Waits for the next whole interval of the clock; intervals missed while nobody asked are left
   * out.
   */
  @Override
  public List<Reading> next() throws InterruptedException {
    long millis = INTERVAL.toMillis();
    long due = Math.max(tick + 1, System.currentTimeMillis() / millis);
    long wait = due * millis - System.currentTimeMillis();
    if (wait > 0) {
      Thread.sleep(wait);
    }
    double seconds = (due - tick) * millis / 1000.0;
    tick = due;

    double cpu = 100 * processor.getSystemCpuLoadBetweenTicks(ticks);
    ticks = processor.getSystemCpuLoadTicks();
    double used = 100.0 * (memory.getTotal() - memory.getAvailable()) / memory.getTotal();
    long disk = diskBytes();
    long network = networkBytes();
    double diskRate = Math.max(0, disk - diskBytes) / MEGABYTE / seconds;
    double networkRate = Math.max(0, network - networkBytes) / MEGABYTE / seconds;
    diskBytes = disk;
    networkBytes = network;

    long timestamp = due * millis;
    return List.of(
        new Reading("cpu", timestamp, cpu),
        new Reading("memory", timestamp, used),
        new Reading("disk", timestamp, diskRate),
        new Reading("network", timestamp, networkRate));
  }

  private long diskBytes() {
    long sum = 0;
    for (HWDiskStore disk : disks) {
      disk.updateAttributes();
      sum += disk.getReadBytes() + disk.getWriteBytes();
    }
    return sum;
  }

  private long networkBytes() {
    long sum = 0;
    for (NetworkIF network : networks) {
      network.updateAttributes();
      sum += network.getBytesRecv() + network.getBytesSent();
    }
    return sum;
  }

  @Override
  public void close() {
    // Oshi reads the operating system's own counters; nothing is held open.
  }
}
