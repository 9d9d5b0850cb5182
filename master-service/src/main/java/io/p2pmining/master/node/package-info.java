/** What makes this process one node: its data directory, its identity, where it can be reached. */
@NullMarked
package io.p2pmining.master.node;

import org.jspecify.annotations.NullMarked;
