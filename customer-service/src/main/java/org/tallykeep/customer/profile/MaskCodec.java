package org.tallykeep.customer.profile;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The value inside a customer's sealed mask (docs/formats.md). */
final class MaskCodec {

  private MaskCodec() {}

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
    "locale",
    "attributes"
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
      @Nullable String locale,
      SortedMap<String, String> attributes) {
    MaskValue {
      version = ProfileCodec.known(version);
      attributes = ProfileCodec.orNone(attributes);
    }
  }

  static byte[] write(Mask mask) {
    return ProfileCodec.write(
        new MaskValue(
            ProfileCodec.VERSION,
            mask.given(),
            mask.family(),
            mask.birthYear(),
            mask.emails(),
            mask.phones(),
            towns(mask),
            countries(mask),
            mask.locale(),
            mask.attributes()));
  }

  static Mask read(byte[] bytes) {
    MaskValue value = ProfileCodec.read(bytes, MaskValue.class);
    List<Mask.Place> places =
        IntStream.range(0, value.towns.size())
            .mapToObj(i -> new Mask.Place(value.towns.get(i), value.countries.get(i)))
            .toList();
    return new Mask(
        value.given,
        value.family,
        value.birthYear,
        value.emails,
        value.phones,
        places,
        value.locale,
        value.attributes);
  }

  private static List<@Nullable String> towns(Mask mask) {
    return mask.places().stream().<@Nullable String>map(Mask.Place::town).toList();
  }

  private static List<@Nullable String> countries(Mask mask) {
    return mask.places().stream().<@Nullable String>map(Mask.Place::country).toList();
  }
}
