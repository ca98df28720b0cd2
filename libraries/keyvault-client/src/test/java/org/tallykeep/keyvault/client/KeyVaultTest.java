package org.tallykeep.keyvault.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.AssociatedData;
import org.tallykeep.envelope.KeyClosedException;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.MacKey;
import org.tallykeep.envelope.SealedRecord;
import org.tallykeep.envelope.SealingKey;
import org.tallykeep.keyvault.client.cache.Lifetimes;

class KeyVaultTest {

  private static final AssociatedData HERE =
      AssociatedData.of("purchase", UUID.randomUUID(), "ledger", 1);
  private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);

  private final FakeKeyService service = new FakeKeyService();
  private final HandClock clock = new HandClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private boolean hears = true;
  private final KeyVault keyVault =
      new KeyVault(
          service,
          new Config(),
          new KeyVault.Keeping(clock, Lifetimes.longest(), () -> hears),
          meters);

  private record Config() implements KeyVaultConfig {
    @Override
    public Optional<String> url() {
      return Optional.empty();
    }

    @Override
    public int linkCacheSize() {
      return 2;
    }

    @Override
    public long leaseMessages() {
      return 8;
    }

    @Override
    public Duration firstPause() {
      return Duration.ofMillis(1);
    }

    @Override
    public Duration patience() {
      return Duration.ZERO;
    }
  }

  @Test
  void manyKeysAreMadeInRequestsOfAThousand() {
    List<NewKey> keys = keyVault.createKeys(KeyKind.SUBJECT, 2_500, Set.of(Purpose.LINK));

    assertThat(keys).hasSize(2_500).doesNotHaveDuplicates();
    assertThat(service.calls).containsExactly("create 1000", "create 1000", "create 500");
  }

  @Test
  void whatANewKeySealsItsUnwrappedSelfOpens() {
    NewKey made = keyVault.createKeys(KeyKind.SUBJECT, 1, Set.of(Purpose.IDENTITY)).getFirst();
    byte[] sealed = made.of(Purpose.IDENTITY).seal(HERE, VALUE);

    SealingKey again = one(Purpose.IDENTITY, made.ref(), Caller.person("token"));

    assertThat(again.open(HERE, sealed)).isEqualTo(VALUE);
  }

  @Test
  void manyKeysAreUnwrappedInRequestsOfAThousandInOrder() {
    List<KeyRef> refs = IntStream.range(0, 2_001).mapToObj(i -> ref()).toList();
    service.destroyed.add(refs.get(1_500));

    List<Optional<SealingKey>> keys =
        keyVault.unwrap(Purpose.MASK, refs, Caller.standingGrant("ingest"));

    assertThat(service.calls).hasSize(3);
    assertThat(keys.get(1_500)).isEmpty();
    assertThat(keys.get(2_000).orElseThrow().ref()).isEqualTo(refs.get(2_000));
  }

  @Test
  void onlyLinkKeysAreKept() {
    KeyRef ref = ref();
    for (Purpose purpose : Purpose.values()) {
      one(purpose, ref, Caller.service());
      one(purpose, ref, Caller.service());
    }
    assertThat(service.calls).hasSize(2 * Purpose.values().length - 1);
    assertThat(service.calls.stream().filter(c -> c.startsWith("unwrap link"))).hasSize(1);
    assertThat(
            meters.counter("tallykeep.keyvault.cache", "purpose", "link", "result", "hit").count())
        .isEqualTo(1);
  }

  @Test
  void aLinkKeyAskedForInAPersonsNameIsNotKept() {
    KeyRef ref = ref();
    one(Purpose.LINK, ref, Caller.person("token"));
    one(Purpose.LINK, ref, Caller.person("token"));
    assertThat(service.calls).hasSize(2);
  }

  @Test
  void oneCustomerManyTimesInABatchIsOneKey() {
    KeyRef ref = ref();
    keyVault.unwrap(Purpose.LINK, Collections.nCopies(500, ref), Caller.service());
    assertThat(service.calls).containsExactly("unwrap link 1 INSTANCE");
  }

  @Test
  void aLinkKeyIsAskedForAgainAfterThirtySecondsAndClosedAfterSixty() {
    KeyRef ref = ref();
    SealingKey first = one(Purpose.LINK, ref, Caller.service());
    clock.passSeconds(30);
    one(Purpose.LINK, ref, Caller.service());
    assertThat(service.calls).hasSize(2);

    clock.passSeconds(29);
    keyVault.sweep();
    assertThat(first.canSeal()).isTrue();

    clock.passSeconds(1);
    keyVault.sweep();
    assertThatThrownBy(() -> first.seal(HERE, VALUE)).isInstanceOf(KeyClosedException.class);
  }

  @Test
  void aFullCacheDropsTheOldestButDoesNotCloseItUnderItsUser() {
    KeyRef oldest = ref();
    SealingKey inUse = one(Purpose.LINK, oldest, Caller.service());
    one(Purpose.LINK, ref(), Caller.service());
    one(Purpose.LINK, ref(), Caller.service());
    keyVault.sweep();

    assertThat(inUse.open(HERE, inUse.seal(HERE, VALUE))).isEqualTo(VALUE);
    one(Purpose.LINK, oldest, Caller.service());
    assertThat(service.calls).hasSize(4);
  }

  @Test
  void anUnknownLinkKeyIsNotRemembered() {
    KeyRef ref = ref();
    service.destroyed.add(ref);
    assertThat(keyVault.unwrap(Purpose.LINK, List.of(ref), Caller.service()).getFirst()).isEmpty();
    keyVault.unwrap(Purpose.LINK, List.of(ref), Caller.service());
    assertThat(service.calls).hasSize(2);
  }

  @Test
  void aLeaseIsRenewedBeforeItIsUsedUpAndGrowsWithUse() {
    for (int i = 0; i < 20; i++) {
      keyVault.sealing(DatasetPurpose.LEDGER).seal(HERE, VALUE);
    }
    assertThat(service.leases).startsWith(8L, 14L).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void aLeaseThatWasHardlyUsedIsFollowedByASmallOne() {
    keyVault.sealing(DatasetPurpose.LEDGER).seal(HERE, VALUE);
    clock.passSeconds(31);
    keyVault.sealing(DatasetPurpose.LEDGER).seal(HERE, VALUE);
    assertThat(service.leases).containsExactly(8L, 8L);
  }

  @Test
  void aTurnoverIsSeenAtTheNextRenewalAndOldRecordsStillOpen() {
    byte[] old = keyVault.sealing(DatasetPurpose.AGGREGATE).seal(HERE, VALUE);
    keyVault.opening(DatasetPurpose.AGGREGATE, SealedRecord.keyOf(old));
    service.datasetVersion = 2;
    clock.passSeconds(30);
    byte[] young = keyVault.sealing(DatasetPurpose.AGGREGATE).seal(HERE, VALUE);

    assertThat(SealedRecord.keyOf(young).version()).isEqualTo(2);
    assertThat(open(old)).isEqualTo(VALUE);
    assertThat(open(young)).isEqualTo(VALUE);
  }

  @Test
  void aVersionThatAnotherServiceMadeIsLookedForAtOnce() {
    open(keyVault.sealing(DatasetPurpose.AGGREGATE).seal(HERE, VALUE));
    service.datasetVersion = 2;
    clock.passSeconds(2);

    SealingKey made =
        keyVault.opening(DatasetPurpose.AGGREGATE, new KeyRef(FakeKeyService.id("aggregate"), 2));

    assertThat(made.ref().version()).isEqualTo(2);
  }

  @Test
  void aForgedKeyNameDoesNotHammerTheKeyService() {
    KeyRef forged = ref();
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> keyVault.opening(DatasetPurpose.LEDGER, forged))
          .isInstanceOf(KeyNotKnownException.class);
    }
    assertThat(service.calls).hasSize(1);
  }

  @Test
  void aKeyServiceThatIsAwayIsBridgedForFortyFiveSeconds() {
    keyVault.sealing(DatasetPurpose.LEDGER);
    service.away = true;
    clock.passSeconds(44);
    assertThat(keyVault.sealing(DatasetPurpose.LEDGER).canSeal()).isTrue();

    clock.passSeconds(1);
    assertThatThrownBy(() -> keyVault.sealing(DatasetPurpose.LEDGER))
        .isInstanceOf(KeysUnavailable.class);
  }

  @Test
  void anIdleKeyIsClosedToo() {
    MacKey idle = keyVault.manifest();
    clock.passSeconds(45);
    keyVault.sweep();
    clock.passSeconds(15);
    keyVault.sweep();
    assertThatThrownBy(() -> idle.mac(VALUE)).isInstanceOf(KeyClosedException.class);
  }

  @Test
  void keysThatOnlyAuthenticateTakeNoMessages() {
    assertThat(keyVault.index().tag("customer", "external-id", VALUE, 0)).hasSize(32);
    assertThat(keyVault.manifest().mac(VALUE)).hasSize(32);
    assertThat(service.leases).containsExactly(0L, 0L);
  }

  @Test
  void eachLiveVersionOfTheKeyForTagsIsFoundByItsNumber() {
    byte[] older = keyVault.index(1).tag("customer", "external-id", VALUE, 0);
    service.datasetVersion = 2;
    assertThat(keyVault.index(2).tag("customer", "external-id", VALUE, 0)).isNotEqualTo(older);
    assertThat(keyVault.index(1).tag("customer", "external-id", VALUE, 0)).isEqualTo(older);
    assertThatThrownBy(() -> keyVault.index(3)).isInstanceOf(KeyNotKnownException.class);
  }

  @Test
  void closingClosesEverySharedHandle() {
    SealingKey ledger = keyVault.sealing(DatasetPurpose.LEDGER);
    SealingKey link = one(Purpose.LINK, ref(), Caller.service());
    keyVault.close();
    assertThat(ledger.canSeal()).isFalse();
    assertThat(link.canSeal()).isFalse();
  }

  @Test
  void tagsComeInBatches() {
    assertThat(keyVault.tags(TagField.EMAIL, Collections.nCopies(1_001, VALUE))).hasSize(1_001);
    assertThat(service.calls).containsExactly("tags 1000", "tags 1");
  }

  @Test
  void tagsOnAGrantNameIt() {
    keyVault.tags(TagField.PHONE, List.of(VALUE), new Caller.StandingGrant("reindex"));
    assertThat(service.tagGrants).containsExactly("reindex");
  }

  @Test
  void aPersonsTokenIsNeverShown() {
    assertThat(Caller.person("very-secret").toString()).doesNotContain("very-secret");
  }

  private byte[] open(byte[] sealed) {
    return keyVault
        .opening(DatasetPurpose.AGGREGATE, SealedRecord.keyOf(sealed))
        .open(HERE, sealed);
  }

  private SealingKey one(Purpose purpose, KeyRef ref, Caller caller) {
    return keyVault.unwrap(purpose, List.of(ref), caller).getFirst().orElseThrow();
  }

  private static KeyRef ref() {
    return new KeyRef(UUID.randomUUID(), 1);
  }

  @Test
  void whileTheKeyServiceIsNotHeardNothingThatIsKeptIsUsed() {
    keyVault.index();
    keyVault.index();
    assertThat(service.calls).hasSize(1);
    hears = false;
    keyVault.index();
    keyVault.index();
    assertThat(service.calls).hasSize(3);
    hears = true;
    keyVault.index();
    assertThat(service.calls).hasSize(3);
  }

  @Test
  void whatIsForgottenIsAskedForAgain() {
    KeyRef ref = keyVault.createKeys(KeyKind.SUBJECT, 1, Set.of(Purpose.LINK)).getFirst().ref();
    keyVault.unwrap(Purpose.LINK, List.of(ref), Caller.service());
    int before = service.calls.size();
    keyVault.unwrap(Purpose.LINK, List.of(ref), Caller.service());
    assertThat(service.calls.size()).isEqualTo(before);
    keyVault.forget();
    keyVault.unwrap(Purpose.LINK, List.of(ref), Caller.service());
    assertThat(service.calls.size()).isEqualTo(before + 1);
  }
}
