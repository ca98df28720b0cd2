package org.tallykeep.local.parts;

import java.nio.file.Path;

/** Keeps a set of test parts running for others, who attach through the file it writes. */
public final class PartsServer implements AutoCloseable {

  private final PartsSet set;

  private PartsServer(PartsSet set) {
    this.set = set;
  }

  /** The name of the environment variable that must hold the file's path for the others. */
  public static String variable() {
    return PartsFile.VARIABLE;
  }

  public static PartsServer start(Path directory, Path description) {
    PartsSet.Started started = PartsSet.start(directory, ProjectHome.find());
    started.description().write(description);
    return new PartsServer(started.set());
  }

  @Override
  public void close() {
    set.close();
  }
}
