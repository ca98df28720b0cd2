package org.tallykeep.analytics.model;

import java.util.Optional;

/** The cards of the models there have been. */
interface ModelCards {

  /** Keeps a card, in place of one of the same version, and no more than so many. */
  void keep(ModelCard card, int atMost);

  /** The card of the model fitted last. */
  Optional<ModelCard> latest();
}
