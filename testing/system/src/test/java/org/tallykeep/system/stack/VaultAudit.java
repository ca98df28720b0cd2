package org.tallykeep.system.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.tallykeep.local.parts.TestVault;

/** Vault's own record of what was asked of it, in a file of this suite. */
public final class VaultAudit {

  private final TestVault vault;
  private final Path file;
  private final String device;

  private VaultAudit(TestVault vault, Path file) {
    this.vault = vault;
    this.file = file;
    this.device = "/v1/sys/audit/system-tests-" + ProcessHandle.current().pid();
  }

  static VaultAudit start(TestVault vault, Path file) {
    VaultAudit audit = new VaultAudit(vault, file);
    audit.ask(
        "PUT",
        """
        {"type":"file","options":{"file_path":"%s","mode":"0600"}}"""
            .formatted(file));
    return audit;
  }

  void stop() {
    ask("DELETE", "");
  }

  /** How many requests to a path Vault has answered. */
  public long answered(String path) {
    String wanted = "\"path\":\"" + path + "\"";
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(l -> l.contains("\"type\":\"response\"") && l.contains(wanted)).count();
    } catch (IOException e) {
      throw new IllegalStateException("Vault's audit file cannot be read", e);
    }
  }

  private void ask(String method, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(vault.url() + device))
            .header("X-Vault-Token", vault.rootToken())
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status >= 300) {
        throw new IllegalStateException("Vault answered " + status + " to its audit device");
      }
    } catch (IOException e) {
      throw new IllegalStateException("Vault is away", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
