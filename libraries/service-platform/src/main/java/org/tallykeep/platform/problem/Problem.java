package org.tallykeep.platform.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the caller may know about. Each service has its own small sealed tree below this;
 * everything that is not a {@code Problem} is answered as an incident without a word on its cause.
 *
 * <p>The detail says what to do about it and never holds a personal value, a key or a token.
 */
public abstract class Problem extends RuntimeException {

  private static final String TYPE_PREFIX = "urn:tallykeep:problem:";

  private final Kind kind;
  private final String detail;

  /** What a problem is, whatever the occasion: stable name in kebab case, HTTP status, title. */
  public record Kind(String name, int status, String title) {
    public Kind {
      if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
        throw new IllegalArgumentException("A problem's name is written in kebab case: " + name);
      }
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("Not the status of a failure: " + status);
      }
    }

    /** The URN that clients compare. */
    public String type() {
      return TYPE_PREFIX + name;
    }
  }

  protected Problem(Kind kind, String detail) {
    this(kind, detail, null);
  }

  /** The cause is for our log only; it is never shown. */
  protected Problem(Kind kind, String detail, @Nullable Throwable cause) {
    // A refused request is no surprise: only failures on our side are worth a stack trace.
    super(kind.name() + ": " + detail, cause, true, kind.status() >= 500);
    this.kind = kind;
    this.detail = detail;
  }

  public final Kind kind() {
    return kind;
  }

  /** What happened and what the caller can do about it. */
  public final String detail() {
    return detail;
  }

  /** Members of the document beyond those of RFC 9457, in the order to write them. */
  public Map<String, Object> extras() {
    return Map.of();
  }

  /** How long to wait before trying again, or null when trying again does not help by itself. */
  public @Nullable Duration retryAfter() {
    return null;
  }

  /** The document as ordered members, ready for JSON: also used for errors inside a stream. */
  public final Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", kind.type());
    document.put("title", kind.title());
    document.put("status", kind.status());
    document.put("detail", detail);
    extras().forEach(document::putIfAbsent);
    return document;
  }
}
