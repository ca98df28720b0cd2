package org.tallykeep.keyvault.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tallykeep.envelope.KeyRef;

/** What every root key does, wherever it lives. */
abstract class RootContract {

  private final Random random = new Random(17);

  /** The root key under test. */
  abstract RootKey root();

  /** Another root key of the same sort. */
  abstract RootKey anotherRoot();

  @Test
  void whatWasWrappedOpensInTheOrderAskedFor() {
    List<BranchBytes> keys = branches(520);
    List<BranchBytes> wrapped = wrapped(keys);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);

    List<byte[]> opened = root().unwrap(order.stream().map(wrapped::get).toList());

    for (int i = 0; i < order.size(); i++) {
      assertThat(opened.get(i)).isEqualTo(keys.get(order.get(i)).bytes());
    }
  }

  @Test
  void theGivenKeysAreLeftAsTheyAre() {
    BranchBytes key = branches(1).getFirst();
    byte[] before = key.bytes().clone();
    root().wrap(List.of(key));
    assertThat(key.bytes()).isEqualTo(before);
  }

  @Test
  void theSameKeyWrappedTwiceLooksDifferentAndHoldsNothingOfIt() {
    BranchBytes key = branches(1).getFirst();
    byte[] first = root().wrap(List.of(key)).getFirst();
    assertThat(first).isNotEqualTo(root().wrap(List.of(key)).getFirst());
    assertThat(new String(first, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(key.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @Test
  void anotherBranchsNameDoesNotOpenIt() {
    BranchBytes wrapped = wrapped(branches(1)).getFirst();
    refused(new BranchBytes(new KeyRef(UUID.randomUUID(), 1), wrapped.bytes()));
  }

  @Test
  void anotherVersionDoesNotOpenIt() {
    BranchBytes wrapped = wrapped(branches(1)).getFirst();
    refused(new BranchBytes(new KeyRef(wrapped.branch().id(), 2), wrapped.bytes()));
  }

  @Test
  void aChangedOneDoesNotOpenAndNeitherDoTheOthersOfItsBatch() {
    List<BranchBytes> wrapped = wrapped(branches(3));
    byte[] changed = wrapped.get(1).bytes();
    int last = changed.length - 6;
    changed[last] = (byte) (changed[last] == 'A' ? 'B' : 'A');
    assertThatThrownBy(() -> root().unwrap(wrapped)).isInstanceOf(RootMismatch.class);
  }

  @Test
  void anotherRootDoesNotOpenIt() {
    List<BranchBytes> wrapped = wrapped(branches(1));
    assertThatThrownBy(() -> anotherRoot().unwrap(wrapped)).isInstanceOf(RootMismatch.class);
  }

  @Test
  void nothingIsWrappedToNothing() {
    assertThat(root().wrap(List.of())).isEmpty();
    assertThat(root().unwrap(List.of())).isEmpty();
  }

  @Test
  void afterARotationTheNewVersionWrapsAndTheOneBeforeStillOpens() {
    List<BranchBytes> keys = branches(3);
    List<BranchBytes> before = wrapped(keys);
    int old = root().newestVersion();
    assertThat(versions(before)).containsOnly(old);

    assertThat(root().rotate()).isEqualTo(old + 1);
    root().wrapFrom(old + 1);

    assertThat(root().newestVersion()).isEqualTo(old + 1);
    List<BranchBytes> after = wrapped(keys);
    assertThat(versions(after)).containsOnly(old + 1);
    assertThat(root().unwrap(List.of(before.get(0), after.get(1), before.get(2))))
        .containsExactly(keys.get(0).bytes(), keys.get(1).bytes(), keys.get(2).bytes());
  }

  @Test
  void aRetiredVersionOpensNothingAndNewerOnesStillDo() {
    List<BranchBytes> keys = branches(1);
    BranchBytes retired = wrapped(keys).getFirst();
    root().rotate();
    BranchBytes middle = wrapped(keys).getFirst();
    int newest = root().rotate();
    root().wrapFrom(newest);

    for (int i = 0; i < 2; i++) {
      root().retireBefore(newest - 1);

      refused(retired);
      assertThat(root().unwrap(List.of(middle))).containsExactly(keys.getFirst().bytes());
    }
    root().retireBefore(newest);
    refused(middle);
    assertThat(root().unwrap(wrapped(keys))).containsExactly(keys.getFirst().bytes());
  }

  @Test
  void eachVersionSaysSinceWhenItHasBeenThere() {
    int first = root().newestVersion();
    Instant before = Instant.now().minusSeconds(1);
    int second = root().rotate();
    NavigableMap<Integer, Instant> made = root().madeAt();
    assertThat(made.get(second)).isBetween(before, Instant.now().plusSeconds(1));
    assertThat(made.get(first)).isBeforeOrEqualTo(made.get(second));
    root().wrapFrom(second);
    root().retireBefore(second);
    assertThat(root().madeAt()).containsOnlyKeys(second).containsEntry(second, made.get(second));
  }

  @Test
  void bytesThatNameNoVersionHaveNone() {
    assertThatThrownBy(() -> root().versionOf(new byte[200])).isInstanceOf(RootMismatch.class);
    assertThatThrownBy(() -> root().versionOf(new byte[0])).isInstanceOf(RootMismatch.class);
  }

  private List<Integer> versions(List<BranchBytes> wrapped) {
    return wrapped.stream().map(each -> root().versionOf(each.bytes())).toList();
  }

  private void refused(BranchBytes wrapped) {
    assertThatThrownBy(() -> root().unwrap(List.of(wrapped))).isInstanceOf(RootMismatch.class);
  }

  private List<BranchBytes> wrapped(List<BranchBytes> keys) {
    List<byte[]> wrapped = root().wrap(keys);
    List<BranchBytes> named = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      named.add(new BranchBytes(keys.get(i).branch(), wrapped.get(i)));
    }
    return named;
  }

  private List<BranchBytes> branches(int count) {
    List<BranchBytes> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      keys.add(new BranchBytes(new KeyRef(UUID.randomUUID(), 1 + i % 3), key));
    }
    return keys;
  }
}
