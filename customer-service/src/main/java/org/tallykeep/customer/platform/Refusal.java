package org.tallykeep.customer.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tallykeep.platform.problem.Problem;

/** What the customer service will not do, and what the caller can do about it. */
public sealed class Refusal extends Problem {

  private Refusal(Kind kind, String detail) {
    super(kind, detail);
  }

  /** There is no such thing, or no longer. */
  public static final class NotFound extends Refusal {
    public NotFound(String name, String detail) {
      super(new Kind(name, 404, "Not found"), detail);
    }
  }

  /** The caller's role does not reach this far. */
  public static final class NotAllowed extends Refusal {
    public NotAllowed(String name, String detail) {
      super(new Kind(name, 403, "Not allowed"), detail);
    }
  }

  /** Something that every such request carries is not there. */
  public static final class Incomplete extends Refusal {
    public Incomplete(String name, String detail) {
      super(new Kind(name, 400, "The request is incomplete"), detail);
    }
  }

  /** It contradicts what is there already, or what happens at the same time. */
  public static final class Conflict extends Refusal {
    public Conflict(String name, String detail) {
      super(new Kind(name, 409, "Conflict"), detail);
    }
  }

  /** The request does not say which state of things it changes. */
  public static final class Unconditional extends Refusal {
    public Unconditional(String name, String detail) {
      super(new Kind(name, 428, "Precondition required"), detail);
    }
  }

  /** It is of a state of things that is no more. */
  public static final class Outdated extends Refusal {
    public Outdated(String name, String detail) {
      super(new Kind(name, 412, "Precondition failed"), detail);
    }
  }

  /** Not readable as what it should be; the document names the reason and the field. */
  public static final class Malformed extends Refusal {
    private final transient Map<String, Object> extras;

    public Malformed(String code, @Nullable String field, String detail) {
      super(new Kind("malformed-request", 400, "The request is malformed"), detail);
      this.extras = reason(code, field);
    }

    @Override
    public Map<String, Object> extras() {
      return extras;
    }
  }

  /** Well-formed but wrong; the document names the reason and the field. */
  public static final class Invalid extends Refusal {
    private final transient Map<String, Object> extras;

    public Invalid(String name, String code, @Nullable String field, String detail) {
      super(new Kind(name, 422, "The content cannot be taken"), detail);
      this.extras = reason(code, field);
    }

    @Override
    public Map<String, Object> extras() {
      return extras;
    }
  }

  private static Map<String, Object> reason(String code, @Nullable String field) {
    Map<String, Object> reason = new LinkedHashMap<>();
    reason.put("code", code);
    if (field != null) {
      reason.put("field", field);
    }
    return reason;
  }
}
