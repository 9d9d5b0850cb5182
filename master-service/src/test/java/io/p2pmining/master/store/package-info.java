/** What every store must do, and one that keeps everything in memory. */
@NullMarked
package io.p2pmining.master.store;

import org.jspecify.annotations.NullMarked;
