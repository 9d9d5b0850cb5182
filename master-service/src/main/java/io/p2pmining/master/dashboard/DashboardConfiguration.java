package io.p2pmining.master.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the page's files: its own, and out of their jars those of htmx and uPlot. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DashboardSettings.class)
class DashboardConfiguration implements WebMvcConfigurer {

  private static final String WEBJARS = "classpath:/META-INF/resources/webjars/";

  /** As the build names them; a test asks for the files. */
  private static final String HTMX = "htmx.org/2.0.10/dist/";

  private static final String UPLOT = "uplot/1.6.30/dist/";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/dashboard/files/**")
        .addResourceLocations("classpath:/static/dashboard/", WEBJARS + HTMX, WEBJARS + UPLOT)
        .setCacheControl(CacheControl.noCache())
        .setUseLastModified(false)
        .setEtagGenerator(DashboardConfiguration::etag);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new DashboardHeaders()).addPathPatterns("/", "/dashboard/**");
  }

  /** By content: all builds give their files the same time. Weak, so that it may be compressed. */
  private static String etag(Resource resource) {
    try {
      return "W/\"" + DigestUtils.md5DigestAsHex(resource.getContentAsByteArray()) + "\"";
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + resource, e);
    }
  }
}
