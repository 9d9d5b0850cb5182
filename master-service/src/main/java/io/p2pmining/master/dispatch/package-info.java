/** Brings workers and work together: assigns units, takes results, follows the sources. */
@NullMarked
package io.p2pmining.master.dispatch;

import org.jspecify.annotations.NullMarked;
