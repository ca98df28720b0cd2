package org.tallykeep.simulator;

import java.util.Locale;

/**
 * Telephone numbers that parse and never ring: 555-0100 to 555-0199, kept for fiction in every area
 * of the North American numbering plan, and beyond those the areas with a nine in the middle, which
 * the plan keeps for a longer numbering and has given to nobody.
 */
final class FictionalPhones {

  /** Areas in use for decades, so that every parser of numbers knows them. */
  private static final int[] AREAS = {
    201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225,
    228, 229, 231, 234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281,
    301, 302, 303, 304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321,
    323, 325, 330, 334, 336, 337, 347, 351, 352, 360, 361, 386, 401, 402, 404, 405, 406, 407, 408,
    409, 410, 412, 413, 414, 415, 417, 419, 423, 425, 430, 432, 434, 435, 440, 443, 469, 478, 479,
    480, 484, 501, 502, 503, 504, 505, 507, 508, 509, 510, 512, 513, 515, 516, 517, 518, 520, 530
  };

  private static final int LINES = 100;
  private static final int FICTIONAL = AREAS.length * LINES;

  private FictionalPhones() {}

  /** A number of its own for each index up to {@link RetailerParameters#MAX_HOUSEHOLDS}. */
  static String number(int index) {
    if (index < FICTIONAL) {
      return String.format(
          Locale.ROOT, "+1%d55501%02d", AREAS[index % AREAS.length], index / AREAS.length);
    }
    int rest = index - FICTIONAL;
    // Exchanges 200 to 999 of the areas 290 to 999 with a nine in the middle.
    int line = rest % 10_000;
    int exchange = 200 + rest / 10_000 % 800;
    int area = 290 + 100 * (rest / 8_000_000 % 8);
    return String.format(Locale.ROOT, "+1%d%03d%04d", area, exchange, line);
  }
}
