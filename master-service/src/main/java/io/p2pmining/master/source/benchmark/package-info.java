/** Something honest to do without a node: rounds of a built-in job. */
@NullMarked
package io.p2pmining.master.source.benchmark;

import org.jspecify.annotations.NullMarked;
