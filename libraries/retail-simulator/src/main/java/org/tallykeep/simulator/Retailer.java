package org.tallykeep.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A simulated retailer: a deterministic function of its parameters.
 *
 * <p><b>The process.</b> Households arrive by a first purchase, buy at a gamma distributed rate
 * that follows the seasons of week and year, and leave for good after any purchase with a beta
 * distributed chance: the process behind BG/NBD (Fader, Hardie and Lee, 2005) with the calendar
 * added. Baskets are Dirichlet-multinomial choices among categories (Goodhardt, Ehrenberg and
 * Chatfield, 1984) with promotions that lift what they reduce (Bell, Chiang and Padmanabhan, 1999).
 * {@link Life}, {@link Baskets}, {@link Promotions} and {@link Season} say more.
 *
 * <p><b>Scale.</b> Nothing is kept per household: every one is made from (seed, index) when asked
 * for, on any thread, in any order. A stream may be made parallel; what it yields is the same.
 */
public final class Retailer {

  private final RetailerParameters parameters;
  private final Assortment assortment;
  private final People people;
  private final Life life;
  private final Baskets baskets;

  private Retailer(RetailerParameters parameters) {
    RandomStreams streams = new RandomStreams(parameters.seed());
    this.parameters = parameters;
    assortment = new Assortment(streams, parameters.productsPerCategory());
    people = new People(streams, parameters.start());
    life = new Life(streams, parameters, new Season(parameters.start(), parameters.days()));
    double lift = parameters.behaviour().promotionLift();
    Promotions promotions = new Promotions(streams, assortment, parameters.days(), lift);
    baskets = new Baskets(streams, assortment, promotions, parameters);
  }

  public static Retailer of(RetailerParameters parameters) {
    return new Retailer(parameters);
  }

  public RetailerParameters parameters() {
    return parameters;
  }

  /** All that is sold, by category, the most popular of each first. */
  public List<Product> products() {
    return assortment.categories().stream().flatMap(c -> c.products().stream()).toList();
  }

  /** One household, by its number from 0. */
  public Household household(int index) {
    Profile profile = profile(index);
    Baskets.Taste taste = baskets.taste(index);
    List<Purchase> purchases = new ArrayList<>();
    List<Return> returns = new ArrayList<>();
    life.until(
        parameters.days(),
        index,
        (day, second, isReturn, sequence) -> {
          if (isReturn) {
            returns.add(broughtBack(index, purchases.get(sequence), day, second, sequence));
          } else {
            purchases.add(purchase(index, taste, day, second, sequence));
          }
        });
    returns.sort(Comparator.comparing(Return::at).thenComparing(Return::eventId));
    return new Household(index, profile, purchases, returns);
  }

  /** Who a household is, without what it buys. */
  public Profile profile(int index) {
    if (index < 0 || index >= parameters.households()) {
      throw new IndexOutOfBoundsException(index);
    }
    return people.profile(index);
  }

  /** All households by number, made one by one as the stream is read. */
  public Stream<Household> households() {
    return IntStream.range(0, parameters.households()).mapToObj(this::household);
  }

  /** All profiles by number, without the work of their purchases. */
  public Stream<Profile> profiles() {
    return IntStream.range(0, parameters.households()).mapToObj(this::profile);
  }

  /**
   * All purchases and returns of all households in the order of time; the same ones that {@link
   * #households()} yields. Holds about a million moments (8 MB) whatever the number of households,
   * and lives every life once for each window of so many: a million households over two years take
   * some two dozen passes.
   */
  public Stream<Transaction> inTimeOrder() {
    return new TimeOrder(life, parameters).tell(this::tell);
  }

  private Transaction tell(int household, int day, int second, boolean isReturn, int sequence) {
    Baskets.Taste taste = baskets.taste(household);
    if (!isReturn) {
      return purchase(household, taste, day, second, sequence);
    }
    return broughtBack(household, boughtAt(household, taste, sequence), day, second, sequence);
  }

  /** The purchase with that number: its day is what its basket depends on. */
  private Purchase boughtAt(int household, Baskets.Taste taste, int sequence) {
    List<Purchase> found = new ArrayList<>(1);
    life.until(
        parameters.days(),
        household,
        (day, second, isReturn, number) -> {
          if (!isReturn && number == sequence) {
            found.add(purchase(household, taste, day, second, number));
          }
        });
    return found.getFirst();
  }

  private Purchase purchase(int household, Baskets.Taste taste, int day, int second, int sequence) {
    Baskets.Basket basket = baskets.basket(household, taste, sequence, day);
    LocalDate date = parameters.start().plusDays(day);
    return new Purchase(
        "p-" + household + "-" + sequence,
        People.externalId(household),
        instant(date, second),
        date,
        basket.lines(),
        basket.note());
  }

  private Return broughtBack(int household, Purchase purchase, int day, int second, int sequence) {
    LocalDate date = parameters.start().plusDays(day);
    return new Return(
        "r-" + household + "-" + sequence,
        purchase.externalId(),
        purchase.eventId(),
        instant(date, second),
        date,
        baskets.returned(household, purchase.lines(), sequence));
  }

  private Instant instant(LocalDate date, int second) {
    return date.atTime(0, 0).plusSeconds(second).atZone(parameters.zone()).toInstant();
  }
}
