package org.tallykeep.analytics.model;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import org.tallykeep.analytics.histories.Histories;
import org.tallykeep.models.BgNbd;
import org.tallykeep.models.BuyingSummary;
import org.tallykeep.models.FitOutcome;
import org.tallykeep.models.PurchaseDays;
import org.tallykeep.models.PurchaseModel;

/** Fits the purchase model to histories, as they stood at the end of a day. */
@Singleton
public final class Trainer {

  private static final int VERSION_BYTES = 6;

  private final ModelConfig config;

  Trainer(ModelConfig config) {
    this.config = config;
  }

  /** Looks at nothing that happened after {@code until}. */
  public Training train(Histories histories, LocalDate until) {
    BuyingSummary customers = summary(histories, (int) until.toEpochDay());
    if (customers.customers() < config.minCustomers()) {
      return new Training.TooLittle(
          customers,
          until,
          "Fewer than %d customers had bought by %s: too few for a model."
              .formatted(config.minCustomers(), until));
    }
    if (customers.repeatBuyers() < config.minRepeatBuyers()) {
      return new Training.TooLittle(
          customers,
          until,
          "Fewer than %d customers had bought on a second day by %s: too few for a model."
              .formatted(config.minRepeatBuyers(), until));
    }
    return switch (BgNbd.fit(customers)) {
      case FitOutcome.Fitted<BgNbd> fitted ->
          new Training.Trained(customers, until, version(fitted.model(), customers, until), fitted);
      case FitOutcome.NotFitted<BgNbd> not ->
          new Training.TooLittle(customers, until, not.detail());
    };
  }

  private static BuyingSummary summary(Histories histories, int until) {
    BuyingSummary.Builder builder = BuyingSummary.ofDays();
    int[] days = histories.days();
    for (int i = 0; i < histories.size(); i++) {
      int from = histories.from(i);
      int end = PurchaseDays.endOfCalibration(days, from, histories.to(i), until);
      if (end > from) {
        builder.add(end - from - 1, days[end - 1] - days[from], until - days[from]);
      }
    }
    return builder.build();
  }

  /** Says which model over which data: a digest of what was fitted and of what came out. */
  private static String version(PurchaseModel model, BuyingSummary customers, LocalDate until) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
      model
          .parameters()
          .forEach(
              (name, value) -> {
                digest.update(name.getBytes(StandardCharsets.US_ASCII));
                digest.update(number.putDouble(0, value).array());
              });
      digest.update(number.putLong(0, customers.customers()).array());
      digest.update(number.putLong(0, customers.repeatPurchases()).array());
      String hex = HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
      return model.name() + "-" + until + "-" + hex;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
