package org.tallykeep.keyvault.delivery;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;

/**
 * Zeroes the keys of an answer once they are written, or could not be. Best effort: the buffers of
 * the JSON writer and of the connection have had them too.
 */
@Provider
@ReleasesKeys
public class ZeroAfterWriting implements WriterInterceptor {

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    try {
      context.proceed();
    } finally {
      if (context.getEntity() instanceof CarriesKeys keys) {
        keys.zero();
      }
    }
  }
}
