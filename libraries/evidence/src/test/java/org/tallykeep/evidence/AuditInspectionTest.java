package org.tallykeep.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two lanes of twenty entries; a checkpoint after every five of each. */
class AuditInspectionTest {

  private static final UUID A = new UUID(1, 1);
  private static final UUID B = new UUID(2, 2);

  private final TestSigner signer = new TestSigner();
  private final List<AuditEntry> a = lane(A);
  private final List<AuditEntry> b = lane(B);
  private final List<String> checkpoints = new ArrayList<>();

  @BeforeEach
  void witness() {
    for (int i = 4; i < 20; i += 5) {
      checkpoints.add(signed(checkpoints.size() + 1, a.get(i), b.get(i)));
    }
  }

  @Test
  void aTrailAsItWasWrittenIsGenuine() {
    AuditInspection.Report report = inspect();
    assertThat(report.faults()).isEmpty();
    assertThat(report.isGenuine()).isTrue();
    assertThat(report.entries()).isEqualTo(40);
    assertThat(report.checkpoints()).isEqualTo(4);
  }

  @Test
  void aChangedBodyIsFound() {
    AuditEntry old = a.get(3);
    a.set(3, new AuditEntry(A, 3, old.previous(), old.hash(), new byte[10]));
    assertThat(found()).containsExactly("A 3 changed");
  }

  @Test
  void removedEntriesAreFound() {
    a.remove(7);
    b.remove(0);
    assertThat(found()).containsExactly("A 8 removed", "B 1 removed");
  }

  @Test
  void exchangedEntriesAreFound() {
    Collections.swap(b, 5, 6);
    assertThat(found()).contains("B 6 removed", "B 5 removed");
    a.set(2, moved(a.get(9), 2));
    assertThat(found()).contains("A 2 changed");
  }

  @Test
  void aTruncatedLaneIsFound() {
    a.subList(12, 20).clear();
    assertThat(found()).containsExactly("A 14 truncated");
  }

  @Test
  void aLaneThatIsGoneIsFound() {
    a.clear();
    assertThat(found()).containsExactly("A 4 truncated");
  }

  @Test
  void aLaneRewrittenFromAnEntryOnIsFoundAtTheNextCheckpoint() {
    rewriteFrom(7);
    assertThat(found()).containsExactly("A 9 rewritten");
  }

  @Test
  void whatCameAfterTheLastCheckpointIsNotWitnessed() {
    checkpoints.removeLast();
    rewriteFrom(15);
    assertThat(found()).isEmpty();
  }

  @Test
  void anOldCheckpointPlayedAgainIsFound() {
    checkpoints.set(2, checkpoints.get(0));
    assertThat(found())
        .containsExactly(
            "checkpoint 3 checkpoint-not-genuine", "checkpoint 4 checkpoint-not-genuine");
    checkpoints.set(2, checkpoints.get(3));
    assertThat(found()).contains("checkpoint 3 checkpoint-not-genuine");
  }

  @Test
  void anOldCheckpointAtTheEndIsFound() {
    checkpoints.add(checkpoints.getLast());
    assertThat(found()).containsExactly("checkpoint 5 checkpoint-not-genuine");
  }

  @Test
  void aForgedCheckpointIsFound() {
    rewriteFrom(17);
    checkpoints.removeLast();
    checkpoints.add(
        Statement.CHECKPOINT.signed(checkpoint(4, a.get(19), b.get(19)), new TestSigner()));
    assertThat(found()).containsExactly("checkpoint 4 checkpoint-not-genuine");
  }

  @Test
  void checkpointsCutOffAreMissedByWhoeverRemembersThem() {
    String newest = checkpoints.removeLast();
    a.subList(16, 20).clear();
    AuditInspection inspection = new AuditInspection(signer.keys());
    checkpoints.forEach(inspection::checkpoint);
    inspection.remembered(newest);
    a.forEach(inspection::entry);
    b.forEach(inspection::entry);
    assertThat(inspection.end().faults())
        .extracting(AuditInspectionTest::named)
        .containsExactly("checkpoint 4 checkpoint-missing");
  }

  @Test
  void aTrailWithAFaultIsNotGenuine() {
    a.remove(7);
    assertThat(inspect().isGenuine()).isFalse();
  }

  @Test
  void whoeverRemembersTheNewestCheckpointComparesIt() {
    AuditInspection inspection = new AuditInspection(signer.keys());
    checkpoints.forEach(inspection::checkpoint);
    assertThat(inspection.newestCheckpoint()).isEqualTo(checkpoints.getLast());
    inspection.remembered(checkpoints.getLast());
    inspection.remembered(checkpoints.getFirst());
    String another = Statement.CHECKPOINT.signed(checkpoint(4, a.get(3), b.get(3)), signer);
    inspection.remembered(another);
    a.forEach(inspection::entry);
    b.forEach(inspection::entry);
    assertThat(inspection.end().faults())
        .extracting(AuditInspectionTest::named)
        .containsExactly("checkpoint 4 checkpoint-not-genuine");
  }

