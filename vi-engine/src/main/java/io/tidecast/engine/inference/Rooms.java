package io.tidecast.engine.inference;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The rooms used last, by their sizes; older ones are freed, as mini-batches that a timer cuts may
 * have any size. Not thread-safe.
 */
final class Rooms<K, R extends Rooms.Room> implements AutoCloseable {
  private static final int KEPT = 8;

  /** Native memory for calls of one size. */
  interface Room extends AutoCloseable {
    @Override
    void close();
  }

  private final Map<K, R> rooms = new LinkedHashMap<>(KEPT, .75f, true);
  private final Function<K, R> maker;

  Rooms(Function<K, R> maker) {
    this.maker = maker;
  }

  /** The room of a size, made anew where it is not kept. */
  R of(K size) {
    R room = rooms.get(size);
    if (room == null) {
      if (rooms.size() == KEPT) {
        Iterator<R> eldest = rooms.values().iterator();
        eldest.next().close();
        eldest.remove();
      }
      room = maker.apply(size);
      rooms.put(size, room);
    }
    return room;
  }

  @Override
  public void close() {
    rooms.values().forEach(Room::close);
    rooms.clear();
  }
}
