package io.p2pmining.master.api;

import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.posting.Postings;
import java.math.BigInteger;
import java.time.Instant;

/** A finite job as a client asks for it, every field judged. */
record JobOrder(
    String algorithm,
    Bytes blob,
    Bytes seedHash,
    int nonceOffset,
    NonceRange range,
    Target target,
    FiniteTerms terms) {

  /** As much as a frame to a worker holds with room to spare; ten times the largest of Monero. */
  static final int MAX_BLOB_BYTES = 4096;

  private static final long MAX_STOP_AFTER = 1_000_000_000;
  private static final BigInteger MAX_DIFFICULTY =
      BigInteger.TWO.pow(8 * Target.LENGTH).subtract(BigInteger.ONE);
  private static final String DIFFICULTY = "must be a whole number from 1 to 2^256-1";

  /**
   * Reads the fields of a job, and no others.
   *
   * @throws BadParameterException naming the first field that is wrong
   */
  static JobOrder read(Fields fields, PowAlgorithms algorithms) {
    PowAlgorithm algorithm = algorithm(fields, algorithms);
    Bytes blob = fields.hex("blob", Job.NONCE_BYTES, MAX_BLOB_BYTES);
    Bytes seedHash = seedHash(fields, algorithm);
    int nonceOffset =
        (int) fields.integer("nonceOffset", 0, (long) blob.length() - Job.NONCE_BYTES);
    NonceRange range = range(fields);
    Target target = target(fields);
    Target shareTarget = shareTarget(fields, target);
    long stopAfterShares = fields.integer("stopAfterShares", 1, MAX_STOP_AFTER, 0);
    int priority =
        (int)
            fields.integer(
                "priority",
                FiniteTerms.LOWEST_PRIORITY,
                FiniteTerms.HIGHEST_PRIORITY,
                FiniteTerms.DEFAULT_PRIORITY);
    fields.refuseOthers();
    return new JobOrder(
        algorithm.name(),
        blob,
        seedHash,
        nonceOffset,
        range,
        target,
        new FiniteTerms(priority, shareTarget, stopAfterShares));
  }

  private static PowAlgorithm algorithm(Fields fields, PowAlgorithms algorithms) {
    String requirement = "must be one of " + String.join(", ", algorithms.names());
    String name = fields.text("algorithm", requirement);
    return algorithms
        .find(name)
        .orElseThrow(() -> new BadParameterException("algorithm", name, requirement));
  }

  private static Bytes seedHash(Fields fields, PowAlgorithm algorithm) {
    if (algorithm.maxSeedLength() > 0) {
      return fields.hex("seedHash", 1, algorithm.maxSeedLength());
    }
    if (fields.has("seedHash")) {
      throw BadParameterException.superfluous("seedHash", algorithm.name() + " has no key");
    }
    return Bytes.EMPTY;
  }

  /** The range that a request names. */
  static NonceRange range(Fields fields) {
    long start = fields.integer("nonceStart", 0, NonceRange.LIMIT - 1);
    return new NonceRange(start, fields.integer("nonceCount", 1, NonceRange.LIMIT - start));
  }

  private static Target target(Fields fields) {
    if (fields.has("target") && fields.has("difficulty")) {
      throw BadParameterException.superfluous("difficulty", "target says the same; give one");
    }
    if (fields.has("difficulty")) {
      return difficulty(fields, "difficulty");
    }
    if (!fields.has("target")) {
      throw BadParameterException.missing(
          "target", "must be 32 bytes in hex, or there must be a difficulty");
    }
    Bytes target = fields.hex("target", Target.LENGTH, Target.LENGTH);
    try {
      return Target.ofLittleEndian(target.toArray());
    } catch (IllegalArgumentException e) {
      throw new BadParameterException(
          "target", target.toHex(), "must not be zero: no hash meets that");
    }
  }

  private static Target difficulty(Fields fields, String name) {
    BigInteger difficulty = fields.bigInteger(name, DIFFICULTY);
    if (difficulty.signum() <= 0 || difficulty.compareTo(MAX_DIFFICULTY) > 0) {
      throw new BadParameterException(name, difficulty.toString(), DIFFICULTY);
    }
    return Target.forDifficulty(difficulty);
  }

  private static Target shareTarget(Fields fields, Target target) {
    if (!fields.has("shareDifficulty")) {
      return target;
    }
    Target shareTarget = difficulty(fields, "shareDifficulty");
    if (shareTarget.difficulty().compareTo(target.difficulty()) > 0) {
      throw new BadParameterException(
          "shareDifficulty",
          shareTarget.difficulty().toString(),
          "must not be above the job's difficulty, or what is looked for would be thrown away");
    }
    return shareTarget;
  }

  /**
   * The job.
   *
   * @param trace that of the request
   */
  Job job(String id, Instant now, TraceContext trace) {
    return new Job(
        id,
        Postings.SOURCE,
        algorithm,
        blob,
        nonceOffset,
        range,
        seedHash,
        Bytes.EMPTY,
        target,
        0,
        Bytes.EMPTY,
        now,
        terms,
        trace);
  }
}
