package io.tidecast.engine.inference;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A TorchScript file with parameters, as {@code torch.jit.save} would write it for nn.Linear. */
final class ModuleArchive {
  private ModuleArchive() {}

  private static final String CODE =
      """
      class Linear(Module):
        __parameters__ = ["weight", "bias", ]
        __buffers__ = []
        weight : Tensor
        bias : Tensor
        training : bool
        def forward(self: __torch__.Linear, x: Tensor) -> Tensor:
          return torch.linear(x, self.weight, self.bias)
      """;

  /** A linear layer with these weights [outputs, inputs] and biases of zero. */
  static byte[] linear(int inputs, int outputs, float[] weight) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", pickle(inputs, outputs));
      store(zip, "data/0", floats(weight));
      store(zip, "data/1", floats(new float[outputs]));
      store(zip, "code/__torch__.py", CODE.getBytes(StandardCharsets.UTF_8));
      store(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      store(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
      store(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static byte[] pickle(int inputs, int outputs) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x80, 2});
    ascii(out, "c__torch__\nLinear\n)");
    out.write(0x81);
    ascii(out, "}(");
    text(out, "training");
    out.write(0x88);
    text(out, "weight");
    tensor(out, "0", outputs, inputs);
    text(out, "bias");
    tensor(out, "1", outputs);
    ascii(out, "ub.");
    return out.toByteArray();
  }

  /** {@code torch._utils._rebuild_tensor_v2(storage, 0, size, stride, True, OrderedDict())}. */
  private static void tensor(ByteArrayOutputStream out, String key, int... size)
      throws IOException {
    int count = 1;
    for (int n : size) {
      count *= n;
    }
    ascii(out, "ctorch._utils\n_rebuild_tensor_v2\n((");
    text(out, "storage");
    ascii(out, "ctorch\nFloatStorage\n");
    text(out, key);
    text(out, "cpu");
    number(out, count);
    ascii(out, "tQ");
    number(out, 0);
    ascii(out, "(");
    for (int n : size) {
      number(out, n);
    }
    ascii(out, "t(");
    for (int i = 0; i < size.length; i++) {
      number(out, i == size.length - 1 ? 1 : size[size.length - 1]);
    }
    ascii(out, "t");
    out.write(0x88);
    ascii(out, "ccollections\nOrderedDict\n)RtR");
  }

  private static void ascii(ByteArrayOutputStream out, String opcodes) throws IOException {
    out.write(opcodes.getBytes(StandardCharsets.US_ASCII));
  }

  private static void text(ByteArrayOutputStream out, String text) throws IOException {
    out.write('X');
    out.write(little(text.length()));
    ascii(out, text);
  }

  private static void number(ByteArrayOutputStream out, int number) throws IOException {
    out.write('J');
    out.write(little(number));
  }

  private static byte[] little(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }

  private static byte[] floats(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("model/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