  @Test
  void theNextCheckpointIsTheOneThatFollows() {
    AuditInspection inspection = new AuditInspection(signer.keys());
    assertThat(inspection.isNext(checkpoints.get(0))).isTrue();
    assertThat(inspection.isNext(checkpoints.get(1))).isFalse();
    inspection.checkpoint(checkpoints.get(0));
    assertThat(inspection.isNext(checkpoints.get(1))).isTrue();
    assertThat(inspection.isNext(checkpoints.get(0))).isFalse();
    String ofAnotherChain =
        Statement.CHECKPOINT.signed(
            new Checkpoint(2, Instant.EPOCH, AuditInspection.hashOf("other"), List.of()), signer);
    assertThat(inspection.isNext(ofAnotherChain)).isFalse();
    assertThat(inspection.isNext("no checkpoint")).isFalse();
  }

  @Test
  void hashesAreAsTheyAreWrittenDown() {
    assertThat(HexFormat.of().formatHex(a.getFirst().hash()))
        .isEqualTo("6c86529fe52f4d2e5a54845be971d0385a9013e421f785da36c9e6dee5f711b6");
    assertThat(AuditInspection.hashOf("a.b.c"))
        .isEqualTo("f5a0e899c2a4792c42c2eeb36c9e72319725cf0e103d104a69bcb34a5c81d894");
    assertThat(LedgerHead.hex(LedgerEntry.hash(new byte[] {1, 2, 3})))
        .isEqualTo("e78b9de1f4e4a4170e5a281f4937c8eddfe3c423f6b84e9c0390afb4156f791c");
    assertThat(a.getFirst()).hasToString("AuditEntry[" + A + " 0]");
  }

  @Test
  void aFileIsReadBackPlainOrPacked() throws IOException {
    byte[] plain = file();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    for (byte[] file : List.of(plain, packed.toByteArray())) {
      AuditInspection inspection = new AuditInspection(signer.keys());
      assertThat(AuditFile.read(new ByteArrayInputStream(file), inspection)).isEmpty();
      assertThat(inspection.end()).isEqualTo(inspect());
    }
  }

  @Test
  void aFileThatEndsTooSoonOrGoesOnIsNotWhole() throws IOException {
    List<String> lines = lines();
    assertThat(read(lines)).isEmpty();
    for (int keep = 0; keep < lines.size(); keep++) {
      assertThat(read(lines.subList(0, keep)))
          .containsExactly("The file ends before its last line: it was cut off.");
    }
    List<String> longer = new ArrayList<>(lines);
    longer.add(lines.getFirst());
    assertThat(read(longer))
        .containsExactly("line %d: more follows the last line".formatted(lines.size() + 1));
  }

