package org.tallykeep.customer.profile;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.tallykeep.customer.imports.RowRefusedException;

/** Phone numbers in E.164; a number without a country code is one of the retailer's country. */
final class Phones {

  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
  private static final int LONGEST = 40;

  private Phones() {}

  /** The number in E.164, if it can be one: numbering plans change faster than this is released. */
  static String check(String phone, String country, String field) {
    try {
      if (phone.length() <= LONGEST) {
        PhoneNumber number = LIBRARY.parse(phone, country);
        if (LIBRARY.isPossibleNumber(number)) {
          return LIBRARY.format(number, PhoneNumberFormat.E164);
        }
      }
    } catch (NumberParseException e) {
      // Its message quotes the number.
      throw invalid(field);
    }
    throw invalid(field);
  }

  private static RowRefusedException invalid(String field) {
    return new RowRefusedException(
        "invalid-phone", field, "not a phone number; write it with its country code, as +1 …");
  }
}
