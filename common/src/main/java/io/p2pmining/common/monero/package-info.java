/** What masters and the command line both need to know about Monero: addresses and their hash. */
@NullMarked
package io.p2pmining.common.monero;

import org.jspecify.annotations.NullMarked;
