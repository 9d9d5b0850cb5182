package io.p2pmining.common.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.p2pmining.common.frame.Role;

/**
 * Replays the inputs under {@code src/test/resources}, seeds and former findings alike. Jazzer
 * looks for new ones, with one method at a time, by
 *
 * <pre>
 * JAZZER_FUZZ=1 ./mvnw -pl common test -Djazzer.hooks=true -Dtest=ProtocolFuzzTest#masterSurvivesAnyBytes
 * </pre>
 */
class ProtocolFuzzTest {

  private static final String FUZZING_TIME = "2m";

  @FuzzTest(maxDuration = FUZZING_TIME)
  void masterSurvivesAnyBytes(byte[] bytes) {
    HostilePeer peer = new HostilePeer(Role.MASTER);
    peer.say(bytes);
    peer.leave();
  }

  @FuzzTest(maxDuration = FUZZING_TIME)
  void workerSurvivesAnyBytes(byte[] bytes) {
    HostilePeer peer = new HostilePeer(Role.WORKER);
    peer.say(bytes);
    peer.leave();
  }

  @FuzzTest(maxDuration = FUZZING_TIME)
  void masterSurvivesAnyMessages(byte[] script) {
    HostilePeer peer = new HostilePeer(Role.MASTER);
    peer.perform(script);
    peer.leave();
  }

  @FuzzTest(maxDuration = FUZZING_TIME)
  void workerSurvivesAnyMessages(byte[] script) {
    HostilePeer peer = new HostilePeer(Role.WORKER);
    peer.perform(script);
    peer.leave();
  }
}
