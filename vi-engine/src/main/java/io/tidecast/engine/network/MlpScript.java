package io.tidecast.engine.network;

import io.tidecast.engine.device.ScriptText;
import java.util.ArrayList;
import java.util.List;

/**
 * TorchScript of fully connected layers: forward, backward, and forward by the sums of the layers.
 * A pass works in a room, arrays and views made once for each number of rows, as a view or an
 * allocation costs as much as a small operation.
 *
 * @param widths of the layers, inputs first, outputs last
 * @param locations outputs that a linear path from the inputs leads to; 0 without one
 */
record MlpScript(List<Integer> widths, Activation activation, int locations) {

  /**
   * The methods. Products for the weights' gradients are made one draw at a time: PyTorch would cut
   * batched ones up, as the gradients of a tensor do not lie one behind the other.
   */
  String text() {
    int layers = widths.size() - 1;
    Room ahead = new Room();
    ahead.with("h0", "x.expand([draws, rows, %d])".formatted(widths.get(0)));
    StringBuilder forward = new StringBuilder();
    for (int l = 0; l < layers; l++) {
      ahead.with("w" + l, "w[%d]".formatted(2 * l));
      ahead.with("b" + l, "w[%d]".formatted(2 * l + 1));
      ahead.withArray("h" + (l + 1), widths.get(l + 1));
      String sum = "torch.baddbmm(b%1$d, h%1$d, w%1$d, out=h%2$d)".formatted(l, l + 1);
      String output = l < layers - 1 ? activation.forward(sum) : sum;
      forward.append("  a%d = %s\n".formatted(l + 1, output));
    }
    Room back = new Room();
    StringBuilder backward = new StringBuilder();
    List<String> products = new ArrayList<>();
    for (int l = layers - 1; l >= 0; l--) {
      back.withArray("d" + (l + 1), widths.get(l + 1));
      back.with("g" + l, "g[%d]".formatted(2 * l + 1));
      backward.append("  s%1$d = torch.sum(d%2$d, [1], True, out=g%1$d)\n".formatted(l, l + 1));
      if (l > 0) {
        back.with("t" + l, "w[%d].transpose(1, 2)".formatted(2 * l));
        backward.append("  e%1$d = torch.bmm(d%2$d, t%1$d, out=d%1$d)\n".formatted(l, l + 1));
        backward.append("  f%d = %s\n".formatted(l, activation.backward("d" + l, "h" + l)));
      }
      products.add(
          "h%d.select(0, m).t(), d%d.select(0, m), g[%d].select(0, m)".formatted(l, l + 1, 2 * l));
    }
    if (locations > 0) {
      // a product of its own is faster than one added in place to a part of a tensor
      ahead.with("skip", "w[%d]".formatted(2 * layers));
      ahead.withArray("straight", locations);
      ahead.with("location", "h%d.narrow(2, 0, %d)".formatted(layers, locations));
      forward.append("  located = location.add_(torch.bmm(h0, skip, out=straight))\n");
      products.add(
          "h0.select(0, m).t(), d%d.select(0, m).narrow(1, 0, %d), g[%d].select(0, m)"
              .formatted(layers, locations, 2 * layers));
    }
    Room apart = new Room();
    StringBuilder sums = sums(apart);
    return ScriptText.resource(MlpScript.class, "mlp.py")
        .replace("LINES_SUMS", apart.lines)
        .replace("NAMES_SUMS", apart.names())
        .replace("SUMS", sums)
        .replace("LINES_AHEAD", ahead.lines)
        .replace("NAMES_AHEAD", ahead.names())
        .replace("COUNT_AHEAD", ahead.count())
        .replace("LINES_BACK", back.lines)
        .replace("NAMES_BACK", back.names())
        .replace("COUNT_BACK", back.count())
        .replace("COUNT_PRODUCTS", String.valueOf(products.size()))
        .replace("PRODUCTS", String.join(", ", products))
        .replace("FORWARD", forward)
        .replace("BACKWARD", backward)
        .replace("OUTPUTS", "h" + layers)
        .replace("SLOPES", "d" + layers);
  }

