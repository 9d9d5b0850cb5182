package io.p2pmining.core.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void readsEveryKindOfValue() {
    assertThat(Json.parse(" {\"a\" : [1, -2.5e3 ,true,false, \"x\"],\n\"b\":{}, \"c\":[] } "))
        .isEqualTo(
            Map.of("a", List.of(1.0, -2500.0, true, false, "x"), "b", Map.of(), "c", List.of()));
  }

  @Test
  void readsWhatItQuotes() {
    String hard = "\"\\/\b\f\n\r\t\u0001ü€😀";
    assertThat(Json.parse(Json.quoted(hard))).isEqualTo(hard);
    assertThat(Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00fc\"")).isEqualTo("\"\\/\b\f\n\r\tü");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "[1,",
        "[,]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "tru",
        "null",
        "1 2",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"a\nb\"",
        "--1",
        "{\"a\":1,}",
        "]"
      })
  void refusesWhatIsNotJson(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parse(text))
        .withMessageContaining("at position");
  }
}
