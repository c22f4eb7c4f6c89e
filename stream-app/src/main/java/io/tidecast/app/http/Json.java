package io.tidecast.app.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** JSON as the interface writes it: what is not a finite number is null. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(Double.class, new Scalar())
                  .addSerializer(double.class, new Scalar())
                  .addSerializer(double[].class, new Doubles())
                  .addSerializer(float[].class, new Floats()));

  private Json() {}

  static String of(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value.getClass() + " as JSON", e);
    }
  }

  private static void write(double v, JsonGenerator out) throws IOException {
    if (Double.isFinite(v)) {
      out.writeNumber(v);
    } else {
      out.writeNull();
    }
  }

  private static final class Scalar extends JsonSerializer<Double> {
    @Override
    public void serialize(Double v, JsonGenerator out, SerializerProvider p) throws IOException {
      write(v, out);
    }
  }

  private static final class Doubles extends JsonSerializer<double[]> {
    @Override
    public void serialize(double[] values, JsonGenerator out, SerializerProvider p)
        throws IOException {
      out.writeStartArray();
      for (double v : values) {
        write(v, out);
      }
      out.writeEndArray();
    }
  }

  private static final class Floats extends JsonSerializer<float[]> {
    @Override
    public void serialize(float[] values, JsonGenerator out, SerializerProvider p)
        throws IOException {
      out.writeStartArray();
      for (float v : values) {
        if (Float.isFinite(v)) {
          out.writeNumber(v);
        } else {
          out.writeNull();
        }
      }
      out.writeEndArray();
    }
  }
}
