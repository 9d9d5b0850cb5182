/** Compares the reference of settings with what the compiler found; each service does it. */
@NullMarked
package io.p2pmining.service.reference;

import org.jspecify.annotations.NullMarked;
