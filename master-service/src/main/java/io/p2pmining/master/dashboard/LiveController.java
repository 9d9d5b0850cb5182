package io.p2pmining.master.dashboard;

import io.p2pmining.master.event.EventLog;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code /dashboard/live}: tells a page which of its pieces have changed, as server-sent events.
 * Each page keeps its request's virtual thread until it is closed; there is a limit on how many.
 */
@Controller
@Hidden
final class LiveController {

  private final EventLog log;
  private final Semaphore places;
  private final int viewers;

  LiveController(EventLog log, DashboardSettings settings) {
    this.log = log;
    this.viewers = settings.viewers();
    this.places = new Semaphore(viewers);
  }

  @GetMapping(path = "/dashboard/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void live(HttpServletResponse response) throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      throw new ResponseStatusException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "%d pages are told of changes already: close some, or raise".formatted(viewers)
              + " p2pmine.master.dashboard.viewers");
    }
    try {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      new LiveStream(log).run(response.getOutputStream());
    } finally {
      places.release();
    }
  }
}
