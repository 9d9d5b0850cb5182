package io.p2pmining.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdFileTest {

  @TempDir Path directory;

  @Test
  void keepsIdForTheLifetimeOfTheDirectory() throws IOException {
    Path data = directory.resolve("not/there/yet");
    NodeId first = NodeIdFile.loadOrCreate(data, new Random(1));
    NodeId second = NodeIdFile.loadOrCreate(data, new Random(2));

    assertThat(second).isEqualTo(first);
    assertThat(data.resolve("node-id")).hasContent(first + "\n");
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files).as("no temporary files stay").hasSize(1);
    }
  }

  @Test
  void processesThatStartAtOnceAgreeOnOneId() throws Exception {
    SecureRandom random = new SecureRandom();
    List<Callable<NodeId>> starts =
        IntStream.range(0, 16)
            .<Callable<NodeId>>mapToObj(i -> () -> NodeIdFile.loadOrCreate(directory, random))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(starts.size())) {
      List<Future<NodeId>> ids = threads.invokeAll(starts);
      NodeId first = ids.getFirst().get();
      for (Future<NodeId> id : ids) {
        assertThat(id.get()).isEqualTo(first);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "zz0102030405060708090a0b0c0d0e0f",
        "00000000000000000000000000000000",
        "000102030405060708090a0b0c0d0e0f10",
        "000102030405060708090a0b0c0d0e0f\n000102030405060708090a0b0c0d0e0f\n"
      })
  void damagedFileIsAnErrorWithItsRemedy(String content) throws IOException {
    Files.writeString(directory.resolve("node-id"), content);

    assertThatThrownBy(() -> NodeIdFile.loadOrCreate(directory, new Random(1)))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("node-id is damaged")
        .hasMessageContaining("delete it");
    assertThat(directory.resolve("node-id")).hasContent(content);
  }

  @Test
  void directoryThatIsFileIsAnErrorWithItsRemedy() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> NodeIdFile.loadOrCreate(file, new Random(1)))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("check that");
  }

  @Test
  void idReadsBackFromItsTextAndItsMessageForm() {
    NodeId id = NodeId.random(new Random(3));

    assertThat(NodeId.ofHex(id.toString())).isEqualTo(id);
    assertThat(NodeId.of(id.toByteString())).isEqualTo(id);
    assertThat(id.toString()).matches("[0-9a-f]{32}");
  }
}