  @Test
  void aPackedFileThatWasCutOffOrDamagedIsNotWhole() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(file());
    }
    byte[] whole = packed.toByteArray();
    AuditInspection inspection = new AuditInspection(signer.keys());
    for (int keep : List.of(2, 9, 11, whole.length / 2)) {
      assertThat(AuditFile.read(new ByteArrayInputStream(whole, 0, keep), inspection))
          .containsExactly("The file ends before its last line: it was cut off.");
    }
    byte[] changed = whole.clone();
    changed[whole.length - 5] ^= 1;
    assertThat(AuditFile.read(new ByteArrayInputStream(changed), inspection))
        .containsExactly("line %d: it cannot be unpacked".formatted(lines().size() + 1));
    changed[11] ^= 1;
    assertThatThrownBy(() -> AuditFile.read(new ByteArrayInputStream(changed), inspection))
        .isInstanceOf(NotGenuine.class);
  }

  @Test
  void aLineThatIsMissingOrNoneOfOursIsNamed() throws IOException {
    int tenth = checkpoints.size() + 9;
    List<String> shorter = lines();
    shorter.remove(tenth);
    AuditInspection inspection = new AuditInspection(signer.keys());
    assertThat(read(shorter, inspection))
        .containsExactly(
            "line %d: it counts %d entries and %d checkpoints, but %d and %d can be read"
                .formatted(
                    shorter.size(),
                    a.size() + b.size(),
                    checkpoints.size(),
                    a.size() + b.size() - 1,
                    checkpoints.size()));
    assertThat(inspection.end().faults())
        .extracting(fault -> named(fault))
        .contains("A 10 removed");

    String line = lines().get(tenth);
    for (String garbage :
        List.of(
            "garbage",
            "",
            "{}",
            "[]",
            line + line,
            line.replaceFirst("\\{", "{\"sequence\":3,"),
            "{\"lane\":\"x\"}",
            "{\"lane\":\"" + A + "\"}",
            "{\"lane\":\"" + "x".repeat(1 << 20) + "\"}")) {
      List<String> changed = lines();
      changed.set(tenth, garbage);
      AuditInspection other = new AuditInspection(signer.keys());
      assertThat(read(changed, other))
          .hasSize(2)
          .startsWith("line %d: it is no line of an audit trail".formatted(tenth + 1));
      assertThat(other.end().faults()).extracting(fault -> named(fault)).contains("A 10 removed");
    }
  }

  @Test
  void checkpointsThatComeTooLateAndLanesThatComeTwiceAreFound() throws IOException {
    List<String> late = lines();
    List<String> moved = new ArrayList<>(late.subList(0, checkpoints.size()));
    late.subList(0, checkpoints.size()).clear();
    late.addAll(a.size(), moved);
    assertThat(read(late))
        .hasSize(checkpoints.size())
        .startsWith("line %d: a checkpoint after entries".formatted(a.size() + 1));

    AuditInspection twice = new AuditInspection(signer.keys());
    checkpoints.forEach(twice::checkpoint);
    a.forEach(twice::entry);
    b.forEach(twice::entry);
    a.forEach(twice::entry);
    assertThat(twice.end().faults()).extracting(fault -> named(fault)).contains("A 0 changed");
  }

  @Test
  void whatIsNoTrailIsRefusedAndNotReadToItsEnd() throws IOException {
    assertThatThrownBy(() -> read(List.of("no file of ours"))).isInstanceOf(NotGenuine.class);
    List<String> garbage = new ArrayList<>(List.of(lines().getFirst()));
    garbage.addAll(Collections.nCopies(1_000, "garbage"));
    assertThat(read(garbage)).hasSize(21).last().asString().contains("Too many");
  }

  @Test
  void faultsAreToldInWords() {
    assertThat(new AuditFault(AuditFault.What.CHANGED, A, 3).sentence())
        .isEqualTo(
            "lane 00000000-0000-0001-0000-000000000001, entry 3: it was changed, or put in"
                + " another's place");
    assertThat(new AuditFault(AuditFault.What.CHECKPOINT_MISSING, null, 9).sentence())
        .isEqualTo("checkpoint 9: the checkpoint was witnessed and is missing");
  }

  private List<String> lines() {
    return new ArrayList<>(new String(file(), StandardCharsets.UTF_8).lines().toList());
  }

  private List<String> read(List<String> lines) throws IOException {
    return read(lines, new AuditInspection(signer.keys()));
  }

  private static List<String> read(List<String> lines, AuditInspection inspection)
      throws IOException {
    return AuditFile.read(
        new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)),
        inspection);
  }

  private byte[] file() {
    StringBuilder file = new StringBuilder();
    checkpoints.forEach(signed -> file.append(AuditFile.checkpoint(signed)));
    a.forEach(entry -> file.append(AuditFile.entry(entry)));
    b.forEach(entry -> file.append(AuditFile.entry(entry)));
    file.append(AuditFile.end(checkpoints.size(), a.size() + b.size()));
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }

  private AuditInspection.Report inspect() {
    AuditInspection inspection = new AuditInspection(signer.keys());
    checkpoints.forEach(inspection::checkpoint);
    a.forEach(inspection::entry);
    b.forEach(inspection::entry);
    return inspection.end();
  }

  private List<String> found() {
    return inspect().faults().stream().map(AuditInspectionTest::named).toList();
  }

  private static String named(AuditFault fault) {
    String lane = fault.lane() == null ? "checkpoint" : fault.lane().equals(A) ? "A" : "B";
    return lane + " " + fault.sequence() + " " + fault.what().label();
  }

  private void rewriteFrom(int sequence) {
    byte[] previous = a.get(sequence - 1).hash();
    for (int i = sequence; i < 20; i++) {
      a.set(i, AuditEntry.chained(A, i, previous, new byte[] {99}));
      previous = a.get(i).hash();
    }
  }

  private static AuditEntry moved(AuditEntry entry, long to) {
    return new AuditEntry(entry.lane(), to, entry.previous(), entry.hash(), entry.body());
  }

  private String signed(int number, AuditEntry... heads) {
    return Statement.CHECKPOINT.signed(checkpoint(number, heads), signer);
  }

  private Checkpoint checkpoint(int number, AuditEntry... heads) {
    return new Checkpoint(
        number,
        Instant.EPOCH,
        AuditInspection.hashOf(number == 1 ? "" : checkpoints.get(number - 2)),
        java.util.Arrays.stream(heads)
            .map(
                head ->
                    new Checkpoint.Lane(
                        head.lane(), head.sequence(), HexFormat.of().formatHex(head.hash())))
            .toList());
  }

  private static List<AuditEntry> lane(UUID id) {
    List<AuditEntry> entries = new ArrayList<>();
    byte[] previous = new byte[AuditEntry.HASH_LENGTH];
    for (int i = 0; i < 20; i++) {
      AuditEntry entry = AuditEntry.chained(id, i, previous, new byte[] {(byte) i});
      entries.add(entry);
      previous = entry.hash();
    }
    return entries;
  }
}
