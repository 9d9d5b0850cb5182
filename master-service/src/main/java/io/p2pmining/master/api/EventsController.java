package io.p2pmining.master.api;

import io.p2pmining.master.event.EventLog;
import io.p2pmining.master.event.EventSettings;
import io.p2pmining.master.event.EventType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /events}: what happens, as server-sent events. Each client keeps its request's virtual
 * thread until it goes away; there is a limit on how many there are.
 */
@RestController
final class EventsController {

  private final EventLog log;
  private final EventSettings settings;
  private final EventWriter writer;
  private final Semaphore places;

  EventsController(EventLog log, EventSettings settings, JsonMapper json) {
    this.log = log;
    this.settings = settings;
    this.writer = new EventWriter(json);
    this.places = new Semaphore(settings.clients());
  }

  @Operation(operationId = "followEvents", summary = "What happens, as server-sent events")
  @ApiResponse(
      responseCode = "200",
      description = "Events, until the client goes away",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string")))
  @ApiResponse(responseCode = "503", description = "Too many clients follow already")
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void events(
      @RequestParam @Nullable String types,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    EventStream stream =
        new EventStream(log, writer, wanted(types), lastRead(lastEventId), settings.heartbeat());
    if (!places.tryAcquire()) {
      throw new BusyException(
          "All "
              + settings.clients()
              + " places for followers of events are taken; come back"
              + " later, or raise p2pmine.master.events.clients");
    }
    try {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      stream.run(response.getOutputStream());
    } finally {
      places.release();
    }
  }

  private static Set<EventType> wanted(@Nullable String types) {
    if (types == null) {
      return EnumSet.allOf(EventType.class);
    }
    Set<EventType> wanted = EnumSet.noneOf(EventType.class);
    for (String label : types.split(",", -1)) {
      wanted.add(
          EventType.of(label.strip())
              .orElseThrow(
                  () ->
                      new BadParameterException(
                          "types",
                          types,
                          Arrays.stream(EventType.values())
                              .map(EventType::label)
                              .collect(Collectors.joining(", ", "must be some of ", "")))));
    }
    return wanted;
  }

  /** Null for who comes for the first time; ids of events are not negative. */
  private static @Nullable Long lastRead(@Nullable String lastEventId) {
    if (lastEventId == null || lastEventId.isEmpty()) {
      return null;
    }
    try {
      return Long.parseUnsignedLong(lastEventId);
    } catch (NumberFormatException e) {
      throw new BadParameterException("Last-Event-ID", lastEventId, "must be the id of an event");
    }
  }
}
