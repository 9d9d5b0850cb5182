package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.ANSWER;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Writes the answers of a group. */
final class AnswerWriter implements AutoCloseable {

  private final UUID master;
  private final Batch answers;

  AnswerWriter(Connection connection, UUID master) throws SQLException {
    this.master = master;
    answers = Batch.insert(connection, ANSWER);
  }

  void write(List<Answer> given) throws SQLException {
    for (Answer answer : given) {
      answers
          .set(master)
          .set(answer.key())
          .set(answer.fingerprint().toArray())
          .set(answer.status())
          .set(answer.location())
          .set(answer.body())
          .set(answer.answeredAt())
          .add();
    }
    answers.execute();
  }

  @Override
  public void close() throws SQLException {
    answers.close();
  }
}
