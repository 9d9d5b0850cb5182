package io.p2pmining.benchmarks.compare;

import io.p2pmining.benchmarks.contender.Contender;
import io.p2pmining.benchmarks.contender.HashRun;
import io.p2pmining.benchmarks.contender.InitRun;
import java.util.List;

/** A contender of a known speed; writes down in a common diary when it works. */
final class ScriptedContender implements Contender {

  private final String name;
  private final double rate;
  private final List<String> diary;
  private String pages = "thp";
  private byte firstByte;

  ScriptedContender(String name, double rate, List<String> diary) {
    this.name = name;
    this.rate = rate;
    this.diary = diary;
  }

  ScriptedContender onPages(String label) {
    pages = label;
    return this;
  }

  ScriptedContender hashingTo(int value) {
    firstByte = (byte) value;
    return this;
  }

  @Override
  public String description() {
    return name;
  }

  @Override
  public String pages() {
    return pages;
  }

  @Override
  public InitRun firstInit() {
    return new InitRun(1, 1, 1);
  }

  @Override
  public HashRun hashFor(double seconds) {
    diary.add(name);
    long hashes = (long) (rate * seconds);
    return new HashRun(hashes, seconds, rate, 2 * rate, 8 * hashes);
  }

  @Override
  public InitRun initialise(int threads) {
    diary.add(name + " initialises with " + threads);
    return new InitRun(100 / rate, 1000 / rate / threads, 7);
  }

  @Override
  public byte[] hash(byte[] input) {
    byte[] hash = new byte[32];
    hash[0] = firstByte;
    return hash;
  }

  @Override
  public void close() {
    diary.add(name + " closes");
  }
}
