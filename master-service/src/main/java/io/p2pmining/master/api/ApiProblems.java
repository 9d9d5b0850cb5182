package io.p2pmining.master.api;

import io.p2pmining.master.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** Answers every error with problem details (RFC 9457); what is wrong inside stays in the log. */
@RestControllerAdvice
final class ApiProblems extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ApiProblems.class);

  /** After how long a client for whom there was no room may try again. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private static final String DATABASE_RETRY_AFTER_SECONDS = "5";

  @ExceptionHandler
  ProblemDetail badParameter(BadParameterException e) {
    return badParameter(e.parameter(), e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail unknownId(UnknownIdException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
  }

  /** The client may come back: the database recovers by itself, or somebody is told to help it. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> storeUnavailable(StoreUnavailableException e) {
    log.debug("A query failed", e);
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, DATABASE_RETRY_AFTER_SECONDS)
        .body(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The database does not answer now; /actuator/health/readiness says why"));
  }

  @ExceptionHandler
  ProblemDetail conflict(ConflictException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail unprocessable(UnprocessableException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail tooLarge(BodyTooLargeException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.CONTENT_TOO_LARGE, e.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> busy(BusyException e) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
    return ResponseEntity.of(problem)
        .header(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()))
        .build();
  }

  @ExceptionHandler
  ProblemDetail foreign(ForeignRequestException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail notJson(NotJsonException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.UNSUPPORTED_MEDIA_TYPE, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail bug(Exception e) {
    log.error("A request to the API failed", e);
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INTERNAL_SERVER_ERROR, "The master failed to answer; its log says why");
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    String name = String.valueOf(e.getPropertyName());
    String message =
        new BadParameterException(name, String.valueOf(e.getValue()), requirement(e)).getMessage();
    return handleExceptionInternal(e, badParameter(name, message), headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (NestedExceptionUtils.getRootCause(e) instanceof BodyTooLargeException tooLarge) {
      return handleExceptionInternal(
          e, tooLarge(tooLarge), headers, HttpStatus.CONTENT_TOO_LARGE, request);
    }
    String field =
        e.getCause() instanceof DatabindException cause
            ? cause.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."))
            : "";
    ProblemDetail problem =
        field.isEmpty()
            ? ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, "The body must be a JSON object")
            : badParameter(field, field + " does not hold a value of its type");
    return handleExceptionInternal(e, problem, headers, status, request);
  }

  private static ProblemDetail badParameter(String parameter, @Nullable String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
    problem.setProperty("parameter", parameter);
    return problem;
  }

  private static String requirement(TypeMismatchException e) {
    Class<?> type = e.getRequiredType();
    return type != null && type.isEnum()
        ? Arrays.stream(type.getEnumConstants())
            .map(Object::toString)
            .collect(Collectors.joining(", ", "must be one of ", ""))
        : "must be a valid " + (type == null ? "value" : type.getSimpleName());
  }
}
