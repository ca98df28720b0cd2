package org.tallykeep.keyvault.person;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallykeep.envelope.DerivationKey;
import org.tallykeep.envelope.KeyNotUnwrappedException;
import org.tallykeep.envelope.KeyRef;
import org.tallykeep.envelope.WrappingKey;
import org.tallykeep.keyvault.access.Purpose;
import org.tallykeep.keyvault.access.Purpose.Family;
import org.tallykeep.keyvault.branch.BranchRing;

/** From bytes to rows and back: capsules under branch keys, and the keys of purposes from them. */
final class PersonKeyWrapping {

  private PersonKeyWrapping() {}

  /** A new key. The caller zeroes it. */
  static byte[] newKey(SecureRandom random) {
    byte[] key = new byte[KeyCapsule.KEY_LENGTH];
    random.nextBytes(key);
    return key;
  }

  /** Under any branch of the family. */
  static PersonKeyRow wrap(BranchRing ring, Family family, KeyRef ref, byte[] key, boolean decoy) {
    byte[] capsule = KeyCapsule.of(key, decoy);
    try {
      WrappingKey branch = ring.anyOf(family.label());
      return new PersonKeyRow(ref, branch.ref(), branch.wrap(ref, family.label(), capsule));
    } finally {
      Arrays.fill(capsule, (byte) 0);
    }
  }

  /** For one purpose, in the order asked for; those without a row come empty. */
  static List<PurposeKey> open(
      BranchRing ring, Purpose purpose, List<KeyRef> refs, Map<KeyRef, PersonKeyRow> rows) {
    List<PurposeKey> opened = new ArrayList<>(refs.size());
    try {
      refs.forEach(ref -> opened.add(open(ring, purpose, ref, rows.get(ref))));
      return opened;
    } catch (RuntimeException e) {
      opened.forEach(PurposeKey::close);
      throw e;
    }
  }

  private static PurposeKey open(
      BranchRing ring, Purpose purpose, KeyRef ref, @Nullable PersonKeyRow row) {
    if (row == null) {
      return PurposeKey.none(ref);
    }
    try (PurposeKey whole = open(ring, purpose.family(), row)) {
      byte[] key = whole.key();
      if (key == null) {
        return whole;
      }
      try (DerivationKey parent = DerivationKey.takeOwnershipOf(ref, key)) {
        return new PurposeKey(ref, parent.derive(purpose.label()), whole.decoy());
      }
    }
  }

  /** The key that all purposes come from; the caller closes it. */
  static PurposeKey open(BranchRing ring, Family family, PersonKeyRow row) {
    try {
      byte[] capsule = ring.get(row.branch()).unwrap(row.ref(), family.label(), row.wrapped());
      try {
        return new PurposeKey(row.ref(), KeyCapsule.key(capsule), KeyCapsule.isDecoy(capsule));
      } finally {
        Arrays.fill(capsule, (byte) 0);
      }
    } catch (KeyNotUnwrappedException e) {
      // Random bytes: the key was destroyed.
      return PurposeKey.none(row.ref());
    }
  }

  /** Takes the key: zeroed when this returns. */
  static Map<Purpose, byte[]> derive(KeyRef ref, byte[] key, Set<Purpose> purposes) {
    Map<Purpose, byte[]> derived = new EnumMap<>(Purpose.class);
    try (DerivationKey parent = DerivationKey.takeOwnershipOf(ref, key)) {
      for (Purpose purpose : purposes) {
        derived.put(purpose, parent.derive(purpose.label()));
      }
    }
    return derived;
  }
}
