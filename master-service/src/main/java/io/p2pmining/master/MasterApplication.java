package io.p2pmining.master;

import io.p2pmining.common.process.ParentWatch;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the master. */
@SpringBootApplication
public class MasterApplication {

  public static void main(String[] args) {
    ParentWatch.startIfAsked();
    SpringApplication.run(MasterApplication.class, args);
  }
}
