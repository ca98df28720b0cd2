package org.tallykeep.keyvault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.keyvault.branch.BranchFixture;
import org.tallykeep.keyvault.dataset.DatasetFixture;
import org.tallykeep.keyvault.dataset.DatasetKeys;
import org.tallykeep.keyvault.fixture.FakeRoot;
import org.tallykeep.keyvault.fixture.MovableClock;
import org.tallykeep.keyvault.fixture.TestDatabase;
import org.tallykeep.keyvault.platform.Database;

/** Entries are found by what they say, and handed out as lines of a table. */
class AuditQueryTest {

  private static final UUID TOUCHED = new UUID(1, 2);

  private final Database database = TestDatabase.migrated();
  private final MovableClock clock = new MovableClock();
  private final DatasetKeys datasets =
      DatasetFixture.keys(database, BranchFixture.keys(database, new FakeRoot(), clock), 1L << 31);
  private final AuditRepository entries = new AuditRepository(database);
  private final AuditTrail trail =
      AuditFixture.trail(entries, datasets, new Unwitnessed(clock), clock);
  private final AuditQuery query = new AuditQuery(new AuditReader(entries, datasets));

  @BeforeEach
  void write() {
    trail.onStart(new StartupEvent());
    trail.write(event("unwrap", "contact", Optional.of("ann"), AuditEvent.Outcome.GRANTED));
    clock.advance(Duration.ofMinutes(10));
    trail.write(event("unwrap", "link", Optional.empty(), AuditEvent.Outcome.GRANTED));
    clock.advance(Duration.ofMinutes(10));
    trail.write(event("destroy", "subject", Optional.of("bob"), AuditEvent.Outcome.REFUSED));
  }

  @AfterEach
  void stop() {
    trail.onStop(new ShutdownEvent());
  }

  @Test
  void withoutAFilterEverythingIsFoundInTheOrderOfTime() {
    assertThat(purposes(all())).containsExactly("contact", "link", "subject");
    assertThat(query.find(all(), 3).more()).isFalse();
    assertThat(query.find(all(), 3).unreadable()).isZero();
  }

  @Test
  void theNewestAreFoundAndThatThereAreOthersIsSaid() {
    AuditQuery.Found found = query.find(all(), 2);
    assertThat(found.entries())
        .extracting(opened -> opened.event().purpose())
        .containsExactly("link", "subject");
    assertThat(found.more()).isTrue();

    for (String purpose : List.of("a", "b", "c", "d")) {
      clock.advance(Duration.ofMinutes(1));
      trail.write(event("unwrap", purpose, Optional.empty(), AuditEvent.Outcome.GRANTED));
    }
    assertThat(query.find(all(), 4).entries())
        .extracting(opened -> opened.event().purpose())
        .containsExactly("a", "b", "c", "d");
    assertThat(by("person", "ann")).hasToString("Filter");
  }

  @ParameterizedTest
  @CsvSource({
    "person,ann,contact",
    "person,eve,",
    "client,customer-service,contact link subject",
    "client,other,",
    "purpose,link,link",
    "action,destroy,subject",
    "outcome,REFUSED,subject"
  })
  void eachFieldIsAskedForByItself(String field, String wanted, String purposes) {
    List<String> expected = purposes == null ? List.of() : List.of(purposes.split(" "));
    assertThat(purposes(by(field, wanted))).isEqualTo(expected);
  }

  @Test
  void theEntriesOfAKeyAreFoundWhateverItsVersion() {
    assertThat(purposes(byKey(TOUCHED))).containsExactly("contact", "link", "subject");
    assertThat(purposes(byKey(new UUID(3, 4)))).isEmpty();
  }

  @Test
  void aSpanOfTimeBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
    Instant second = query.find(by("purpose", "link"), 1).entries().getFirst().event().at();
    assertThat(purposes(within(second, second.plusNanos(1_000)))).containsExactly("link");
    assertThat(purposes(within(second.plusNanos(1_000), Instant.MAX))).containsExactly("subject");
    assertThat(purposes(within(Instant.EPOCH, second))).containsExactly("contact");
  }

  @Test
  void aTableHasALineAnEntryAndCountsItsKeys() {
    String csv = AuditCsv.of(query.find(by("person", "bob"), 9).entries());
    assertThat(csv.lines().toList()).hasSize(2);
    assertThat(csv)
        .startsWith("at,lane,sequence,action,")
        .endsWith(",2,destroy,refused,subject,customer-service,bob,,CASE-1,7,1,2\r\n");
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("plain", "plain"),
        arguments("a,b", "\"a,b\""),
        arguments("a\"b", "\"a\"\"b\""),
        arguments("a\nb", "\"a\nb\""),
        arguments("=1+1", "'=1+1"),
        arguments("@x", "'@x"),
        arguments("-x", "'-x"),
        arguments("+x,y", "\"'+x,y\""));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whatASpreadsheetWouldCalculateOrSplitIsQuoted(String given, String expected) {
    AuditEvent event = event("unwrap", given, Optional.empty(), AuditEvent.Outcome.GRANTED);
    String csv = AuditCsv.of(List.of(new AuditReader.Opened(TOUCHED, 0, event)));
    assertThat(csv).contains(",granted," + expected + ",customer-service,");
  }

  private List<String> purposes(AuditQuery.Filter filter) {
    return query.find(filter, 100).entries().stream()
        .map(opened -> opened.event().purpose())
        .toList();
  }

  private static AuditQuery.Filter all() {
    return by("nothing", "");
  }

  private static AuditQuery.Filter by(String field, String wanted) {
    return new AuditQuery.Filter(
        Instant.EPOCH,
        Instant.MAX,
        only("person", field, wanted),
        only("client", field, wanted),
        only("purpose", field, wanted),
        only("action", field, wanted),
        only("outcome", field, wanted).map(AuditEvent.Outcome::valueOf),
        Optional.empty());
  }

  private static Optional<String> only(String name, String field, String wanted) {
    return name.equals(field) ? Optional.of(wanted) : Optional.empty();
  }

  private static AuditQuery.Filter byKey(UUID key) {
    AuditQuery.Filter all = all();
    return new AuditQuery.Filter(
        all.from(),
        all.until(),
        all.person(),
        all.client(),
        all.purpose(),
        all.action(),
        all.outcome(),
        Optional.of(key));
  }

  private static AuditQuery.Filter within(Instant from, Instant until) {
    AuditQuery.Filter all = all();
    return new AuditQuery.Filter(
        from,
        until,
        all.person(),
        all.client(),
        all.purpose(),
        all.action(),
        all.outcome(),
        all.key());
  }

  private AuditEvent event(
      String action, String purpose, Optional<String> person, AuditEvent.Outcome outcome) {
    return new AuditEvent(
        clock.instant(),
        action,
        outcome,
        purpose,
        "customer-service",
        person,
        Optional.empty(),
        Optional.of("CASE-1"),
        7,
        IntStream.of(1, 2)
            .mapToObj(version -> new AuditedKey(new KeyRef(TOUCHED, version), version == 1))
            .toList());
  }
}
