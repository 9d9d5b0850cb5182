package io.p2pmining.master.api;

import io.p2pmining.service.tracing.Spans;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Teaches Spring MVC the API's own parameter types, and Tomcat its errors; guards both. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiSettings.class)
class ApiConfiguration implements WebMvcConfigurer {

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new PageQueryResolver());
  }

  /** Before every other filter: what it refuses is seen by nothing else. */
  @Bean
  FilterRegistrationBean<BrowserGuard> browserGuard(
      ServerProperties server,
      ApiSettings settings,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    OwnHosts hosts = new OwnHosts(server.getAddress(), settings.allowedHosts());
    var registration = new FilterRegistrationBean<>(new BrowserGuard(hosts, problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  FilterRegistrationBean<BodyLimit> bodyLimit(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    var registration = new FilterRegistrationBean<>(new BodyLimit(problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return registration;
  }

  /** After Spring's own filter, which begins spans, and before all that log. */
  @Bean
  FilterRegistrationBean<RequestTrace> requestTrace(Spans spans) {
    var registration = new FilterRegistrationBean<>(new RequestTrace(spans));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
    return registration;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports() {
    TomcatContextCustomizer customizer =
        context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemReportValve.class.getName());
          }
        };
    return factory -> factory.addContextCustomizers(customizer);
  }
}
