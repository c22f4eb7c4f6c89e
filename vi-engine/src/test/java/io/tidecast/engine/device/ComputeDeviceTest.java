package io.tidecast.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ComputeDeviceTest {
  @Test
  void the_description_is_one_line_with_device_and_versions() {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false)) {
      assertThat(device.description())
          .contains("device cpu", "PyTorch 2.", "DJL 0.", "1 thread", "Java ")
          .doesNotContain("\n");
    }
  }

  @Test
  void a_required_gpu_that_is_not_there_stops_the_start() {
    assumeTrue(Engine.getEngine("PyTorch").getGpuCount() == 0, "this machine has a GPU");
    for (DeviceChoice choice : DeviceChoice.values()) {
      assertThatThrownBy(() -> ComputeDevice.open(choice, true))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("GPU is required");
    }
    assertThatThrownBy(() -> ComputeDevice.open(DeviceChoice.GPU, false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("set the device to 'cpu'");
  }

  @Test
  @Tag("gpu")
  void auto_takes_the_gpu_where_there_is_one() {
    assumeTrue(
        Engine.getEngine("PyTorch").getGpuCount() > 0,
        "skipped: PyTorch finds no GPU on this machine");
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.AUTO, true)) {
      assertThat(device.isGpu()).isTrue();
    }
  }

  @Test
  void the_lease_is_held_by_one_thread_at_a_time_and_waiting_is_counted() throws Exception {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false)) {
      AtomicBoolean entered = new AtomicBoolean();
      CountDownLatch started = new CountDownLatch(1);
      Thread other;
      try (Lease first = device.lease();
          Lease again = device.lease()) {
        assertThat(again.waitedNanos()).isNotNegative();
        other =
            new Thread(
                () -> {
                  started.countDown();
                  try (Lease second = device.lease()) {
                    entered.set(second.waitedNanos() > 0);
                  }
                });
        other.start();
        started.await();
        while (other.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
        assertThat(entered).isFalse();
      }
      other.join();
      assertThat(entered).isTrue();
      assertThat(device.totalWaitNanos()).isPositive();
    }
  }

  @Test
  void closing_a_scope_frees_its_arrays() {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false)) {
      int before = device.liveArrays();
      try (TensorScope scope = device.newScope()) {
        scope.zeros(3);
        scope.of(new float[] {1, 2}, 2);
        assertThat(device.liveArrays()).isEqualTo(before + 2);
      }
      assertThat(device.liveArrays()).isEqualTo(before);
    }
  }

  @Test
  void warming_up_leaves_nothing_behind() {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false)) {
      device.warmUp();
      assertThat(device.liveArrays()).isZero();
    }
  }
}
