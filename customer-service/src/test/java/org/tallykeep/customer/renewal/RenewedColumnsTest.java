package org.tallykeep.customer.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.Sql;

/** Where pseudonyms and ids of purchases stand: whoever adds a column says whether it moves. */
class RenewedColumnsTest {

  private static final Set<String> MOVED =
      Set.of(
          "basket_history.id",
          "purchase.id",
          "purchase.purchaser_id",
          "purchase_correction.purchase_id",
          "purchase_event.purchase_id",
          "purchase_history.id",
          "purchase_parked.purchase_id",
          "purchase_parked.purchaser_id",
          "purchase_pending.purchase_id",
          "purchase_pending.purchaser_id",
          "purchase_void.purchase_id",
          "purchaser.id",
          "purchaser_external_id.purchaser_id",
          "purchaser_free.id",
          "purchaser_gone.id",
          "purchaser_rebuild.purchaser_id");

  /** Ids of the customers' side, of jobs, keys and notes, and tags. */
  private static final Set<String> OTHERS =
      Set.of(
          "aggregate_manifest.mac_key",
          "customer.id",
          "customer.key_id",
          "customer_attribute.customer_id",
          "customer_change.customer_id",
          "customer_consent.customer_id",
          "customer_email.customer_id",
          "customer_external_id.customer_id",
          "customer_link.customer_id",
          "customer_phone.customer_id",
          "customer_restriction.customer_id",
          "customer_to_describe.customer_id",
          "customer_to_describe.ticket",
          "customer_to_mix.customer_id",
          "erasure.customer_id",
          "erasure.id",
          "export_chunk.job_id",
          // Of a purchase, behind which nothing goes on once it has another id.
          "export_job.at_id",
          "export_job.grant_id",
          "export_job.holder",
          "export_job.id",
          "import_chunk.job_id",
          "import_error.job_id",
          "import_job.holder",
          "import_job.id",
          "import_repetition_key.id",
          "index_version.coming_id",
          "index_version.settled_id",
          "index_version_kept.id",
          "pseudonym_renewal.id",
          "purchaser_rebuild.note",
          "purchaser_renewal.old_id",
          "sales_series.id",
          "signing_key.id");

  @Test
  void everyColumnOfIdsIsMovedOrHasNoneOfThem() {
    List<String> columns =
        FaultyDatabase.fresh()
            .transactions()
            .call(
                c ->
                    Sql.query(
                        c,
                        """
                        SELECT relname || '.' || attname
                        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                            AND NOT relispartition AND atttypid = 'uuid'::regtype
                        """,
                        row -> row.getString(1)));

    Set<String> known = new TreeSet<>(MOVED);
    known.addAll(OTHERS);
    assertThat(columns).containsExactlyInAnyOrderElementsOf(known);
  }
}
