package org.tallykeep.customer.profile;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values inside the sealed records of a customer: CBOR arrays that begin with their version
 * (docs/formats.md).
 */
final class ProfileCodec {

  /** What is written; the values of version 1 are read as well, which end earlier. */
  static final int VERSION = 2;

  private static final CBORMapper CBOR = new CBORMapper();

  private ProfileCodec() {}

  /** Under {@code identity}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({
    "version",
    "externalId",
    "given",
    "family",
    "birthDay",
    "locale",
    "otherExternalIds",
    "attributes"
  })
  record Identity(
      int version,
      @Nullable String externalId,
      @Nullable String given,
      @Nullable String family,
      @Nullable Long birthDay,
      @Nullable String locale,
      List<String> otherExternalIds,
      SortedMap<String, String> attributes) {
    Identity {
      version = known(version);
      otherExternalIds = orNone(otherExternalIds);
      attributes = orNone(attributes);
    }

    /** All of them, the first one first. */
    List<String> externalIds() {
      return externalId == null
          ? List.of()
          : Stream.concat(Stream.of(externalId), otherExternalIds.stream()).toList();
    }

    @Override
    public String toString() {
      return "Identity[…]";
    }
  }

  /** Under {@code contact}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"version", "emails", "phones", "addresses", "attributes"})
  record Contact(
      int version,
      List<String> emails,
      List<String> phones,
      List<Line> addresses,
      SortedMap<String, String> attributes) {
    Contact {
      version = known(version);
      attributes = orNone(attributes);
    }

    @Override
    public String toString() {
      return "Contact[…]";
    }
  }

  /** An address within {@code contact}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"street", "postalCode", "town", "region", "country"})
  record Line(
      @Nullable String street,
      @Nullable String postalCode,
      @Nullable String town,
      @Nullable String region,
      @Nullable String country) {
    @Override
    public String toString() {
      return "Line[…]";
    }
  }

  static byte[] identity(Profile profile) {
    return write(
        new Identity(
            VERSION,
            profile.externalIds().stream().findFirst().orElse(null),
            profile.name().given(),
            profile.name().family(),
            Optional.ofNullable(profile.birthDate()).map(LocalDate::toEpochDay).orElse(null),
            profile.locale(),
            profile.externalIds().stream().skip(1).toList(),
            profile.attributes().of(Protection.IDENTITY)));
  }

  static Identity identity(byte[] value) {
    return read(value, Identity.class);
  }

  static byte[] contact(Profile profile) {
    return write(
        new Contact(
            VERSION,
            profile.emails(),
            profile.phones(),
            profile.addresses().stream()
                .map(a -> new Line(a.street(), a.postalCode(), a.town(), a.region(), a.country()))
                .toList(),
            profile.attributes().of(Protection.CONTACT)));
  }

  static Contact contact(byte[] value) {
    return read(value, Contact.class);
  }

  /** The profile that was sealed as these. */
  static Profile profile(
      Identity identity, Contact contact, SortedMap<String, String> openAttributes) {
    Long day = identity.birthDay();
    return new Profile(
        identity.externalIds(),
        false,
        new Profile.Name(identity.given(), identity.family()),
        day == null ? null : LocalDate.ofEpochDay(day),
        contact.emails(),
        contact.phones(),
        contact.addresses().stream()
            .map(
                line ->
                    new Profile.Address(
                        line.street(),
                        line.postalCode(),
                        line.town(),
                        line.region(),
                        line.country()))
            .toList(),
        identity.locale(),
        AttributeValues.of(identity.attributes(), contact.attributes(), openAttributes));
  }

  static int known(int version) {
    if (version < 1 || version > VERSION) {
      throw new IllegalStateException("a sealed value of a later version");
    }
    return VERSION;
  }

  private static List<String> orNone(@Nullable List<String> texts) {
    return texts == null ? List.of() : List.copyOf(texts);
  }

  static SortedMap<String, String> orNone(@Nullable SortedMap<String, String> texts) {
    return texts == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(texts);
  }

  static byte[] write(Object value) {
    try {
      return CBOR.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T read(byte[] value, Class<T> type) {
    try {
      return CBOR.readValue(value, type);
    } catch (IOException e) {
      // Jackson's message quotes what it could not read.
      throw new IllegalStateException("a sealed value of an unknown form");
    }
  }
}
