package org.tallykeep.customer.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallykeep.customer.consent.ConsentsFixture.SAID;
import static org.tallykeep.customer.consent.ConsentsFixture.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.customer.consent.Consents.Recorded;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.LocalKeys;
import org.tallykeep.customer.platform.SubjectKeys;
import org.tallykeep.envelope.KeyRef;

/** What customers said, as it is kept. */
class ConsentsTest {

  private final FaultyDatabase database = FaultyDatabase.fresh();
  private final LocalKeys keys = new LocalKeys();
  private final ConsentsFixture consents = new ConsentsFixture(database.transactions(), keys);

  @Test
  void whatWasSaidLastCountsHoweverLateItComes() {
    UUID customer = customer();

    consents.say(customer, consent("email-marketing", "withdrawn", SAID.plusSeconds(60)));
    consents.say(customer, consent("email-marketing", "granted", SAID));
    consents.say(customer, consent("sms-marketing", "granted", SAID));

    assertThat(consents.current(customer))
        .containsExactly(
            Map.entry("email-marketing", "withdrawn"), Map.entry("sms-marketing", "granted"));
    assertThat(consents.history(customer).newestFirst())
        .extracting(entry -> entry.consent().decision())
        .containsExactly(Decision.WITHDRAWN, Decision.GRANTED, Decision.GRANTED);
    assertThat(consents.history(customer).newestFirst().getFirst().recorder())
        .isEqualTo(ConsentsFixture.STEWARD);
  }

  @Test
  void ofTwoAtTheSameInstantTheStricterCountsWhicheverComesFirst() {
    UUID one = customer();
    UUID other = customer();

    consents.say(one, consent("profiling", "granted", SAID));
    consents.say(one, consent("profiling", "refused", SAID));
    consents.say(other, consent("profiling", "refused", SAID));
    consents.say(other, consent("profiling", "granted", SAID));

    assertThat(consents.current(one)).containsEntry("profiling", "refused");
    assertThat(consents.current(other)).containsEntry("profiling", "refused");
  }

  @Test
  void theSameAgainChangesNothing() {
    UUID customer = customer();
    assertThat(consents.say(customer, "profiling", "refused")).isEqualTo(Recorded.WRITTEN);
    consents.say(customer, consent("profiling", "granted", SAID.plusSeconds(1)));
    database.execute("DELETE FROM customer_to_describe");

    assertThat(consents.say(customer, "profiling", "refused")).isEqualTo(Recorded.UNCHANGED);

    assertThat(revision(customer)).isEqualTo(2);
    assertThat(consents.current(customer)).containsEntry("profiling", "granted");
    assertThat(database.number("SELECT count(*) FROM customer_to_describe")).isZero();
  }

  @Test
  void ofWritersAtTheSameTimeNoneLosesWhatItWrote() {
    UUID customer = customer();
    int writers = 12;
    List<CompletableFuture<Recorded>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (int i = 0; i < writers; i++) {
        Consent theirs = consent("purpose-" + i, "granted", SAID);
        all.add(CompletableFuture.supplyAsync(() -> consents.say(customer, theirs), threads));
      }
    }

