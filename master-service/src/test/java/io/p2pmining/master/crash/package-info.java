/** Masters that are killed under load, and what must be left of their work. */
@NullMarked
package io.p2pmining.master.crash;

import org.jspecify.annotations.NullMarked;
