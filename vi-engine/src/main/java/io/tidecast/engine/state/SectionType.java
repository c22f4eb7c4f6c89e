package io.tidecast.engine.state;

/** What a section of a state holds; the codes are part of the format and never change meaning. */
enum SectionType {
  INT(1),
  LONG(2),
  DOUBLE(3),
  BOOLEAN(4),
  STRING(5),
  BYTES(6),
  FLOATS(7),
  DOUBLES(8),
  INTS(9),
  LONGS(10),
  STATE(11);

  private final int code;

  SectionType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static SectionType ofCode(int code, String section) {
    for (SectionType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new UnreadableStateException(
        "state section '" + section + "' has unknown type code " + code + ", known are 1..11");
  }
}
