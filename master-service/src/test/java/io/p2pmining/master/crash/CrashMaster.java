package io.p2pmining.master.crash;

import io.p2pmining.master.MasterApplication;
import io.p2pmining.master.job.ExtraNonceCounter;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;

/** A whole master with a source of jobs that are cheap to search, as a process of its own. */
public final class CrashMaster {

  private CrashMaster() {}

  public static void main(String[] arguments) {
    SpringApplication.run(new Class<?>[] {MasterApplication.class, Sources.class}, arguments);
  }

  /** Not found by scanning: other masters in tests must not have it. */
  static class Sources {
    @Bean
    CrashSource crashSource(
        ExtraNonceCounter extraNonces, @Value("${p2pmine.data-dir}") Path directory) {
      return new CrashSource(extraNonces, directory.resolve("chain"));
    }
  }
}
