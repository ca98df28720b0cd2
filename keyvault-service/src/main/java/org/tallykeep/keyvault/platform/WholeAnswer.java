package org.tallykeep.keyvault.platform;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers of others within a time, their bodies included: the client's own time-out ends with the
 * headers, and whoever goes on to send nothing would hold a thread for ever.
 */
public final class WholeAnswer {

  private WholeAnswer() {}

  /**
   * The answer.
   *
   * @throws HttpTimeoutException when it is not whole in time
   */
  public static <T> HttpResponse<T> within(
      Duration patience,
      HttpClient client,
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer in time");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }
}
