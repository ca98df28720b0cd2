package org.tallykeep.keyvault.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;

class TableRewriterTest {

  private final Database database = TestDatabase.migrated();
  private final TableRewriter rewriter = new TableRewriter(database);

  @Test
  void afterwardsOrderAndTransactionTellNothing() {
    for (int i = 0; i < 30; i++) {
      insert("subject_key", 1);
      insert("pseudonym_key", 1);
    }
    String before = content("subject_key") + content("pseudonym_key");

    assertThat(rewriter.rewrite())
        .isEqualTo(Map.of("subject_key", 30L, "pseudonym_key", 30L, "compromised_key", 0L));

    for (String table : List.of("subject_key", "pseudonym_key")) {
      assertThat(
              query(
                  """
                  SELECT count(DISTINCT xmin::text) = 1
                    AND array_agg(id ORDER BY ctid) = array_agg(id ORDER BY id) FROM %s
                  """
                      .formatted(table)))
          .isEqualTo("t");
    }
    assertThat(content("subject_key") + content("pseudonym_key")).isEqualTo(before);
  }

  @Test
  void anEmptyTableStaysEmpty() {
    assertThat(rewriter.rewrite()).containsValue(0L);
  }

  @Test
  void readersNeverMissARowMeanwhile() {
    insert("subject_key", 2_000);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    AtomicInteger missed = new AtomicInteger();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    if (!"2000".equals(query("SELECT count(*) FROM subject_key"))) {
                      missed.incrementAndGet();
                    }
                    reads.incrementAndGet();
                  }
                });
    for (int i = 0; i < 20; i++) {
      rewriter.rewrite();
    }
    Awaitility.await().until(() -> reads.get() > 20);
    done.set(true);
    Awaitility.await().until(() -> !reader.isAlive());
    assertThat(missed).hasValue(0);
  }

  @Test
  void noTableOfKeysHasASequenceOrATime() {
    assertThat(
            query(
                """
                SELECT count(*) FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name IN
                    ('branch_key', 'subject_key', 'pseudonym_key', 'dataset_key', 'audit_entry',
                     'decoy_count', 'budget_account')
                  AND (is_identity = 'YES' OR column_default LIKE 'nextval%'
                       OR data_type LIKE 'timestamp%' OR data_type IN ('date', 'time'))
                """))
        .isEqualTo("0");
  }

  private void insert(String table, int rows) {
    database.statement(
        connection ->
            connection
                .createStatement()
                .execute(
                    """
                    INSERT INTO %s SELECT gen_random_uuid(), 1, gen_random_uuid(), 1,
                      decode(repeat(md5(random()::text), 3), 'hex') FROM generate_series(1, %d)
                    """
                        .formatted(table, rows)));
  }

  private String content(String table) {
    return query("SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM %s t".formatted(table));
  }

  private String query(String sql) {
    return database.statement(
        connection -> {
          try (var found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getString(1);
          }
        });
  }
}
