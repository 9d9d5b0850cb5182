package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which job a worker's next unit comes from. Owned by the dispatcher's thread.
 *
 * <p>Every job has an account of the time that it was given, divided by its priority, and the one
 * with the least gets the next unit: start-time fair queueing (Goyal, Vin, Cheng 1996). Time is
 * that of all workers who could work on the job, so that algorithms compare. Three things differ
 * from the book:
 *
 * <ul>
 *   <li>A job that comes begins with the least account that there is: it is owed nothing for the
 *       time before.
 *   <li>To change the key costs a worker a dataset. It stays with its key until another one's jobs
 *       are {@link #KEY_STAY} behind; a job with a key that nobody has begins so far behind.
 *   <li>Where workers of one kind are rare, the jobs that need them fall behind. By more than
 *       {@link #MAX_LAG} they do not, or they would keep everybody from the other jobs when many
 *       such workers come.
 * </ul>
 *
 * So no job starves: behind by {@code MAX_LAG} at the most, the others have caught up within {@code
 * MAX_LAG} times their priorities, and are passed over no longer.
 */
final class FairShare {

  /** Building a dataset takes some tens of seconds on most machines. */
  private static final double KEY_SECONDS = 120;

  private static final double MAX_LAG_STAYS = 2;

  private final Map<String, Account> accounts = new HashMap<>();

  /** By how much a job of another key has to be behind. */
  private double stay;

  /** The jobs that units are cut from now; accounts of others are closed. */
  void keep(Collection<Job> current) {
    Set<String> names = new HashSet<>();
    current.forEach(job -> names.add(nameOf(job)));
    accounts.keySet().retainAll(names);
    stay = KEY_SECONDS / averageKeyPriority(current);
    for (Job job : current) {
      if (!accounts.containsKey(nameOf(job))) {
        accounts.put(nameOf(job), open(job));
      }
    }
  }

  private static double averageKeyPriority(Collection<Job> current) {
    double priorities = current.stream().mapToInt(Job::priority).sum();
    long keys = current.stream().map(FairShare::keyOf).distinct().count();
    return Math.max(FiniteTerms.LOWEST_PRIORITY, priorities / Math.max(1, keys));
  }

  private Account open(Job job) {
    double least = accounts.values().stream().mapToDouble(account -> account.used).min().orElse(0);
    boolean known = accounts.values().stream().anyMatch(account -> account.key.equals(keyOf(job)));
    return new Account(keyOf(job), known || accounts.isEmpty() ? least : least - stay);
  }

  /**
   * The jobs in the order in which a worker should be given work from them.
   *
   * @param eligible jobs that are kept and that the worker can work on
   * @param key what the worker is prepared for; null if for nothing
   */
  List<Job> inOrder(List<Job> eligible, @Nullable Key key) {
    if (eligible.size() < 2) {
      return eligible;
    }
    limitLag(eligible);
    return eligible.stream()
        .sorted(Comparator.comparingDouble(job -> accountOf(job).used - bonus(job, key)))
        .toList();
  }

  /** A worker was given work of a job that keeps all who can work on it busy for so long. */
  void served(Job job, double seconds) {
    Account account = accountOf(job);
    account.used += seconds / job.priority();
    account.key = keyOf(job);
  }

  /** Those that are too far behind come nearer together: their distances stay. */
  private void limitLag(List<Job> eligible) {
    double most = Double.NEGATIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (Job job : eligible) {
      most = Math.max(most, accountOf(job).used);
      least = Math.min(least, accountOf(job).used);
    }
    double excess = most - least - MAX_LAG_STAYS * stay;
    if (excess > 0) {
      for (Job job : eligible) {
        Account account = accountOf(job);
        account.used = Math.min(most, account.used + excess);
      }
    }
  }

  private Account accountOf(Job job) {
    return accounts.computeIfAbsent(nameOf(job), name -> open(job));
  }

  private double bonus(Job job, @Nullable Key key) {
    return keyOf(job).equals(key) ? stay : 0;
  }

  /** Jobs of a source that replaces them share one account. */
  private static String nameOf(Job job) {
    return job.finite() == null ? "source " + job.source() : "job " + job.id();
  }

  static Key keyOf(Job job) {
    return new Key(job.algorithm(), job.seedHash());
  }

  /** What a worker prepares for. */
  record Key(String algorithm, Bytes seedHash) {}

  private static final class Account {

    private Key key;
    private double used;

    Account(Key key, double used) {
      this.key = key;
      this.used = used;
    }
  }
}
