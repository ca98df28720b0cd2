package org.tallykeep.keyvault.rotation;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.event.KeyEvent;
import org.tallykeep.keyvault.event.KeyEvents;
import org.tallykeep.keyvault.platform.Database;

/**
 * Turns dataset keys over: from then on everything is sealed under a new version, by every client
 * within seconds, and what was sealed before still opens.
 */
@Singleton
final class Rotations {

  private final Database database;
  private final DatasetKeys datasets;
  private final KeyEvents events;
  private final Clock clock;

  Rotations(Database database, DatasetKeys datasets, KeyEvents events, Clock clock) {
    this.database = database;
    this.datasets = datasets;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Turns a key over.
   *
   * @throws RotationRefused when it is one that stays
   */
  Rotation rotate(Purpose purpose, String officer) {
    switch (purpose) {
      case LEDGER, AGGREGATE, MANIFEST, AUDIT -> {}
      case INDEX, TAG, REVOCATION -> throw RotationRefused.never(purpose.label());
      case IDENTITY, CONTACT, LINK, MASK, REIDENTIFY ->
          throw RotationRefused.noDataset(purpose.label());
    }
    return database.transaction(
        connection -> {
          int version = datasets.turnOver(connection, purpose).version();
          Rotation rotation =
              new Rotation(UUID.randomUUID(), purpose, version, officer, clock.instant());
          insert(connection, rotation);
          events.append(connection, KeyEvent.Kind.ROTATED, purpose.label());
          return rotation;
        });
  }

  Rotation find(UUID id) {
    return database.statement(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT purpose, version, asked_by, started_at FROM rotation WHERE id = ?")) {
            select.setObject(1, id);
            try (ResultSet found = select.executeQuery()) {
              if (!found.next()) {
                throw RotationRefused.unknown();
              }
              return new Rotation(
                  id,
                  Purpose.named(found.getString(1)).orElseThrow(RotationRefused::unknown),
                  found.getInt(2),
                  found.getString(3),
                  found.getObject(4, OffsetDateTime.class).toInstant());
            }
          }
        });
  }

  private static void insert(Connection connection, Rotation rotation) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO rotation (id, purpose, version, asked_by, started_at, finished_at) VALUES (?, ?, ?, ?, ?, now())")) {
      insert.setObject(1, rotation.id());
      insert.setString(2, rotation.purpose().label());
      insert.setInt(3, rotation.version());
      insert.setString(4, rotation.askedBy());
      insert.setObject(5, OffsetDateTime.ofInstant(rotation.at(), ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }
}
