package io.p2pmining.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.common.settings.Reloadable.Prepared;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsReloadTest {

  private static final String LOGIN = "miner:se@cret";

  /** Times that must be in order, so that what changes may not fit what stays. */
  record Work(
      @Live Duration unitDuration,
      @Live int maxDepth,
      @NeedsRestart("the port is open") int port,
      Duration longest) {

    Work {
      if (unitDuration.compareTo(longest) > 0) {
        throw new IllegalArgumentException("unit-duration must not be above longest");
      }
    }
  }

  /** Where nodes are, and how to log in. */
  record Nodes(@Live List<String> urls, @Live @Secret String login) {}

  private final Reloadable<Work> work =
      new Reloadable<>("test.work", new Work(seconds(20), 8, 9740, seconds(60)));
  private final Reloadable<Nodes> nodes =
      new Reloadable<>("test.nodes", new Nodes(List.of("http://a:1"), ""));
  private final Map<String, Record> given = new HashMap<>();
  private final Map<String, String> named = new HashMap<>();
  private final List<Reload> heard = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final SettingsReload reload =
      new SettingsReload(
          Given::new,
          List.of(work, nodes),
          List.of(
              new ReloadListener() {
                @Override
                public void reloaded(Reload reload) {
                  heard.add(reload);
                }

                @Override
                public void invalid(String problem) {
                  problems.add(problem);
                }
              }),
          Map.of("server.port", "8080"),
          Set.of("other."));

  SettingsReloadTest() {
    give("test.work", work.get());
    give("test.nodes", nodes.get());
    named.put("server.port", "8080");
  }

  /** What a test gives. */
  private final class Given implements GivenSettings {

    @Override
    public <T extends Record> T bind(String prefix, Class<T> type) throws InvalidSettingsException {
      Record record = given.get(prefix);
      if (record == null) {
        throw new InvalidSettingsException(prefix + " is broken", null);
      }
      return type.cast(record);
    }

    @Override
    public boolean isGiven(String name) {
      return named.containsKey(name);
    }

    @Override
    public Map<String, String> named() {
      return named;
    }
  }

  private void give(String prefix, Record settings) {
    given.put(prefix, settings);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void takesWhatMayChangeAndRefusesTheRestByName() throws Exception {
    give("test.work", new Work(seconds(30), 4, 9741, seconds(61)));

    Reload result = reload.reload();

    assertThat(work.get()).isEqualTo(new Work(seconds(30), 4, 9740, seconds(60)));
    assertThat(result.changed())
        .containsExactly(
            new SettingChange("test.work.max-depth", "8", "4"),
            new SettingChange("test.work.unit-duration", "20s", "30s"));
    assertThat(result.refused())
        .containsExactly(
            new RefusedSetting(
                "test.work.longest", "it needs a restart: it is read when the service starts"),
            new RefusedSetting("test.work.port", "it needs a restart: the port is open"));
    assertThat(heard).containsExactly(result);
  }

  /** A port of the protocol between peers. */
  record Ports(int p2pPort) {}

  @Test
  void callsSettingsAsTheyAreWritten() throws Exception {
    var ports =
        new SettingsReload(
            Given::new,
            List.of(new Reloadable<>("test", new Ports(1))),
            List.of(),
            named,
            Set.of());
    give("test", new Ports(2));

    assertThat(ports.reload().refused())
        .extracting(RefusedSetting::name)
        .containsExactly("test.p2p-port");
  }

  @Test
  void saysNothingWhenNothingIsNew() throws Exception {
    Work before = work.get();

    assertThat(reload.reload().bringsNothing()).isTrue();
    assertThat(heard).isEmpty();
    assertThat(work.get()).isSameAs(before);
  }

  @Test
  void changesNothingWhenOneRecordIsBroken() {
    Work before = work.get();
    give("test.work", new Work(seconds(30), 8, 9740, seconds(60)));
    given.remove("test.nodes");

    assertThatThrownBy(reload::reload)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("test.nodes is broken");
    assertThat(work.get()).isSameAs(before);
    assertThat(problems).containsExactly("test.nodes is broken");
    assertThat(heard).isEmpty();
  }

  @Test
  void changesNothingWhenWhatIsNewDoesNotFitWhatStays() {
    Work before = work.get();
    give("test.work", new Work(seconds(90), 8, 9740, seconds(120)));

    assertThatThrownBy(reload::reload)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("unit-duration must not be above longest");
    assertThat(work.get()).isSameAs(before);
  }

  @Test
  void changesNothingWhenSomebodyCannotFollow() {
    List<String> done = new ArrayList<>();
    work.follow(
        next ->
            new Prepared() {
              @Override
              public void apply() {
                done.add("applied");
              }

              @Override
              public void discard() {
                done.add("discarded");
              }
            });
    nodes.follow(
        next -> {
          throw new IllegalArgumentException("no such certificate");
        });
    give("test.work", new Work(seconds(30), 8, 9740, seconds(60)));
    give("test.nodes", new Nodes(List.of("http://b:1"), ""));

    assertThatThrownBy(reload::reload)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("test.nodes is not valid: no such certificate");
    assertThat(done).containsExactly("discarded");
    assertThat(work.get().unitDuration()).isEqualTo(seconds(20));
    assertThat(nodes.get().urls()).containsExactly("http://a:1");
  }

  @Test
  void tellsFollowersWhenTheNewSettingsAreInForce() throws Exception {
    List<Duration> seen = new ArrayList<>();
    work.follow(next -> () -> seen.add(work.get().unitDuration()));
    give("test.work", new Work(seconds(30), 8, 9740, seconds(60)));

    reload.reload();

    assertThat(seen).containsExactly(seconds(30));
  }

  @Test
  void keepsWhatOnlyARestartCanBring() throws Exception {
    work.limitedBy(
        next -> next.maxDepth() > 8 ? Map.of("maxDepth", "there is room for 8") : Map.of());
    give("test.work", new Work(seconds(30), 9, 9740, seconds(60)));

    Reload result = reload.reload();

    assertThat(work.get()).isEqualTo(new Work(seconds(30), 8, 9740, seconds(60)));
    assertThat(result.refused())
        .containsExactly(new RefusedSetting("test.work.max-depth", "there is room for 8"));
  }

  @Test
  void tellsNoSecrets() throws Exception {
    give(
        "test.nodes",
        new Nodes(List.of("http://" + LOGIN + "@b:1", LOGIN + "@c:1", "https://d:1/path"), LOGIN));

    Reload result = reload.reload();

    assertThat(nodes.get().login()).isEqualTo(LOGIN);
    assertThat(result.changed())
        .containsExactly(
            new SettingChange("test.nodes.login", "(not shown)", "(not shown)"),
            new SettingChange(
                "test.nodes.urls", "http://a:1", "http://b:1, c:1, https://d:1/path"));
  }

  @Test
  void namesSettingsThatNoRecordHas() throws Exception {
    named.put("server.port", "8081");
    named.put("test.work.unit-duratoin", "5s");
    named.put("test.work.max-depth", "8");
    named.put("test.work.unitduration", "20s");
    named.put("test.nodes.urls[0]", "http://a:1");
    named.put("list[0]", "a");
    named.put("list[1]", "b");
    named.put("other.setting", "of another service");

    assertThat(reload.reload().refused())
        .extracting(RefusedSetting::name)
        .containsExactly("list", "server.port", "test.work.unit-duratoin");
  }

  @Test
  void doesNotTakeSettingsAwayThatAPartOfTheServiceLivesOn() throws Exception {
    nodes.onlyWith("urls");
    given.remove("test.nodes");

    assertThat(reload.reload().refused())
        .containsExactly(
            new RefusedSetting("test.nodes.urls", "it needs a restart to do without it"));

    named.put("test.nodes.urls", "http://b:1");
    give("test.nodes", new Nodes(List.of("http://b:1"), ""));

    assertThat(reload.reload().changed()).hasSize(1);
  }
}
