/**
 * Keys in hand and the sealed record: sealing, opening, wrapping, deriving and tagging with keys
 * that callers can use but not read.
 *
 * <p>Raw key bytes are touched by {@code KeyBytes} alone, which hands them to the JDK's providers.
 * They leave the library in two places made for it, {@link
 * org.tallykeep.envelope.DerivationKey#derive} and {@link
 * org.tallykeep.envelope.WrappingKey#unwrap}; a test holds the list. The layout of every byte that
 * is stored is in {@code docs/formats.md}.
 *
 * <p>Zeroing is best effort: the arrays of this library are overwritten and the key schedules of
 * its ciphers replaced, but the garbage collector may have copied an array before that, and the JDK
 * makes short-lived copies of its own. This is also why {@link javax.crypto.spec.SecretKeySpec} is
 * not used: its {@code destroy()} throws.
 */
@NullMarked
package org.tallykeep.envelope;

import org.jspecify.annotations.NullMarked;
