package org.tallykeep.aggregates;

import java.util.List;
import java.util.UUID;

/**
 * The stream of sealed histories: a CBOR sequence (RFC 8742) of a header, the rows, and an end. A
 * stream without its end was broken off and says nothing about what is missing.
 */
public final class HistoryStream {

  /** The media type. */
  public static final String MEDIA_TYPE = "application/cbor-seq";

  /** The version of the format that is written. */
  public static final int FORMAT = 1;

  static final String KIND = "kind";
  static final String HEADER = "header";
  static final String END = "end";

  private HistoryStream() {}

  /**
   * What comes first.
   *
   * @param currency ISO 4217
   * @param minorDigits decimal digits of the minor unit, 2 for cents
   * @param zone the retailer's zone, whose midnight ends a day
   * @param cursor hand this back to get what is newer
   * @param publicKey X.509 encoding of the Ed25519 key that signed the manifests
   * @param publicKeyMac the public key's code under the manifest key
   * @param manifests one per shard, in order
   */
  public record Header(
      String currency,
      int minorDigits,
      String zone,
      RevisionCursor cursor,
      byte[] publicKey,
      byte[] publicKeyMac,
      List<ShardManifest> manifests) {
    /** Copies the manifests. */
    public Header {
      manifests = List.copyOf(manifests);
    }

    /** Leaves the bytes out. */
    @Override
    public String toString() {
      return "Header[" + manifests.size() + " manifests]";
    }
  }

  /**
   * One sealed history.
   *
   * @param shard 0 to 63
   * @param purchaserId the pseudonym
   * @param revision part of the associated data
   * @param sealed opens with {@link Dataset#associatedData}
   */
  public record Row(int shard, UUID purchaserId, long revision, byte[] sealed) {
    /** Leaves the pseudonym and the bytes out. */
    @Override
    public String toString() {
      return "Row[shard " + shard + "]";
    }
  }
}
