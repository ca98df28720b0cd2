package org.tallykeep.customer.index;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.platform.Keys;
import org.tallykeep.customer.platform.Transactions;
import org.tallykeep.envelope.BlindIndexKey;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.client.KeyNotKnownException;
import org.tallykeep.platform.problem.Unavailable;

/**
 * Which versions of the index key tags are made with. This database says it, not the key service:
 * what is in force changes in one moment for all replicas, however old the keys in their memory.
 */
@Singleton
public final class IndexVersions {

  /** Versions change twice in a rotation; more than once during one piece of work is a wonder. */
  private static final int TRIES = 5;

  private final Transactions transactions;
  private final Keys keys;
  private volatile @Nullable Versions known;

  IndexVersions(Transactions transactions, Keys keys) {
    this.transactions = transactions;
    this.keys = keys;
  }

  /**
   * Does work with the keys of the versions in force; anew when they, or pseudonyms it had read,
   * have changed before it was written. The work {@link IndexKeys#hold holds} them in each of its
   * transactions.
   */
  public <T> T with(Function<IndexKeys, T> work) {
    for (int tried = 1; ; tried++) {
      try {
        return work.apply(current());
      } catch (Outdated e) {
        known = null;
        if (tried == TRIES) {
          throw changing(e);
        }
      }
    }
  }

  private IndexKeys current() {
    Versions remembered = known;
    Versions versions = remembered == null ? load() : remembered;
    try {
      return new IndexKeys(versions, versions.all().stream().map(this::open).toList());
    } catch (KeyNotKnownException e) {
      // Remembered from before a rotation that ended meanwhile; otherwise the key is really gone.
      if (remembered == null || load().equals(remembered)) {
        throw gone(e);
      }
      throw new VersionsChanged();
    }
  }

  /** Another key with the number of one that is gone is not that one. */
  private BlindIndexKey open(KeyRef ref) {
    BlindIndexKey key = keys.index(ref.version());
    if (!key.ref().equals(ref)) {
      throw new KeyNotKnownException();
    }
    return key;
  }

  /**
   * That key, for a piece of work that lasts longer than a handle: fetched for each portion of it.
   */
  public BlindIndexKey key(KeyRef ref) {
    try {
      return open(ref);
    } catch (KeyNotKnownException e) {
      throw gone(e);
    }
  }

  /** The one of those in force that has that number. */
  public BlindIndexKey key(Versions inForce, int version) {
    return key(inForce.numbered(version).orElseThrow(() -> gone(new KeyNotKnownException())));
  }

  /**
   * Versions with which marks were made that nobody can make anew, the older first: they outlive
   * their rotation.
   */
  public List<KeyRef> kept(Connection connection) throws SQLException {
    return VersionRepository.kept(connection);
  }

  /**
   * From now on that version is kept. In a transaction that {@link IndexKeys#hold holds} the keys:
   * a rotation that ends afterwards sees it.
   */
  public static void keep(Connection connection, IndexKeys keys, int version) throws SQLException {
    VersionRepository.keep(connection, keys.versions().numbered(version).orElseThrow());
  }

  /** The key of one version that is kept, by itself, for look-up alone. */
  public IndexKeys only(KeyRef ref) {
    return new IndexKeys(new Versions(ref, Optional.empty()), List.of(key(ref)));
  }

  /** Those in force now, as a transaction that does not hold them may see them. */
  public Versions inForce(Connection connection) throws SQLException {
    Optional<Versions> found = VersionRepository.find(connection);
    return found.isPresent() ? found.get() : load();
  }

  /** As they stand now; a database that has none yet begins with the current one. */
  Versions load() {
    Versions found = transactions.call(VersionRepository::find).orElseGet(this::begin);
    known = found;
    return found;
  }

  private Versions begin() {
    List<Integer> withoutIds = transactions.call(VersionRepository::withoutIds);
    List<KeyRef> named = withoutIds.stream().map(this::numbered).toList();
    KeyRef current = named.isEmpty() ? keys.index().ref() : named.getFirst();
    return transactions.call(
        connection -> {
          VersionRepository.giveIds(connection, named);
          VersionRepository.begin(connection, current);
          return VersionRepository.find(connection).orElseThrow();
        });
  }

  private KeyRef numbered(int version) {
    try {
      return keys.index(version).ref();
    } catch (KeyNotKnownException e) {
      throw gone(e);
    }
  }

  /**
   * Waits for every transaction that {@link IndexKeys#hold holds} keys, and keeps the next ones
   * waiting as long as this one lasts: whatever they find from then on is what it leaves behind.
   */
  public void waitForHolders(Connection connection) throws SQLException {
    VersionRepository.lockToChange(connection);
  }

  /** From now on everything that is written has a tag under that version as well. */
  void introduce(int version) {
    // Only what every replica can have, beside one that is what it was.
    KeyRef asked = numbered(version);
    load().all().forEach(this::key);
    transactions.run(
        connection -> {
          VersionRepository.lockToChange(connection);
          Versions now = VersionRepository.find(connection).orElseThrow();
          if (now.newest() < version) {
            VersionRepository.introduce(connection, asked);
          }
        });
    KeyRef newest = load().newestKey();
    if (newest.version() != version) {
      throw new IllegalStateException("the version that tags are to be made with is an older one");
    }
    key(newest);
  }

  /** Something that is asked within a transaction. */
  @FunctionalInterface
  interface Question {
    boolean ask(Connection connection) throws SQLException;
  }

  /**
   * Every row has its tag under that version: from now on no other is made or looked for.
   *
   * @param isAnyLeft asked once more while nobody else writes
   * @return whether it is so
   */
  boolean settle(int version, Question isAnyLeft) {
    boolean settled =
        transactions.call(
            connection -> {
              VersionRepository.lockToChange(connection);
              if (isAnyLeft.ask(connection)) {
                return false;
              }
              VersionRepository.settle(connection, version);
              return true;
            });
    load();
    return settled;
  }

  private static Unavailable gone(KeyNotKnownException cause) {
    return new Unavailable(
        "index-key-gone",
        "The key that this database's index was made with is not there: the database, or that of"
            + " the keys, is from before it was turned over. Restore a later copy of that one.",
        Duration.ofMinutes(1),
        cause);
  }

  private static Unavailable changing(Outdated cause) {
    return new Unavailable(
        "index-changing",
        "The index of customers and purchases is being changed. Try again in a moment.",
        Duration.ofSeconds(1),
        cause);
  }
}
