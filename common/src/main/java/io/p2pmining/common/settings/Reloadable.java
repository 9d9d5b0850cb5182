package io.p2pmining.common.settings;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings record that is in force, which {@link SettingsReload} replaces as a whole. Whoever
 * asks for it each time it is needed sees changes by itself; whoever has to do something about them
 * follows it. Safe for use by any thread; reading it costs one volatile read.
 *
 * @param <T> the record, whose {@link Live} components may change
 */
public final class Reloadable<T extends Record> implements Supplier<T> {

  private final String prefix;
  private final Class<T> type;
  private final List<Follower<T>> followers = new CopyOnWriteArrayList<>();
  private volatile T current;
  private volatile Function<T, Map<String, String>> limits = next -> Map.of();
  private volatile @Nullable String condition;

  /**
   * Settings as they are at the start.
   *
   * @param prefix what stands before the names of their components, without a dot at the end
   */
  public Reloadable(String prefix, T current) {
    this.prefix = prefix;
    this.current = current;
    // The class of a record is exactly its type: records have no subclasses.
    @SuppressWarnings("unchecked")
    Class<T> exact = (Class<T>) current.getClass();
    this.type = exact;
  }

  /** Does something about a change. */
  @FunctionalInterface
  public interface Follower<T> {

    /**
     * Makes everything ready for other settings, as far as that can fail.
     *
     * @throws IllegalArgumentException if they cannot be used, with what is wrong; nothing changes
     */
    Prepared prepare(T next);
  }

  /** A change that cannot fail any more. */
  @FunctionalInterface
  public interface Prepared {

    /** Carries it out; the new settings are in force by then. */
    void apply();

    /** Gives back what was made ready: the change does not come. */
    default void discard() {}
  }

  @Override
  public T get() {
    return current;
  }

  /** Has somebody do something about every change. */
  public void follow(Follower<T> follower) {
    followers.add(follower);
  }

  /**
   * Keeps values that only a restart can bring.
   *
   * @param keepers for settings that are given, the components to keep as they are, each with the
   *     reason, a sentence without a full stop
   */
  public Reloadable<T> limitedBy(Function<T, Map<String, String>> keepers) {
    limits = keepers;
    return this;
  }

  /** These settings are there only if this one is given; that changes with a restart only. */
  public Reloadable<T> onlyWith(String component) {
    condition = prefix + "." + component;
    return this;
  }

  String prefix() {
    return prefix;
  }

  Class<T> type() {
    return type;
  }

  @Nullable String condition() {
    return condition;
  }

  /** What is kept of settings that are given, each with the reason. */
  Map<String, String> kept(T next) {
    return limits.apply(next);
  }

  /**
   * Makes everything ready for other settings.
   *
   * @param into what is to be done, in this order; what was added before a failure is to be
   *     discarded
   * @throws InvalidSettingsException if somebody cannot use them
   */
  void prepare(T next, List<Prepared> into) throws InvalidSettingsException {
    into.add(() -> current = next);
    try {
      for (Follower<T> follower : followers) {
        into.add(follower.prepare(next));
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingsException(prefix + " is not valid: " + e.getMessage(), e);
    }
  }
}
