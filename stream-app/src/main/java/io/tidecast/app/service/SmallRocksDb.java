package io.tidecast.app.service;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/**
 * Keeps the state stores' native memory small: a learner holds its state itself, the stores are
 * only read when it is restored.
 *
 * <p>Public with a public constructor because Kafka Streams makes it.
 */
public final class SmallRocksDb implements RocksDBConfigSetter {
  private static final long WRITE_BUFFER_BYTES = 4L * 1024 * 1024;

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(2);
    if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
      table.setCacheIndexAndFilterBlocks(true);
      options.setTableFormatConfig(table);
    }
  }

  @Override
  public void close(String storeName, Options options) {
    // Nothing native was made here: the options and the cache belong to Kafka Streams.
  }
}
