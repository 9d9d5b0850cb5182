package io.p2pmining.master.dashboard;

import java.io.Writer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Makes the page once for nobody, soon after the start: templates are read and classes loaded by
 * then, which would else take the first viewer a second or two.
 */
@Component
final class Rehearsal {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** The start itself needs the processor more. */
  private static final long DELAY_SECONDS = 3;

  private final PageContents contents;
  private final ITemplateEngine templates;

  Rehearsal(PageContents contents, ITemplateEngine templates) {
    this.contents = contents;
    this.templates = templates;
  }

  @Scheduled(initialDelay = DELAY_SECONDS, timeUnit = TimeUnit.SECONDS)
  void rehearse() {
    try {
      Context context = new Context(Locale.ROOT, contents.of(PeersQuery.FIRST));
      templates.process("dashboard/page", context, Writer.nullWriter());
    } catch (RuntimeException e) {
      LOG.debug("Nobody saw it: the page could not be made", e);
    }
  }
}