    assertThat(all.stream().map(CompletableFuture::join)).containsOnly(Recorded.WRITTEN);
    assertThat(consents.current(customer)).hasSize(writers);
    assertThat(revision(customer)).isEqualTo(writers);
  }

  @Test
  void whatWouldBeTooMuchIsRefusedWhole() {
    UUID customer = customer();
    consents.say(customer, many(0, ConsentHistory.MOST - 1));

    assertThat(consents.say(customer, many(ConsentHistory.MOST, 2))).isEqualTo(Recorded.TOO_MANY);
    assertThat(consents.history(customer).entries()).hasSize(ConsentHistory.MOST - 1);
    assertThat(consents.say(customer, many(ConsentHistory.MOST, 1))).isEqualTo(Recorded.WRITTEN);
    assertThat(consents.say(customer, many(ConsentHistory.MOST, 1))).isEqualTo(Recorded.UNCHANGED);
  }

  @Test
  void whoDoesNotExistSaysNothingAndWhoIsDeletedLeavesNothing() {
    UUID customer = customer();
    consents.say(customer, "profiling", "refused");

    database.execute("DELETE FROM customer WHERE id = ?", customer);

    assertThat(database.number("SELECT count(*) FROM customer_consent")).isZero();
    assertThat(database.number("SELECT count(*) FROM customer_to_describe")).isZero();
    assertThat(consents.consents.read(customer)).isEmpty();
    assertThat(consents.say(customer, "profiling", "refused")).isEqualTo(Recorded.NOBODY);
  }

  @Test
  void whoseKeyIsDestroyedIsNobody() {
    UUID customer = customer();
    consents.say(customer, "profiling", "granted");
    keys.destroy(key(customer).id());

    assertThat(consents.consents.read(customer)).isEmpty();
    assertThat(consents.say(customer, "profiling", "refused")).isEqualTo(Recorded.NOBODY);
  }

  @Test
  void nothingIsPredictedOfWhoRefusedWithdrewOrCannotBeRead() {
    UUID refused = customer();
    UUID withdrew = customer();
    UUID granted = customer();
    UUID unread = customer();
    consents.say(refused, "profiling", "refused");
    consents.say(withdrew, consent("profiling", "granted", SAID));
    consents.say(withdrew, consent("profiling", "withdrawn", SAID.plusSeconds(1)));
    consents.say(granted, consent("profiling", "refused", SAID));
    consents.say(granted, consent("profiling", "granted", SAID.plusSeconds(1)));
    consents.say(unread, "profiling", "granted");
    database.execute(
        "UPDATE customer_consent SET sealed = other.sealed FROM customer_consent other"
            + " WHERE customer_consent.customer_id = ? AND other.customer_id = ?",
        unread,
        granted);

    assertThat(
            consents.consents.refusingProfiling(
                List.of(refused, withdrew, granted, unread, customer())))
        .containsExactlyInAnyOrder(refused, withdrew, unread);
  }

  @Test
  void aRowOfAnotherRevisionDoesNotOpen() {
    UUID customer = customer();
    consents.say(customer, "profiling", "refused");
    consents.say(customer, "email-marketing", "granted");
    database.execute("UPDATE customer_consent SET revision = 1");

    assertThat(consents.consents.refusingProfiling(List.of(customer))).containsExactly(customer);
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> consents.current(customer)))
        .isInstanceOf(org.tallykeep.envelope.RecordNotOpenedException.class);
  }

  @Test
  void nothingIsWrittenUnderAKeyThatWasReplacedMeanwhile() {
    UUID customer = customer();
    KeyRef before = key(customer);
    KeyRef newer = keys.replace(before);
    database.execute("UPDATE customer SET key_version = 2 WHERE id = ?", customer);
    keys.putAside(before);

    assertThat(consents.say(customer, "profiling", "refused")).isEqualTo(Recorded.WRITTEN);

    assertThat(
            database
                .transactions()
                .call(c -> ConsentRepository.find(c, List.of(customer)))
                .getFirst()
                .key())
        .isEqualTo(newer);
  }

  private static Consent[] many(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> consent("profiling", "granted", SAID.minusSeconds(i)))
        .toArray(Consent[]::new);
  }

  private int revision(UUID customer) {
    return consents.consents.read(customer).orElseThrow().revision();
  }

  private KeyRef key(UUID customer) {
    return database
        .transactions()
        .call(c -> ConsentRepository.read(c, customer))
        .orElseThrow()
        .key();
  }

  private UUID customer() {
    UUID id = UUID.randomUUID();
    try (SubjectKeys subject = keys.createSubjects(1).getFirst()) {
      database.execute(
          "INSERT INTO customer VALUES (?, ?, 1, 1, '', '', '')", id, subject.ref().id());
    }
    return id;
  }
}
