package org.tallykeep.local.stack;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What a person reads while a stack comes up. */
public final class Console {

  private final PrintWriter out;

  public Console(PrintWriter out) {
    this.out = out;
  }

  public PrintWriter writer() {
    return out;
  }

  public synchronized void line(String text) {
    out.println(text);
    out.flush();
  }

  void ready(Part part, Duration time) {
    line(String.format(Locale.ROOT, "  %-18s ready in %.1f s", part.label(), seconds(time)));
  }

  void reused(Part part) {
    line(String.format(Locale.ROOT, "  %-18s runs already", part.label()));
  }

  void rebuilt(Part part) {
    line(String.format(Locale.ROOT, "  %-18s was built again and is restarted", part.label()));
  }

  static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
