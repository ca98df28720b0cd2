/**
 * The key service: owns every key, decides who may have which, and writes down what it handed out.
 *
 * <p>Plain JDBC in small repositories, no ORM: rows are wrapped bytes in batches, and a persistence
 * context would keep copies of them. Packages, from the bottom: {@code platform} (failures), {@code
 * root} (the key above all others), {@code branch}, {@code person} and {@code dataset} (the keys
 * below it), {@code audit}, {@code access} (who may have what), {@code delivery} (HTTP) and {@code
 * maintenance}.
 */
@NullMarked
package org.tallykeep.keyvault;

import org.jspecify.annotations.NullMarked;
