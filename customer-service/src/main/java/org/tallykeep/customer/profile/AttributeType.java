package org.tallykeep.customer.profile;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.RowRefusedException;

/** What an attribute's values are: one canonical text each, and how they look in JSON. */
enum AttributeType {
  TEXT {
    @Override
    @Nullable String canonical(AttributeValue value, String field) {
      return Texts.free(value.in(AttributeValue.Form.TEXT, field), field, LONGEST);
    }
  },
  NUMBER {
    @Override
    String canonical(AttributeValue value, String field) {
      BigDecimal number = number(value.in(AttributeValue.Form.NUMBER, field), field);
      // A number of a few characters can be one of millions of digits.
      if (Math.abs((long) number.scale()) + number.precision() > LONGEST) {
        throw tooLong(field);
      }
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal number(String text, String field) {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException e) {
        // Of what JSON takes for a number only one with too large an exponent.
        throw tooLong(field);
      }
    }

    private static RowRefusedException tooLong(String field) {
      return new RowRefusedException("too-long", field, "at most " + LONGEST + " characters");
    }

    @Override
    Object shown(String canonical) {
      return new BigDecimal(canonical);
    }
  },
  BOOLEAN {
    @Override
    String canonical(AttributeValue value, String field) {
      return value.in(AttributeValue.Form.BOOLEAN, field);
    }

    @Override
    Object shown(String canonical) {
      return Boolean.valueOf(canonical);
    }
  },
  DATE {
    @Override
    @Nullable String canonical(AttributeValue value, String field) {
      String text = Texts.line(value.in(AttributeValue.Form.TEXT, field), field, LONGEST);
      try {
        return text == null ? null : LocalDate.parse(text).toString();
      } catch (DateTimeException e) {
        // Its message quotes the text.
        throw new RowRefusedException("invalid-date", field, "a date as 1980-02-03");
      }
    }
  },
  CHOICE {
    @Override
    @Nullable String canonical(AttributeValue value, String field) {
      return Texts.line(value.in(AttributeValue.Form.TEXT, field), field, LONGEST);
    }
  };

  static final int LONGEST = 200;

  /**
   * The one text of a value; nothing if it is blank.
   *
   * @throws RowRefusedException if it is of another type or too long
   */
  abstract @Nullable String canonical(AttributeValue value, String field);

  /** As JSON has it. */
  Object shown(String canonical) {
    return canonical;
  }

  /** Whether so few values are possible that equal tags would tell them. */
  boolean isOfFewValues() {
    return this == BOOLEAN || this == CHOICE;
  }

  /** Whether all values can be tried: not of what is shown to those alone who say why. */
  boolean canBeEnumerated() {
    return isOfFewValues() || this == NUMBER || this == DATE;
  }

  /** As it is written. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<AttributeType> of(@Nullable String word) {
    for (AttributeType type : values()) {
      if (type.word().equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
