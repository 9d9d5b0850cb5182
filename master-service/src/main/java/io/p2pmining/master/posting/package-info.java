/** Finite jobs and explicit ranges that clients ask for, whatever carries the request. */
@NullMarked
package io.p2pmining.master.posting;

import org.jspecify.annotations.NullMarked;
