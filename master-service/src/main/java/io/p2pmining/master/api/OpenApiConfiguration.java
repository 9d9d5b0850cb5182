package io.p2pmining.master.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API for programs, and the pages that show it to people. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  /** Of the API, not of the program: the committed document changes only with the API. */
  private static final String API_VERSION = "1";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("P2P Mining master")
                .version(API_VERSION)
                .description(
                    "What a master knows and does. Requests that change something need the header"
                        + " Content-Type: application/json, also without a body. Times are in UTC,"
                        + " bytes in hex, nonces and difficulties decimal.")
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")))
        .servers(List.of(new Server().url("/").description("This master")))
        .components(new Components().addSchemas(OpenApiProblems.SCHEMA, problem()));
  }

  private static ObjectSchema problem() {
    ObjectSchema problem = new ObjectSchema();
    problem.description("Problem details (RFC 9457)");
    problem.addProperty("title", new StringSchema());
    problem.addProperty("status", new IntegerSchema());
    problem.addProperty(
        "detail", new StringSchema().description("What is wrong and what to do about it"));
    problem.addProperty("instance", new StringSchema());
    problem.addProperty(
        "parameter", new StringSchema().description("The parameter or field that is wrong"));
    return problem;
  }

  @Bean
  OpenApiCustomizer problemsOfOperations() {
    return new OpenApiProblems();
  }

  /** Operations stand together by the first part of their path. */
  @Bean
  OpenApiCustomizer tagsOfOperations() {
    return api ->
        api.getPaths()
            .forEach(
                (path, item) ->
                    item.readOperations()
                        .forEach(operation -> operation.setTags(List.of(path.split("/")[1]))));
  }

  @Bean
  OpenApiCustomizer examplesOfOperations(JsonMapper json) {
    return new OpenApiExamples(json);
  }

  @Bean
  FilterRegistrationBean<PageHeaders> pageHeaders() {
    return new FilterRegistrationBean<>(new PageHeaders());
  }
}
