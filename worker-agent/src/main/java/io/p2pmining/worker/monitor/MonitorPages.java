package io.p2pmining.worker.monitor;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.SystemHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.json.JsonWriter;

/**
 * What is served: Spring Boot's health and Micrometer's metrics under the paths that Actuator gives
 * them on a web server. Safe for use by any thread.
 */
final class MonitorPages {

  private static final String BASE = "/actuator";
  private static final String HEALTH = BASE + "/health";
  private static final String PROMETHEUS = BASE + "/prometheus";

  private static final String JSON = "application/vnd.spring-boot.actuator.v3+json";
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final HealthEndpoint health;
  private final PrometheusMeterRegistry metrics;

  MonitorPages(HealthEndpoint health, PrometheusMeterRegistry metrics) {
    this.health = health;
    this.metrics = metrics;
  }

  /**
   * The page at a path.
   *
   * @param path without a query
   */
  Page at(String path) {
    if (path.equals(PROMETHEUS)) {
      return Page.of(OK, PROMETHEUS_TEXT, metrics.scrape());
    }
    if (path.equals(HEALTH)) {
      return page(health.health());
    }
    if (path.startsWith(HEALTH + "/")) {
      HealthDescriptor part =
          health.healthForPath(path.substring(HEALTH.length() + 1).split("/", -1));
      return part == null ? notFound() : page(part);
    }
    return notFound();
  }

  private static Page notFound() {
    return Page.text(
        NOT_FOUND, "There are " + HEALTH + " (also /liveness, /readiness) and " + PROMETHEUS);
  }

  private static Page page(HealthDescriptor health) {
    boolean serves =
        health.getStatus().equals(Status.UP) || health.getStatus().equals(Status.UNKNOWN);
    return Page.of(
        serves ? OK : SERVICE_UNAVAILABLE, JSON, JsonWriter.standard().writeToString(tree(health)));
  }

  private static Map<String, Object> tree(HealthDescriptor health) {
    Map<String, Object> tree = new LinkedHashMap<>();
    switch (health) {
      case SystemHealthDescriptor system -> {
        addGroups(tree, system.getGroups());
        tree.put("status", system.getStatus().getCode());
        addComponents(tree, system.getComponents());
      }
      case CompositeHealthDescriptor composite -> {
        tree.put("status", composite.getStatus().getCode());
        addComponents(tree, composite.getComponents());
      }
      case IndicatedHealthDescriptor indicated -> {
        tree.put("status", indicated.getStatus().getCode());
        if (!indicated.getDetails().isEmpty()) {
          tree.put("details", indicated.getDetails());
        }
      }
      default -> tree.put("status", health.getStatus().getCode());
    }
    return tree;
  }

  private static void addGroups(Map<String, Object> tree, @Nullable Collection<String> groups) {
    if (groups != null) {
      tree.put("groups", List.copyOf(groups));
    }
  }

  private static void addComponents(
      Map<String, Object> tree, @Nullable Map<String, HealthDescriptor> components) {
    if (components != null) {
      Map<String, Object> parts = new LinkedHashMap<>();
      components.forEach((name, part) -> parts.put(name, tree(part)));
      tree.put("components", parts);
    }
  }
}
