package org.tallykeep.customer.cards;

/** Ranges of issuer prefixes (ISO/IEC 7812, as the card schemes publish theirs) and lengths. */
enum Issuer {
  VISA_SHORT(400000, 499999, 13, 13),
  VISA(400000, 499999, 16, 16),
  VISA_LONG(400000, 499999, 19, 19),
  MASTERCARD(510000, 559999, 16, 16),
  MASTERCARD_2(222100, 272099, 16, 16),
  AMERICAN_EXPRESS_34(340000, 349999, 15, 15),
  AMERICAN_EXPRESS_37(370000, 379999, 15, 15),
  DISCOVER_6011(601100, 601199, 16, 19),
  DISCOVER_64(644000, 659999, 16, 19),
  DINERS_30(300000, 305999, 14, 19),
  DINERS_3095(309500, 309599, 14, 19),
  DINERS_36(360000, 369999, 14, 19),
  DINERS_38(380000, 399999, 14, 19),
  JCB(352800, 358999, 16, 19),
  UNION_PAY(620000, 629999, 16, 19),
  MIR(220000, 220499, 16, 19),
  MAESTRO_5018(501800, 501899, 12, 19),
  MAESTRO_5020(502000, 502099, 12, 19),
  MAESTRO_5038(503800, 503899, 12, 19),
  MAESTRO_5893(589300, 589399, 12, 19),
  MAESTRO_6304(630400, 630499, 12, 19),
  MAESTRO_6759(675900, 675999, 12, 19),
  MAESTRO_6761(676100, 676399, 12, 19);

  private static final Issuer[] ALL = values();

  private final int from;
  private final int to;
  private final int shortest;
  private final int longest;

  Issuer(int from, int to, int shortest, int longest) {
    this.from = from;
    this.to = to;
    this.shortest = shortest;
    this.longest = longest;
  }

  /** Whether one of the issuers uses these first six digits with this many digits in all. */
  static boolean knows(CharSequence firstSix, int length) {
    int prefix = Integer.parseInt(firstSix, 0, 6, 10);
    for (Issuer issuer : ALL) {
      if (prefix >= issuer.from
          && prefix <= issuer.to
          && length >= issuer.shortest
          && length <= issuer.longest) {
        return true;
      }
    }
    return false;
  }
}
