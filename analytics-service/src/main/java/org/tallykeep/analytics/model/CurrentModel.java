package org.tallykeep.analytics.model;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tallykeep.analytics.histories.Histories;
import org.tallykeep.models.BuyingSummary;
import org.tallykeep.models.FitOutcome;
import org.tallykeep.models.PurchaseModel;

/** The model that predictions are made with: the last one that was fitted. */
@Singleton
public final class CurrentModel {

  private final Trainer trainer;
  private final ModelCards cards;
  private final ModelConfig config;
  private final Clock clock;
  private final AtomicReference<@Nullable Active> active = new AtomicReference<>();

  CurrentModel(Trainer trainer, ModelCards cards, ModelConfig config, Clock clock) {
    this.trainer = trainer;
    this.cards = cards;
    this.config = config;
    this.clock = clock;
  }

  /**
   * A model and what it was fitted to.
   *
   * @param model absent when there was too little to fit one to; the card says why
   */
  public record Active(ModelCard card, Optional<PurchaseModel> model, Histories fittedTo) {}

  /** The model in use, once one was tried to be fitted. */
  public Optional<Active> active() {
    return Optional.ofNullable(active.get());
  }

  /** The card of the model in use, or after a start of the one that was in use before it. */
  public Optional<ModelCard> card() {
    return active().map(Active::card).or(cards::latest);
  }

  /** Fits anew when the histories have changed and the last fit is long enough ago. */
  public void refitWhenDue(Histories histories) {
    Optional<Active> now = active();
    if (now.isEmpty()
        || (now.get().fittedTo() != histories
            && now.get().card().fittedAt().plus(config.refitAfter()).isBefore(clock.instant()))) {
      refit(histories);
    }
  }

  /** Fits anew unless these are the histories that the model in use was fitted to. */
  public synchronized Active refit(Histories histories) {
    Optional<Active> now = active();
    if (now.isPresent() && now.get().fittedTo() == histories) {
      return now.get();
    }
    Active fitted = fit(histories);
    cards.keep(fitted.card(), config.keptCards());
    active.set(fitted);
    return fitted;
  }

  private Active fit(Histories histories) {
    Optional<LocalDate> dataThrough = histories.dataThrough();
    LocalDate until = dataThrough.orElse(LocalDate.EPOCH);
    return switch (trainer.train(histories, until)) {
      case Training.Trained trained ->
          new Active(
              card(trained, dataThrough, trained.fit(), clock.instant()),
              Optional.of(trained.fit().model()),
              histories);
      case Training.TooLittle tooLittle ->
          new Active(card(tooLittle, dataThrough, clock.instant()), Optional.empty(), histories);
    };
  }

  private static ModelCard card(
      Training.Trained trained,
      Optional<LocalDate> dataThrough,
      FitOutcome.Fitted<? extends PurchaseModel> fit,
      Instant now) {
    BuyingSummary customers = trained.customers();
    return new ModelCard(
        fit.model().name(),
        trained.modelVersion(),
        true,
        null,
        trained.until(),
        dataThrough.orElse(null),
        now,
        customers.customers(),
        customers.repeatBuyers(),
        customers.repeatPurchases(),
        fit.model().parameters(),
        fit.logLikelihood(),
        fit.gradientNorm(),
        Double.isFinite(fit.condition()) ? fit.condition() : null,
        fit.evaluations());
  }

  private static ModelCard card(
      Training.TooLittle tooLittle, Optional<LocalDate> dataThrough, Instant now) {
    BuyingSummary customers = tooLittle.customers();
    return new ModelCard(
        "none",
        "none-" + dataThrough.map(LocalDate::toString).orElse("empty"),
        false,
        tooLittle.reason(),
        dataThrough.orElse(null),
        dataThrough.orElse(null),
        now,
        customers.customers(),
        customers.repeatBuyers(),
        customers.repeatPurchases(),
        Map.of(),
        null,
        null,
        null,
        null);
  }
}
