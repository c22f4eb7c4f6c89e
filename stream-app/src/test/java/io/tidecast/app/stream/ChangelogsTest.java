package io.tidecast.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangelogsTest {
  private static final List<String> IDS =
      List.of("a", "a-x", "a-model.x", "a-model.x.", "a.x", "a-journal", "x", "a-x-y", "A");
  private static final List<String> MODELS = List.of("", "x", "y", "x-y", "journal", "model");

  @Test
  void no_two_applications_and_models_share_a_topic_and_each_knows_its_own() {
    List<String> all = new ArrayList<>();
    for (String id : IDS) {
      all.addAll(of(id));
    }
    assertThat(all).doesNotHaveDuplicates();
    for (String id : IDS) {
      assertThat(new Changelogs(id).among(all))
          .containsExactlyInAnyOrderElementsOf(of(id))
          .isSorted();
    }
  }

  /** As Kafka Streams names them. */
  private static List<String> of(String id) {
    List<String> topics = new ArrayList<>();
    for (String model : MODELS) {
      LearnerNodes nodes = new LearnerNodes(model);
      topics.add("%s-%s-changelog".formatted(id, nodes.journal()));
      topics.add("%s-%s-changelog".formatted(id, nodes.snapshot()));
    }
    return topics;
  }
}
