package org.tallykeep.customer.profile;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values inside the sealed records of a customer: CBOR arrays that begin with their version
 * (docs/formats.md).
 */
final class ProfileCodec {

  private static final int VERSION = 1;
  private static final CBORMapper CBOR = new CBORMapper();

  private ProfileCodec() {}

  /** Under {@code identity}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"version", "externalId", "given", "family", "birthDay", "locale"})
  record Identity(
      int version,
      @Nullable String externalId,
      @Nullable String given,
      @Nullable String family,
      @Nullable Long birthDay,
      @Nullable String locale) {
    @Override
    public String toString() {
      return "Identity[…]";
    }
  }

  /** Under {@code contact}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"version", "emails", "phones", "addresses"})
  record Contact(int version, List<String> emails, List<String> phones, List<Line> addresses) {
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

  /** Under {@code mask}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({
    "version",
    "given",
    "family",
    "birthYear",
    "emails",
    "phones",
    "towns",
    "countries",
    "locale"
  })
  private record MaskValue(
      int version,
      @Nullable String given,
      @Nullable String family,
      @Nullable Integer birthYear,
      List<String> emails,
      List<String> phones,
      List<@Nullable String> towns,
      List<@Nullable String> countries,
      @Nullable String locale) {}

  static byte[] identity(Profile profile) {
    return write(
        new Identity(
            VERSION,
            profile.externalId(),
            profile.name().given(),
            profile.name().family(),
            Optional.ofNullable(profile.birthDate()).map(LocalDate::toEpochDay).orElse(null),
            profile.locale()));
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
                .toList()));
  }

  static Contact contact(byte[] value) {
    return read(value, Contact.class);
  }

  static byte[] mask(Mask mask) {
    return write(
        new MaskValue(
            VERSION,
            mask.given(),
            mask.family(),
            mask.birthYear(),
            mask.emails(),
            mask.phones(),
            towns(mask),
            countries(mask),
            mask.locale()));
  }

  static Mask mask(byte[] bytes) {
    MaskValue value = read(bytes, MaskValue.class);
    List<Mask.Place> places =
        java.util.stream.IntStream.range(0, value.towns.size())
            .mapToObj(i -> new Mask.Place(value.towns.get(i), value.countries.get(i)))
            .toList();
    return new Mask(
        value.given,
        value.family,
        value.birthYear,
        value.emails,
        value.phones,
        places,
        value.locale);
  }

  private static List<@Nullable String> towns(Mask mask) {
    return mask.places().stream().<@Nullable String>map(Mask.Place::town).toList();
  }

  private static List<@Nullable String> countries(Mask mask) {
    return mask.places().stream().<@Nullable String>map(Mask.Place::country).toList();
  }

  private static byte[] write(Object value) {
    try {
      return CBOR.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(byte[] value, Class<T> type) {
    try {
      return CBOR.readValue(value, type);
    } catch (IOException e) {
      // Jackson's message quotes what it could not read.
      throw new IllegalStateException("a sealed value of an unknown form");
    }
  }
}
