package org.tallykeep.benchmarks;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs the benchmarks and prints what they are judged by: operations a second on one core, and the
 * time as a multiple of the bare loop's in the same run. Takes the options of JMH.
 */
public final class Benchmarks {
  private static final double NANOSECONDS = 1e9;

  private Benchmarks() {}

  /** Runs all benchmarks, or those that the arguments name. */
  public static void main(String[] args) throws CommandLineOptionException, RunnerException {
    Collection<RunResult> results = new Runner(new CommandLineOptions(args)).run();
    System.out.println();
    print(results, "seal", "sealBare");
    print(results, "seal", "sealBareUnbuffered");
    print(results, "open", "openBare");
  }

  private static void print(Collection<RunResult> results, String name, String baseline) {
    double own = median(results, name);
    double bare = median(results, baseline);
    if (Double.isNaN(own) || Double.isNaN(bare)) {
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "%s, %d bytes: %,.0f a second (%.0f ns); %s %.0f ns; ratio %.3f%n",
        name,
        SealOpenBenchmark.VALUE_LENGTH,
        NANOSECONDS / own,
        own,
        baseline,
        bare,
        own / bare);
  }

  /** The median over all iterations of all forks: one disturbed second does not move it. */
  private static double median(Collection<RunResult> results, String method) {
    return results.stream()
        .filter(result -> methodOf(result.getParams()).equals(method))
        .mapToDouble(
            result ->
                result.getBenchmarkResults().stream()
                    .flatMap(fork -> fork.getIterationResults().stream())
                    .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                    .sorted()
                    .skip(iterations(result) / 2)
                    .findFirst()
                    .orElse(Double.NaN))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static long iterations(RunResult result) {
    return result.getBenchmarkResults().stream()
        .mapToLong(fork -> fork.getIterationResults().size())
        .sum();
  }

  private static String methodOf(BenchmarkParams params) {
    String name = params.getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
