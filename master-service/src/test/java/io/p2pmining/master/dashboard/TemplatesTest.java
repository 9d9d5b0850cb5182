package io.p2pmining.master.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** What the pieces look like when something is missing. */
class TemplatesTest {

  private static final Figure FIGURE = new Figure("1", "1");

  private final SpringTemplateEngine templates = new SpringTemplateEngine();

  TemplatesTest() {
    ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/");
    resolver.setSuffix(".html");
    templates.setTemplateResolver(resolver);
  }

  @Test
  void sayThatTheDatabaseDoesNotAnswer() {
    assertThat(make("found", new FindingsView(List.of(), List.of(), false)))
        .contains("The database does not answer now")
        .doesNotContain("No block yet");
    assertThat(make("peers", peers(PeersQuery.FIRST, 0, false)))
        .contains("The database does not answer now")
        .doesNotContain("No worker");
  }

  @Test
  void sayWhatToDoWhenNothingIsThereYet() {
    assertThat(make("found", new FindingsView(List.of(), List.of(), true)))
        .contains("No block yet.", "No share yet.");
    assertThat(make("peers", peers(PeersQuery.FIRST, 0, true)))
        .contains("No worker has joined since this master started.", "./p2pmine worker --master");
    assertThat(make("work", new WorkView(List.of(), List.of()))).contains("No job yet.");
    assertThat(make("events", List.of())).contains("Nothing since the master started.");
  }

  @Test
  void tellAnEmptyFilterFromAnEmptyCluster() {
    PeersQuery query = new PeersQuery("x&y", PeerFilter.ALL, PeerOrder.NAME, false, 0);

    assertThat(make("peers", peers(query, 7, true)))
        .contains("No worker is like", "Show all")
        .contains("q=x%26y&amp;show=ALL&amp;sort=NAME&amp;desc=false&amp;page=0")
        .doesNotContain("has joined");
  }

  @Test
  void linkHeightsOnlyToAnExplorerThatIsSet() {
    assertThat(make("found", found("")))
        .contains("p2pmine.master.dashboard.explorer-url")
        .doesNotContain("<a ");
    assertThat(make("found", found("http://explorer.example/block/7")))
        .contains("<a href=\"http://explorer.example/block/7\" rel=\"noopener noreferrer\">7</a>");
  }

  private static FindingsView found(String link) {
    return new FindingsView(
        List.of(
            new FindingsView.Block(
                "7", link, "ab", "rig", "accepted", "good", "in the chain", FIGURE, FIGURE)),
        List.of(),
        true);
  }

  private static PeersView peers(PeersQuery query, long known, boolean available) {
    return new PeersView(query, List.of(), List.of(), 0, 0, 0, 0, known, available, available);
  }

  private String make(String piece, Object view) {
    Context context = new Context(Locale.ROOT, Map.of(piece, view));
    return templates.process("dashboard/" + piece, Set.of(piece), context);
  }
}
