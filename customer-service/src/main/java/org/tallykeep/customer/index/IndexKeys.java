package org.tallykeep.customer.index;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tallykeep.customer.platform.Tag;
import org.tallykeep.envelope.BlindIndexKey;

/** The keys of the versions in force, for one piece of work. */
public final class IndexKeys {

  private final Versions versions;
  private final List<BlindIndexKey> keys;

  IndexKeys(Versions versions, List<BlindIndexKey> keys) {
    this.versions = versions;
    this.keys = keys;
  }

  public Versions versions() {
    return versions;
  }

  /** The tags of a value, one under each version. */
  public Tags tags(String table, String field, byte[] value, int occurrence) {
    return new Tags(
        keys.stream()
            .map(key -> Tag.of(key.tag(table, field, value, occurrence), key.ref().version()))
            .toList());
  }

  /**
   * First in every transaction that looks tags up or writes them: as long as it lasts, the versions
   * in force are those that these keys are of. Otherwise it is rolled back and done anew with
   * others, so that no row slips in without a tag that the others are getting.
   */
  public void hold(Connection connection) throws SQLException {
    VersionRepository.holdOff(connection);
    if (VersionRepository.find(connection).filter(versions::equals).isEmpty()) {
      throw new VersionsChanged();
    }
  }
}
