package org.tallykeep.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs the benchmarks and prints what they are judged by: operations a second on one core, and the
 * time as a multiple of the bare loop's in the same run.
 *
 * <p>Everything runs in rounds, so that the machine's other work falls on both sides alike, and in
 * iterations of a tenth of a second. Printed are the medians and the fastest iterations: under
 * foreign load the first say what one gets there, the second what the code takes.
 */
public final class Benchmarks {
  private static final int ROUNDS = 3;
  private static final double NANOSECONDS = 1e9;

  private Benchmarks() {}

  /** Runs all benchmarks, or those that the arguments name; takes the options of JMH. */
  public static void main(String[] args) throws CommandLineOptionException, RunnerException {
    CommandLineOptions options = new CommandLineOptions(args);
    List<RunResult> results = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      results.addAll(new Runner(options).run());
    }
    System.out.println();
    print(results, "seal", "sealBare");
    print(results, "seal", "sealBareUnbuffered");
    print(results, "open", "openBare");
  }

  private static void print(List<RunResult> results, String name, String baseline) {
    double[] own = sortedScores(results, name);
    double[] bare = sortedScores(results, baseline);
    if (own.length == 0 || bare.length == 0) {
      return;
    }
    System.out.printf("%s %d bytes against %s%n", name, SealOpenBenchmark.VALUE_LENGTH, baseline);
    print("  median ", own[own.length / 2], bare[bare.length / 2]);
    print("  fastest", own[0], bare[0]);
  }

  private static void print(String label, double own, double bare) {
    System.out.printf(
        Locale.ROOT,
        "%s %,12.0f a second, %4.0f ns, baseline %4.0f ns, ratio %.3f%n",
        label,
        NANOSECONDS / own,
        own,
        bare,
        own / bare);
  }

  /** Nanoseconds an operation in every iteration of every round, ascending. */
  private static double[] sortedScores(List<RunResult> results, String method) {
    return results.stream()
        .filter(result -> methodOf(result.getParams()).equals(method))
        .flatMap(result -> result.getBenchmarkResults().stream())
        .flatMap(fork -> fork.getIterationResults().stream())
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .sorted()
        .toArray();
  }

  private static String methodOf(BenchmarkParams params) {
    String name = params.getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
