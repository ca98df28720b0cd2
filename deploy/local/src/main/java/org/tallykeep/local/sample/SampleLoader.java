package org.tallykeep.local.sample;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallykeep.local.CommandFailure;
import org.tallykeep.local.Endpoints;
import org.tallykeep.local.client.BulkSender;
import org.tallykeep.local.client.Patience;
import org.tallykeep.local.client.ProgressLine;
import org.tallykeep.local.client.Row;
import org.tallykeep.local.client.RowAnswer;
import org.tallykeep.local.client.ServiceClient;
import org.tallykeep.local.client.Settling;
import org.tallykeep.simulator.Purchase;
import org.tallykeep.simulator.Retailer;

/**
 * Sends a simulated retailer to the customer service: first everyone's profile, then every purchase
 * in the order of time. What is brought back stays out: the API takes purchases only.
 */
public final class SampleLoader {

  /** How many were sent and taken, now or by an earlier load of the same retailer. */
  public record Loaded(long customers, long purchases) {}

  private final Endpoints endpoints;
  private final Patience patience;
  private final PrintWriter messages;

  public SampleLoader(Endpoints endpoints, Patience patience, PrintWriter messages) {
    this.endpoints = endpoints;
    this.patience = patience;
    this.messages = messages;
  }

  /**
   * Returns once everything is stored, aggregated and known to the models.
   *
   * @throws CommandFailure when a row is refused or a service stays away
   */
  public Loaded load(Retailer retailer) {
    try (ServiceClient customers =
        new ServiceClient(
            "customer-service",
            endpoints.customerService(),
            () -> endpoints.token("ingest"),
            patience)) {
      int households = retailer.parameters().households();
      long people =
          send(
              customers,
              "/v1/customers/imports",
              "customers",
              households,
              retailer.profiles(),
              SampleJson::of);
      long purchases = retailer.households().mapToLong(h -> h.purchases().size()).sum();
      long bought =
          send(
              customers,
              "/v1/purchases/imports",
              "purchases",
              purchases,
              retailer.inTimeOrder().filter(Purchase.class::isInstance).map(Purchase.class::cast),
              SampleJson::of);
      new Settling(endpoints, patience, messages).await();
      return new Loaded(people, bought);
    }
  }

  private <S> long send(
      ServiceClient customers,
      String path,
      String what,
      long total,
      Stream<S> all,
      Function<S, byte[]> json) {
    ProgressLine progress =
        new ProgressLine(messages, ProgressLine.onTerminal(), what, total, System::nanoTime);
    AtomicLong taken = new AtomicLong();
    AtomicReference<@Nullable String> firstRefusal = new AtomicReference<>(null);
    BulkSender.Answers<Long> answers =
        (line, answer) -> {
          if (answer instanceof RowAnswer.Refused(String code, String detail)) {
            firstRefusal.compareAndSet(null, code + ": " + detail);
            progress.add(1, 1);
          } else {
            taken.incrementAndGet();
            progress.add(1, 0);
          }
        };
    try (all;
        BulkSender<Long> sender =
            new BulkSender<>(customers, path, BulkSender.Limits.ordinary(), answers)) {
      all.forEach(each -> sender.add(new Row<>(json.apply(each), 0L)));
      sender.finish();
    }
    progress.finish();
    String refusal = firstRefusal.get();
    if (refusal != null) {
      throw new CommandFailure(
          "the customer-service refused some of the sample's " + what + ": " + refusal);
    }
    return taken.get();
  }
}
