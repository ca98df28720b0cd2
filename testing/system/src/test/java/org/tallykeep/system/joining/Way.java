package org.tallykeep.system.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.tallykeep.system.joining.Feature.Number;
import org.tallykeep.system.joining.Feature.Value;

/** A way to guess pairs from one feature of each side. */
enum Way {
  /** The same value on both sides; the rarer, the surer. */
  EQUAL {
    @Override
    List<Guess> guesses(Feature customers, Feature purchasers, RandomGenerator random) {
      Map<String, List<UUID>> theirs = new HashMap<>();
      for (UUID owner : shuffled(purchasers, random)) {
        theirs.computeIfAbsent(text(purchasers, owner), t -> new ArrayList<>()).add(owner);
      }
      Map<String, Integer> taken = new HashMap<>();
      List<Guess> guesses = new ArrayList<>();
      for (UUID owner : shuffled(customers, random)) {
        String value = text(customers, owner);
        List<UUID> candidates = theirs.getOrDefault(value, List.of());
        int next = taken.merge(value, 1, Integer::sum) - 1;
        if (next < candidates.size()) {
          guesses.add(new Guess(owner, candidates.get(next), candidates.size()));
        }
      }
      return guesses;
    }
  },

  /** The n-th of one side is the n-th of the other; the ends are surest. */
  SAME_ORDER {
    @Override
    List<Guess> guesses(Feature customers, Feature purchasers, RandomGenerator random) {
      return paired(ordered(customers, random), ordered(purchasers, random));
    }
  },

  /** The n-th of one side is the n-th last of the other. */
  OPPOSITE_ORDER {
    @Override
    List<Guess> guesses(Feature customers, Feature purchasers, RandomGenerator random) {
      return paired(ordered(customers, random), ordered(purchasers, random).reversed());
    }
  },

  /** The nearest number. */
  NEAREST {
    @Override
    List<Guess> guesses(Feature customers, Feature purchasers, RandomGenerator random) {
      if (!customers.isNumeric() || !purchasers.isNumeric()) {
        return List.of();
      }
      TreeMap<Double, List<UUID>> theirs = new TreeMap<>();
      for (UUID owner : shuffled(purchasers, random)) {
        theirs.computeIfAbsent(number(purchasers, owner), n -> new ArrayList<>()).add(owner);
      }
      List<Guess> guesses = new ArrayList<>();
      for (UUID owner : shuffled(customers, random)) {
        double mine = number(customers, owner);
        Map.Entry<Double, List<UUID>> nearest = nearest(theirs, mine);
        List<UUID> candidates = nearest.getValue();
        guesses.add(
            new Guess(
                owner,
                candidates.get(random.nextInt(candidates.size())),
                Math.abs(nearest.getKey() - mine) + candidates.size()));
      }
      return guesses;
    }
  };

  abstract List<Guess> guesses(Feature customers, Feature purchasers, RandomGenerator random);

  private static List<Guess> paired(List<UUID> customers, List<UUID> purchasers) {
    int pairs = Math.min(customers.size(), purchasers.size());
    List<Guess> guesses = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      guesses.add(new Guess(customers.get(i), purchasers.get(i), Math.min(i, pairs - 1 - i)));
    }
    return guesses;
  }

  /** In ascending order; equals in random order. */
  private static List<UUID> ordered(Feature feature, RandomGenerator random) {
    List<UUID> owners = shuffled(feature, random);
    owners.sort(Comparator.comparing(owner -> value(feature, owner)));
    return owners;
  }

  private static List<UUID> shuffled(Feature feature, RandomGenerator random) {
    List<UUID> owners = new ArrayList<>(feature.values().keySet());
    owners.sort(Comparator.naturalOrder());
    for (int i = owners.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      UUID swapped = owners.get(i);
      owners.set(i, owners.get(other));
      owners.set(other, swapped);
    }
    return owners;
  }

  private static Map.Entry<Double, List<UUID>> nearest(
      TreeMap<Double, List<UUID>> theirs, double mine) {
    Map.Entry<Double, List<UUID>> below = theirs.floorEntry(mine);
    Map.Entry<Double, List<UUID>> above = theirs.ceilingEntry(mine);
    if (below == null) {
      return above == null ? Map.entry(0.0, List.of()) : above;
    }
    return above == null || mine - below.getKey() <= above.getKey() - mine ? below : above;
  }

  private static Value value(Feature feature, UUID owner) {
    Value value = feature.values().get(owner);
    if (value == null) {
      throw new IllegalArgumentException("Not an owner");
    }
    return value;
  }

  private static String text(Feature feature, UUID owner) {
    return value(feature, owner).text();
  }

  private static double number(Feature feature, UUID owner) {
    return value(feature, owner) instanceof Number(double number) ? number : Double.NaN;
  }
}
