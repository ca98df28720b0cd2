package org.tallykeep.customer.erasure;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Answers nobody before erasures are replayed. */
final class HeldBack {

  private final ReplayAtStart replay;

  HeldBack(ReplayAtStart replay) {
    this.replay = replay;
  }

  @ServerRequestFilter(preMatching = true)
  void untilItIsCertain(ContainerRequestContext request) {
    replay.requireDone();
  }
}
