package org.tallykeep.keyvault.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallykeep.evidence.NotGenuine;
import org.tallykeep.evidence.Witness;

class WitnessFileTest {

  @TempDir private Path folder;

  @Test
  void withoutAPathNothingIsKept() {
    WitnessFile witness = WitnessFixture.none();
    witness.checkpoint("c");
    witness.write();
    assertThat(witness.remembered()).isEqualTo(new Witness(null, null));
  }

  @Test
  void whatIsKeptIsReadBackAndEachHalfIsReplacedByItself() throws IOException {
    Path file = folder.resolve("witness.json");
    WitnessFile witness = WitnessFixture.at(file);
    assertThat(witness.remembered()).isEqualTo(new Witness(null, null));
    witness.checkpoint("c1");
    witness.ledgerHead("l1");
    witness.write();
    assertThat(witness.remembered()).isEqualTo(new Witness("l1", "c1"));

    WitnessFile another = WitnessFixture.at(file);
    another.checkpoint("c2");
    another.write();
    assertThat(witness.remembered()).isEqualTo(new Witness("l1", "c2"));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aFileThatIsNoWitnessIsNotTakenForAnEmptyOne() throws IOException {
    Path file = Files.writeString(folder.resolve("witness.json"), "nonsense");
    assertThatThrownBy(() -> WitnessFixture.at(file).remembered()).isInstanceOf(NotGenuine.class);
  }
}
