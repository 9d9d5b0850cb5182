/** Jobs and where they come from. */
@NullMarked
package io.p2pmining.master.job;

import org.jspecify.annotations.NullMarked;
