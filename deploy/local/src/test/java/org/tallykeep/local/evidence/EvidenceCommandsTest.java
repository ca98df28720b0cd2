package org.tallykeep.local.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.evidence.AuditEntry;
import org.tallykeep.evidence.AuditFile;
import org.tallykeep.evidence.AuditInspection;
import org.tallykeep.evidence.Checkpoint;
import org.tallykeep.evidence.LedgerEntry;
import org.tallykeep.evidence.Receipt;
import org.tallykeep.evidence.SigningKeys;
import org.tallykeep.evidence.Statement;
import org.tallykeep.evidence.Witness;
import org.tallykeep.local.CommandFailure;
import picocli.CommandLine;

final class EvidenceCommandsTest {

  @TempDir private Path folder;

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private Path keys = Path.of("");
  private final KeyPair pair = newPair();

  @BeforeEach
  void publishKeys() throws IOException {
    keys =
        Files.writeString(
            folder.resolve("signing-keys.json"),
            SigningKeys.of(Map.of("v1", pair.getPublic())).toJson());
  }

  @Test
  void aGenuineReceiptIsToldInWords() throws IOException {
    assertThat(receipt("verify", write(receipt()), "--keys", keys.toString())).isZero();
    assertThat(output.toString())
        .contains("Genuine: 1 subject key was destroyed (sever 1)")
        .contains("Ledger entry 7")
        .contains("from 2026-04-12T08:00:00Z on");
  }

  @Test
  void theAnswerOfTheServiceIsTakenAsItIs() throws IOException {
    String answer = "{\"receipt\":\"%s\"}".formatted(receipt());
    assertThat(receipt("verify", write(answer), "--keys", keys.toString())).isZero();
  }

  @Test
  void aReceiptWithOneChangedCharacterIsNot() throws IOException {
    String genuine = receipt();
    int middle = genuine.length() / 2;
    char other = genuine.charAt(middle) == 'A' ? 'B' : 'A';
    String changed = genuine.substring(0, middle) + other + genuine.substring(middle + 1);
    assertThat(receipt("verify", write(changed), "--keys", keys.toString())).isEqualTo(1);
    assertThat(errors.toString()).startsWith("Not genuine: ");
    assertThat(output.toString()).isEmpty();
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertThat(receipt("verify", write(receipt()))).isEqualTo(2);
    assertThat(errors.toString()).contains("--keys");
    assertThat(receipt("verify", "nowhere.jws", "--keys", keys.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("nowhere.jws cannot be read");
    assertThat(receipt("verify", write("{"), "--keys", keys.toString())).isEqualTo(1);
    assertThat(receipt("verify", write(receipt()), "--keys", write("{}"))).isEqualTo(1);
    assertThat(errors.toString()).contains("no JSON Web Key Set");
  }

  @Test
  void aTrailIsGenuineOrItsFaultsAreNamed() throws IOException {
    UUID lane = new UUID(0, 1);
    AuditEntry first = AuditEntry.chained(lane, 0, new byte[32], new byte[] {1});
    AuditEntry second = AuditEntry.chained(lane, 1, first.hash(), new byte[] {2});
    String checkpoint = checkpoint(second);
    String head = AuditFile.checkpoint(checkpoint);

    String whole = head + AuditFile.entry(first) + AuditFile.entry(second) + AuditFile.end(1, 2);
    assertThat(audit("verify", write(whole), "--keys", keys.toString())).isZero();
    assertThat(output.toString()).contains("2 entries, 1 checkpoints", "Genuine");

    String cut = head + AuditFile.entry(first) + AuditFile.end(1, 1);
    assertThat(audit("verify", write(cut), "--keys", keys.toString())).isEqualTo(1);
    assertThat(output.toString())
        .contains("lane 00000000-0000-0000-0000-000000000001, entry 1: it was witnessed and is");

    String unwitnessed = AuditFile.entry(first) + AuditFile.end(0, 1);
    assertThat(audit("verify", write(unwitnessed), "--keys", keys.toString())).isEqualTo(1);
    assertThat(output.toString()).contains("There is no checkpoint");
    String witness = write(new Witness(null, checkpoint).toJson());
    assertThat(audit("verify", write(unwitnessed), "--keys", keys.toString(), "--witness", witness))
        .isEqualTo(1);
    assertThat(output.toString()).contains("checkpoint 1: the checkpoint was witnessed and is");

    assertThat(audit("verify", write(head), "--keys", keys.toString())).isEqualTo(1);
    assertThat(output.toString()).contains("cut off", "Not genuine");

    String changed = head + AuditFile.entry(first) + "garbage\n" + AuditFile.end(1, 2);
    assertThat(audit("verify", write(changed), "--keys", keys.toString())).isEqualTo(1);
    assertThat(output.toString()).contains("line 3: it is no line", "entry 1: it was witnessed");
    assertThat(audit("verify", write("nothing of ours"), "--keys", keys.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("no exported audit trail");
  }

  private String receipt() {
    return Statement.RECEIPT.signed(
        new Receipt(
            UUID.randomUUID(),
            Instant.parse("2026-03-01T08:00:00Z"),
            LedgerEntry.Kind.SUBJECT,
            List.of(new Receipt.Key("00".repeat(16), LedgerEntry.Mode.SEVER, 7)),
            7,
            "ab".repeat(32),
            Instant.parse("2026-04-12T08:00:00Z")),
        new Signer());
  }

  private String checkpoint(AuditEntry newest) {
    return Statement.CHECKPOINT.signed(
        new Checkpoint(
            1,
            Instant.EPOCH,
            AuditInspection.hashOf(""),
            List.of(
                new Checkpoint.Lane(
                    newest.lane(), newest.sequence(), HexFormat.of().formatHex(newest.hash())))),
        new Signer());
  }

  private String write(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "file", ""), text, StandardCharsets.UTF_8)
        .toString();
  }

  private int receipt(String... arguments) {
    return run(new ReceiptCommand(), arguments);
  }

  private int audit(String... arguments) {
    return run(new AuditCommand(), arguments);
  }

  private int run(Object command, String... arguments) {
    return new CommandLine(command)
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .setExecutionExceptionHandler(
            (problem, line, parsed) -> {
              line.getErr().println(((CommandFailure) problem).sentence());
              return 1;
            })
        .execute(arguments);
  }

  private static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Signer implements Statement.Signer {

    @Override
    public String keyId() {
      return "v1";
    }

    @Override
    public byte[] sign(byte[] message) {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(message);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
