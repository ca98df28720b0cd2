package org.tallykeep.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bytes inside a customer's sealed values; docs/formats.md has their layout. */
class ProfileCodecTest {

  private static final Profile PROFILE =
      new Profile(
          List.of("h-17", "h-18"),
          false,
          new Profile.Name("Ada", null),
          LocalDate.ofEpochDay(3685),
          List.of("a@b.org"),
          List.of(),
          List.of(),
          "en",
          new AttributeValues(
              Map.of(
                  Protection.IDENTITY, new TreeMap<>(Map.of("b", "2", "a", "1")),
                  Protection.CONTACT, new TreeMap<>(Map.of("c", "3")),
                  Protection.OPEN, new TreeMap<>(Map.of("d", "true")))));

  @Test
  void theFormThatIsWrittenIsPinned() {
    assertThat(hex(ProfileCodec.identity(PROFILE)))
        .isEqualTo(
            "9f"
                + "02"
                + "64682d3137"
                + "63416461"
                + "f6"
                + "190e65"
                + "62656e"
                + "8164682d3138"
                + "bf6161613161626132ff"
                + "ff");
    assertThat(hex(ProfileCodec.contact(PROFILE)))
        .isEqualTo("9f" + "02" + "81676140622e6f7267" + "80" + "80" + "bf61636133ff" + "ff");
    assertThat(hex(MaskCodec.write(Mask.of(PROFILE))))
        .isEqualTo(
            "9f"
                + "02"
                + "6a41e280a2e280a2e280a2"
                + "f6"
                + "1907bc"
                + "817061e280a2e280a2e280a240622e6f7267"
                + "80"
                + "80"
                + "80"
                + "62656e"
                + "bf61646474727565ff"
                + "ff");
  }

  @Test
  void whatIsWrittenIsReadAsTheSameProfile() {
    assertThat(
            ProfileCodec.profile(
                ProfileCodec.identity(ProfileCodec.identity(PROFILE)),
                ProfileCodec.contact(ProfileCodec.contact(PROFILE)),
                MaskCodec.read(MaskCodec.write(Mask.of(PROFILE))).attributes()))
        .isEqualTo(PROFILE);
  }

  /** [1, "h-17", "Ada", null, 3685, "en"] and so on, as all were written before attributes. */
  @Test
  void theFirstFormIsStillRead() {
    ProfileCodec.Identity identity =
        ProfileCodec.identity(
            bytes("9f" + "01" + "64682d3137" + "63416461" + "f6" + "190e65" + "62656e" + "ff"));
    ProfileCodec.Contact contact =
        ProfileCodec.contact(bytes("9f" + "01" + "81676140622e6f7267" + "80" + "80" + "ff"));
    Mask mask =
        MaskCodec.read(
            bytes(
                "9f"
                    + "01"
                    + "6441e280a2"
                    + "f6"
                    + "1907bc"
                    + "80"
                    + "80"
                    + "80"
                    + "80"
                    + "62656e"
                    + "ff"));

    assertThat(identity)
        .isEqualTo(
            new ProfileCodec.Identity(
                2, "h-17", "Ada", null, 3685L, "en", List.of(), new TreeMap<>()));
    assertThat(identity.externalIds()).containsExactly("h-17");
    assertThat(contact.emails()).containsExactly("a@b.org");
    assertThat(contact.attributes()).isEmpty();
    assertThat(mask.given()).isEqualTo("A•");
    assertThat(mask.birthYear()).isEqualTo(1980);
    assertThat(mask.attributes()).isEmpty();
  }

  @Test
  void aLaterFormIsNotTakenForThisOne() {
    assertThatThrownBy(
            () ->
                ProfileCodec.identity(
                    bytes(
                        "9f"
                            + "03"
                            + "64682d3137"
                            + "63416461"
                            + "f6"
                            + "190e65"
                            + "62656e"
                            + "ff")))
        .isInstanceOf(IllegalStateException.class);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
