/** How a start that cannot succeed ends: with one sentence and its remedy. */
@NullMarked
package io.p2pmining.worker.startup;

import org.jspecify.annotations.NullMarked;
