package io.p2pmining.master.startup;

import io.p2pmining.service.startup.StartupException;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads settings as Spring Boot does, but says which file is broken and where: the parser knows the
 * line only, the framework neither.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NamingYamlLoader implements PropertySourceLoader {

  private static final String REMEDY = "correct the file or move it away, and start again";

  private final YamlPropertySourceLoader loader = new YamlPropertySourceLoader();

  @Override
  public String[] getFileExtensions() {
    return loader.getFileExtensions();
  }

  @Override
  public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
    try {
      return loader.load(name, resource);
    } catch (YAMLException e) {
      throw e.getCause() instanceof IOException unreadable
          ? unreadable(resource, unreadable)
          : new StartupException(
              "settings file " + place(resource) + " is not valid YAML: " + problemOf(e),
              REMEDY,
              e);
    } catch (IOException e) {
      throw unreadable(resource, e);
    }
  }

  private static StartupException unreadable(Resource resource, IOException cause)
      throws IOException {
    return new StartupException(
        "settings file " + place(resource) + " cannot be read: " + cause.getMessage(),
        REMEDY,
        cause);
  }

  private static String place(Resource resource) throws IOException {
    return resource.isFile() ? resource.getFile().getPath() : resource.getDescription();
  }

  private static String problemOf(YAMLException failure) {
    if (failure instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return "line " + (marked.getProblemMark().getLine() + 1) + ": " + marked.getProblem();
    }
    return String.valueOf(failure.getMessage());
  }
}
