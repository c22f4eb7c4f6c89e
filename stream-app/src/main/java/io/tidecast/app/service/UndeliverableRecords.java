package io.tidecast.app.service;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;

/**
 * Says which record could not be written, and what to do. Nothing is ever skipped: a forecast or a
 * piece of state left out would break exactly-once.
 *
 * <p>Public with a public constructor because Kafka Streams makes it.
 */
public final class UndeliverableRecords implements ProductionExceptionHandler {
  @Override
  public Response handleError(
      ErrorHandlerContext context,
      @Nullable ProducerRecord<byte[], byte[]> record,
      Exception exception) {
    if (record != null && exception instanceof RecordTooLargeException) {
      throw new StreamsException(tooLarge(record, exception));
    }
    return Response.fail();
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing to set.
  }

  static RecordTooLargeException tooLarge(ProducerRecord<byte[], byte[]> record, Exception cause) {
    return new RecordTooLargeException(
        ("topic '%s': a record of %,d bytes is larger than the producer or the topic allows: raise"
                + " kafka.producer.max.request.size and the topic's max.message.bytes, or lower"
                + " forecast.horizon (%s)")
            .formatted(record.topic(), size(record), cause.getMessage()),
        cause);
  }

  private static int size(ProducerRecord<byte[], byte[]> record) {
    return (record.key() == null ? 0 : record.key().length)
        + (record.value() == null ? 0 : record.value().length);
  }
}
