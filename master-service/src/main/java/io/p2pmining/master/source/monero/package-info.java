/** A Monero node, or several with failover, as a source of jobs. */
@NullMarked
package io.p2pmining.master.source.monero;

import org.jspecify.annotations.NullMarked;
