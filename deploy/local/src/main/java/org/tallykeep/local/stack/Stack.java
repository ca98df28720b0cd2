package org.tallykeep.local.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tallykeep.local.parts.PartFailedException;
import org.tallykeep.local.parts.ProjectHome;

/** A stack that is brought up: its parts side by side, each as soon as what it needs is there. */
public final class Stack {

  private final ProjectHome home;
  private final StateFolder folder;
  private final StateStore store;
  private final PartStarter starter;
  private final Console console;
  private final Map<Part, Map<String, String>> settings;
  private final Set<Part> ranBefore = EnumSet.noneOf(Part.class);

  private Stack(
      ProjectHome home,
      StateFolder folder,
      StateStore store,
      Map<Part, Map<String, String>> settings,
      Console console) {
    this.settings = settings;
    this.home = home;
    this.folder = folder;
    this.store = store;
    this.starter = new PartStarter(store, console);
    this.console = console;
    for (Part part : Part.values()) {
      store.state().alive(part).ifPresent(process -> ranBefore.add(part));
    }
  }

  /** Reads the state of an earlier stack, or makes that of a new one. Nothing is started yet. */
  public static Stack prepare(
      ProjectHome home, StateFolder folder, UpOptions options, Console console) {
    if (options.fresh()) {
      startOver(folder, options);
    }
    Optional<StackState> earlier = folder.state();
    StateStore store =
        earlier.isPresent()
            ? StateStore.open(folder, Settings.resume(folder, earlier.get(), options))
            : StateStore.create(folder, Settings.first(folder, options));
    return new Stack(home, folder, store, options.settings(), console);
  }

  /** Ends the earlier stack and deletes its data, also when its state is lost or damaged. */
  private static void startOver(StateFolder folder, UpOptions options) {
    try {
      Optional<StackState> earlier = folder.state();
      if (earlier.isPresent()) {
        StackDown.end(storeForEnding(folder, earlier.get()), Set.of());
        folder.deleteContents();
        return;
      }
    } catch (PartFailedException damaged) {
      // What it said of processes is lost: those that still run are seen by their ports.
    }
    if (folder.holdsData()) {
      Settings.refuseTakenPorts(options);
    }
    folder.deleteContents();
  }

  /** Ending needs no secrets, so a half-made state can be ended too. */
  private static StateStore storeForEnding(StateFolder folder, StackState state) {
    return folder.secrets().isPresent()
        ? StateStore.open(folder, state)
        : StateStore.create(folder, state);
  }

  public StackState state() {
    return store.state();
  }

  public void start() {
    RealParts real = new RealParts(home, folder, store, starter, console);
    Services services = new Services(home, folder, store, starter);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      real.programs(threads);
      CompletableFuture<Void> postgres = CompletableFuture.runAsync(real::postgres, threads);
      CompletableFuture<Void> keycloak = CompletableFuture.runAsync(real::keycloak, threads);
      CompletableFuture<Void> vault =
          store.state().vault()
              ? CompletableFuture.runAsync(real::vault, threads)
              : CompletableFuture.completedFuture(null);
      CompletableFuture<Void> keys =
          CompletableFuture.allOf(postgres, vault)
              .thenRunAsync(() -> services.keyvault(settings(Part.KEYVAULT_SERVICE)), threads);
      CompletableFuture<Void> customers =
          postgres.thenRunAsync(() -> services.customer(settings(Part.CUSTOMER_SERVICE)), threads);
      CompletableFuture<Void> analytics = postgres.thenRunAsync(services::analytics, threads);
      CompletableFuture<Void> all =
          CompletableFuture.allOf(postgres, keycloak, vault, keys, customers, analytics);
      CompletableFuture.anyOf(
              all, firstFailure(postgres, keycloak, vault, keys, customers, analytics))
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PartFailedException known
          ? known
          : new PartFailedException("The stack did not start: " + e.getCause(), e);
    }
  }

  private Map<String, String> settings(Part part) {
    return settings.getOrDefault(part, Map.of());
  }

  /** One failure ends the waiting for all others, whose processes are ended by the caller. */
  private CompletableFuture<Void> firstFailure(CompletableFuture<?>... all) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    for (CompletableFuture<?> one : all) {
      one.whenComplete(
          (done, problem) -> {
            if (problem != null && failure.completeExceptionally(problem)) {
              endWhatWasStarted();
            }
          });
    }
    return failure;
  }

  /** Ends what this run started; what ran before it goes on. */
  public void endWhatWasStarted() {
    starter.giveUp();
    StackDown.end(store, ranBefore);
  }

  public void endAll() {
    starter.giveUp();
    StackDown.end(store, Set.of());
  }

  public void rememberSampleLoaded() {
    store.change(StackState::withSampleLoaded);
  }

  /** The parts that were started but do not run any more. */
  public Optional<Part> firstDead() {
    return store.state().processes().entrySet().stream()
        .filter(entry -> !entry.getValue().isAlive())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Ends a stack by its state; returns how many processes were ended. */
  public static int down(StateFolder folder) {
    Optional<StackState> state = folder.state();
    if (state.isEmpty()) {
      return 0;
    }
    try (FileChannel lock = folder.lock()) {
      return lock.isOpen() ? StackDown.end(storeForEnding(folder, state.get()), Set.of()) : 0;
    } catch (IOException e) {
      throw new PartFailedException("The folder " + folder.directory() + " cannot be used.", e);
    }
  }
}
