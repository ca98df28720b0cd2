package org.tallykeep.customer.jobs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tallykeep.customer.imports.ImportKind;
import org.tallykeep.customer.platform.FaultyDatabase;
import org.tallykeep.customer.platform.LocalKeys;

/** The parts of this package over a real database; leases end at once unless told otherwise. */
final class TestJobs {

  final FaultyDatabase database = FaultyDatabase.fresh();
  final LocalKeys keys = new LocalKeys();
  final Repetitions repetitions =
      new Repetitions(database.transactions(), database.records(keys), new SecureRandom());
  String sender = "till";
  long mostStaged = 200L << 20;
  Instant now = Clock.systemUTC().instant();
  private final InstantSource clock = () -> now;
  final Jobs jobs = new Jobs(database.transactions(), clock);

  JobWorker worker(ImportKind<?>... kinds) {
    return worker(Duration.ZERO, kinds);
  }

  JobWorker worker(Duration lease, ImportKind<?>... kinds) {
    return new JobWorker(database.transactions(), keys, List.of(kinds), config(lease), clock);
  }

  UUID stage(ImportKind<?> kind, boolean csv, String body) throws IOException {
    return stage(kind, csv, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  UUID stage(ImportKind<?> kind, boolean csv, InputStream body) throws IOException {
    return stage(kind, csv, Optional.empty(), body).id();
  }

  Job stage(ImportKind<?> kind, boolean csv, Optional<byte[]> repetition, InputStream body)
      throws IOException {
    Staging staging =
        new Staging(
            database.transactions(), keys, new SecureRandom(), clock, config(Duration.ZERO));
    Staging.Sender from = new Staging.Sender(sender, repetitions.ownerTag(sender));
    return staging
        .stage(
            new Staging.Upload(kind.name(), csv, kind.format(csv), from, repetition),
            body,
            repetitions::contentTag)
        .job();
  }

  Job job(UUID id) {
    return database.transactions().call(c -> JobRepository.find(c, id)).orElseThrow();
  }

  private JobsConfig config(Duration lease) {
    return new Config(true, Duration.ZERO, lease, Duration.ZERO, mostStaged, Duration.ofDays(30));
  }

  private record Config(
      boolean enabled,
      Duration poll,
      Duration lease,
      Duration pause,
      long mostStaged,
      Duration keep)
      implements JobsConfig {}
}
