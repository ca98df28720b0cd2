package org.tallykeep.keyvault.rotation;

import org.tallykeep.platform.problem.Problem;

/** A key that is not turned over. */
public final class RotationRefused extends Problem {

  private RotationRefused(Kind kind, String detail) {
    super(kind, detail);
  }

  static RotationRefused unknown() {
    return new RotationRefused(
        new Kind("rotation-not-found", 404, "There is no such rotation"),
        "Check the rotation's id.");
  }

  static RotationRefused never(String purpose) {
    return new RotationRefused(
        new Kind("unprocessable-rotation", 422, "This key is not turned over"),
        "The key %s makes marks that stay, of values that nobody keeps.".formatted(purpose));
  }

  /** One of that kind is not over yet. */
  static RotationRefused underWay(Rotation other) {
    return new RotationRefused(
        new Kind("rotation-under-way", 409, "Such a rotation is under way"),
        "Wait until the rotation %s is over.".formatted(other.id()));
  }

  /** Not what the customer service said that it makes tags anew for. */
  static RotationRefused notWaited() {
    return new RotationRefused(
        new Kind("rotation-not-waiting", 409, "Nothing is waited for here"),
        "Ask which rotation of the index key is under way.");
  }

  /** A customer database that is set back would have no way any more. */
  static RotationRefused lastCanBeReopened() {
    return new RotationRefused(
        new Kind("rotation-can-be-reopened", 409, "The last rotation can still be gone back on"),
        "After one more it cannot, should the customer service's database have to be restored from"
            + " before it. If look-up fails now, reopen the last one; otherwise wait until backups"
            + " have expired, or send \"force\": true.");
  }

  /** Not the newest, not over, or its older version is gone. */
  static RotationRefused notReopened() {
    return new RotationRefused(
        new Kind("rotation-not-reopened", 409, "This rotation is not gone back on"),
        "Only the newest rotation of the index key is, once it is done and as long as its older"
            + " version is kept.");
  }

  /** The request leaves out what it needs, or names too much. */
  static RotationRefused unclear() {
    return new RotationRefused(
        new Kind("unprocessable-rotation", 422, "This key is not turned over"),
        "Name a kind, and a purpose where it is a dataset and only there.");
  }

  static RotationRefused noDataset(String purpose) {
    return new RotationRefused(
        new Kind("unprocessable-rotation", 422, "This key is not turned over"),
        "%s is not the purpose of a dataset; persons have keys of their own.".formatted(purpose));
  }
}
