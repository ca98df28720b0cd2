package org.tallykeep.keyvault.maintenance;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;

/** The rewrite at its time of night. Two replicas after each other do no harm. */
@Singleton
class NightlyRewrite {

  private final TableRewriter rewriter;

  NightlyRewrite(TableRewriter rewriter) {
    this.rewriter = rewriter;
  }

  @Scheduled(
      cron = "{tallykeep.maintenance.rewrite-cron}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void run() {
    rewriter.rewrite();
  }
}