  /**
   * The pass that draws the sums of the layers instead of the weights: makes {@code room}, returns
   * what runs in it. The local reparameterisation of Kingma, Salimans and Welling (2015), section
   * 2.2: a few normals for each unit instead of one for each weight.
   */
  private StringBuilder sums(Room room) {
    int layers = widths.size() - 1;
    StringBuilder run = new StringBuilder();
    room.with("f0", "x");
    int normals = 0;
    for (int l = 0; l < layers; l++) {
      int width = widths.get(l + 1);
      String repeats = l == 0 ? "1" : "draws";
      for (String part : List.of("mean", "variance")) {
        String name = part.substring(0, 1);
        room.with(name + "w" + l, "%s[%d].select(0, 0)".formatted(part, 2 * l));
        room.with(name + "b" + l, "%s[%d].select(0, 0)".formatted(part, 2 * l + 1));
        room.with(name + l, "x.new_zeros([%s, rows, %d])".formatted(repeats, width));
        room.with(name + "f" + l, "%s%d.view([-1, %d])".formatted(name, l, width));
        room.with(
            name + "up" + l, "%s%d.narrow(0, 0, %s)".formatted(name, l, l == 0 ? "1" : "pairs"));
        room.with(
            name + "down" + l,
            "%s%d.narrow(0, %s)".formatted(name, l, l == 0 ? "0, 1" : "pairs, pairs"));
      }
      room.with("z" + l, "normals.narrow(2, %d, %d)".formatted(normals, width));
      room.with("q" + l, "torch.zeros_like(f%d)".formatted(l));
      room.withArray("h" + (l + 1), width);
      room.with("up" + l, "h%d.narrow(0, 0, pairs)".formatted(l + 1));
      room.with("down" + l, "h%d.narrow(0, pairs, pairs)".formatted(l + 1));
      room.with("f" + (l + 1), "h%d.view([-1, %d])".formatted(l + 1, width));
      normals += width;
      run.append(
          """
            s%1$d = torch.addmm(mb%1$d, f%1$d, mw%1$d, out=mf%1$d)
            s%1$d = torch.addmm(vb%1$d, torch.square(f%1$d, out=q%1$d), vw%1$d, out=vf%1$d)
          """
              .formatted(l));
      if (l == layers - 1 && locations > 0) {
        for (String part : List.of("mean", "variance")) {
          String name = part.substring(0, 1);
          room.with(name + "skip", "%s[%d].select(0, 0)".formatted(part, 2 * layers));
          room.with(name + "straight", "x.new_zeros([rows, %d])".formatted(locations));
          room.with(name + "location", "%s%d.narrow(2, 0, %d)".formatted(name, l, locations));
          run.append(
              "  %1$ss = %1$slocation.add_(torch.mm(%2$s, %1$sskip, out=%1$sstraight))\n"
                  .formatted(name, part.equals("mean") ? "f0" : "q0"));
        }
      }
      run.append(
          """
            d%1$d = torch.sqrt_(v%1$d)
            u%1$d = torch.addcmul(mup%1$d, vup%1$d, z%1$d, out=up%1$d)
            u%1$d = torch.addcmul(mdown%1$d, vdown%1$d, z%1$d, value=-1., out=down%1$d)
          """
              .formatted(l));
      if (l < layers - 1) {
        run.append("  a%d = %s\n".formatted(l, activation.forward("h" + (l + 1))));
      }
    }
    return run;
  }

  /** TorchScript that makes arrays and views, and their names in order. */
  private static final class Room {
    private final StringBuilder lines = new StringBuilder();
    private final List<String> names = new ArrayList<>();

    void with(String name, String value) {
      lines.append("  %s = %s\n".formatted(name, value));
      names.add(name);
    }

    /** An array [M, B, width]. */
    void withArray(String name, int width) {
      with(name, "x.new_zeros([draws, rows, %d])".formatted(width));
    }

    String names() {
      return String.join(", ", names);
    }

    String count() {
      return String.valueOf(names.size());
    }
  }
}
