package io.p2pmining.service.reference;

import io.p2pmining.common.settings.Live;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A setting as the compiler found it.
 *
 * @param component of the settings record; empty for what is read without one
 */
public record DescribedSetting(
    String name, String defaultValue, Optional<RecordComponent> component) {

  private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

  /** All settings of this module, by name. */
  static Map<String, DescribedSetting> all() throws IOException, ClassNotFoundException {
    Map<String, DescribedSetting> all = new TreeMap<>();
    try (InputStream file = DescribedSetting.class.getResourceAsStream(METADATA)) {
      for (JsonNode property : JsonMapper.shared().readTree(file).path("properties")) {
        String name = property.path("name").asString();
        all.put(
            name,
            new DescribedSetting(
                name,
                property.path("defaultValue").asString(""),
                component(property.path("sourceType").asString(""), name)));
      }
    }
    return all;
  }

  private static Optional<RecordComponent> component(String type, String name)
      throws ClassNotFoundException {
    if (type.isEmpty()) {
      return Optional.empty();
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    return Stream.of(Class.forName(type).getRecordComponents())
        .filter(component -> DataObjectPropertyName.toDashedForm(component.getName()).equals(last))
        .findFirst();
  }

  /** Whether it takes effect while the service runs. */
  boolean live() {
    return component.filter(one -> one.isAnnotationPresent(Live.class)).isPresent();
  }
}
