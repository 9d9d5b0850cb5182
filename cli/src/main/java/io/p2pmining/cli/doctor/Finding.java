package io.p2pmining.cli.doctor;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What a check found. The names are an interface that scripts rely on.
 *
 * @param name of the check
 * @param level how bad it is
 * @param finding what was found
 * @param remedy what to do about it; empty if nothing is to be done
 */
@JsonPropertyOrder({"name", "level", "finding", "remedy"})
record Finding(String name, Level level, String finding, String remedy) {

  static Finding ok(String name, String finding) {
    return new Finding(name, Level.OK, finding, "");
  }

  static Finding warn(String name, String finding, String remedy) {
    return new Finding(name, Level.WARN, finding, remedy);
  }

  static Finding fail(String name, String finding, String remedy) {
    return new Finding(name, Level.FAIL, finding, remedy);
  }
}
