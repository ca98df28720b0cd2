package org.tallykeep.customer.profile;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.RowRefusedException;

/** By what a customer is looked for. */
sealed interface CustomerSearch {

  /** By the retailer's own number. */
  record ByExternalId(String id) implements CustomerSearch {
    @Override
    public String toString() {
      return "ByExternalId[…]";
    }
  }

  /** By an e-mail address or phone number. */
  record ByContact(ContactField field, String normalised) implements CustomerSearch {
    @Override
    public String toString() {
      return "ByContact[…]";
    }
  }

  /** The request as it is sent: exactly one of the three. */
  @Schema(name = "CustomerSearch", description = "Exactly one of the three.")
  record Request(@Nullable String email, @Nullable String phone, @Nullable String externalId) {

    CustomerSearch check(String country) {
      String mail = Texts.line(email, "email", 1000);
      String number = Texts.line(phone, "phone", 1000);
      String id = Texts.line(externalId, "externalId", 1000);
      if (mail != null && number == null && id == null) {
        return new ByContact(ContactField.EMAIL, Emails.normalised(Emails.check(mail, "email")));
      }
      if (number != null && mail == null && id == null) {
        return new ByContact(ContactField.PHONE, Phones.check(number, country, "phone"));
      }
      if (id != null && mail == null && number == null) {
        return new ByExternalId(id);
      }
      throw new RowRefusedException(
          "one-criterion", null, "search by exactly one of email, phone and externalId");
    }

    /** Says nothing of the person. */
    @Override
    public String toString() {
      return "CustomerSearch[…]";
    }
  }
}
