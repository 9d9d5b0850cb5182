/** Health and metrics over HTTP. */
@NullMarked
package io.p2pmining.worker.monitor;

import org.jspecify.annotations.NullMarked;
