package io.p2pmining.master.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.work.PeerId;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Log records as JSON: what they hold under the names of the records' components, bytes and targets
 * in base 64, times as microseconds since 1970, traces as {@code traceparent}. What a version does
 * not know it passes over, what is missing is null, zero or false, so that a master can take up the
 * log of another version. Safe for use by any thread.
 */
final class LogFormat {

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOS_PER_MICRO = 1000;

  private final ObjectWriter writer;
  private final ObjectReader reader;

  LogFormat() {
    SimpleModule values = new SimpleModule();
    add(values, Bytes.class, (out, value) -> out.writeBinary(value.toArray()), LogFormat::bytes);
    add(
        values,
        Target.class,
        (out, value) -> out.writeBinary(value.toLittleEndian()),
        in -> Target.ofLittleEndian(in.getBinaryValue(Base64Variants.getDefaultVariant())));
    add(
        values,
        TraceContext.class,
        (out, value) -> out.writeString(value.toString()),
        in -> TraceContext.parse(in.getString()).orElse(null));
    add(
        values,
        PeerId.class,
        (out, value) -> out.writeString(value.hex()),
        in -> new PeerId(in.getString()));
    add(
        values,
        Instant.class,
        (out, value) -> out.writeNumber(micros(value)),
        in -> instant(in.getLongValue()));
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(values)
            .changeDefaultPropertyInclusion(
                inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    writer = mapper.writerFor(LogRecord.class);
    reader = mapper.readerFor(LogRecord.class);
  }

  void write(OutputStream out, LogRecord logged) {
    writer.writeValue(out, logged);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws JacksonException if it is something else
   */
  LogRecord read(byte[] bytes, int offset, int length) {
    return reader.readValue(bytes, offset, length);
  }

  private static Bytes bytes(JsonParser in) {
    return Bytes.copyOf(in.getBinaryValue(Base64Variants.getDefaultVariant()));
  }

  private static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND),
        time.getNano() / NANOS_PER_MICRO);
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
  }

  private interface Write<T> {
    void write(JsonGenerator out, T value);
  }

  private interface Read<T> {
    @Nullable T read(JsonParser in);
  }

  private static <T> void add(SimpleModule to, Class<T> type, Write<T> write, Read<T> read) {
    to.addSerializer(
        type,
        new StdSerializer<T>(type) {
          @Override
          public void serialize(T value, JsonGenerator out, SerializationContext context) {
            write.write(out, value);
          }
        });
    to.addDeserializer(
        type,
        new StdDeserializer<T>(type) {
          @Override
          public @Nullable T deserialize(JsonParser in, DeserializationContext context) {
            return read.read(in);
          }
        });
  }
}
