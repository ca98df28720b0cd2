package org.tallykeep.keyvault.audit;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Consumer;
import org.tallykeep.evidence.AuditFile;
import org.tallykeep.evidence.AuditInspection;
import org.tallykeep.keyvault.signing.Signing;
import org.tallykeep.keyvault.witness.WitnessFile;

/** Walks the trail against what was witnessed outside, and says where it differs. */
@Singleton
public final class AuditVerification {

  private static final int PORTION = 1_000;

  private final AuditRepository entries;
  private final CheckpointRepository copies;
  private final Checkpoints checkpoints;
  private final Signing signing;
  private final WitnessFile witness;

  AuditVerification(
      AuditRepository entries,
      CheckpointRepository copies,
      Checkpoints checkpoints,
      Signing signing,
      WitnessFile witness) {
    this.entries = entries;
    this.copies = copies;
    this.checkpoints = checkpoints;
    this.signing = signing;
    this.witness = witness;
  }

  /**
   * The whole trail, after a last checkpoint of this replica.
   *
   * @throws org.tallykeep.platform.problem.Unavailable when the log outside cannot be read now
   */
  public AuditInspection.Report verify() {
    checkpoints.writeNow();
    AuditInspection inspection = new AuditInspection(signing.keys());
    eachCheckpoint(inspection, signed -> {});
    entries.forEach(inspection::entry);
    return inspection.end();
  }

  /** The trail as lines of an {@link AuditFile}: the checkpoints as they are outside. */
  void export(Consumer<String> lines) {
    checkpoints.writeNow();
    long[] counts = new long[2];
    eachCheckpoint(
        new AuditInspection(signing.keys()),
        signed -> {
          lines.accept(AuditFile.checkpoint(signed));
          counts[0]++;
        });
    entries.forEach(
        entry -> {
          lines.accept(AuditFile.entry(entry));
          counts[1]++;
        });
    lines.accept(AuditFile.end(counts[0], counts[1]));
  }

  /**
   * Copies that are linked as they should be are taken as they are: the newest of them is compared
   * with the log outside, and it names all before it. For others the log is asked.
   */
  private void eachCheckpoint(AuditInspection inspection, Consumer<String> reader) {
    long newest = checkpoints.newestOutside();
    for (long from = 1; from <= newest; from += PORTION) {
      Map<Long, String> known = copies.range(from, Math.min(newest, from + PORTION - 1));
      for (long number = from; number < from + PORTION && number <= newest; number++) {
        String copy = known.get(number);
        String signed =
            copy != null && number < newest && inspection.isNext(copy)
                ? copy
                : checkpoints.read(number);
        if (copy != null && !copy.equals(signed)) {
          inspection.changedCopy(number);
        }
        inspection.checkpoint(signed);
        reader.accept(signed);
      }
    }
    String remembered = witness.remembered().checkpoint();
    if (remembered != null) {
      inspection.remembered(remembered);
    }
  }
}
