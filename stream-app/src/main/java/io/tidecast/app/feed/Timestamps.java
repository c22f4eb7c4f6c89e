package io.tidecast.app.feed;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads the time stamps that CSV files carry: {@code 2016-07-01 00:00:00}, {@code
 * 2016-07-01T00:00:00Z}, {@code 2016/07/01 0:00}, {@code 2016-07-01}, or a number of seconds or
 * milliseconds since the epoch.
 *
 * <p>In the hour that a clock set back shows twice, a time is the first of the two until the
 * readings have gone past it, then the second. A time that a clock set forward skipped is moved on
 * by what was skipped. Not thread-safe.
 */
final class Timestamps {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  /** Numbers beyond this are milliseconds: as seconds they would lie after the year 5000. */
  private static final double MOST_SECONDS = 1e11;

  private static final DateTimeFormatter TEXT =
      new DateTimeFormatterBuilder()
          .appendPattern("[yyyy-M-d][yyyy/M/d][d.M.yyyy]['T'][ ][H:mm[:ss]]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[ ][XXX][XX][X]")
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .toFormatter(Locale.ROOT);

  private final ZoneId zone;
  private long newest = Long.MIN_VALUE;

  /**
   * A reader of time stamps.
   *
   * @param zone zone of time stamps that name none
   */
  Timestamps(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Milliseconds since the epoch.
   *
   * @throws IllegalArgumentException if the text is no time stamp
   */
  long parse(String text) {
    String t = text.trim();
    if (NUMBER.matcher(t).matches()) {
      double number = Double.parseDouble(t);
      return Math.abs(number) >= MOST_SECONDS ? Math.round(number) : Math.round(number * 1000);
    }
    try {
      TemporalAccessor parsed = TEXT.parseBest(t, OffsetDateTime::from, LocalDateTime::from);
      return parsed instanceof OffsetDateTime o
          ? o.toInstant().toEpochMilli()
          : inZone((LocalDateTime) parsed);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no time stamp: expected e.g. 2016-07-01 00:00:00, 2016-07-01T00:00:00Z or seconds since 1970"
              .formatted(text),
          e);
    }
  }

  private long inZone(LocalDateTime local) {
    ZonedDateTime first = local.atZone(zone).withEarlierOffsetAtOverlap();
    long time = first.toInstant().toEpochMilli();
    if (time <= newest) {
      time = first.withLaterOffsetAtOverlap().toInstant().toEpochMilli();
    }
    newest = Math.max(newest, time);
    return time;
  }

  /** Time stamps that name no zone are UTC. */
  static Timestamps utc() {
    return new Timestamps(ZoneOffset.UTC);
  }
}
