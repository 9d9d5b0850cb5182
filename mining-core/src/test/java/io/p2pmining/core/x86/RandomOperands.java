package io.p2pmining.core.x86;

import io.p2pmining.core.x86.VectorRegister.Width;
import java.util.random.RandomGenerator;

/** Operands drawn by chance, those at the edges of an encoding more often than others. */
final class RandomOperands implements Operands {

  private final RandomGenerator random;

  RandomOperands(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Gpr gpr() {
    return Gpr.of(random.nextInt(16));
  }

  @Override
  public VectorRegister vector(Width width, int count) {
    return new VectorRegister(random.nextInt(count), width);
  }

  @Override
  public boolean inMemory() {
    return random.nextBoolean();
  }

  @Override
  public Address address(int bytes) {
    int displacement =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> bytes * (random.nextInt(-129, 130) >> random.nextInt(8));
          case 2 -> random.nextInt(-130, 131);
          default -> random.nextInt();
        };
    int shape = random.nextInt(8);
    if (shape == 0) {
      return Address.of(new Label()).plus(displacement);
    }
    Gpr base = gpr();
    Gpr index = gpr();
    if (shape < 4 || index == Gpr.RSP) {
      return Address.at(base, displacement);
    }
    return Address.at(base, index, 1 << random.nextInt(4), displacement);
  }

  @Override
  public int immediate8() {
    return random.nextInt(256);
  }

  @Override
  public int immediate32() {
    return random.nextInt() >> random.nextInt(32);
  }

  @Override
  public long immediate64() {
    return random.nextLong() >> random.nextInt(64);
  }
}
