package io.p2pmining.master.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A pool whose connections fail in a commit when they are told to: before it is made, or after. */
final class Unanswered extends DelegatingDataSource {

  private volatile boolean failing;
  private volatile boolean committing;
  private volatile boolean down;

  Unanswered(DataSource pool) {
    super(pool);
  }

  /** No connection can be had, and those that are there fail; or that ends. */
  void turnDown(boolean nowDown) {
    down = nowDown;
  }

  private void checkUp() throws SQLException {
    if (down) {
      throw new SQLException("it is down");
    }
  }

  /** The next commit of something fails; whether it is made, its caller does not learn. */
  void loseNextAnswer(boolean committed) {
    failing = true;
    committing = committed;
  }

  @Override
  public Connection getConnection() throws SQLException {
    checkUp();
    Connection connection = super.getConnection();
    boolean[] written = {false};
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                checkUp();
                written[0] = true;
              }
              if (method.getName().equals("commit") && failing && written[0]) {
                failing = false;
                if (committing) {
                  connection.commit();
                }
                throw new SQLException("the answer is lost");
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
