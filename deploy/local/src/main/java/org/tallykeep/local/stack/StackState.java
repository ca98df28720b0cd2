package org.tallykeep.local.stack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallykeep.local.parts.RunningProcess;

/**
 * What one stack is and which of its processes were started.
 *
 * @param portBase the first of its ports
 * @param vault whether the root key is in Vault
 * @param sample the sample retailer it is meant to hold
 * @param sampleLoaded whether it does
 * @param realmHash of the realm file that Keycloak holds
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StackState(
    int portBase,
    boolean vault,
    Sample sample,
    boolean sampleLoaded,
    @Nullable String realmHash,
    Map<Part, RunningProcess> processes) {

  /** The made-up retailers that can be loaded. */
  public enum Sample {
    RETAIL,
    NONE
  }

  public StackState {
    processes = Map.copyOf(processes);
  }

  static StackState of(int portBase, boolean vault, Sample sample) {
    return new StackState(portBase, vault, sample, false, null, Map.of());
  }

  Optional<RunningProcess> alive(Part part) {
    return Optional.ofNullable(processes.get(part)).filter(RunningProcess::isAlive);
  }

  public boolean anyAlive() {
    return processes.values().stream().anyMatch(RunningProcess::isAlive);
  }

  StackState onPorts(int base) {
    return new StackState(base, vault, sample, sampleLoaded, realmHash, processes);
  }

  StackState withProcess(Part part, RunningProcess process) {
    Map<Part, RunningProcess> all = new TreeMap<>(processes);
    all.put(part, process);
    return new StackState(portBase, vault, sample, sampleLoaded, realmHash, all);
  }

  StackState withoutProcess(Part part) {
    Map<Part, RunningProcess> all = new TreeMap<>(processes);
    all.remove(part);
    return new StackState(portBase, vault, sample, sampleLoaded, realmHash, all);
  }

  StackState withRealm(String hash) {
    return new StackState(portBase, vault, sample, sampleLoaded, hash, processes);
  }

  StackState withSampleLoaded() {
    return new StackState(portBase, vault, sample, true, realmHash, processes);
  }
}
