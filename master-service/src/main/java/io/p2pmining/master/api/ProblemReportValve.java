package io.p2pmining.master.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Problem details for what the servlet container refuses before any application sees it, for
 * example a path that is not a path. Made by the container, by name.
 */
public final class ProblemReportValve extends ErrorReportValve {

  private static final int FIRST_ERROR = 400;

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = response.getStatus();
    if (status < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    HttpStatus known = HttpStatus.resolve(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    byte[] body =
        "{\"title\":\"%s\",\"status\":%d}"
            .formatted(title, status)
            .getBytes(StandardCharsets.UTF_8);
    try {
      HttpServletResponse answer = response.getResponse();
      answer.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      answer.setContentLength(body.length);
      answer.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException e) {
      // The client is gone; there is nobody left to tell.
    }
  }
}
