package io.p2pmining.worker.work;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.p2pmining.common.connection.MessageRules;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * How a checkpoint is written, numbers in network byte order:
 *
 * <pre>
 * "P2PMCHK1"   u32 CRC-32C of all that follows
 * u8 1, 16 bytes master | u8 0      i64 milliseconds since 1970
 * u16 units    of each: i64 searched   u16 shares   i32 nonce of each   i32 length   AssignedUnit
 * u16 results  of each: i32 length   WorkunitResult
 * </pre>
 */
final class CheckpointFormat {

  private static final byte[] MAGIC = "P2PMCHK1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = MAGIC.length + Integer.BYTES;

  private CheckpointFormat() {}

  static byte[] write(Checkpoint checkpoint) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      NodeId master = checkpoint.master();
      out.writeBoolean(master != null);
      if (master != null) {
        out.write(master.toByteString().toByteArray());
      }
      out.writeLong(checkpoint.takenAt().toEpochMilli());
      out.writeShort(checkpoint.units().size());
      for (SavedUnit unit : checkpoint.units()) {
        out.writeLong(unit.searched());
        out.writeShort(unit.found().size());
        for (int nonce : unit.found()) {
          out.writeInt(nonce);
        }
        write(out, unit.unit());
      }
      out.writeShort(checkpoint.results().size());
      for (WorkunitResult result : checkpoint.results()) {
        write(out, result);
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
    return withHeader(bytes.toByteArray());
  }

  private static void write(DataOutputStream out, MessageLite message) throws IOException {
    byte[] bytes = message.toByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] withHeader(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.writeInt(checksum(body, 0));
      out.write(body);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static int checksum(byte[] bytes, int offset) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, offset, bytes.length - offset);
    return (int) checksum.getValue();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is anything else; the message says what
   */
  static Checkpoint read(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || !startsWithMagic(bytes)) {
      throw new IllegalArgumentException("it is no checkpoint of this version");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.skipNBytes(MAGIC.length);
      if (in.readInt() != checksum(bytes, HEADER_BYTES)) {
        throw new IllegalArgumentException("its checksum is wrong");
      }
      return readBody(in);
    } catch (IOException | ProtocolException e) {
      throw new IllegalArgumentException("it makes no sense (" + e.getMessage() + ")", e);
    }
  }

  private static boolean startsWithMagic(byte[] bytes) {
    return Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  private static Checkpoint readBody(DataInputStream in) throws IOException, ProtocolException {
    NodeId master =
        in.readBoolean() ? NodeId.of(ByteString.copyFrom(readBytes(in, NodeId.LENGTH))) : null;
    Instant takenAt = Instant.ofEpochMilli(in.readLong());
    List<SavedUnit> units = new ArrayList<>();
    for (int count = in.readUnsignedShort(); units.size() < count; ) {
      units.add(readUnit(in));
    }
    List<WorkunitResult> results = new ArrayList<>();
    for (int count = in.readUnsignedShort(); results.size() < count; ) {
      WorkunitResult result = WorkunitResult.parseFrom(readMessage(in));
      MessageRules.check(result);
      results.add(result);
    }
    return new Checkpoint(master, takenAt, units, results);
  }

  private static SavedUnit readUnit(DataInputStream in) throws IOException, ProtocolException {
    long searched = in.readLong();
    Set<Integer> found = new HashSet<>();
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      found.add(in.readInt());
    }
    AssignedUnit unit = AssignedUnit.parseFrom(readMessage(in));
    MessageRules.check(WorkunitAssign.newBuilder().addUnits(unit).build());
    return new SavedUnit(unit, searched, found);
  }

  private static byte[] readMessage(DataInputStream in) throws IOException {
    return readBytes(in, in.readInt());
  }

  private static byte[] readBytes(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new InvalidProtocolBufferException("a part is missing");
    }
    return in.readNBytes(length);
  }
}
