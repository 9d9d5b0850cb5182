package io.p2pmining.cli.options;

import io.p2pmining.common.monero.MoneroAddress;
import java.util.Objects;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Monero addresses that a block can pay its reward to. */
public final class WalletAddress implements ITypeConverter<MoneroAddress> {

  @Override
  public MoneroAddress convert(String word) {
    try {
      return MoneroAddress.parseForMining(word);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          Objects.requireNonNullElse(e.getMessage(), "not a Monero address"));
    }
  }
}
