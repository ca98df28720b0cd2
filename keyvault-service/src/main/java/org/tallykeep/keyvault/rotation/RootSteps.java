package org.tallykeep.keyvault.rotation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.tallykeep.keyvault.branch.RootTurn;

/**
 * A new version of the root key, under which all branch keys are wrapped; the version before stays
 * for the backups that need it. Branch keys stay the same keys, so requests notice nothing.
 */
@Singleton
final class RootSteps implements RotationSteps {

  private static final String LOOK = "look";
  private static final String ROTATE = "rotate";
  private static final String REWRAP = "rewrap";
  private static final String WRAP_FROM = "wrap-from";

  private final RootTurn root;
  private final RootVersions versions;
  private final Clock clock;

  RootSteps(RootTurn root, RootVersions versions, Clock clock) {
    this.root = root;
    this.versions = versions;
    this.clock = clock;
  }

  @Override
  public String first() {
    return LOOK;
  }

  @Override
  public Progress advance(Connection connection, Rotation rotation) throws SQLException {
    Progress now = rotation.progress();
    return switch (now.step()) {
      // Committed before anything is rotated: who resumes sees whether it was.
      case LOOK ->
          now.marked(ROTATE, Optional.of(Integer.toString(root.newestVersion())), now.done());
      case ROTATE -> {
        int before = Integer.parseInt(now.mark().orElseThrow());
        yield now.then(REWRAP).ofVersion(root.rotateBeyond(before));
      }
      case REWRAP -> {
        int keys = root.rewrap(connection);
        versions.supersedeBefore(connection, version(now), root.madeAt(), clock.instant());
        yield now.then(WRAP_FROM).counting(keys, keys);
      }
      case WRAP_FROM -> {
        root.wrapFrom(version(now));
        yield now.finished(clock.instant());
      }
      default -> throw new IllegalStateException("no such step: " + now.step());
    };
  }

  private static int version(Progress progress) {
    return progress.version().orElseThrow();
  }
}
