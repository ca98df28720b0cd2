package org.tallykeep.customer.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tallykeep.customer.imports.Bodies;
import org.tallykeep.customer.imports.RowRefusedException;
import org.tallykeep.platform.problem.Problem;

/** A single purchase that was not taken, with the same code and field that an import would name. */
final class PurchaseProblem extends Problem {

  private static final long serialVersionUID = 1L;

  private static final Kind MALFORMED =
      new Kind("malformed-request", 400, "The request is malformed");
  private static final Kind REFUSED = new Kind("purchase-refused", 422, "The purchase was refused");

  /** The code of a row whose buyer was erased. */
  static final String ERASED = "erased";

  private final String code;
  private final @Nullable String field;

  private PurchaseProblem(Kind kind, String code, @Nullable String field, String detail) {
    super(kind, detail);
    this.code = code;
    this.field = field;
  }

  static PurchaseProblem of(RowRefusedException refused) {
    return refused(refused.code(), refused.field(), refused.detail());
  }

  static PurchaseProblem refused(String code, @Nullable String field, String detail) {
    Kind kind =
        code.equals(ERASED)
            ? new Kind(ERASED, 409, "The buyer was erased")
            : Bodies.isUnreadable(code) ? MALFORMED : REFUSED;
    return new PurchaseProblem(kind, code, field, detail);
  }

  static PurchaseProblem conflict(String code, @Nullable String field, String detail) {
    Kind kind = new Kind(code, 409, "The event contradicts one that was taken before");
    return new PurchaseProblem(kind, code, field, detail);
  }

  @Override
  public Map<String, Object> extras() {
    Map<String, Object> extras = new LinkedHashMap<>();
    extras.put("code", code);
    if (field != null) {
      extras.put("field", field);
    }
    return extras;
  }
}
