package org.tallykeep.keyvault.grant;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tallykeep.keyvault.access.Purpose;

/** Rows of {@code job_grant} and {@code job_grant_use}. */
@Singleton
final class GrantRepository {

  private static final String COLUMNS =
      "id, job, client, person, purposes, max_records, not_after, decoys, state, approved_by";

  /** What a person's grants asked for that waited for nobody, whatever became of them. */
  record Alone(long records, long forOneCustomer) {}

  /**
   * Nobody else submits for the person until the transaction ends: two at once would not add up.
   */
  Alone lockAlone(Connection connection, String person, Instant since) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, "job grants of " + person);
      lock.execute();
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT coalesce(sum(max_records * cardinality(purposes)), 0),
              count(*) FILTER (WHERE one_customer)
            FROM job_grant WHERE person = ? AND alone AND given_at > ?
            """)) {
      select.setString(1, person);
      select.setObject(2, utc(since));
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return new Alone(found.getLong(1), found.getLong(2));
      }
    }
  }

  /** A new grant, which waits for nobody if it is active. */
  void insert(Connection connection, JobGrant grant, boolean oneCustomer, Instant at)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO job_grant (%s, given_at, alone, one_customer)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
                .formatted(COLUMNS))) {
      insert.setObject(1, grant.id());
      insert.setString(2, grant.job());
      insert.setString(3, grant.client());
      insert.setString(4, grant.person());
      insert.setArray(
          5,
          connection.createArrayOf(
              "text", grant.purposes().stream().map(Purpose::label).toArray()));
      insert.setLong(6, grant.maxRecords());
      insert.setObject(7, utc(grant.notAfter()));
      insert.setString(8, grant.decoys().label());
      insert.setString(9, grant.state().name().toLowerCase(Locale.ROOT));
      insert.setString(10, grant.approvedBy().orElse(null));
      insert.setObject(11, utc(at));
      insert.setBoolean(12, grant.state() == JobGrant.State.ACTIVE);
      insert.setBoolean(13, oneCustomer);
      insert.executeUpdate();
    }
  }

  /** Nobody else uses or changes it until the transaction ends. */
  Optional<JobGrant> lock(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s FROM job_grant WHERE id = ? FOR UPDATE".formatted(COLUMNS))) {
      select.setObject(1, id);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.of(read(found)) : Optional.empty();
      }
    }
  }

  void approve(Connection connection, UUID id, String officer) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE job_grant SET state = 'active', approved_by = ? WHERE id = ?")) {
      update.setString(1, officer);
      update.setObject(2, id);
      update.executeUpdate();
    }
  }

  void cancel(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE job_grant SET state = 'cancelled' WHERE id = ?")) {
      update.setObject(1, id);
      update.executeUpdate();
    }
  }

  Set<UUID> of(Connection connection, String person) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id FROM job_grant WHERE person = ?")) {
      select.setString(1, person);
      Set<UUID> ids = new HashSet<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          ids.add(found.getObject(1, UUID.class));
        }
      }
      return ids;
    }
  }

  int cancelOf(Connection connection, String person) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE job_grant SET state = 'cancelled' WHERE person = ? AND state <> 'cancelled'
            """)) {
      update.setString(1, person);
      return update.executeUpdate();
    }
  }

  /** Counts so many records as opened, if the grant leaves that many. */
  boolean use(Connection connection, JobGrant grant, Purpose purpose, long records)
      throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            INSERT INTO job_grant_use AS used (job_grant, purpose, records)
            SELECT ?, ?, ? WHERE ? <= ?
            ON CONFLICT (job_grant, purpose) DO UPDATE SET records = used.records + excluded.records
            WHERE used.records + excluded.records <= ?
            """)) {
      upsert.setObject(1, grant.id());
      upsert.setString(2, purpose.label());
      upsert.setLong(3, records);
      upsert.setLong(4, records);
      upsert.setLong(5, grant.maxRecords());
      upsert.setLong(6, grant.maxRecords());
      return upsert.executeUpdate() == 1;
    }
  }

  private static JobGrant read(ResultSet row) throws SQLException {
    return new JobGrant(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Arrays.stream((String[]) row.getArray(5).getArray())
            .flatMap(label -> Purpose.named(label).stream())
            .collect(Collectors.toSet()),
        row.getLong(6),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        DecoyRule.valueOf(row.getString(8).toUpperCase(Locale.ROOT)),
        JobGrant.State.valueOf(row.getString(9).toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString(10)));
  }

  private static OffsetDateTime utc(Instant at) {
    return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
  }
}
